import { report } from '../faults'
import { EventChannel } from '../pages/event-channel'
import { HoverElement } from './hover'

/** `<navigator>` */
export class NavigatorElement extends HoverElement {
  override attached(): void {
    super.attached()
    if (!this.element.hasAttribute('role')) this.element.setAttribute('role', 'link')
    this.onTap(() => {
      try {
        this.go()
        this.emit('success', {})
      } catch (error) {
        this.emit('fail', {})
        report(error)
      }
    })
  }

  private go(): void {
    const { pages } = this.phone
    const url = this.text('url')
    const openType = this.text('openType')
    if (openType === 'navigate') pages.navigateTo(url, new EventChannel())
    else if (openType === 'redirect') pages.redirectTo(url)
    else if (openType === 'switchTab') pages.switchTab(url)
    else if (openType === 'reLaunch') pages.reLaunch(url)
    else pages.navigateBack(this.number('delta'))
  }
}

/** Pulling a page down to refresh it: by touch or mouse from the very top, or by wx.startPullDownRefresh. */
import { element } from '../dom'

const THRESHOLD = 50
const LIMIT = 90

export class PullDown {
  readonly element = element('div', { class: 'host-pull-down', html: '<i></i><i></i><i></i>' })
  private start: number | null = null
  private refreshing = false

  constructor(
    private readonly scroller: HTMLElement,
    private readonly enabled: () => boolean,
    private readonly onRefresh: () => void,
  ) {
    this.element.hidden = true
    scroller.addEventListener('touchstart', (event) => this.begin(event.touches[0]?.clientY), { passive: true })
    scroller.addEventListener('touchmove', (event) => this.pull(event.touches[0]?.clientY), { passive: true })
    scroller.addEventListener('touchend', (event) => this.release(event.changedTouches[0]?.clientY))
    scroller.addEventListener('mousedown', (event) => this.begin(event.clientY))
    scroller.addEventListener('mousemove', (event) => event.buttons === 1 && this.pull(event.clientY))
    scroller.addEventListener('mouseup', (event) => this.release(event.clientY))
  }

  /** Shows the page as being refreshed and asks it to. */
  refresh(): void {
    if (this.refreshing) return
    this.refreshing = true
    this.shift(THRESHOLD)
    this.element.classList.add('host-refreshing')
    this.onRefresh()
  }

  stop(): void {
    this.refreshing = false
    this.element.classList.remove('host-refreshing')
    this.shift(0)
  }

  private begin(y: number | undefined): void {
    this.start = this.enabled() && !this.refreshing && this.scroller.scrollTop <= 0 && y !== undefined ? y : null
  }

  private pull(y: number | undefined): void {
    if (this.start === null || y === undefined) return
    this.shift(Math.max(0, Math.min(LIMIT, (y - this.start) * 0.6)))
  }

  private release(y: number | undefined): void {
    if (this.start === null) return
    const pulled = y === undefined ? 0 : (y - this.start) * 0.6
    this.start = null
    if (pulled >= THRESHOLD) this.refresh()
    else this.shift(0)
  }

  private shift(distance: number): void {
    this.element.hidden = distance === 0
    this.element.style.height = `${distance}px`
    this.scroller.style.transform = distance === 0 ? '' : `translateY(${distance}px)`
  }
}

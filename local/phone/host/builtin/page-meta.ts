/** `<page-meta>` and `<navigation-bar>`: a page describing itself from its template. */
import { browserStyle } from '../inline-style'
import type { OpenPage } from '../pages/open-page'
import { Builtin } from './builtin'

abstract class PageDescription extends Builtin {
  protected abstract apply(page: OpenPage): void

  override attached(): void {
    this.changed()
  }

  override changed(): void {
    const page = this.phone.pages.pageOf(this.element)
    if (page) this.apply(page)
  }
}

export class PageMetaElement extends PageDescription {
  protected apply(page: OpenPage): void {
    const content = this.element.closest<HTMLElement>('wx-page')
    if (!content) return
    content.setAttribute('style', browserStyle(this.text('pageStyle')))
    const system = `${16 * this.phone.device.fontScale}px`
    const size = (value: string): string => (value === 'system' ? system : browserStyle(value))
    if (this.text('pageFontSize') !== '') content.style.fontSize = size(this.text('pageFontSize'))
    if (this.text('rootFontSize') !== '') document.documentElement.style.fontSize = size(this.text('rootFontSize'))
    const ground = this.text('rootBackgroundColor') || this.text('backgroundColor')
    if (ground !== '') page.scroller.style.backgroundColor = ground
    if (/overflow:\s*hidden/.test(this.text('pageStyle'))) page.scroller.classList.add('host-no-scroll')
    else page.scroller.classList.toggle('host-no-scroll', page.config.disableScroll === true)
    if (this.text('scrollTop') !== '') page.scroller.scrollTop = parseFloat(this.text('scrollTop'))
  }
}

export class NavigationBarElement extends PageDescription {
  protected apply(page: OpenPage): void {
    page.bar.update({
      loading: this.flag('loading'),
      ...(this.text('title') === '' ? {} : { title: this.text('title') }),
      ...(this.text('backgroundColor') === '' ? {} : { background: this.text('backgroundColor') }),
      ...(this.text('frontColor') === '' ? {} : { front: this.text('frontColor') === '#ffffff' ? ('white' as const) : ('black' as const) }),
    })
  }
}

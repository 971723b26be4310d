import { Builtin } from './builtin'

/** `<scroll-view>`: scrolling, thresholds, jumping to a child, and its own pull to refresh. */
export class ScrollViewElement extends Builtin {
  private atEnd = false
  private atStart = true
  private last = { top: 0, left: 0 }
  private pullStart: number | null = null

  override attached(): void {
    for (const [property, attribute] of [
      ['scrollX', 'scroll-x'],
      ['scrollY', 'scroll-y'],
      ['enableFlex', 'enable-flex'],
    ] as const)
      this.reflect(property, attribute)
    this.element.addEventListener('scroll', () => this.scrolled(), { passive: true })
    this.element.addEventListener('touchstart', (event) => this.pullBegins(event.touches[0]?.clientY), { passive: true })
    this.element.addEventListener('touchend', (event) => this.pullEnds(event.changedTouches[0]?.clientY))
    this.element.addEventListener('mousedown', (event) => this.pullBegins(event.clientY))
    this.element.addEventListener('mouseup', (event) => this.pullEnds(event.clientY))
    queueMicrotask(() => {
      for (const property of ['scrollTop', 'scrollLeft', 'scrollIntoView']) this.changed(property)
    })
  }

  override changed(property: string): void {
    const names: Record<string, string> = { scrollX: 'scroll-x', scrollY: 'scroll-y', enableFlex: 'enable-flex' }
    const attribute = names[property]
    if (attribute !== undefined) this.reflect(property, attribute)
    else if (property === 'scrollTop' && this.property('scrollTop') !== null) this.scrollTo({ top: this.number('scrollTop') })
    else if (property === 'scrollLeft' && this.property('scrollLeft') !== null) this.scrollTo({ left: this.number('scrollLeft') })
    else if (property === 'scrollIntoView') this.scrollToChild(this.text('scrollIntoView'))
    else if (property === 'refresherTriggered' && !this.flag('refresherTriggered')) this.emit('refresherrestore', {})
  }

  override nodeForScript(): Promise<unknown> {
    return Promise.resolve({
      scrollTo: (options: { top?: number; left?: number; animated?: boolean }) => this.scrollTo(options),
      scrollIntoView: (selector: string) => this.scrollToChild(selector.replace(/^#/, '')),
    })
  }

  private scrollTo({ top, left }: { top?: number; left?: number }): void {
    this.element.scrollTo({
      ...(top === undefined ? {} : { top }),
      ...(left === undefined ? {} : { left }),
      behavior: this.flag('scrollWithAnimation') ? 'smooth' : 'instant',
    })
  }

  private scrollToChild(id: string): void {
    if (id === '') return
    const child = this.element.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`)
    if (!child) return
    const box = child.getBoundingClientRect()
    const own = this.element.getBoundingClientRect()
    this.scrollTo({
      ...(this.flag('scrollY') ? { top: this.element.scrollTop + box.top - own.top + this.number('scrollIntoViewOffset') } : {}),
      ...(this.flag('scrollX') ? { left: this.element.scrollLeft + box.left - own.left } : {}),
    })
  }

  private scrolled(): void {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = this.element
    this.emit('scroll', {
      scrollTop,
      scrollLeft,
      scrollHeight,
      scrollWidth,
      deltaY: this.last.top - scrollTop,
      deltaX: this.last.left - scrollLeft,
    })
    const vertical = this.flag('scrollY')
    const rest = vertical ? scrollHeight - scrollTop - clientHeight : scrollWidth - scrollLeft - clientWidth
    const gone = vertical ? scrollTop : scrollLeft
    const atEnd = rest <= this.number('lowerThreshold')
    const atStart = gone <= this.number('upperThreshold')
    if (atEnd && !this.atEnd) this.emit('scrolltolower', { direction: vertical ? 'bottom' : 'right' })
    if (atStart && !this.atStart) this.emit('scrolltoupper', { direction: vertical ? 'top' : 'left' })
    Object.assign(this, { atEnd, atStart, last: { top: scrollTop, left: scrollLeft } })
  }

  private pullBegins(y: number | undefined): void {
    this.pullStart = this.flag('refresherEnabled') && this.element.scrollTop <= 0 && y !== undefined ? y : null
  }

  private pullEnds(y: number | undefined): void {
    if (this.pullStart === null || y === undefined) return
    const pulled = y - this.pullStart
    this.pullStart = null
    if (pulled >= this.number('refresherThreshold')) this.emit('refresherrefresh', { dy: pulled })
    else if (pulled > 0) this.emit('refresherabort', { dy: pulled })
  }
}

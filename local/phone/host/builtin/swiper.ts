/** `<swiper>`: one item at a time, by finger, by `current`, by itself. */
import { element } from '../dom'
import { browserStyle } from '../inline-style'
import { Builtin, builtinsIn } from './builtin'

const SWIPE = 40

export class SwiperItemElement extends Builtin {}

export class SwiperElement extends Builtin {
  private readonly dots = element('div', { class: 'host-swiper-dots' })
  private timer = 0
  private start: { x: number; y: number } | null = null
  private items: SwiperItemElement[] = []
  private readonly watcher = new MutationObserver(() => this.layout())

  override attached(): void {
    this.element.append(this.dots)
    const { element: host } = this
    host.addEventListener('touchstart', (event) => this.begin(event.touches[0]), { passive: true })
    host.addEventListener('touchend', (event) => this.end(event.changedTouches[0]))
    host.addEventListener('mousedown', (event) => this.begin(event))
    host.addEventListener('mouseup', (event) => this.end(event))
    this.watcher.observe(host, { childList: true, subtree: true })
    queueMicrotask(() => this.layout())
    this.play()
  }

  override detached(): void {
    clearInterval(this.timer)
    this.watcher.disconnect()
  }

  override changed(property: string): void {
    if (property === 'autoplay' || property === 'interval') this.play()
    this.layout()
  }

  private get current(): number {
    return Math.min(Math.max(0, this.number('current')), Math.max(0, this.items.length - 1))
  }

  private layout(): void {
    this.items = builtinsIn(this.element).filter(
      (item): item is SwiperItemElement => item instanceof SwiperItemElement && item.element.closest('wx-swiper') === this.element,
    )
    const axis = this.flag('vertical') ? 'Y' : 'X'
    const shown = Math.max(1, this.number('displayMultipleItems'))
    this.items.forEach(({ element: item }, index) => {
      item.style[this.flag('vertical') ? 'height' : 'width'] = `${100 / shown}%`
      item.style.transition = `transform ${this.number('duration')}ms`
      item.style.transform = `translate${axis}(${(index - this.current) * 100}%)`
    })
    this.element.style.padding = this.flag('vertical') ? browserStyle(`${this.text('previousMargin')} 0 ${this.text('nextMargin')}`) : ''
    this.drawDots()
  }

  /** Adds or takes away dots only when their number changes: the watcher would hear it and lay out again, without end. */
  private drawDots(): void {
    this.dots.hidden = !this.flag('indicatorDots')
    if (this.dots.childElementCount !== this.items.length) this.dots.replaceChildren(...this.items.map(() => element('i')))
    ;[...this.dots.children].forEach((dot, index) => {
      if (dot instanceof HTMLElement) dot.style.background = this.text(index === this.current ? 'indicatorActiveColor' : 'indicatorColor')
    })
  }

  private play(): void {
    clearInterval(this.timer)
    if (this.flag('autoplay')) this.timer = window.setInterval(() => this.go(this.current + 1, 'autoplay'), this.number('interval'))
  }

  private go(index: number, source: 'touch' | 'autoplay'): void {
    const { length } = this.items
    if (length === 0) return
    const next = this.flag('circular') || source === 'autoplay' ? (index + length) % length : Math.min(Math.max(0, index), length - 1)
    if (next === this.current) return
    this.set({ current: next })
    this.layout()
    this.emit('change', { current: next, currentItemId: this.items[next]?.text('itemId') ?? '', source })
    setTimeout(() => this.emit('animationfinish', { current: next, source }), this.number('duration'))
  }

  private begin(point: { clientX: number; clientY: number } | undefined): void {
    this.start = point && !this.flag('disableTouch') ? { x: point.clientX, y: point.clientY } : null
  }

  private end(point: { clientX: number; clientY: number } | undefined): void {
    if (!this.start || !point) return
    const distance = this.flag('vertical') ? point.clientY - this.start.y : point.clientX - this.start.x
    this.start = null
    if (Math.abs(distance) >= SWIPE) this.go(this.current + (distance < 0 ? 1 : -1), 'touch')
  }
}

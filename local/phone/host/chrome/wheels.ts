/** Wheels on a sheet: scroll or tap a line, then 确定. */
import { element } from '../dom'
import type { ScreenLayers } from './layers'

export interface Wheel {
  labels: string[]
  index: number
}

interface WheelOptions {
  title: string
  /** asked again after each move, since one column may depend on another */
  columns(): Wheel[]
  onMove?(column: number, index: number): void
}

const LINE = 44
const SETTLE_MS = 120

class WheelColumn {
  readonly element = element('div', { class: 'host-wheel', role: 'listbox' })
  index = 0
  private labels: string[] = []
  private timer = 0

  constructor(private readonly onChange: (index: number) => void) {
    this.element.addEventListener('scroll', () => {
      clearTimeout(this.timer)
      this.timer = window.setTimeout(() => this.choose(Math.round(this.element.scrollTop / LINE), false), SETTLE_MS)
    })
  }

  show({ labels, index }: Wheel): void {
    const changed = labels.length !== this.labels.length || labels.some((label, at) => label !== this.labels[at])
    this.labels = labels
    this.index = Math.min(Math.max(0, index), Math.max(0, labels.length - 1))
    if (changed) {
      this.element.replaceChildren(
        ...labels.map((text, at) => element('div', { text, role: 'option', onClick: () => this.choose(at, true) })),
      )
    }
    this.mark()
    this.element.scrollTop = this.index * LINE
  }

  private choose(index: number, scroll: boolean): void {
    const next = Math.min(Math.max(0, index), Math.max(0, this.labels.length - 1))
    if (scroll) this.element.scrollTop = next * LINE
    if (next === this.index) return
    this.index = next
    this.mark()
    this.onChange(next)
  }

  private mark(): void {
    ;[...this.element.children].forEach((line, at) => line.setAttribute('aria-selected', String(at === this.index)))
  }
}

/** @returns the index of each column, or null when cancelled */
export function wheelSheet(layers: ScreenLayers, { title, columns, onMove }: WheelOptions): Promise<number[] | null> {
  return layers.sheet<number[] | null>({
    label: title || '请选择',
    class: 'host-wheel-sheet',
    onOutside: null,
    content: (close) => {
      const wheels: WheelColumn[] = columns().map(
        (_, at) =>
          new WheelColumn((index) => {
            onMove?.(at, index)
            // A page answers a move of one column by giving others new lines, which it does in the same turn.
            if (onMove) queueMicrotask(() => draw(at))
          }),
      )
      const draw = (except?: number): void => {
        columns().forEach((wheel, at) => at !== except && wheels[at]?.show(wheel))
      }
      setTimeout(() => draw(), 0)
      const bar = element(
        'header',
        {},
        element('button', { text: '取消', class: 'host-cancel', onClick: () => close(null) }),
        element('strong', { text: title }),
        element('button', { text: '确定', class: 'host-confirm', onClick: () => close(wheels.map((wheel) => wheel.index)) }),
      )
      return [bar, element('div', { class: 'host-wheels' }, ...wheels.map((wheel) => wheel.element))]
    },
  })
}

/** 城里现在: technicians, orders and the offers between them, drawn from data. No map service. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import type { City } from '../city'
import { element, redraw, shape } from '../dom'
import { cityLabels, countDown } from './city-labels'
import type { Drawing, MapChoice } from './drawing'
import { drawingOf } from './drawing'
import type { Note } from './explanation'
import { orderNote, technicianNote } from './explanation'
import { landscape } from './landscape-layer'
import { lineShape, orderShape, technicianMark } from './marks'
import { orderMark } from './order-mark'
import type { Point } from './projection'

/** What has been drawn, to be explained when one points at it. */
interface Drawn {
  city: City
  drawing: Drawing
  selected: Order | null
  now: Date
}

export class CityMap {
  private readonly svg = shape('svg', { role: 'group', 'aria-label': '城里现在' })
  private readonly empty = element('p', { class: 'city-empty' })
  private readonly note = element('div', { class: 'city-note', attributes: { role: 'status' } })
  private draw = (): void => undefined
  private drawn: Drawn | null = null
  /** `data-key` of what the pointer is on; else what has the focus is explained. */
  private pointedAt: string | null = null

  constructor(
    private readonly container: HTMLElement,
    private readonly onChoose: (orderId: string) => void,
  ) {
    this.note.hidden = true
    container.append(this.svg, this.empty, this.note)
    new ResizeObserver(() => this.draw()).observe(container)
    this.svg.addEventListener('pointerover', ({ target }) => this.pointAt(keyOf(target)))
    this.svg.addEventListener('pointerleave', () => this.pointAt(null))
    this.svg.addEventListener('focusin', () => this.explain())
    // The focus has not moved on yet.
    this.svg.addEventListener('focusout', () => queueMicrotask(() => this.explain()))
  }

  /** Draws the city as it is; again by itself when the picture's size changes. */
  show(city: City, choice: MapChoice): void {
    this.draw = () => this.paint(city, choice)
    this.draw()
  }

  /** Counts on what runs out, once a second. */
  tick(now: Date): void {
    countDown(this.svg, now)
  }

  private paint(city: City, choice: MapChoice): void {
    const { clientWidth: width, clientHeight: height } = this.container
    if (width === 0 || height === 0) return
    const { now } = choice
    const drawing = drawingOf(city, choice, width, height)
    const { stands, houses, lines, projection } = drawing
    this.empty.textContent = emptyText(city, houses.length)
    const selected = houses.find((house) => house.selected)?.order ?? null
    this.drawn = { city, drawing, selected, now }

    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    redraw(
      this.svg,
      landscape(city.places, projection),
      shape('g', { class: 'lines', 'aria-hidden': 'true' }, ...lines.map(lineShape)),
      ...cityLabels(drawing, city.places, { x: 2, y: 2, width: width - 4, height: height - 4 }, now),
      shape('g', { class: 'technicians' }, ...stands.map((stand) => technicianMark(stand, projection.scale))),
      // The selected one last: above what lies at the same spot.
      shape(
        'g',
        { class: 'orders' },
        ...[...houses]
          .sort((a, b) => Number(a.selected) - Number(b.selected))
          .map((house) => orderShape(house, orderMark(house.order, now), this.onChoose)),
      ),
    )
    this.explain()
  }

  private pointAt(key: string | null): void {
    if (key === this.pointedAt) return
    this.pointedAt = key
    this.explain()
  }

  private explain(): void {
    const focused = document.activeElement
    const found = this.noteOf(this.pointedAt ?? (focused && this.svg.contains(focused) ? keyOf(focused) : null))
    this.note.hidden = found === null
    if (!found) return
    const { at, note } = found
    this.note.replaceChildren(element('strong', { text: note.title }), ...note.lines.map((text) => element('span', { text })))
    // In the half of the picture that what it speaks of does not lie in.
    this.note.classList.toggle('is-above', at.y > this.container.clientHeight / 2)
    this.note.classList.toggle('is-right', at.x < this.container.clientWidth / 2)
  }

  private noteOf(key: string | null): { at: Point; note: Note } | null {
    if (!this.drawn || key === null) return null
    const { city, drawing, selected, now } = this.drawn
    const stand = drawing.stands.find(({ technician }) => key === `technician ${technician._id}`)
    if (stand) return { at: stand.at, note: technicianNote(stand, selected, city, now) }
    const house = drawing.houses.find(({ order }) => key === `order ${order._id}`)
    return house ? { at: house.at, note: orderNote(house, city, now) } : null
  }
}

const keyOf = (target: EventTarget | null): string | null =>
  target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? null) : null

const emptyText = ({ technicians }: City, orders: number): string => {
  if (technicians.length === 0) return '城里还没有师傅。用员工控制台加一位，或不带 SEED=none 重开。'
  return orders === 0 ? '还没有工单。在业主手机上点“我要报修”。' : ''
}

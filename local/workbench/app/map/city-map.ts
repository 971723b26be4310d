/** 城里现在: technicians, orders and the offers between them, drawn from data. No map service. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'
import type { City } from '../city'
import { element, redraw, shape } from '../dom'
import { distanceText, familyName, lastDigits } from '../words'
import type { Box, LabelWish } from './labels'
import { alongLine, aroundMark, boxAround, placeLabels } from './labels'
import { landscape } from './landscape-layer'
import { isAtRest, orderMark } from './order-mark'
import type { Point, Projection, Spot } from './projection'
import { fitProjection } from './projection'
import type { TechnicianState } from './technician-state'
import { TECHNICIAN_WORDS, technicianState } from './technician-state'

const MARGIN = 26
const HOUSE = 'M-4.6 -.4L0 -4.4 4.6 -.4M-3.2 -1.4V4.2H3.2V-1.4'
const TECHNICIAN_MARK = 7
const ORDER_MARK = 10
const LETTER = { technician: 12.5, order: 12, place: 12, distance: 13 }
type LabelKind = keyof typeof LETTER

export interface MapChoice {
  selectedOrder: string | null
  now: Date
}

interface Stand {
  technician: TechnicianDocument
  at: Point
  state: TechnicianState
}

interface House {
  order: Order
  at: Point
}

interface Line {
  key: string
  from: Point
  to: Point
  metres: number
  selected: boolean
}

interface Drawing {
  stands: readonly Stand[]
  houses: readonly House[]
  lines: readonly Line[]
  projection: Projection
  frame: Box
}

const spotOf = ({ coordinates: [longitude, latitude] }: { coordinates: [number, number] }): Spot => ({ longitude, latitude })
const label = ({ staffNumber, name }: TechnicianDocument) => `${staffNumber} ${familyName(name)}`
/** Chinese letters are as wide as they are high, others about half. */
const widthOf = (text: string, size: number) => [...text].reduce((sum, letter) => sum + (letter > '⺀' ? size : size * 0.6), 0)

export class CityMap {
  private readonly svg = shape('svg', { role: 'group', 'aria-label': '城里现在' })
  private readonly empty = element('p', { class: 'city-empty' })
  private draw = (): void => undefined

  constructor(
    private readonly container: HTMLElement,
    private readonly onChoose: (orderId: string) => void,
  ) {
    container.append(this.svg, this.empty)
    new ResizeObserver(() => this.draw()).observe(container)
  }

  /** Draws the city as it is; again by itself when the picture's size changes. */
  show(city: City, choice: MapChoice): void {
    this.draw = () => this.paint(city, choice)
    this.draw()
  }

  private paint(city: City, { selectedOrder, now }: MapChoice): void {
    const { clientWidth: width, clientHeight: height } = this.container
    if (width === 0 || height === 0) return
    const orders = city.orders.filter((order) => !isAtRest(order) || order._id === selectedOrder)
    this.empty.textContent = emptyText(city, orders.length)
    const spots = [...city.technicians.map(({ whereabouts }) => spotOf(whereabouts)), ...orders.map(({ place }) => place), ...city.places]
    const projection = fitProjection(spots, width, height, MARGIN)
    const stands = city.technicians.map((technician): Stand => ({
      technician,
      at: projection.toPoint(spotOf(technician.whereabouts)),
      state: technicianState(technician, city.orders),
    }))
    const houses = standApart(orders, projection)
    const lines = houses.flatMap((house) => offerLines(house, stands, house.order._id === selectedOrder))
    const frame = { x: 2, y: 2, width: width - 4, height: height - 4 }

    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    redraw(
      this.svg,
      landscape(city.places, projection),
      shape('g', { class: 'offers', 'aria-hidden': 'true' }, ...lines.map(offerLine)),
      ...this.labels(city, { stands, houses, lines, projection, frame }),
      shape('g', { class: 'technicians' }, ...stands.map((stand) => technicianMark(stand, projection.scale))),
      // The selected one last: above what lies at the same spot.
      shape(
        'g',
        { class: 'orders' },
        ...[...houses]
          .sort((a, b) => Number(a.order._id === selectedOrder) - Number(b.order._id === selectedOrder))
          .map((house) => this.orderMark(house, house.order._id === selectedOrder, now)),
      ),
    )
  }

  private labels({ places }: City, { stands, houses, lines, projection, frame }: Drawing): SVGElement[] {
    const texts = new Map<string, { text: string; kind: LabelKind }>()
    const wish = (
      kind: LabelKind,
      key: string,
      text: string,
      at: (width: number, height: number) => Point[],
      optional = false,
    ): LabelWish => {
      const size = LETTER[kind]
      const [width, height] = [widthOf(text, size) + 2, size + 2]
      texts.set(`${kind} ${key}`, { text, kind })
      return { key: `${kind} ${key}`, width, height, places: at(width, height), optional }
    }
    const wishes = [
      ...houses.map(({ order, at }) =>
        wish('order', order._id, lastDigits(order.number), (width, height) => aroundMark(at, ORDER_MARK + 1, width, height)),
      ),
      ...stands.map(({ technician, at, state }) =>
        wish('technician', technician._id, label(technician), (width, height) =>
          aroundMark(at, TECHNICIAN_MARK + (state === 'offered' ? 3 : 0), width, height),
        ),
      ),
      ...lines
        .filter(({ selected }) => selected)
        .map(({ key, from, to, metres }) => wish('distance', key, distanceText(metres), (_width, height) => alongLine(from, to, height))),
      ...places.map((place) =>
        wish(
          'place',
          place.name,
          place.name,
          (width, height) => [projection.toPoint(place), ...aroundMark(projection.toPoint(place), 0, width, height)],
          true,
        ),
      ),
    ]
    const marks = [
      ...houses.map(({ at }) => boxAround(at, 2 * ORDER_MARK, 2 * ORDER_MARK)),
      ...stands.map(({ at }) => boxAround(at, 2 * TECHNICIAN_MARK, 2 * TECHNICIAN_MARK)),
    ]
    return placeLabels(wishes, marks, frame).flatMap(({ key, x, y }) => {
      const found = texts.get(key)
      if (!found) return []
      const size = LETTER[found.kind]
      return [
        shape(
          'text',
          { class: `label label-${found.kind}`, x: x.toFixed(1), y: (y + size * 0.36).toFixed(1), 'font-size': size },
          found.text,
        ),
      ]
    })
  }

  private orderMark({ order, at: { x, y } }: House, selected: boolean, now: Date): SVGGElement {
    const { turn, word, sentence } = orderMark(order, now)
    const mark = shape(
      'g',
      {
        class: `order turn-${turn}${selected ? ' is-selected' : ''}`,
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
        role: 'button',
        tabindex: 0,
        'aria-pressed': String(selected),
        'aria-label': `工单 ${order.number}，${word}，${order.title}`,
        'data-key': `order ${order._id}`,
      },
      shape('title', {}, `${order.number} ${order.title}\n${word}：${sentence}`),
      shape('rect', {
        class: 'order-ring',
        x: -ORDER_MARK - 4,
        y: -ORDER_MARK - 4,
        width: 2 * ORDER_MARK + 8,
        height: 2 * ORDER_MARK + 8,
        rx: 8,
      }),
      shape('rect', { class: 'order-ground', x: -ORDER_MARK, y: -ORDER_MARK, width: 2 * ORDER_MARK, height: 2 * ORDER_MARK, rx: 5 }),
      shape('path', { class: 'order-house', d: HOUSE }),
    )
    mark.addEventListener('click', () => this.onChoose(order._id))
    mark.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      this.onChoose(order._id)
    })
    return mark
  }
}

const emptyText = ({ technicians }: City, orders: number): string => {
  if (technicians.length === 0) return '城里还没有师傅。用员工控制台加一位，或不带 SEED=none 重开。'
  return orders === 0 ? '还没有工单。在业主手机上点“我要报修”。' : ''
}

/** Orders of one home stand side by side, newest first. */
function standApart(orders: readonly Order[], { toPoint }: Projection): House[] {
  const seen = new Map<string, number>()
  return orders.map((order) => {
    const spot = `${order.place.longitude} ${order.place.latitude}`
    const before = seen.get(spot) ?? 0
    seen.set(spot, before + 1)
    const { x, y } = toPoint(order.place)
    return { order, at: { x: x + before * (2 * ORDER_MARK + 4), y } }
  })
}

function technicianMark({ technician, at, state }: Stand, scale: number): SVGGElement {
  const words = `${technician.name} ${technician.staffNumber}，${TECHNICIAN_WORDS[state]}${technician.suspended ? '，停单中' : ''}`
  const reach = `接 ${distanceText(technician.radiusMetres)}内的活`
  return shape(
    'g',
    {
      class: `technician is-${state}`,
      transform: `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`,
      tabindex: 0,
      role: 'img',
      'aria-label': `${words}，${reach}`,
      'data-key': `technician ${technician._id}`,
      'data-technician': technician._id,
    },
    shape('title', {}, `${words}\n${reach}`),
    // How far they take jobs from: seen when one points at them.
    shape('circle', { class: 'radius', r: (technician.radiusMetres * scale).toFixed(1) }),
    shape('circle', { class: 'technician-ring', r: TECHNICIAN_MARK + 4 }),
    shape('circle', { class: 'technician-dot', r: TECHNICIAN_MARK }),
  )
}

/** An open offer as a line from the home to the technician who has it. */
function offerLines({ order, at }: House, stands: readonly Stand[], selected: boolean): Line[] {
  return order.offers.flatMap((offer) => {
    const stand = offer.state === 'open' ? stands.find(({ technician }) => technician._id === offer.technicianId) : undefined
    return stand ? [{ key: offer.id, from: at, to: stand.at, metres: offer.distanceMetres, selected }] : []
  })
}

const offerLine = ({ from, to, selected }: Line): SVGLineElement =>
  shape('line', {
    class: selected ? 'offer-line is-selected' : 'offer-line',
    x1: from.x.toFixed(1),
    y1: from.y.toFixed(1),
    x2: to.x.toFixed(1),
    y2: to.y.toFixed(1),
  })

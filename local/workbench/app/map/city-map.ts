/** 城里现在: technicians, orders and the offers between them, drawn from data. No map service. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'
import type { City } from '../city'
import { element, redraw, shape } from '../dom'
import { distanceText, familyName, lastDigits } from '../words'
import type { Box, LabelWish } from './labels'
import { placeLabels } from './labels'
import { landscape } from './landscape-layer'
import { isAtRest, orderMark } from './order-mark'
import type { Point, Projection, Spot } from './projection'
import { fitProjection } from './projection'
import type { TechnicianState } from './technician-state'
import { TECHNICIAN_WORDS, technicianState } from './technician-state'

const MARGIN = 34
const HOUSE = 'M-4.6 -.4L0 -4.4 4.6 -.4M-3.2 -1.4V4.2H3.2V-1.4'
const TECHNICIAN_MARK = 7
const ORDER_MARK = 10
const LETTER = { technician: 12.5, order: 12, place: 12 }

export interface MapChoice {
  selectedOrder: string | null
  now: Date
}

interface Stand {
  technician: TechnicianDocument
  at: Point
  state: TechnicianState
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
    const spots = [...city.technicians.map(({ whereabouts }) => spotOf(whereabouts)), ...orders.map(({ place }) => place), ...city.places]
    this.empty.textContent =
      city.technicians.length === 0
        ? '城里还没有师傅。用员工控制台加一位，或不带 SEED=none 重开。'
        : orders.length === 0
          ? '还没有工单。在业主手机上点“我要报修”。'
          : ''
    const projection = fitProjection(spots, width, height, MARGIN)
    const stands = city.technicians.map((technician): Stand => ({
      technician,
      at: projection.toPoint(spotOf(technician.whereabouts)),
      state: technicianState(technician, city.orders),
    }))
    const selected = orders.find(({ _id }) => _id === selectedOrder)

    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    redraw(
      this.svg,
      landscape(city.places, projection),
      shape('g', { class: 'radii', 'aria-hidden': 'true' }, ...stands.map((stand) => radius(stand, projection))),
      shape('g', { class: 'offers', 'aria-hidden': 'true' }, ...orders.flatMap((order) => offerLines(order, stands, projection))),
      ...this.labels(city, stands, orders, projection, { x: 2, y: 2, width: width - 4, height: height - 4 }),
      shape('g', { class: 'technicians' }, ...stands.map(technicianMark)),
      shape('g', { class: 'orders' }, ...orders.map((order) => this.orderMark(order, projection, order === selected, now))),
    )
  }

  private labels(city: City, stands: readonly Stand[], orders: readonly Order[], projection: Projection, frame: Box): SVGElement[] {
    const wishes = [
      ...orders.map((order) => ({
        text: lastDigits(order.number),
        kind: 'order' as const,
        at: projection.toPoint(order.place),
        mark: ORDER_MARK + 2,
      })),
      ...stands.map(({ technician, at, state }) => ({
        text: label(technician),
        kind: 'technician' as const,
        at,
        mark: TECHNICIAN_MARK + (state === 'offered' ? 3 : 1),
      })),
      ...city.places.map((place) => ({ text: place.name, kind: 'place' as const, at: projection.toPoint(place), mark: 3 })),
    ]
    const asked = wishes.map(({ text, kind, at, mark }, index): LabelWish => ({
      key: String(index),
      at,
      mark,
      width: widthOf(text, LETTER[kind]) + 2,
      height: LETTER[kind] + 3,
    }))
    const placed = placeLabels(asked, frame)
    return placed.map(({ key, x, y }) => {
      const wish = wishes[Number(key)]
      const size = wish ? LETTER[wish.kind] : 12
      return shape(
        'text',
        { class: `label label-${wish?.kind ?? 'place'}`, x: x.toFixed(1), y: (y + size * 0.36).toFixed(1), 'font-size': size },
        wish?.text ?? '',
      )
    })
  }

  private orderMark(order: Order, { toPoint }: Projection, selected: boolean, now: Date): SVGGElement {
    const { x, y } = toPoint(order.place)
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

function technicianMark({ technician, at, state }: Stand): SVGGElement {
  const words = `${technician.name} ${technician.staffNumber}，${TECHNICIAN_WORDS[state]}${technician.suspended ? '，停单中' : ''}`
  return shape(
    'g',
    {
      class: `technician is-${state}`,
      transform: `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`,
      tabindex: 0,
      role: 'img',
      'aria-label': `${words}，接 ${distanceText(technician.radiusMetres)}内的活`,
      'data-key': `technician ${technician._id}`,
      'data-technician': technician._id,
    },
    shape('title', {}, `${words}\n${technician.skills.join('、')}\n接 ${distanceText(technician.radiusMetres)}内的活`),
    shape('circle', { class: 'technician-ring', r: TECHNICIAN_MARK + 4 }),
    shape('circle', { class: 'technician-dot', r: TECHNICIAN_MARK }),
  )
}

/** How far a technician takes jobs from; shown for those who are asked, and for the one pointed at. */
function radius({ technician, at, state }: Stand, { scale }: Projection): SVGCircleElement {
  return shape('circle', {
    class: `radius is-${state}`,
    cx: at.x.toFixed(1),
    cy: at.y.toFixed(1),
    r: (technician.radiusMetres * scale).toFixed(1),
    'data-radius': technician._id,
  })
}

/** A dotted line to each technician who has an open offer, with the distance on it. */
function offerLines(order: Order, stands: readonly Stand[], { toPoint }: Projection): SVGElement[] {
  const home = toPoint(order.place)
  return order.offers.flatMap((offer) => {
    const stand = offer.state === 'open' ? stands.find(({ technician }) => technician._id === offer.technicianId) : undefined
    if (!stand) return []
    const { at } = stand
    const [x, y] = [(at.x + home.x) / 2, (at.y + home.y) / 2]
    const below = Math.abs(at.y - home.y) < Math.abs(at.x - home.x)
    return [
      shape('line', { class: 'offer-line', x1: home.x.toFixed(1), y1: home.y.toFixed(1), x2: at.x.toFixed(1), y2: at.y.toFixed(1) }),
      shape(
        'text',
        {
          class: 'offer-distance',
          x: (below ? x : x + 8).toFixed(1),
          y: (below ? y + 18 : y + 4).toFixed(1),
          'text-anchor': below ? 'middle' : 'start',
        },
        distanceText(offer.distanceMetres),
      ),
    ]
  })
}

/** What the map draws, and where: technicians, orders, and the lines between them. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'
import type { City } from '../city'
import { breachOf } from './breach'
import { isAtRest } from './order-mark'
import type { Point, Projection, Spot } from './projection'
import { fitProjection } from './projection'
import type { TechnicianState } from './technician-state'
import { technicianState } from './technician-state'

const MARGIN = 26
/** Half of a mark's size, px. */
export const TECHNICIAN_MARK = 7
export const ORDER_MARK = 10
/** What the ring of a mark that is chosen or asked adds to that. */
export const RING = 4

export interface MapChoice {
  selectedOrder: string | null
  now: Date
}

export interface Stand {
  technician: TechnicianDocument
  at: Point
  state: TechnicianState
  /** Asked to claim the selected order. */
  asked: boolean
}

export interface House {
  order: Order
  at: Point
  selected: boolean
}

export interface Line {
  key: string
  /** To somebody who is asked; to who has the job; to who has it and missed a time. */
  kind: 'offer' | 'job' | 'breach'
  from: Point
  to: Point
  /** As the offer says. */
  metres: number | null
  selected: boolean
}

export interface Drawing {
  stands: readonly Stand[]
  houses: readonly House[]
  lines: readonly Line[]
  projection: Projection
}

const spotOf = ({ coordinates: [longitude, latitude] }: { coordinates: [number, number] }): Spot => ({ longitude, latitude })

/** Lays a city out on `width` × `height` px. */
export function drawingOf(city: City, { selectedOrder, now }: MapChoice, width: number, height: number): Drawing {
  const orders = city.orders.filter((order) => !isAtRest(order) || order._id === selectedOrder)
  const seen = city.technicians.map((technician) => {
    const state = technicianState(technician, city.orders, now)
    return { technician, state, spot: seenAt(technician, state) }
  })
  const spots = [...seen.map(({ spot }) => spot), ...orders.map(({ place }) => place), ...city.places]
  const projection = fitProjection(spots, width, height, MARGIN)
  const houses = standApart(orders, projection, selectedOrder)
  const asked = houses.find(({ selected }) => selected)?.order.offeredTo ?? []
  const stands = seen.map(({ technician, state, spot }): Stand => ({ technician, at: besideHouses(projection.toPoint(spot), houses), state, asked: asked.includes(technician._id) }))
  return { stands, houses, lines: houses.flatMap((house) => linesOf(house, stands, now)), projection }
}

/** Where offers reckon with them; whoever is late is not where they should be, but where they were last. */
const seenAt = ({ position, whereabouts }: TechnicianDocument, state: TechnicianState): Spot => spotOf(state === 'late' && position ? position : whereabouts)

/** Nobody is hidden under the mark of the home where they are. */
const besideHouses = (at: Point, houses: readonly House[]): Point =>
  houses.some((house) => Math.hypot(house.at.x - at.x, house.at.y - at.y) < ORDER_MARK) ? { x: at.x - ORDER_MARK - 2, y: at.y + ORDER_MARK } : at

/** Orders of one home stand side by side, newest first. */
function standApart(orders: readonly Order[], { toPoint }: Projection, selectedOrder: string | null): House[] {
  const seen = new Map<string, number>()
  return orders.map((order) => {
    const spot = `${order.place.longitude} ${order.place.latitude}`
    const before = seen.get(spot) ?? 0
    seen.set(spot, before + 1)
    const { x, y } = toPoint(order.place)
    return { order, at: { x: x + before * (2 * ORDER_MARK + 4), y }, selected: order._id === selectedOrder }
  })
}

/** From the home to those who are asked now, and to whoever missed a time there; of the selected order also to whoever has the job. */
function linesOf({ order, at: from, selected }: House, stands: readonly Stand[], now: Date): Line[] {
  const standOf = (id: string | undefined) => stands.find(({ technician }) => technician._id === id)
  const offers = order.offers.flatMap((offer): Line[] => {
    const stand = offer.state === 'open' ? standOf(offer.technicianId) : undefined
    return stand ? [{ key: offer.id, kind: 'offer', from, to: stand.at, metres: offer.distanceMetres, selected }] : []
  })
  const holder = standOf(order.assigned[0])
  const late = breachOf(order, now)?.byTechnician === true
  if (!holder || !(late || selected)) return offers
  return [...offers, { key: `job ${order._id}`, kind: late ? 'breach' : 'job', from, to: holder.at, metres: null, selected }]
}

/** What an order, its technicians' days and everything that it left elsewhere must agree on, once all outboxes are worked off: after any race, crash or life. */
import { visitOf, worksOn } from '../../cloudfunctions/domain/order'
import type { Order } from '../../cloudfunctions/domain/order'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { FORGOTTEN_MS } from './city/rules'
import type { Product, TechnicianPhone } from './product'

/** A repair before the door opens, with all technicians who may have heard of it. */
export interface Pulled {
  orderId: string
  technicians: readonly TechnicianPhone[]
}

/** What was left in other collections, by the order's id. */
interface Left {
  todos: Collections['todos'][]
  violations: Collections['violations'][]
  deeds: Collections['deeds'][]
  messages: Collections['messages'][]
}

/** Looks all of it up in a few requests. */
export const demandAgreement = async (product: Product, repairs: readonly Pulled[]): Promise<void> => {
  const ids = repairs.map(({ orderId }) => orderId)
  const people = [...new Set(repairs.flatMap(({ technicians }) => technicians.map(({ id }) => id)))]
  const of = { orderId: { $in: ids } }
  const [now, orders, technicians, todos, violations, deeds, messages] = await Promise.all([
    product.now(),
    product.find('orders', { _id: { $in: ids } }), product.find('technicians', { _id: { $in: people } }),
    product.find('todos', of), product.find('violations', of), product.find('deeds', of), product.find('messages', of),
  ])
  const own = <One extends { orderId: string }>(all: One[], orderId: string) => all.filter((one) => one.orderId === orderId)
  for (const repair of repairs) {
    const order = orders.find(({ _id }) => _id === repair.orderId)
    if (!order) throw new Error(`order ${repair.orderId} is gone`)
    demandOrder(order)
    for (const { id } of repair.technicians) demandDay(order, technicians.find(({ _id }) => _id === id)!, now)
    demandOnce(order, { todos: own(todos, order._id), violations: own(violations, order._id), deeds: own(deeds, order._id), messages: own(messages, order._id) })
  }
}

/** Who has the order; null while nobody does. */
const holderOf = (order: Order): string | null => (['cancelled', 'dispatching', 'seeking_staff'].includes(order.status) ? null : visitOf(order).technicianId)

const demandOrder = (order: Order): void => {
  expect(order.outbox).toEqual([])
  for (const { no } of order.visits) expect(order.offers.filter((offer) => offer.visitNo === no && offer.state === 'claimed').length).toBeLessThanOrEqual(1)
  expect(holderOf(order) !== null).toBe(['claimed', 'scheduled', 'on_the_way', 'arrived', 'waiting_parts'].includes(order.status))
  const now = visitOf(order)
  expect(order.offers.filter((offer) => offer.state === 'claimed' && offer.visitNo === now.no).map((offer) => offer.technicianId)).toEqual([holderOf(order)].filter((id) => id !== null))
  expect(order.visits.slice(0, -1).every((visit) => visit.absent !== null)).toBe(true)
  if (holderOf(order)) expect(order.offeredTo).toEqual([])
  if (order.status === 'cancelled') expect([order.deadlines, order.offeredTo, order.todos]).toEqual([[], [], []])
}

/** R05, R47 the order has the time of whoever comes, and nobody else's; nothing is held on. R45 while parts are missing, and until a new time is agreed, nobody's. */
const demandDay = (order: Order, { _id, slots, claim }: Collections['technicians'], now: Date): void => {
  const visit = visitOf(order)
  const isHolder = holderOf(order) === _id
  const own = slots.filter((slot) => slot.orderId === order._id)
  const begins = !holderOf(order) || !worksOn(visit, _id) || standsForParts(order) ? [] : [visit.appointmentAt ?? own[0]?.from]
  expect([_id, own.map(({ from }) => from), own.every((slot) => slot.heldUntil === null && slot.visitNo === visit.no)]).toEqual([_id, begins, true])
  // Nobody is at two places; what should long be over is in nobody's way.
  const day = slots.filter(({ finishedAt, to }) => !finishedAt && to.getTime() + FORGOTTEN_MS > now.getTime()).sort((a, b) => a.from.getTime() - b.from.getTime())
  for (const [index, slot] of day.entries()) if (day[index + 1]) expect(slot.to.getTime()).toBeLessThanOrEqual(day[index + 1]!.from.getTime())
  // Whoever phones again since the number was put right, the parts or the money came may have claimed another meanwhile.
  const waits = isHolder && visit.call?.outcome === null && visit.call.unanswered === 0 && ['claimed', 'assigned'].includes(visit.call.why) && visit.waiting === null
  expect([_id, claim?.orderId === order._id]).toEqual([_id, waits])
}

/** Parts are missing, or have come and no time is agreed yet. */
const standsForParts = (order: Order): boolean => {
  const { waiting, claimedAt, appointmentAt } = visitOf(order)
  return waiting !== null || (appointmentAt === null && order.timeline.some(({ kind, at }) => kind === 'parts_came' && claimedAt !== null && at >= claimedAt))
}

/** R38, R42 everything was told, recorded and left for staff once. */
const demandOnce = (order: Order, { todos, violations, deeds, messages }: Left): void => {
  const count = (kind: string) => order.timeline.filter((entry) => entry.kind === kind).length
  expect(new Set(order.timeline.map((entry) => entry.id)).size).toBe(order.timeline.length)
  // The timeline tells of each claim and of each way in which one ended, and so does the technicians' record.
  expect(count('claimed') + count('assigned') - count('given_back') - count('taken_back')).toBeGreaterThanOrEqual(holderOf(order) ? 1 : 0)
  for (const kind of ['claimed', 'assigned', 'given_back', 'taken_back'] as const) expect([kind, deeds.filter((deed) => deed.kind === kind).length]).toEqual([kind, count(kind)])
  expect(messages.filter(({ template }) => template === 'claimed').length).toBe(count('claimed') + count('assigned'))
  const asked = order.timeline.flatMap(({ kind, data }) => (kind === 'wave_sent' ? (data['names'] ?? '').split('、') : []))
  expect(messages.filter(({ template }) => template === 'offer').length).toBe(asked.length)
  // What staff have open is what the order says; whom WeChat could not reach is no affair of the order's.
  const open = todos.filter(({ state, kind }) => state === 'open' && kind !== 'unreachable').map(({ _id }) => _id)
  expect(open.sort()).toEqual(order.todos.map(({ id }) => id).sort())
  const broken = violations.map(({ technicianId, kind, at }) => `${technicianId} ${kind} ${at.toISOString()}`)
  expect(new Set(broken).size).toBe(broken.length)
  for (const { appointmentAt, helpers } of order.visits) if (appointmentAt === null) expect(helpers).toEqual([])
  expect(violations.filter(({ kind }) => kind === 'late_call').length).toBe(count('call_late'))
}

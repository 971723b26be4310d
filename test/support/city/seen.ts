import type { OrderEvent } from '../../../cloudfunctions/domain/event'
import { visitOf } from '../../../cloudfunctions/domain/order'
import type { Order, OrderStatus } from '../../../cloudfunctions/domain/order'
import { standardOf } from '../../../cloudfunctions/domain/standards'
import type { Technician } from '../../../cloudfunctions/domain/technician'
import type { Seen } from './city'
import type { JobState } from './job'

/** What was left for staff, or put on somebody's record. */
export interface Raised {
  orderId: string
  what: 'todo' | 'violation'
  /** Of a violation, with whose it is. */
  kind: string
  at: Date
}

const STATE: Partial<Record<OrderStatus, JobState>> = { dispatching: 'searching', seeking_staff: 'staff', claimed: 'claimed', scheduled: 'scheduled', on_the_way: 'on_the_way', arrived: 'arrived', waiting_parts: 'parts', cancelled: 'cancelled' }

/** What the product's own records show from outside. */
export const seenOf = (orders: readonly Order[], technicians: readonly Pick<Technician, '_id' | 'claim' | 'slots'>[], raised: readonly Raised[], now: Date, name = (orderId: string): string => orderId): Seen => ({
  orders: Object.fromEntries(
    orders.map((order) => {
      const visit = visitOf(order)
      const state = visit.state === 'rebooking' ? 'rebooking' : STATE[order.status]
      if (!state) throw new Error(`an order is ${order.status}, which no life here leads to`)
      return [name(order._id), {
        state, asked: [...order.offeredTo].sort(), waves: order.timeline.filter((entry) => entry.kind === 'wave_sent').length, holder: visit.technicianId, helpers: [...visit.helpers].sort(),
        visitAt: visit.appointmentAt?.getTime() ?? null, isOwed: isOwed(order), isStopped: state === 'scheduled' && visit.clockStoppedAt !== null,
        raised: raised.filter(({ orderId }) => orderId === order._id).map(({ what, kind, at }) => `${what} ${kind} ${at.getTime()}`).sort(), open: order.todos.map(({ kind }) => kind).sort(),
      }]
    }),
  ),
  workers: Object.fromEntries(technicians.map(({ _id, claim, slots }) => [_id, { calling: claim && (claim.until === null || claim.until > now) ? name(claim.orderId) : null, day: slots.map((slot) => `${name(slot.orderId)} ${slot.from.getTime()}–${slot.to.getTime()}`).sort() }])),
})

const isOwed = ({ status, quotes, items, stages }: Order): boolean => {
  if (status === 'cancelled') return false
  const newest = quotes.at(-1)?.state
  return (newest !== 'confirmed' && items.some(({ pricing }) => pricing === 'instant')) || stages.some(({ state, before }) => state === 'due' && before === 'setting_out')
}

/** Packing and setting out. */
export const setOutWith = (order: Order, technicianId: string): OrderEvent[] => {
  const visit = visitOf(order)
  const before = standardOf(visit.standard).steps.filter(({ id, phase }) => phase === 'before_setting_out' && !visit.steps.some((record) => record.id === id && record.doneAt))
  return [
    ...before.map((step): OrderEvent => ({ type: 'complete_step', technicianId, visitNo: visit.no, stepId: step.id, ticks: step.ticks.map(({ id }) => id), photos: [], note: '' })),
    { type: 'set_out', technicianId },
  ]
}

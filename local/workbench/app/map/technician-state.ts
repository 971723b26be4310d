/** What a technician is doing, as the map colours it and the list says it. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'

export type TechnicianState = 'off' | 'free' | 'offered' | 'busy' | 'late' | 'stopped'

export const TECHNICIAN_WORDS: Record<TechnicianState, string> = {
  offered: '派单中',
  free: '在岗',
  busy: '在忙',
  late: '超时',
  stopped: '停单',
  off: '下班',
}

/** To-dos of an order that say its technician missed a time. */
const MISSED = new Set(['late_call', 'late_arrival', 'not_arrived'])
/** With a job in hand, from the claim until the technician leaves. */
const AT_WORK = new Set(['claimed', 'on_the_way', 'arrived', 'surveying', 'working', 'awaiting_acceptance', 'closing'])

export const isLate = (order: Pick<Order, 'todos' | 'status'>): boolean =>
  order.status !== 'in_warranty' &&
  order.status !== 'cancelled' &&
  order.status !== 'archived' &&
  order.todos.some(({ kind }) => MISSED.has(kind))

/** Who has left has nothing more to do there, though the homeowner may still have a card to sign. */
const isAtWork = ({ status, visits }: Pick<Order, 'status' | 'visits'>): boolean => AT_WORK.has(status) && !visits.at(-1)?.checkedOutAt

/** The most telling first: late, at work, suspended, off duty, asked to claim, free. */
export function technicianState(
  technician: Pick<TechnicianDocument, '_id' | 'onDuty' | 'claim' | 'suspended'>,
  orders: readonly Pick<Order, 'assigned' | 'offeredTo' | 'status' | 'todos' | 'visits'>[],
): TechnicianState {
  const own = orders.filter((order) => order.assigned.includes(technician._id))
  if (own.some(isLate)) return 'late'
  if (technician.claim || own.some(isAtWork)) return 'busy'
  // Whatever their switch says, nothing is offered to them.
  if (technician.suspended) return 'stopped'
  if (!technician.onDuty) return 'off'
  return orders.some((order) => order.offeredTo.includes(technician._id)) ? 'offered' : 'free'
}

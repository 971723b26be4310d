/** What a technician is doing, as the map colours it and the list says it. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import { pendingClaim } from '../../../../cloudfunctions/domain/technician'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'
import { breachOf } from './breach'

export type TechnicianState = 'off' | 'free' | 'offered' | 'calling' | 'busy' | 'late' | 'stopped'

export const TECHNICIAN_WORDS: Record<TechnicianState, string> = {
  offered: '派单中',
  free: '在岗',
  calling: '待拨电话',
  busy: '在忙',
  late: '超时',
  stopped: '停单',
  off: '下班',
}

/** With a job in hand, from the claim until the technician leaves. */
const AT_WORK = new Set(['claimed', 'on_the_way', 'arrived', 'surveying', 'working', 'awaiting_acceptance', 'closing'])

/** Who has left has nothing more to do there, though the homeowner may still have a card to sign. */
const isAtWork = ({ status, visits }: Pick<Order, 'status' | 'visits'>): boolean => AT_WORK.has(status) && !visits.at(-1)?.checkedOutAt

/** A helper makes nobody late: whoever is in charge, who stands first, keeps the times (R47). */
const missesTime = (order: Pick<Order, 'assigned' | 'status' | 'todos' | 'deadlines'>, technicianId: string, now: Date): boolean =>
  order.assigned[0] === technicianId && breachOf(order, now)?.byTechnician === true

/** The most telling first: late, waiting for their call, at work, suspended, off duty, asked to claim, free. */
export function technicianState(
  technician: Pick<TechnicianDocument, '_id' | 'onDuty' | 'claim' | 'suspended'>,
  orders: readonly Pick<Order, 'assigned' | 'offeredTo' | 'status' | 'todos' | 'deadlines' | 'visits'>[],
  now: Date,
): TechnicianState {
  const own = orders.filter((order) => order.assigned.includes(technician._id))
  if (own.some((order) => missesTime(order, technician._id, now))) return 'late'
  if (pendingClaim(technician, now)) return 'calling'
  if (own.some(isAtWork)) return 'busy'
  // Whatever their switch says, nothing is offered to them.
  if (technician.suspended) return 'stopped'
  if (!technician.onDuty) return 'off'
  return orders.some((order) => order.offeredTo.includes(technician._id)) ? 'offered' : 'free'
}

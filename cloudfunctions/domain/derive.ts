import type { Attention, Order } from './order'
import { crewOf, visitOf } from './order'

/** Fields that lists and the timer query by, worked out anew from the facts. */
export const derive = (order: Order): Order => {
  const visit = visitOf(order)
  const resting = order.status === 'cancelled' || order.status === 'archived'
  order.offeredTo = resting ? [] : [...new Set(order.offers.filter((offer) => offer.state === 'open').map((offer) => offer.technicianId))]
  order.assigned = resting ? [] : crewOf(visit)
  order.workedBy = [...new Set(order.visits.flatMap(crewOf))]
  order.attention = attentionOf(order)
  order.nextWorkAt = nextWork(order)
  return order
}

/** The earliest of deadlines and outbox retries. */
export const nextWork = (order: Pick<Order, 'deadlines' | 'outbox'>): Date | null => {
  const times = [...order.deadlines.map((deadline) => deadline.dueAt.getTime()), ...order.outbox.map((entry) => entry.nextAt.getTime())]
  return times.length > 0 ? new Date(Math.min(...times)) : null
}

/** A time to agree to, or a visit to book again (R12, R15). */
const awaitsHomeowner = (order: Order): boolean => {
  const { state, delay } = visitOf(order)
  return order.status !== 'cancelled' && (state === 'rebooking' || (delay !== null && delay.answeredAt === null))
}

const attentionOf = (order: Order): Attention[] => {
  const found: Attention[] = []
  if (awaitsHomeowner(order)) found.push('to_confirm')
  else if (order.quotes.some((quote) => quote.state === 'sent')) found.push('to_confirm')
  if (order.stages.some((stage) => stage.state === 'due')) found.push('to_pay')
  if (order.status === 'awaiting_acceptance') found.push('to_accept')
  const visit = visitOf(order)
  if (visit.completedAt && !visit.rating && order.status !== 'cancelled' && order.status !== 'archived') found.push('to_rate')
  if (!['in_warranty', 'archived', 'cancelled'].includes(order.status)) found.push('in_progress')
  return found
}

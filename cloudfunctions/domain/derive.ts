import type { Attention, Order } from './order'
import { visitOf } from './order'

/** Fields that lists and the timer query by, worked out anew from the facts. */
export const derive = (order: Order): Order => {
  const visit = visitOf(order)
  const resting = order.status === 'cancelled' || order.status === 'archived'
  order.offeredTo = resting ? [] : [...new Set(order.offers.filter((offer) => offer.state === 'open').map((offer) => offer.technicianId))]
  order.assigned = visit.technicianId && !resting ? [visit.technicianId] : []
  order.workedBy = [...new Set(order.visits.flatMap((each) => each.technicianId ?? []))]
  order.attention = attentionOf(order)
  order.nextWorkAt = nextWork(order)
  return order
}

/** The earliest of deadlines and outbox retries. */
export const nextWork = (order: Pick<Order, 'deadlines' | 'outbox'>): Date | null => {
  const times = [...order.deadlines.map((deadline) => deadline.dueAt.getTime()), ...order.outbox.map((entry) => entry.nextAt.getTime())]
  return times.length > 0 ? new Date(Math.min(...times)) : null
}

const attentionOf = (order: Order): Attention[] => {
  const found: Attention[] = []
  if (order.quotes.some((quote) => quote.state === 'sent')) found.push('to_confirm')
  if (order.stages.some((stage) => stage.state === 'due')) found.push('to_pay')
  if (order.status === 'awaiting_acceptance') found.push('to_accept')
  const visit = visitOf(order)
  if (visit.completedAt && !visit.rating && order.status !== 'cancelled' && order.status !== 'archived') found.push('to_rate')
  if (!['in_warranty', 'archived', 'cancelled'].includes(order.status)) found.push('in_progress')
  return found
}

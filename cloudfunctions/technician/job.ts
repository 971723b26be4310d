import type { JobView } from '../../typings/contract'
import type { OrderEvent } from '../domain/event'
import type { Customer, Order } from '../domain/order'
import { visitOf, worksOn } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { isOpenTo, jobView } from '../domain/views/technician'
import { logAccess } from '../platform/access-log'
import type { ActionContext } from '../platform/action'
import { collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { applyEvent, NO_ORDER, requestKey } from '../platform/orders'
import { readingOf } from '../platform/reading'
import { readPriceBook, readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { accountRefusal, callingTechnician } from './me'

/** Only technicians of the current visit have to do with it (R40); what whoever helps may not, the rules say (R47). */
export const assignedTo =
  (technicianId: string) =>
  (order: Order): Refusal | null =>
    worksOn(visitOf(order), technicianId) ? null : NO_ORDER

export interface Job {
  order: OrderDocument
  customer: Customer | null
}

/** An order with the person behind it, in one trip. */
export const readJob = async (orderId: string): Promise<Job | null> => {
  // Figures and price book are needed next: read beside, they cost no trip of their own.
  const [order, customer] = await Promise.all([collection('orders').get(orderId), collection('customers').get(orderId), readSettings(), readPriceBook()])
  return order && { order, customer }
}

/** Who lives there is shown while the window of R39 is open, and that it was read is logged. */
export const showJob = async ({ order, customer }: Job, me: TechnicianDocument): Promise<JobView> => {
  const reading = await readingOf(order)
  if (customer && isOpenTo(order, reading)) await logAccess({ orderId: order._id, reader: { role: 'technician', id: me._id }, what: 'person' })
  return jobView(order, customer, toTechnician(me), reading)
}

/** Changes the caller's job and shows it as it is then. `event` sees the order that it will be decided on. */
export const changeJob = async (orderId: string, context: ActionContext, event: (me: TechnicianDocument, order: OrderDocument) => OrderEvent | Refusal | Promise<OrderEvent | Refusal>): Promise<JobView | Refusal> => {
  const changed = await changeJobQuietly(orderId, context, event)
  if (changed instanceof Refusal) return changed
  const order = seenBy(changed.order, changed.me._id)
  return order ? showJob({ order, customer: changed.customer }, changed.me) : NO_ORDER
}

/** As `changeJob`, for actions that answer with something else. */
export const changeJobQuietly = async (
  orderId: string,
  context: ActionContext,
  event: (me: TechnicianDocument, order: OrderDocument) => OrderEvent | Refusal | Promise<OrderEvent | Refusal>,
  { answersWithoutOrder = false } = {},
): Promise<(Job & { me: TechnicianDocument }) | Refusal> => {
  const me = await callingTechnician(context)
  const job = await readJob(orderId)
  if (!job) return NO_ORDER
  const stranger = await accountRefusal(job.order, me)
  if (stranger) return stranger
  const changed = await applyEvent({
    orderId,
    known: job.order,
    key: requestKey(context.action, me._id, context.requestId),
    authorise: assignedTo(me._id),
    answersWithoutOrder,
    event: (order) => event(me, order),
  })
  if (changed instanceof Refusal) return changed
  return { order: changed.order, customer: job.customer, me }
}

/**
 * What a technician may still see of an order: their own last visit as it ended, when somebody else has it now; null when it is none of their business.
 * A visit that was given or taken back is not theirs any more (R39).
 */
export const seenBy = (order: OrderDocument, technicianId: string): OrderDocument | null => {
  if (worksOn(visitOf(order), technicianId)) return order
  const own = order.visits.findLastIndex((visit) => worksOn(visit, technicianId))
  if (own < 0) return null
  const visits = order.visits.slice(0, own + 1)
  const no = visits.at(-1)?.no ?? 0
  return {
    ...order, status: 'in_warranty', visits, offers: order.offers.filter((offer) => offer.visitNo <= no), timeline: order.timeline.filter((entry) => entry.visitNo <= no), deadlines: [],
  }
}

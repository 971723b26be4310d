import * as z from 'zod'
import type { Order } from '../domain/order'
import { visitOf } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { offerView, openOfferTo } from '../domain/views/technician'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { EXAMPLE_ORDER, orderId, words } from '../platform/fields'
import { applyEvent, NO_ORDER, requestKey } from '../platform/orders'
import { readingOf } from '../platform/reading'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { claimFor, suspendedRefusal } from './claim'
import { changeJobQuietly, showJob } from './job'
import { showJobs } from './jobs-view'
import { callingTechnician, readTechnician } from './me'

/** Only who was offered this visit may know of the order (R40). */
const offeredTo =
  (technicianId: string) =>
  (order: Order): Refusal | null =>
    order.offers.some((offer) => offer.technicianId === technicianId && offer.visitNo === visitOf(order).no) ? null : NO_ORDER

export const seeOffer = defineAction({
  summary: '看一张派来的单',
  input: z.strictObject({ orderId }),
  example: { orderId: EXAMPLE_ORDER },
  run: async ({ orderId: id }, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const [order, document] = await Promise.all([collection('orders').get(id), readTechnician(me)])
    if (document instanceof Refusal) return document
    if (order && visitOf(order).technicianId === _id) return refuse('OFFER_OVER', '这单您已经抢到了')
    const changed = await applyEvent({ orderId: id, known: order, key: null, authorise: offeredTo(_id), event: () => ({ type: 'see_offer', technicianId: _id }) })
    if (changed instanceof Refusal) return changed
    const offer = openOfferTo(changed.order, _id)
    return offer ? offerView(changed.order, offer, toTechnician(document), await readingOf(null)) : refuse('OFFER_OVER', '这单已经收回了')
  },
})

/** R06 the first claim wins. Whoever has it already gets the same answer again. */
export const claimOffer = defineAction({
  summary: '抢单',
  input: z.strictObject({ orderId }),
  example: { orderId: EXAMPLE_ORDER },
  run: async ({ orderId: id }, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const [order, document, settings] = await Promise.all([collection('orders').get(id), readTechnician(me), readSettings()])
    if (document instanceof Refusal) return document
    if (!order || offeredTo(_id)(order)) return NO_ORDER
    if (visitOf(order).technicianId === _id) return showJob({ order, customer: await collection('customers').get(id) }, document)
    // Their offers were taken back for it: they read that, and not that this one is over.
    const suspended = suspendedRefusal(document)
    if (suspended) return suspended
    const job = await claimFor(order, document, requestKey(context.action, _id, context.requestId), settings)
    if (job instanceof Refusal) return job
    // The same request again, and meanwhile it was given or taken back: it is not theirs to see any more.
    return visitOf(job.order).technicianId === _id ? showJob(job, document) : refuse('OFFER_OVER', '这单已经不在您手上了')
  },
})

/** R08 */
export const declineOffer = defineAction({
  summary: '不接这单，写明原因',
  input: z.strictObject({ orderId, reason: words('原因', 1, 100) }),
  example: { orderId: EXAMPLE_ORDER, reason: '手上的活还没干完' },
  run: async ({ orderId: id, reason }, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const [order, document] = await Promise.all([collection('orders').get(id), readTechnician(me)])
    if (document instanceof Refusal) return document
    const changed = await applyEvent({
      orderId: id,
      known: order,
      key: requestKey(context.action, _id, context.requestId),
      authorise: offeredTo(_id),
      answersWithoutOrder: true,
      event: () => ({ type: 'decline', technicianId: _id, reason }),
    })
    return changed instanceof Refusal ? changed : showJobs(_id, openidOf(context.caller))
  },
})

/** R09 before setting out, with a reason; counted. */
export const giveBack = defineAction({
  summary: '退单，写明原因；出发以后不能退',
  input: z.strictObject({ orderId, reason: words('原因', 1, 100) }),
  example: { orderId: EXAMPLE_ORDER, reason: '车坏在路上，赶不过去' },
  run: async ({ orderId: id, reason }, context) => {
    const changed = await changeJobQuietly(id, context, (me) => ({ type: 'give_back', technicianId: me._id, reason }), { answersWithoutOrder: true })
    return changed instanceof Refusal ? changed : showJobs(changed.me._id, openidOf(context.caller))
  },
})

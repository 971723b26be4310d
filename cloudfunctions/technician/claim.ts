import { decide } from '../domain/decide'
import { fittingSlot, needOf } from '../domain/eligibility'
import type { OrderEvent } from '../domain/event'
import { personFrom } from '../domain/handlers/dispatch'
import type { Order, Slot } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { pendingClaim } from '../domain/technician'
import type { Technician } from '../domain/technician'
import { collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { knowledgeOf } from '../platform/knowledge'
import { applyEvent } from '../platform/orders'
import { toTechnician } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { holdSlot, releaseHold } from '../platform/technicians'
import { inOutboxLane } from '../platform/trips'

/** How often a technician's own day is read again when something else changes it meanwhile. */
const MOST_HOLDS = 5

type Judge = (technician: Technician, now: Date) => Slot | Refusal

interface HeldChange {
  order: OrderDocument
  document: TechnicianDocument
  key: string | null
  settings: Settings
  /** A claim waits for its call; an agreed time does not. */
  awaitsCall: boolean
  /** The time that this technician would give, or why not. */
  judge: Judge
  event(technician: Technician, slot: Slot): OrderEvent
  authorise(order: Order): Refusal | null
}

/**
 * Books a technician's time for an order: held on the technician, then written into the order, then confirmed by the order's outbox; so two orders cannot book one person,
 * and one order cannot be booked by two. What the order would refuse anyway is refused before anything is held; a hold whose order went to somebody else is given back.
 */
export const applyWithHold = async ({ order, document, key, settings, awaitsCall, judge, event, authorise }: HeldChange): Promise<OrderDocument | Refusal> => {
  let current: TechnicianDocument | null = document
  for (let attempt = 0; attempt < MOST_HOLDS; attempt += 1) {
    if (attempt > 0) current = await collection('technicians').get(document._id)
    if (!current) return refuse('FORBIDDEN', '没有登记过的师傅')
    const now = new Date()
    const technician = toTechnician(current)
    const slot = judge(technician, now)
    const late = refusedAsItStands(order, event(technician, slot instanceof Refusal ? nowhere(order, now) : slot), now, settings)
    if (late) return late
    if (slot instanceof Refusal) return slot
    if (!(await holdSlot(current, slot, awaitsCall, now, settings))) continue
    const changed = await applyEvent({ orderId: order._id, known: order, key, authorise, event: () => event(technician, slot) })
    if (!(changed instanceof Refusal)) return changed.order
    await inOutboxLane(() => releaseHold(document._id, slot, settings))
    return changed
  }
  return refuse('CONFLICT', '您的日程刚变了，请再点一次')
}

/** What the rules would refuse as things stand costs whoever comes too late no more than the read. */
const refusedAsItStands = (order: Order, event: OrderEvent, now: Date, settings: Settings): Refusal | null => {
  const decision = decide(order, event, now, knowledgeOf(settings))
  return decision.kind === 'needs_technicians' ? null : decision.refusal
}

const nowhere = (order: Order, now: Date): Slot => ({ orderId: order._id, visitNo: order.visits.length, from: now, to: now, place: order.place })

/** R06, R05: on duty, not suspended, holding no other claim, with room at that time. */
export const claimFor = (order: OrderDocument, document: TechnicianDocument, key: string | null, settings: Settings): Promise<OrderDocument | Refusal> =>
  applyWithHold({
    order,
    document,
    key,
    settings,
    awaitsCall: true,
    judge: (technician, now) => {
      if (technician.suspended) return refuse('SUSPENDED', `停单中：${technician.suspendedReason || '请联系公司'}`)
      if (!technician.onDuty) return refuse('OFF_DUTY', '您不在岗，先上岗再抢')
      const pending = pendingClaim(technician, now)
      if (pending && pending.orderId !== order._id) return refuse('BUSY', '您有一单还没打电话，打完再抢')
      const fit = fittingSlot(technician, needOf(order, settings), now, settings)
      return fit.fits ? fit.slot : refuse('BUSY', `这个时间您排不开：${fit.reason}`)
    },
    event: (technician, slot) => ({ type: 'claim', technician: personFrom(technician), slot }),
    authorise: () => null,
  })

import { decide } from '../domain/decide'
import type { OrderEvent } from '../domain/event'
import { needOf, slotAt } from '../domain/eligibility'
import { visitOf, worksOn } from '../domain/order'
import type { Customer, Order, Slot } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import type { Technician } from '../domain/technician'
import { collection } from './db'
import type { OrderDocument } from './documents'
import { knowledgeOf } from './knowledge'
import { applyEvent } from './orders'
import type { Changed } from './orders'
import { toTechnician } from './technician-document'
import type { TechnicianDocument } from './technician-document'
import { holdSlot, releaseHold } from './technicians'
import { inOutboxLane } from './trips'

/** How often a technician's own day is read again when something else changes it meanwhile. */
const MOST_HOLDS = 5

type Judge = (technician: Technician, now: Date) => Slot | Refusal

export interface HeldChange {
  order: OrderDocument
  /** The person behind the order; read while the order is written when it is not known yet, so that whoever comes too late does not read it. */
  customer?: Customer | null
  document: TechnicianDocument
  key: string | null
  settings: Settings
  /** A claim waits for its call; an agreed time does not. */
  awaitsCall: boolean
  /** Whether they must be on duty when their time is held. */
  onDuty: boolean
  /** The visit is theirs already, and only its time changes: suspended or not. */
  inHand: boolean
  /** The time that this technician would give, or why not. */
  judge: Judge
  /** Those who help, when their time changes too (R47): held beside; whose day has no room then is named to `event`. */
  helpers?: readonly TechnicianDocument[]
  event(technician: Technician, slot: Slot, helpersOut: readonly string[]): OrderEvent
  authorise(order: Order): Refusal | null
}

/** The order as it is then, with the person behind it. */
export interface Booked extends Changed {
  customer: Customer | null
}

/**
 * Books a technician's time for an order: held on the technician, then written into the order, then confirmed by the order's outbox; so two orders cannot book one person,
 * and one order cannot be booked by two. What the order would refuse anyway is refused before anything is held; a hold whose order went to somebody else is given back,
 * and so is one that a request which was carried out before made once more.
 */
export const applyWithHold = async ({ order, customer: known, document, key, settings, awaitsCall, onDuty, inHand, judge, helpers, event, authorise }: HeldChange): Promise<Booked | Refusal> => {
  let current: TechnicianDocument | null = document
  for (let attempt = 0; attempt < MOST_HOLDS; attempt += 1) {
    if (attempt > 0) current = await collection('technicians').get(document._id)
    if (!current) return refuse('FORBIDDEN', '没有登记过的师傅')
    const now = new Date()
    const technician = toTechnician(current)
    const slot = judge(technician, now)
    const late = refusedAsItStands(order, event(technician, slot instanceof Refusal ? nowhere(order, now) : slot, []), now, settings)
    if (late) return late
    if (slot instanceof Refusal) return slot
    if (!(await holdSlot(current, { slot, awaitsCall, onDuty, inHand }, now, settings))) continue
    const held = await holdHelpers(order, helpers ?? [], slot, settings)
    const helpersOut = (helpers ?? []).map(({ _id }) => _id).filter((id) => !held.includes(id))
    const [changed, customer] = await Promise.all([
      applyEvent({ orderId: order._id, known: order, key, authorise, event: (read) => (isAsHeld(order, read, slot, helpers) ? event(technician, slot, helpersOut) : CHANGED) }),
      known === undefined ? collection('customers').get(order._id) : known,
    ])
    if (changed instanceof Refusal || !changed.written) await Promise.all([document._id, ...held].map((id) => giveBack(id, slot, settings, isTheirs(changed, id))))
    return changed instanceof Refusal ? changed : { ...changed, customer }
  }
  return refuse('CONFLICT', '师傅的日程刚变了，请再点一次')
}

/** What cannot be given back now lapses by itself: the answer does not hang on it. */
const giveBack = (technicianId: string, slot: Slot, settings: Settings, extraOnly: boolean): Promise<void> =>
  inOutboxLane(() => releaseHold(technicianId, slot, settings, extraOnly)).catch((error: unknown) => console.error(JSON.stringify({ hold: technicianId, orderId: slot.orderId, error: String(error) })))

const CHANGED = refuse('CONFLICT', '这张单刚变了，请看过再点一次')

/** The order has them already: its own outbox confirms what it holds of them. */
const isTheirs = (changed: Changed | Refusal, technicianId: string): boolean => !(changed instanceof Refusal) && worksOn(visitOf(changed.order), technicianId)

/** Whether the visit is still the one that time was held for and as long, and nobody has joined it whose time was not; the first to help neither. */
const isAsHeld = (known: Order, order: Order, slot: Slot, helpers: readonly TechnicianDocument[] | undefined): boolean => {
  const visit = visitOf(order)
  return visit.no === slot.visitNo && JSON.stringify(order.items) === JSON.stringify(known.items) && (helpers === undefined || visit.helpers.every((id) => helpers.some(({ _id }) => _id === id)))
}

/** Which of them have their time held for that slot: all whose day has room. */
const holdHelpers = async (order: Order, helpers: readonly TechnicianDocument[], slot: Slot, settings: Settings): Promise<string[]> => {
  const held = await Promise.all(helpers.map(async (helper) => ((await holdHelper(order, helper, slot, settings)) ? [helper._id] : [])))
  return held.flat()
}

/** Judged again after each lost race for their day. */
const holdHelper = async (order: Order, helper: TechnicianDocument, slot: Slot, settings: Settings): Promise<boolean> => {
  const need = { ...needOf(order, settings), durationMs: slot.to.getTime() - slot.from.getTime() }
  for (let attempt = 0; attempt < MOST_HOLDS; attempt += 1) {
    const current = attempt === 0 ? helper : await collection('technicians').get(helper._id)
    const now = new Date()
    if (!current || !slotAt(toTechnician(current), need, slot.from, now, settings, 'hand').fits) return false
    if (await holdSlot(current, { slot, awaitsCall: false, onDuty: false, inHand: true }, now, settings)) return true
  }
  return false
}

/**
 * What the rules would refuse as things stand costs whoever comes too late no more than the read: nobody's time is held for it. Who would be asked next, should a wave be due
 * as well, makes no difference to that.
 */
const refusedAsItStands = (order: Order, event: OrderEvent, now: Date, settings: Settings): Refusal | null => {
  const decision = decide(order, event, now, knowledgeOf(settings, []))
  if (decision.kind === 'needs_technicians') throw new Error(`order ${order._id}: asked for technicians though it was told of them`)
  return decision.refusal
}

/** A stand-in where no time was found: what the order says to it is all that matters. */
const nowhere = (order: Order, now: Date): Slot => {
  const from = visitOf(order).appointmentAt ?? now
  return { orderId: order._id, visitNo: order.visits.length, from, to: from, place: order.place }
}

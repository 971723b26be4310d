import { durationOf } from '../domain/eligibility'
import { visitOf, worksOn } from '../domain/order'
import type { Slot, Visit } from '../domain/order'
import { Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after, later, MINUTE, SECOND } from '../domain/shanghai'
import { isLive, pendingClaim, whereabouts } from '../domain/technician'
import { _, collection } from './db'
import type { Changes, Condition } from './db'
import type { OrderDocument } from './documents'
import { leaveTodo } from './outbox/todos'
import { pruneSlots, reckon, toTechnician } from './technician-document'
import type { StoredSlot, TechnicianDocument } from './technician-document'

const technicians = collection('technicians')

const isFor = (slot: { orderId: string; visitNo: number }, of: { orderId: string; visitNo: number }) => slot.orderId === of.orderId && slot.visitNo === of.visitNo

/** Whether two begin the same visit at the same time: several times may be held for one visit while it is moved from two sides. */
const isSame = (a: Slot, b: Slot): boolean => isFor(a, b) && a.from.getTime() === b.from.getTime()

type Day = { slots: StoredSlot[]; claim: TechnicianDocument['claim'] }

/**
 * Writes a day over the one that was read, unless it changed meanwhile; whether it was written. Each change of slots or claim adds one to `slotsVersion`, which guards
 * them. Position reports do not count there: where a technician is reckoned to be is written only when it follows from the day and not from a position, and
 * only if no position was told meanwhile.
 */
const writeDay = async (document: TechnicianDocument, day: Day, now: Date, settings: Settings, condition: Condition = {}, more: Changes = {}): Promise<boolean> => {
  const slots = pruneSlots(day.slots, now)
  const technician = { ...toTechnician(document), ...day, slots }
  const isFresh = whereabouts(technician, now, settings.dispatch.positionFreshMinutes).from === 'position'
  const reckoned = reckon(technician, now, settings)
  const place: Changes = isFresh ? {} : { whereabouts: _.set(reckoned.whereabouts), reckonAt: _.set(reckoned.reckonAt) }
  const updated = await technicians.update(
    { _id: document._id, slotsVersion: document.slotsVersion, ...(isFresh ? {} : { positionAt: document.positionAt }), ...condition },
    { slots: _.set(slots), claim: _.set(day.claim), slotsVersion: _.inc(1), ...place, ...more },
  )
  return updated === 1
}

export interface Holding {
  slot: Slot
  /** A claim waits for its call; an agreed time does not. */
  awaitsCall: boolean
  /** Whether they must be on duty: for a claim of an offer made to several. */
  onDuty: boolean
  /** The visit is theirs already: what they have in hand stays theirs when they are suspended, till staff decide. */
  inHand: boolean
}

/**
 * Holds a technician's time before the order is written, so that two orders cannot book one person; the hold lapses by itself. Suspension, duty and another claim that
 * waits for its call are checked in the same write; a claim that its order has confirmed already stays as it is.
 * @returns whether it is held; if not, their day changed since `document` was read: read it and judge again.
 */
export const holdSlot = async (document: TechnicianDocument, { slot, awaitsCall, onDuty, inHand }: Holding, now: Date, settings: Settings): Promise<boolean> => {
  const pending = pendingClaim(toTechnician(document), now)
  if (awaitsCall && pending && pending.orderId !== slot.orderId) return false
  const until = after(now, settings.dispatch.holdSeconds * SECOND)
  const held = document.slots.find((other) => isSame(other, slot) && other.heldUntil)
  const slots: StoredSlot[] = [...document.slots.filter((other) => other !== held), { ...slot, to: held ? later(held.to, slot.to) : slot.to, heldUntil: until }]
  const isConfirmed = document.slots.some((other) => isFor(other, slot) && !other.heldUntil)
  const claim = awaitsCall && !isConfirmed ? { orderId: slot.orderId, visitNo: slot.visitNo, until } : document.claim
  return writeDay(document, { slots, claim }, now, settings, { ...(inHand ? {} : { suspended: false }), ...(onDuty ? { onDuty: true } : {}) })
}

/**
 * Changes what a technician says of their working life, against their day as it is at that moment: a job that is booked meanwhile is seen, and whoever books
 * sees the change. `change` is asked again after each lost race; `{}` leaves all as it is.
 */
export const changeRegister = async (technicianId: string, settings: Settings, change: (document: TechnicianDocument, now: Date) => Changes | Refusal): Promise<Refusal | null> => {
  let refused: Refusal | null = null
  await changeDay(technicianId, settings, (document, now) => {
    const more = change(document, now)
    refused = more instanceof Refusal ? more : null
    return more instanceof Refusal || Object.keys(more).length === 0 ? null : { slots: document.slots, claim: document.claim, more }
  })
  return refused
}

/** Who has the order now. */
export const technicianOf = async (order: OrderDocument): Promise<TechnicianDocument | null> => {
  const { technicianId } = visitOf(order)
  return technicianId === null ? null : technicians.get(technicianId)
}

/** Whose staff number that is. */
export const technicianByNumber = async (staffNumber: string): Promise<TechnicianDocument | null> => (await technicians.find({ staffNumber }, { limit: 1 }))[0] ?? null

/** Their base changed: where they are reckoned to be is worked out anew. */
export const reckonAnew = (technicianId: string, settings: Settings): Promise<void> => changeDay(technicianId, settings, ({ slots, claim }) => ({ slots, claim }))

/** The most times that a change of someone's day is tried against other changes of it. */
const MOST_TRIES = 12

type DayChange = (Day & { more?: Changes }) | null

/** Changes a technician's day, whatever else changes it meanwhile. `change` gives null when there is nothing to do; it is asked again after each lost race. */
const changeDay = async (technicianId: string, settings: Settings, change: (document: TechnicianDocument, now: Date) => DayChange | Promise<DayChange>): Promise<void> => {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    // Those who lost a race do not run into each other again at the same moment.
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 8 * attempt))
    const document = await technicians.get(technicianId)
    if (!document) return
    const now = new Date()
    const next = await change(document, now)
    if (!next) return
    if (await writeDay(document, next, now, settings, {}, next.more)) return
  }
  throw new Error(`technician ${technicianId}: their day kept changing`)
}

/**
 * The order was not written after all: what was held for it is given back at once. With `extraOnly` only beside a slot that is confirmed: the order had been written
 * before, and its own outbox confirms what is held.
 */
export const releaseHold = (technicianId: string, of: Slot, settings: Settings, extraOnly = false): Promise<void> =>
  changeDay(technicianId, settings, ({ slots, claim }) => {
    const confirmed = slots.some((slot) => isFor(slot, of) && !slot.heldUntil)
    if (extraOnly && !confirmed) return null
    const kept = slots.filter((slot) => !(isSame(slot, of) && slot.heldUntil))
    const claimed = claim !== null && claim.until !== null && isFor(claim, of) && !confirmed && !kept.some((slot) => isFor(slot, of))
    if (kept.length === slots.length && !claimed) return null
    return { slots: kept, claim: claimed ? null : claim }
  })

/**
 * The order's visit as it is now. Read after the technician, whose write is guarded: an entry of the outbox that comes late, or after newer ones, goes by the facts
 * of today and undoes none of them.
 */
const visitNow = async ({ orderId, visitNo }: { orderId: string; visitNo: number }): Promise<{ order: OrderDocument; visit: Visit; isCurrent: boolean } | null> => {
  const order = await collection('orders').get(orderId)
  const visit = order?.visits.find((each) => each.no === visitNo)
  return order && visit ? { order, visit, isCurrent: visitOf(order).no === visitNo } : null
}

/** Whether a claim still keeps its technician from claiming another: no outcome of the call yet (R10). */
const waitsForCall = ({ call }: Visit): boolean => call !== null && call.outcome === null && call.unanswered === 0

/**
 * The order is written: the held time is theirs. Doing it again changes nothing, and a visit that somebody else has by now, that is over, or that has another time, is left alone.
 * A claim lapses on its own some minutes after the order would have been taken back (R10), so that no lost message can keep a technician from working.
 */
export const confirmHold = (technicianId: string, held: Slot, awaitsCall: boolean, settings: Settings): Promise<void> =>
  changeDay(technicianId, settings, async (document, now) => {
    const found = await visitNow(held)
    if (!found?.isCurrent || !worksOn(found.visit, technicianId) || found.visit.checkedOutAt || found.visit.waiting) return null
    const { appointmentAt } = found.visit
    if (awaitsCall ? appointmentAt !== null : appointmentAt?.getTime() !== held.from.getTime()) return withoutHold(document, held)
    // As long as what is to be done takes by now, whatever it was when the time was held.
    const slot: Slot = { ...held, to: after(held.from, durationOf(found.order, settings)) }
    if (document.slots.some((other) => isFor(other, slot) && other.finishedAt)) return null
    // Another time that is held for this visit at the same moment stays held: its own write tells which it will be.
    const others = document.slots.filter((other) => !isFor(other, slot) || (other.heldUntil !== null && !isSame(other, slot)))
    const same = document.slots.some((other) => isSame(other, slot) && !other.heldUntil) && document.slots.length === others.length + 1
    if (!document.slots.some((other) => isFor(other, slot))) await reportClash(document, slot, now)
    const claim = claimConfirmed(document, slot, same, awaitsCall && waitsForCall(found.visit) ? found.visit.call : null, now, settings)
    return same && claim === document.claim ? null : { slots: [...others, { ...slot, heldUntil: null }], claim }
  })

/** The visit has another time by now: what was held for this one is theirs again. */
const withoutHold = ({ slots, claim }: TechnicianDocument, held: Slot): DayChange => {
  const kept = slots.filter((slot) => !(isSame(slot, held) && slot.heldUntil))
  return kept.length === slots.length ? null : { slots: kept, claim }
}

/** The hold lapsed before anybody confirmed it, and somebody else's job may stand there by now: staff must part the two (R05). */
const reportClash = async (document: TechnicianDocument, slot: Slot, now: Date): Promise<void> => {
  const other = document.slots.find((each) => !isFor(each, slot) && !each.finishedAt && isLive(each, now) && each.from < slot.to && slot.from < each.to)
  if (!other) return
  await leaveTodo({
    _id: `double_booked:${slot.orderId}:${slot.visitNo}:${document._id}:${slot.from.getTime()}`, kind: 'double_booked', orderId: slot.orderId, orderNumber: '', visitNo: slot.visitNo, urgent: true, title: '同一位师傅约重了，请改一家',
    detail: `${document.name} ${document.staffNumber}`, role: 'dispatcher', at: now,
  })
}

/** The claim once the hold of `slot` is confirmed: another order's that waits for its call is never pushed aside. It waits as long as its call may, which begins in the morning after a night (R55). */
const claimConfirmed = (document: TechnicianDocument, slot: Slot, isConfirmed: boolean, call: Visit['call'], now: Date, settings: Settings): Day['claim'] => {
  const isOwn = document.claim !== null && isFor(document.claim, slot)
  if (!call) return isOwn ? null : document.claim
  if (isOwn ? isConfirmed : pendingClaim(toTechnician(document), now)) return document.claim
  return { orderId: slot.orderId, visitNo: slot.visitNo, until: after(call.since, (settings.call.takeBackMinutes + 5) * MINUTE) }
}

export interface Freeing {
  orderId: string
  visitNo: number
  at: Date
  /** The job is done: their waiting time counts from `at`, and the slot ends there. */
  finished: boolean
  /** Only the claim no longer waits for its call; the time stays theirs (R10). */
  awaitsCallOnly: boolean
}

/**
 * A job is over, given back or taken back, or its call no longer waits. Doing it again changes nothing; a visit that is theirs again meanwhile stays theirs.
 * A job that is done before its hold was confirmed is entered here, so that it counts all the same.
 */
export const freeTechnician = (technicianId: string, { orderId, visitNo, at, finished, awaitsCallOnly }: Freeing, settings: Settings): Promise<void> =>
  changeDay(technicianId, settings, async ({ slots, claim, freeSince, jobs }) => {
    const of = { orderId, visitNo }
    const found = await visitNow(of)
    const isTheirs = found !== null && worksOn(found.visit, technicianId)
    const kept = claim && isFor(claim, of) ? null : claim
    const own = slots.filter((slot) => isFor(slot, of))
    if (awaitsCallOnly) return kept === claim || (isTheirs && found.isCurrent && waitsForCall(found.visit)) ? null : { slots, claim: kept }
    // Their time is theirs again while a visit stands still for parts, and after one to a closed door (R15, R45).
    const keeps = isTheirs && !found.visit.waiting && !found.visit.absent
    if (!finished) return keeps || (own.length === 0 && kept === claim) ? null : { slots: slots.filter((slot) => !isFor(slot, of)), claim: kept }
    const done: StoredSlot[] = own.length === 0 && found ? [{ ...of, from: at, to: at, place: found.order.place, heldUntil: null }] : own
    const open = done.filter((slot) => !slot.finishedAt)
    if (open.length === 0 && kept === claim) return null
    const ended = done.map((slot) => (slot.finishedAt ? slot : { ...slot, heldUntil: null, to: at < slot.to ? later(slot.from, at) : slot.to, finishedAt: at }))
    const waits = freeSince && freeSince > at ? freeSince : at
    return { slots: [...slots.filter((slot) => !isFor(slot, of)), ...ended], claim: kept, more: open.length > 0 ? { freeSince: _.set(waits), jobs: _.set(jobs + 1) } : {} }
  })

/** The mean of the last ratings to 0.1 (R05, R31); null without any. */
export const meanStars = async (technicianId: string, settings: Settings): Promise<number | null> => {
  const latest = await collection('ratings').find({ technicianId }, { order: { at: 'desc' }, limit: settings.dispatch.ratingsCounted })
  if (latest.length === 0) return null
  return Math.round((latest.reduce((sum, rating) => sum + rating.stars, 0) / latest.length) * 10) / 10
}

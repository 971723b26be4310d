import { decide } from '../domain/decide'
import type { Decision } from '../domain/decide'
import { nextWork } from '../domain/derive'
import { OUTBOX_LEASE_MS } from '../domain/draft'
import { needOf } from '../domain/eligibility'
import type { OrderEvent } from '../domain/event'
import type { Order } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after } from '../domain/shanghai'
import type { Technician } from '../domain/technician'
import { collection, replaceFields } from './db'
import type { OrderDocument } from './documents'
import { optional } from './environment'
import { keepHistory } from './history'
import { knowledgeOf } from './knowledge'
import { workOff } from './outbox'
import { readSettings } from './settings'
import { toTechnician } from './technician-document'
import { nearTechnicians } from './near-technicians'

/** How often a lost race is read and decided again before the caller is asked to press once more. */
const MOST_TRIES = 8
/** How many answered requests an order remembers (R04). */
const REMEMBERED = 30
/** How long a function works its own outbox off before it answers, ms of real time; the clock does the rest. ⚙ the variable OUTBOX_MS */
const outboxMs = (): number => Number(optional('OUTBOX_MS')) || 300
/** Above this the order is told of in the log, bytes: far below what a document may hold. */
const LARGE_BYTES = 128 * 1024
/** Versions from one measuring to the next. */
const MEASURED_EVERY = 8

export const NO_ORDER = refuse('NOT_FOUND', '没有这张单')

export interface OrderChange {
  orderId: string
  /** The order as it was just read, to save reading it again. */
  known?: OrderDocument | null
  /** `action:caller:requestId`; null when the caller made no id. The same key again is answered and not carried out again (R04). */
  key: string | null
  /** Whether the order is any of the caller's business; whoever it is not learns nothing (R40), be it that they ask again for what was theirs once. */
  authorise(order: Order): Refusal | null
  /** The answer shows nothing of the order: a retry is answered even when the order is not theirs any more. */
  answersWithoutOrder?: boolean
  /** What happens, seen from the order as it is now. Asked again after a lost race. */
  event(order: OrderDocument, now: Date): OrderEvent | Refusal | Promise<OrderEvent | Refusal>
}

export interface Changed {
  order: OrderDocument
  /** The request had been carried out before. */
  replayed: boolean
  /** Whether anything was written: false for a request that was carried out before, or that asked for what is so already. */
  written: boolean
}

/**
 * The one way in which an order changes: read, authorise, decide, write if nobody wrote meanwhile, work its outbox off.
 * Refusals: NOT_FOUND, whatever the rules refuse, CONFLICT after too many lost races.
 */
export const applyEvent = async (change: OrderChange): Promise<Changed | Refusal> => {
  const [found, settings] = await Promise.all([change.known === undefined ? collection('orders').get(change.orderId) : change.known, readSettings()])
  let order = found
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    if (attempt > 0) {
      await pause(attempt)
      order = await collection('orders').get(change.orderId)
    }
    if (!order) return NO_ORDER
    const replay = replayOf(order, change.key)
    const stranger = change.authorise(order)
    if (stranger) return replay && change.answersWithoutOrder ? replay : stranger
    if (replay) return replay
    const now = new Date()
    const event = await change.event(order, now)
    if (event instanceof Refusal) return event
    const decision = await decideOn(order, event, now, settings)
    if (decision.kind === 'unchanged') return decision.refusal ?? { order, replayed: false, written: false }
    const next = remember(decision.order, change.key, decision.refusal, now)
    const written = await writeOrder(order, next, now, 'added')
    if (!written) continue
    await workOff([{ order: written, entries: leasedBy(order, written, now) }], settings, outboxMs())
    return decision.refusal ?? { order: written, replayed: false, written: true }
  }
  return refuse('CONFLICT', '这张单正有别人在改，请再点一次')
}

/** Decides, looking up the technicians near the order if a wave is to go. */
export const decideOn = async (order: OrderDocument, event: OrderEvent, now: Date, settings: Settings): Promise<Exclude<Decision, { kind: 'needs_technicians' }>> => {
  const first = decide(order, event, now, knowledgeOf(settings))
  if (first.kind !== 'needs_technicians') return first
  const second = decide(order, event, now, knowledgeOf(settings, await whoMayCome(first.order, now, settings)))
  if (second.kind === 'needs_technicians') throw new Error(`order ${order._id}: asked for technicians twice`)
  return second
}

/** Whom a wave may ask: those near, and whoever is to be asked alone. */
const whoMayCome = async (order: Order, now: Date, settings: Settings): Promise<Technician[]> => {
  // Whoever has an open offer is not asked again either: without them, the search would end at a page full of people who drop out.
  const { dispatch } = order
  const asked = order.offers.filter((offer) => offer.state === 'open').map((offer) => offer.technicianId)
  const [near, alone] = await Promise.all([
    nearTechnicians(needOf(order, settings), [...dispatch.excluded, ...asked], now, settings),
    dispatch.alone === null ? null : collection('technicians').get(dispatch.alone),
  ])
  return alone ? [...near.filter(({ _id }) => _id !== alone._id), toTechnician(alone)] : near
}

/**
 * Writes what was decided, if the order is still at the version that it was decided on; null if not. Whoever writes takes outbox entries under their lease in the same
 * write, so that the clock leaves them alone meanwhile: a function those that it adds, the clock all that are due.
 */
export const writeOrder = async (before: OrderDocument, next: Order, now: Date, take: 'added' | 'due'): Promise<OrderDocument | null> => {
  const known = new Set(take === 'due' ? [] : before.outbox.map((entry) => entry.id))
  const outbox = next.outbox.map((entry) => (entry.nextAt <= now && !known.has(entry.id) ? { ...entry, nextAt: after(now, OUTBOX_LEASE_MS) } : entry))
  const leased: OrderDocument = { ...next, outbox, nextWorkAt: nextWork({ deadlines: next.deadlines, outbox }) }
  await keepHistory(before, leased)
  const updated = await collection('orders').update({ _id: before._id, version: before.version }, replaceFields(before, leased))
  if (updated !== 1) return null
  warnIfLarge(leased)
  return leased
}

/** Writes a new order and works its outbox off; null when its _id or number is taken. */
export const insertOrder = async (order: Order, now: Date, settings: Settings): Promise<OrderDocument | null> => {
  const outbox = order.outbox.map((entry) => ({ ...entry, nextAt: after(now, OUTBOX_LEASE_MS) }))
  const leased: OrderDocument = { ...order, outbox, nextWorkAt: nextWork({ deadlines: order.deadlines, outbox }) }
  if (!(await collection('orders').add(leased))) return null
  await workOff([{ order: leased, entries: outbox }], settings, outboxMs())
  return leased
}

/** The outbox entries that `writeOrder` took under its lease just now. */
export const leasedBy = (before: Order, written: Order, now: Date): Order['outbox'] => {
  const lease = now.getTime() + OUTBOX_LEASE_MS
  const old = new Map(before.outbox.map((entry) => [entry.id, entry.nextAt.getTime()]))
  return written.outbox.filter((entry) => entry.nextAt.getTime() === lease && (old.get(entry.id) ?? 0) <= now.getTime())
}

/** What a request was answered with that was carried out before; null when it is new. */
export const replayOf = (order: OrderDocument, key: string | null): Changed | Refusal | null => {
  const answered = key === null ? undefined : order.answered.find((request) => request.key === key)
  if (!answered) return null
  if (answered.note === '') return { order, replayed: true, written: false }
  const { code, message, fields } = JSON.parse(answered.note) as Refusal
  return refuse(code, message, fields)
}

/** A refusal that was counted (a wrong door code) is remembered too: the same request again costs no second try. */
const remember = (order: Order, key: string | null, refusal: Refusal | null, at: Date): Order =>
  key === null ? order : { ...order, answered: [...order.answered, { key, at, note: refusal ? JSON.stringify(refusal) : '' }].slice(-REMEMBERED) }

/** Those who lost a race do not run into each other again at the same moment. */
const pause = (attempt: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 8 * attempt))

const warnIfLarge = (order: OrderDocument): void => {
  // Measuring costs about as much as writing, and an order does not grow large at once: now and then is enough.
  if (order.version % MEASURED_EVERY !== 0) return
  const bytes = Buffer.byteLength(JSON.stringify(order))
  if (bytes > LARGE_BYTES) console.error(JSON.stringify({ alert: 'large_order', orderId: order._id, bytes }))
}

/** `action:caller:requestId` */
export const requestKey = (action: string, caller: string, requestId: string | null): string | null => (requestId === null ? null : `${action}:${caller}:${requestId}`)

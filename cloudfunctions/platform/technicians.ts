import { eligibility } from '../domain/eligibility'
import type { Need } from '../domain/eligibility'
import type { Slot } from '../domain/order'
import type { Settings } from '../domain/settings'
import { after, MINUTE, SECOND } from '../domain/shanghai'
import type { Technician } from '../domain/technician'
import { _, collection, geoPoint } from './db'
import type { Changes } from './db'
import { LARGEST_RADIUS_METRES, pruneSlots, reckon, toTechnician } from './technician-document'
import type { StoredSlot, TechnicianDocument } from './technician-document'

const technicians = collection('technicians')

/** How many are read at a time, nearest first; more only when too few of them may be asked. */
const PAGES = [40, 160, 800]

/**
 * The technicians near a job who may be eligible, nearest first: on duty, not suspended, with the skill. Domain rules judge them exactly; the search goes on only
 * while fewer than a wave's worth came out eligible (R05). One round trip as a rule, however many technicians there are.
 */
export const nearTechnicians = async (need: Need, excluded: readonly string[], now: Date, settings: Settings): Promise<Technician[]> => {
  const { offersPerWave, emergencyRadiusFactor } = settings.dispatch
  const condition = {
    whereabouts: _.geoNear({
      geometry: geoPoint(need.place.longitude, need.place.latitude),
      maxDistance: LARGEST_RADIUS_METRES * (need.emergency ? emergencyRadiusFactor : 1),
      minDistance: 0,
    }),
    onDuty: true,
    suspended: false,
    skills: need.category,
  }
  const found: Technician[] = []
  const seen = new Set(excluded)
  for (const size of PAGES) {
    const page = await technicians.find({ ...condition, ...(seen.size > 0 ? { _id: _.nin([...seen]) } : {}) }, { limit: Math.max(size, offersPerWave * 2) })
    for (const document of page) {
      seen.add(document._id)
      found.push(toTechnician(document))
    }
    const eligible = found.filter((technician) => eligibility(technician, need, now, settings).eligible).length
    if (eligible >= offersPerWave || page.length < size) break
  }
  return found
}

/** What a change of slots or claim brings with it. Each change of them adds one to `slotsVersion`, which guards them. */
const dayChanges = (document: TechnicianDocument, day: { slots: StoredSlot[]; claim: TechnicianDocument['claim'] }, now: Date, settings: Settings): Changes => {
  const slots = pruneSlots(day.slots, now)
  const { whereabouts, reckonAt } = reckon({ ...toTechnician(document), ...day, slots }, now, settings)
  return { slots: _.set(slots), claim: _.set(day.claim), whereabouts: _.set(whereabouts), reckonAt: _.set(reckonAt), slotsVersion: _.inc(1) }
}

const isFor = (slot: { orderId: string; visitNo: number }, of: { orderId: string; visitNo: number }) => slot.orderId === of.orderId && slot.visitNo === of.visitNo

/**
 * Holds a technician's time before the order is written, so that two orders cannot book one person; the hold lapses by itself. Suspension and duty are checked again
 * in the same write.
 * @returns the document as it is now, or null when their day changed since `document` was read: read it and judge again.
 */
export const holdSlot = async (document: TechnicianDocument, slot: Slot, awaitsCall: boolean, now: Date, settings: Settings): Promise<TechnicianDocument | null> => {
  const until = after(now, settings.dispatch.holdSeconds * SECOND)
  const slots: StoredSlot[] = [...document.slots.filter((other) => !(isFor(other, slot) && other.heldUntil)), { ...slot, heldUntil: until }]
  const claim = awaitsCall ? { orderId: slot.orderId, visitNo: slot.visitNo, until } : document.claim
  const updated = await technicians.update({ _id: document._id, slotsVersion: document.slotsVersion, suspended: false }, dayChanges(document, { slots, claim }, now, settings))
  return updated === 1 ? { ...document, slots, claim, slotsVersion: document.slotsVersion + 1 } : null
}

/** The most times that a change of someone's day is tried against other changes of it. */
const MOST_TRIES = 8

type Day = { slots: StoredSlot[]; claim: TechnicianDocument['claim'] }

/** Changes a technician's day, whatever else changes it meanwhile. `change` gives null when there is nothing to do. */
const changeDay = async (technicianId: string, settings: Settings, change: (document: TechnicianDocument, now: Date) => (Day & { more?: Changes }) | null): Promise<void> => {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const document = await technicians.get(technicianId)
    if (!document) return
    const now = new Date()
    const next = change(document, now)
    if (!next) return
    const updated = await technicians.update(
      { _id: technicianId, slotsVersion: document.slotsVersion },
      { ...dayChanges(document, { slots: next.slots, claim: next.claim }, now, settings), ...next.more },
    )
    if (updated === 1) return
  }
  throw new Error(`technician ${technicianId}: their day kept changing`)
}

/** The order was not written after all: what was held for it is given back at once. */
export const releaseHold = (technicianId: string, of: { orderId: string; visitNo: number }, settings: Settings): Promise<void> =>
  changeDay(technicianId, settings, ({ slots, claim }) => {
    const held = slots.some((slot) => isFor(slot, of) && slot.heldUntil)
    const claimed = claim !== null && claim.until !== null && isFor(claim, of) && !slots.some((slot) => isFor(slot, of) && !slot.heldUntil)
    if (!held && !claimed) return null
    return { slots: slots.filter((slot) => !(isFor(slot, of) && slot.heldUntil)), claim: claimed ? null : claim }
  })

/**
 * The order is written: the held time is theirs. Doing it again changes nothing. A claim lapses on its own some minutes after the order would have been taken back
 * (R10), so that no lost message can keep a technician from working.
 */
export const confirmHold = (technicianId: string, slot: Slot, awaitsCall: boolean, settings: Settings): Promise<void> =>
  changeDay(technicianId, settings, (document, now) => {
    const others = document.slots.filter((other) => !isFor(other, slot))
    const own = document.slots.find((other) => isFor(other, slot) && !other.heldUntil)
    const same = own && own.from.getTime() === slot.from.getTime() && own.to.getTime() === slot.to.getTime() && document.slots.length === others.length + 1
    if (awaitsCall) {
      const until = after(now, (settings.call.takeBackMinutes + 5) * MINUTE)
      return same ? null : { slots: [...others, { ...slot, heldUntil: null }], claim: { orderId: slot.orderId, visitNo: slot.visitNo, until } }
    }
    const claim = document.claim && isFor(document.claim, slot) ? null : document.claim
    return same && claim === document.claim ? null : { slots: [...others, { ...slot, heldUntil: null }], claim }
  })

export interface Freeing {
  orderId: string
  visitNo: number
  at: Date
  /** The job is done: their waiting time counts from `at`, and the slot ends there. */
  finished: boolean
  /** Only the claim no longer waits for its call; the time stays theirs (R10). */
  awaitsCallOnly: boolean
}

/** A job is over, given back or taken back, or its call no longer waits. Doing it again changes nothing. */
export const freeTechnician = (technicianId: string, { orderId, visitNo, at, finished, awaitsCallOnly }: Freeing, settings: Settings): Promise<void> =>
  changeDay(technicianId, settings, ({ slots, claim, freeSince, jobs }) => {
    const of = { orderId, visitNo }
    const kept = claim && isFor(claim, of) ? null : claim
    const own = slots.filter((slot) => isFor(slot, of))
    if (awaitsCallOnly) return kept === claim ? null : { slots, claim: kept }
    if (!finished) return own.length === 0 && kept === claim ? null : { slots: slots.filter((slot) => !isFor(slot, of)), claim: kept }
    const open = own.filter((slot) => !slot.finishedAt)
    if (open.length === 0 && kept === claim) return null
    const ended = slots.map((slot) => (isFor(slot, of) ? { ...slot, heldUntil: null, to: at < slot.to ? later(slot.from, at) : slot.to, finishedAt: at } : slot))
    const waits = freeSince && freeSince > at ? freeSince : at
    return { slots: ended, claim: kept, more: open.length > 0 ? { freeSince: _.set(waits), jobs: _.set(jobs + 1) } : {} }
  })

const later = (a: Date, b: Date): Date => (a > b ? a : b)

/** The mean of the last ratings to 0.1 (R05, R31); null without any. */
export const meanStars = async (technicianId: string, settings: Settings): Promise<number | null> => {
  const latest = await collection('ratings').find({ technicianId }, { order: { at: 'desc' }, limit: settings.dispatch.ratingsCounted })
  if (latest.length === 0) return null
  return Math.round((latest.reduce((sum, rating) => sum + rating.stars, 0) / latest.length) * 10) / 10
}

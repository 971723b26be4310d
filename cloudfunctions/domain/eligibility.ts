import { metresBetween, travelMs } from './geography'
import type { Place } from './geography'
import { visitOf } from './order'
import type { Order, Slot, TimeWindow } from './order'
import type { Settings } from './settings'
import { after, clockText, DAY, HOUR, MINUTE, sameDay, windowText } from './shanghai'
import { isLive, pendingClaim, whereabouts } from './technician'
import type { Technician } from './technician'
import { beginsWithin, offReason } from './working-hours'
import type { DecidedBy } from './working-hours'

/** What an order asks of the technician who takes it. */
export interface Need {
  orderId: string
  visitNo: number
  category: string
  certificate: boolean
  place: Place
  wanted: TimeWindow
  durationMs: number
  homeownerId: string
  /** How much farther than their own radius technicians are looked for: emergencies, and what staff widened (R50, R07). */
  radiusFactor: number
}

export const needOf = (order: Order, settings: Settings): Need => ({
  orderId: order._id,
  visitNo: visitOf(order).no,
  category: order.category.code,
  certificate: order.category.certificate,
  place: order.place,
  wanted: whenOf(order),
  durationMs: durationOf(order, settings),
  homeownerId: order.homeownerId,
  radiusFactor: order.dispatch.radiusFactor * urgencyFactor(order.emergency, settings),
})

/** The agreed time; until one is, the time wanted stands in for it (R05). */
export const whenOf = (order: Order): TimeWindow => {
  const { appointmentAt } = visitOf(order)
  return appointmentAt ? { from: appointmentAt, to: after(appointmentAt, AROUND_MS) } : order.wanted
}

/** How much later than an agreed time somebody else may begin. */
const AROUND_MS = 2 * HOUR

/** Emergencies are offered farther away (R50). */
export const urgencyFactor = (emergency: boolean, settings: Settings): number => (emergency ? settings.dispatch.emergencyRadiusFactor : 1)

/** A job lasts its items' durations (R05). */
export const durationOf = (order: Pick<Order, 'items'>, settings: Settings): number =>
  (order.items.reduce((sum, item) => sum + item.minutes * item.quantity, 0) || settings.dispatch.jobMinutes) * MINUTE

/** What stands in the way: who they are, that they are suspended, a call that they owe first, or their day. */
type Cause = 'person' | 'suspended' | 'call' | 'time'

export type Eligibility = { eligible: true; distanceMetres: number; slot: Slot } | { eligible: false; distanceMetres: number; reason: string; cause: Cause }

/**
 * Whether a technician may be offered an order, and if not, why: the first reason in the order of R05. Who is sent by hand may be off duty and further away (R07); all else
 * holds for them too.
 */
export const eligibility = (technician: Technician, need: Need, now: Date, settings: Settings, by: Exclude<DecidedBy, 'self'> = 'offer'): Eligibility => {
  const s = settings.dispatch
  const from = whereabouts(technician, now, s.positionFreshMinutes)
  const distanceMetres = metresBetween(from.place, need.place)
  const no = (reason: string, cause: Cause = 'person'): Eligibility => ({ eligible: false, distanceMetres, reason, cause })

  if (!technician.openid) return no('没绑微信')
  if (by === 'offer' && !technician.onDuty) return no('不在岗')
  if (technician.suspended) return no('停单中', 'suspended')
  const unfit = unqualified(technician, need, now)
  if (unfit) return no(unfit)
  const pending = pendingClaim(technician, now)
  if (pending && pending.orderId !== need.orderId) return no('有单待拨电话', 'call')
  if (by === 'offer' && distanceMetres > technician.radiusMetres * need.radiusFactor) return no(from.from === 'position' ? '超出接单范围' : '位置旧了，按驻地算超出范围')
  const slot = fittingSlot(technician, need, now, settings, by)
  return slot.fits ? { eligible: true, distanceMetres, slot: slot.slot } : no(slot.reason, 'time')
}

/** Why somebody may not do that job at all, whatever the time: the trade, its certificates, or because it is their own order (R05). */
export const unqualified = (technician: Technician, need: Need, now: Date): string | null => {
  if (!technician.skills.includes(need.category)) return '不会这一类'
  return certificateRefusal(technician, need.category, need.certificate, now) ?? (technician.openid === need.homeownerId ? '是业主本人' : null)
}

/** Why their certificates do not do for a trade; null when they do. */
export const certificateRefusal = (technician: Pick<Technician, 'certificates'>, category: string, isNeeded: boolean, now: Date): string | null => {
  const certificates = technician.certificates.filter((certificate) => certificate.category === category)
  const names = [...new Set(certificates.map((certificate) => certificate.name))]
  // A renewed certificate stands beside the old one: the latest of each name counts.
  if (names.some((name) => certificates.every((certificate) => certificate.name !== name || certificate.expiresAt <= now))) return '证件过期'
  return isNeeded && certificates.length === 0 ? '没有证件' : null
}

/** How far ahead "as soon as can be" looks. */
const SOON_MS = 3 * DAY

/** 今天 14:00–16:00, or 尽快 when that has passed. */
export const wantedText = (wanted: TimeWindow, now: Date): string => (wanted.to > now ? windowText(wanted.from, wanted.to, now) : '尽快')

type Fit = { fits: true; slot: Slot } | { fits: false; reason: string }

/** The earliest start in the wanted window that leaves room in the day and time to travel from and to the neighbouring appointments. */
export const fittingSlot = (technician: Technician, need: Need, now: Date, settings: Settings, by: DecidedBy = 'offer'): Fit => {
  const from = need.wanted.from > now ? need.wanted.from : now
  // A window that has passed (a return visit, a long search) means: as soon as can be.
  const to = need.wanted.to > now ? need.wanted.to : after(now, SOON_MS)
  const others = bookedSlots(technician, need, now)
  const starts = [from, ...others.map((slot) => after(slot.to, travelMs(slot.place, need.place, settings.dispatch))), ...beginsWithin(technician, from, to, settings)].filter((start) => start >= from && start <= to)
  let reason = '时间排满了'
  for (const start of starts.sort((a, b) => a.getTime() - b.getTime())) {
    const fit = slotAt(technician, need, start, now, settings, by)
    if (fit.fits) return fit
    reason = fit.reason
  }
  return { fits: false, reason }
}

/** Whether a technician works then and has room for a job that begins exactly at `start` (R05, R10: checked again when a time is agreed). */
export const slotAt = (technician: Technician, need: Need, start: Date, now: Date, settings: Settings, by: DecidedBy = 'offer'): Fit => {
  const slot: Slot = { orderId: need.orderId, visitNo: need.visitNo, from: start, to: after(start, need.durationMs), place: need.place }
  const off = offReason(technician, slot, now, by)
  if (off) return { fits: false, reason: off }
  if (ownSlots(technician, need, now).filter((other) => sameDay(other.from, start)).length >= technician.dailyCapacity) return { fits: false, reason: '当天满了' }
  for (const other of bookedSlots(technician, need, now)) {
    const travel = travelMs(other.place, need.place, settings.dispatch)
    const apart = after(other.to, travel) <= slot.from || after(slot.to, travel) <= other.from
    if (!apart) return { fits: false, reason: `路上赶不及，${clockText(other.from)} 另有一家` }
  }
  return { fits: true, slot }
}

/** A job that was not finished in its time is still going on, for some hours. */
const OVERRUN_MS = 30 * MINUTE
const LONGEST_OVERRUN_MS = 6 * HOUR

/** Besides this very order: what the day holds, jobs already done included. */
const ownSlots = (technician: Technician, need: Need, now: Date): Technician['slots'] => technician.slots.filter((slot) => isLive(slot, now) && slot.orderId !== need.orderId)

/** Besides this very order: what is still to be done. */
const bookedSlots = (technician: Technician, need: Need, now: Date): Slot[] =>
  ownSlots(technician, need, now)
    .filter((slot) => !slot.finishedAt)
    .map((slot) => (slot.to <= now && after(slot.to, LONGEST_OVERRUN_MS) > now ? { ...slot, to: after(now, OVERRUN_MS) } : slot))
    .filter((slot) => slot.to > now)

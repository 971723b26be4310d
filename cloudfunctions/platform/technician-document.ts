import { whileStaffed } from '../domain/deadlines'
import type { Place } from '../domain/geography'
import type { Settings } from '../domain/settings'
import { after, DAY, MINUTE } from '../domain/shanghai'
import type { Certificate, Technician } from '../domain/technician'
import { BLANK_REGISTER, isLive, whereabouts } from '../domain/technician'

/** A technician as stored: places are GeoJSON points, since the database searches by distance. Pure: no SDK. */

/** Written as GeoJSON; the SDK reads it back as an object with `longitude` and `latitude`. */
export type StoredPoint = { type: 'Point'; coordinates: [longitude: number, latitude: number] }

type Slot = Technician['slots'][number]

export interface StoredSlot extends Slot {
  /** When the job was finished; such a slot still counts towards the day (R05). */
  finishedAt?: Date | null
}

export interface TechnicianDocument extends Omit<Technician, 'base' | 'position' | 'slots'> {
  base: StoredPoint
  position: StoredPoint | null
  slots: StoredSlot[]
  /** Where they are reckoned to be (R05): a fresh position, else the job they are at, else their base. The one field that is searched by distance. */
  whereabouts: StoredPoint
  /** When that must be reckoned anew: the position grows old, or a job begins or ends. The clock does it. */
  reckonAt: Date | null
  /** When a certificate is next to be told of: some weeks before it expires, and when it has. The clock does it. */
  certificatesCheckAt: Date | null
  /** When their orders are next to heed this entry: after a suspension or a new WeChat account. The clock does it. */
  ordersCheckAt: Date | null
  /** Requests that changed the entry and would be refused a second time, the latest ones (R04). */
  answered?: string[]
  /** What stands for their identity number, of whom staff entered by hand (R52). */
  identityKey?: string
}

/** No technician takes jobs from farther away, metres: bounds the search by distance. */
export const LARGEST_RADIUS_METRES = 20_000

export const toPoint = ({ longitude, latitude }: Place): StoredPoint => ({ type: 'Point', coordinates: [longitude, latitude] })

/** A place as it was read, or is about to be written. */
export const placeOf = (point: StoredPoint | Place): Place =>
  'coordinates' in point ? { longitude: point.coordinates[0], latitude: point.coordinates[1] } : { longitude: point.longitude, latitude: point.latitude }

/** What domain/ works with. An entry that was written before there were shifts, leave and levels has none. */
export const toTechnician = ({ whereabouts: _reckoned, reckonAt: _at, certificatesCheckAt: _check, ordersCheckAt: _orders, answered: _answered, identityKey: _identity, ...document }: TechnicianDocument): Technician => ({
  ...BLANK_REGISTER,
  ...document,
  base: placeOf(document.base),
  position: document.position ? placeOf(document.position) : null,
})

/** The document of a technician, with where they are reckoned to be at `now`. */
export const toDocument = (technician: Technician, now: Date, settings: Settings): TechnicianDocument => ({
  ...technician,
  base: toPoint(technician.base),
  position: technician.position ? toPoint(technician.position) : null,
  ...reckon(technician, now, settings),
  certificatesCheckAt: firstCertificateCheck(technician.certificates, now, settings),
  ordersCheckAt: null,
})

/** When certificates that were just entered are looked at: at once when one of them is near its end already. */
export const firstCertificateCheck = (certificates: readonly Certificate[], now: Date, settings: Settings): Date | null =>
  certificates.some(({ expiresAt }) => expiresAt > now && after(expiresAt, -settings.register.certificateDays * DAY) <= now) ? now : nextCertificateCheck(certificates, now, settings)

/** The first moment after `now` at which a certificate is near its end, or over; while the office is open, since staff read it then (R55). */
export const nextCertificateCheck = (certificates: readonly Certificate[], now: Date, settings: Settings): Date | null => {
  const moments = certificates
    .flatMap(({ expiresAt }) => [after(expiresAt, -settings.register.certificateDays * DAY), expiresAt])
    .map((moment) => whileStaffed(moment, settings, false))
    .filter((moment) => moment > now)
  return moments.length > 0 ? new Date(Math.min(...moments.map((moment) => moment.getTime()))) : null
}

/** Where a technician is reckoned to be, and until when that holds. */
export const reckon = (technician: Technician, now: Date, settings: Settings): Pick<TechnicianDocument, 'whereabouts' | 'reckonAt'> => {
  const { positionFreshMinutes } = settings.dispatch
  const { place, from } = whereabouts(technician, now, positionFreshMinutes)
  if (!technician.onDuty) return { whereabouts: toPoint(place), reckonAt: null }
  if (from === 'position' && technician.positionAt) return { whereabouts: toPoint(place), reckonAt: after(technician.positionAt, positionFreshMinutes * MINUTE + 1) }
  const changes = technician.slots.filter((slot) => isLive(slot, now)).flatMap((slot) => [slot.from.getTime(), slot.to.getTime() + 1])
  const next = Math.min(...changes.filter((moment) => moment > now.getTime()))
  return { whereabouts: toPoint(place), reckonAt: Number.isFinite(next) ? new Date(next) : null }
}

/** Slots that still matter: lapsed holds, jobs finished days ago and forgotten ones go. */
export const pruneSlots = (slots: readonly StoredSlot[], now: Date): StoredSlot[] =>
  slots.filter((slot) => isLive(slot, now) && (slot.finishedAt ? slot.to > after(now, -2 * DAY) : slot.to > after(now, -30 * DAY)))

import type { Place } from './geography'
import type { Slot } from './order'
import type { Leave, Shift } from './working-hours'

/** A technician of the register, with their working day (R05, R52). One document, changed by conditional writes only. */
export interface Technician {
  _id: string
  /** The WeChat account bound by staff; null before. */
  openid: string | null
  staffNumber: string
  name: string
  /** For the company; never shown to homeowners. */
  phone: string
  photo: string
  /** Category codes: whom the search finds. */
  skills: string[]
  /** How well, by category; one that is not named here counts as 2. */
  levels: SkillLevel[]
  training: { name: string; passedAt: Date }[]
  certificates: Certificate[]
  base: Place
  district: string
  radiusMetres: number
  dailyCapacity: number
  /** When they work, week by week; none at all: any time. */
  shifts: Shift[]
  /** Time off, soonest first. */
  leave: Leave[]
  suspended: boolean
  suspendedReason: string
  /** Mean of the last 50 to 0.1; null without any. */
  stars: number | null
  jobs: number

  onDuty: boolean
  dutySince: Date | null
  /** Deleted when off duty. */
  position: Place | null
  positionAt: Date | null
  /** End of the last job; null when none since going on duty. */
  freeSince: Date | null
  /** The one claim that waits for the outcome of its call; `until`: from then on it binds no more, whatever became of the order: some minutes for a hold, and some after the take-back once it is confirmed. */
  claim: { orderId: string; visitNo: number; until: Date | null } | null
  slots: (Slot & {
    /** A hold that lapses unless the order confirms it. */
    heldUntil: Date | null
    /** When the job was done; it still counts towards the day (R05). */
    finishedAt?: Date | null
  })[]
  /** Guards `claim` and `slots`: every change of them adds one. */
  slotsVersion: number
}

/** 1 学徒, 2 熟手, 3 老师傅 */
export interface SkillLevel {
  category: string
  level: 1 | 2 | 3
}

/** What a register entry holds before anybody has told more. */
export const BLANK_REGISTER = { phone: '', levels: [], training: [], shifts: [], leave: [] } satisfies Partial<Technician>

export interface Certificate {
  category: string
  name: string
  expiresAt: Date
}

/** Where a technician is reckoned to be: a fresh position, else the job they are at, else their base (R05). */
export const whereabouts = (technician: Technician, now: Date, positionFreshMinutes: number): { place: Place; from: 'position' | 'job' | 'base' } => {
  if (technician.position && technician.positionAt && now.getTime() - technician.positionAt.getTime() <= positionFreshMinutes * 60_000) {
    return { place: technician.position, from: 'position' }
  }
  const job = technician.slots.find((slot) => isLive(slot, now) && slot.from <= now && now <= slot.to)
  return job ? { place: job.place, from: 'job' } : { place: technician.base, from: 'base' }
}

/** A hold whose order was never written lapses by itself. */
export const isLive = (slot: Technician['slots'][number], now: Date): boolean => slot.heldUntil === null || slot.heldUntil > now

/** The claim that keeps a technician from claiming another (R05). */
export const pendingClaim = (technician: Pick<Technician, 'claim'>, now: Date): Technician['claim'] =>
  technician.claim && (technician.claim.until === null || technician.claim.until > now) ? technician.claim : null

import { eligibility } from './eligibility'
import type { Need } from './eligibility'
import type { Explanation } from './order'
import type { Settings } from './settings'
import type { Technician } from './technician'

export interface RankedTechnician {
  technician: Technician
  distanceMetres: number
}

export interface Ranking {
  /** The nearest two, or as many as the setting says. */
  chosen: RankedTechnician[]
  /** Why these: nearest first, for staff. */
  explained: Explanation[]
}

/** How many lines of explanation are kept. */
const EXPLAINED = 12

/**
 * The nearest eligible technicians (R05): distances fall into buckets counted from the nearest eligible of this wave; within a bucket the higher rating
 * goes first, then who has waited longest. The same on every run, whatever the order of `technicians`.
 */
export const rankNearest = (technicians: readonly Technician[], need: Need, excluded: readonly string[], now: Date, settings: Settings): Ranking => {
  const judged = technicians
    .filter((technician) => !excluded.includes(technician._id))
    .map((technician) => ({ technician, verdict: eligibility(technician, need, now, settings) }))
    .sort((a, b) => a.verdict.distanceMetres - b.verdict.distanceMetres || compare(a.technician._id, b.technician._id))

  const eligible = judged.filter(({ verdict }) => verdict.eligible)
  const nearest = eligible[0]?.verdict.distanceMetres ?? 0
  const bucket = (metres: number) => Math.floor((metres - nearest) / settings.dispatch.bucketMetres)
  const ranked = [...eligible].sort(
    (a, b) =>
      bucket(a.verdict.distanceMetres) - bucket(b.verdict.distanceMetres) ||
      starsOf(b.technician, settings) - starsOf(a.technician, settings) ||
      waitingSince(a.technician) - waitingSince(b.technician) ||
      compare(a.technician._id, b.technician._id),
  )
  const chosen = ranked.slice(0, settings.dispatch.offersPerWave).map(({ technician, verdict }) => ({ technician, distanceMetres: Math.round(verdict.distanceMetres) }))
  const chosenIds = new Set(chosen.map(({ technician }) => technician._id))
  // Whoever was asked is named, however many nearer ones could not be.
  const others = new Set(judged.flatMap(({ technician }) => (chosenIds.has(technician._id) ? [] : [technician._id])).slice(0, EXPLAINED - chosen.length))
  const waiting = (technician: Technician) => technician.freeSince ?? technician.dutySince

  return {
    chosen,
    explained: judged.filter(({ technician }) => chosenIds.has(technician._id) || others.has(technician._id)).map(({ technician, verdict }) => ({
      technicianId: technician._id,
      name: technician.name,
      staffNumber: technician.staffNumber,
      distanceMetres: Math.round(verdict.distanceMetres),
      stars: starsOf(technician, settings),
      waitingSince: waiting(technician),
      result: chosenIds.has(technician._id) ? 'offered' : verdict.eligible ? 'next' : 'ineligible',
      reason: verdict.eligible ? null : verdict.reason,
    })),
  }
}

/** Mean to 0.1; the set figure when there are no ratings. */
const starsOf = (technician: Technician, settings: Settings): number => Math.round((technician.stars ?? settings.dispatch.starsWithout) * 10) / 10

/** Since the end of the last job, else since going on duty; who never went on duty has waited least. */
const waitingSince = (technician: Technician): number => (technician.freeSince ?? technician.dutySince)?.getTime() ?? Number.MAX_SAFE_INTEGER

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

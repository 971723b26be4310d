/** The nearest two found otherwise, with the product's own eligibility and ranking (R05): what its search is held against. */
import { around } from 'geokdbush'
import KDBush from 'kdbush'
import { eligibility, type Need } from '../../../cloudfunctions/domain/eligibility'
import { rankNearest } from '../../../cloudfunctions/domain/ranking'
import type { Settings } from '../../../cloudfunctions/domain/settings'
import { type Technician, whereabouts } from '../../../cloudfunctions/domain/technician'
import { LARGEST_RADIUS_METRES } from '../../../cloudfunctions/platform/technician-document'

export interface Question {
  need: Need
  /** Technicians who are not to be asked. */
  excluded: readonly string[]
}

/** Ids of those chosen, the first to be asked first. */
export type Search = (question: Question) => string[]

/** Two sums of the same distance may differ by so much, km. */
const SLACK_KM = 0.000_01

const chosen = (technicians: readonly Technician[], { need, excluded }: Question, now: Date, settings: Settings): string[] =>
  rankNearest(technicians, need, excluded, now, settings).chosen.map(({ technician }) => technician._id)

const mayBeAsked = (technician: Technician, { need, excluded }: Question, now: Date, settings: Settings): boolean =>
  !excluded.includes(technician._id) && eligibility(technician, need, now, settings).eligible

/** Judges every one of them; only those who may be asked are sorted. */
export const fullScan =
  (technicians: readonly Technician[], now: Date, settings: Settings): Search =>
  (question) =>
    chosen(
      technicians.filter((technician) => mayBeAsked(technician, question, now, settings)),
      question,
      now,
      settings,
    )

/**
 * A k-d tree of where they are: the nearest two who may be asked tell where the last bucket of distance ends, then all within it are ranked. It is built anew whenever
 * anybody moves: how long that takes is told apart.
 */
export function geokdbushSearch(technicians: readonly Technician[], now: Date, settings: Settings): Search {
  const { offersPerWave, bucketMetres, positionFreshMinutes } = settings.dispatch
  const index = new KDBush(technicians.length)
  for (const technician of technicians) {
    const { place } = whereabouts(technician, now, positionFreshMinutes)
    index.add(place.longitude, place.latitude)
  }
  index.finish()
  return (question) => {
    const { need } = question
    const fits = (id: number): boolean => mayBeAsked(at(technicians, id), question, now, settings)
    const within = (most: number, km: number): Technician[] =>
      around(index, need.place.longitude, need.place.latitude, most, km, fits).map((id) => at(technicians, id))
    const farthestKm = (LARGEST_RADIUS_METRES * need.radiusFactor) / 1_000
    const nearest = within(offersPerWave, farthestKm).map((technician) => eligibility(technician, need, now, settings).distanceMetres)
    const [first, last] = [nearest[0], nearest[offersPerWave - 1]]
    const enoughKm = first === undefined || last === undefined ? farthestKm : (first + (Math.floor((last - first) / bucketMetres) + 1) * bucketMetres) / 1_000
    return chosen(within(Number.POSITIVE_INFINITY, enoughKm + SLACK_KM), question, now, settings)
  }
}

function at(technicians: readonly Technician[], id: number): Technician {
  const technician = technicians[id]
  if (!technician) throw new Error(`the index names technician ${id} of ${technicians.length}`)
  return technician
}

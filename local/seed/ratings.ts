import type { RatingDocument } from '../../cloudfunctions/platform/documents'
import { crew } from './crew'

const DAY = 24 * 60 * 60_000

/** How many earlier visits of each were rated. With twenty, every mean to 0.1 can be had. */
const EACH = 20

/**
 * The stars behind the figures that the city's technicians show (R31): invented, like all of the city. Without them the first stars given in the demonstration would be all
 * that counts.
 */
export const ratings = (now: Date): RatingDocument[] =>
  crew.flatMap(({ staffNumber, stars }) => {
    if (stars === null) return []
    const lower = Math.floor(stars)
    const higher = Math.round((stars - lower) * EACH)
    return Array.from({ length: EACH }, (_none, index) => {
      const at = new Date(now.getTime() - (index + 1) * 3 * DAY)
      return { _id: `demo-${staffNumber}-${index + 1}:1`, technicianId: `t${staffNumber}`, stars: index < higher ? lower + 1 : lower, at, changedAt: at }
    })
  })

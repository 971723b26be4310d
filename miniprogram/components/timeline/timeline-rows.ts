import type { TimelineLine } from '../../../typings/contract'
import { daysBetween, formatClock, formatDay } from '../../lib/time'

export interface TimelineRow {
  id: string
  /** The day's name above its first line, once a day; empty while all lines are of today. */
  day: string
  clock: string
  text: string
  by: string
}

/** Newest first, however they came; days are named as soon as one line is not of today. `now` in ms. */
export function timelineRows(lines: TimelineLine[], now: number): TimelineRow[] {
  const sorted = [...lines].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  const onlyToday = sorted.every(({ at }) => daysBetween(now, at) === 0)
  return sorted.map((line, index) => {
    const above = sorted[index - 1]
    const sameDay = above !== undefined && daysBetween(above.at, line.at) === 0
    return {
      id: line.id,
      day: onlyToday || sameDay ? '' : formatDay(line.at, now),
      clock: formatClock(line.at),
      text: line.text,
      by: line.by,
    }
  })
}

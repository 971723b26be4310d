import type { ShiftView } from '../../../typings/contract'
import { weekdayName } from './month-grid'

/** Weekly hours as a form: each day on or off, with one pair of hours, or as they were when a day has several. */
export interface WeekDay {
  weekday: number
  name: string
  on: boolean
  from: string
  to: string
  /** More pairs of that day, kept as they are. */
  more: ShiftView[]
}

const USUAL = { from: '08:00', to: '18:00' }

export function weekOf(shifts: ShiftView[]): WeekDay[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const own = shifts.filter((shift) => shift.weekday === weekday)
    const [first, ...more] = own
    return { weekday, name: weekdayName(weekday), on: own.length > 0, from: first?.from ?? USUAL.from, to: first?.to ?? USUAL.to, more }
  })
}

export function shiftsFrom(week: WeekDay[]): ShiftView[] {
  return week.filter(({ on }) => on).flatMap(({ weekday, from, to, more }) => [{ weekday, from, to }, ...more])
}

import type { ShiftView } from '../../../typings/contract'
import { formatHours, plainClock } from '../../lib/time'
import { weekdayName } from './month-grid'

/** Hours on one day. `key` stays while others come and go. */
export interface DayPart {
  key: number
  from: string
  to: string
  /** 9:00 and 18:00, to be read. */
  fromText: string
  toText: string
  /** The server refused these. */
  wrong: boolean
}

/** Weekly hours as a form: each day with its hours, none on a day off. */
export interface WeekDay {
  weekday: number
  name: string
  parts: DayPart[]
  /** 8:00–12:00、14:00–20:00 */
  text: string
}

/** As many a day as the server takes. */
export const MOST_A_DAY = 3

const USUAL = { from: '08:00', to: '18:00' }
/** After the midday rest, or later still. */
const SECOND = { from: '14:00', to: '20:00' }
const END_OF_DAY = '23:00'

export const dayPart = (key: number, { from, to }: Pick<ShiftView, 'from' | 'to'>): DayPart => ({ key, from, to, fromText: plainClock(from), toText: plainClock(to), wrong: false })

export function weekOf(shifts: ShiftView[]): WeekDay[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const parts = shifts.filter((shift) => shift.weekday === weekday).map((shift, key) => dayPart(key, shift))
    return { weekday, name: weekdayName(weekday), parts, text: parts.map(({ from, to }) => formatHours(from, to)).join('、') || '休息' }
  })
}

export function shiftsFrom(week: WeekDay[]): ShiftView[] {
  return week.flatMap(({ weekday, parts }) => parts.map(({ from, to }) => ({ weekday, from, to })))
}

/** The hours that one more begins with: the usual day, an afternoon, or what is left of the day. */
export function onePartMore(parts: DayPart[]): DayPart[] {
  const key = Math.max(-1, ...parts.map((part) => part.key)) + 1
  const ends = parts.map(({ to }) => to).sort().at(-1)
  if (ends === undefined) return [dayPart(key, USUAL)]
  return [...parts, dayPart(key, ends <= SECOND.from ? SECOND : { from: ends, to: END_OF_DAY })]
}

/** Marks the hours that the server refused, named as `shifts.3.to` in the order of `shiftsFrom`. */
export function markWrong(week: WeekDay[], fields: Record<string, string>): WeekDay[] {
  const wrong = new Set(Object.keys(fields).map((field) => Number(/^shifts\.(\d+)/.exec(field)?.[1] ?? -1)))
  let place = -1
  return week.map((day) => ({ ...day, parts: day.parts.map((part) => ({ ...part, wrong: wrong.has((place += 1)) })) }))
}

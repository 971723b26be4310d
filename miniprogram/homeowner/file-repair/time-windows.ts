import { formatDay, formatMonthDay, formatMorning, formatWeekday, formatWindow, nearDay, nightEnd, startOfDay } from '../../lib/time'

/** A day to choose from. */
export interface DayChoice {
  /** ms of its midnight in Shanghai. */
  start: number
  /** 今天 · 明天 · 周二 */
  name: string
  /** 11 月 24 日 */
  date: string
  windows: WindowChoice[]
}

export interface WindowChoice {
  /** ms since 1970. */
  from: number
  to: number
  /** 14:00–16:00 */
  text: string
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const HALF_HOUR_MS = HOUR_MS / 2
const DAYS_AHEAD = 7
/** Technicians visit between eight in the morning and eight in the evening, two hours a window. */
const FIRST_HOUR = 8
const LAST_HOUR = 20
const WINDOW_HOURS = 2
/** A window that has begun can still be asked for while an hour of it is left after the next half hour. */
const LEAST_LEFT_MS = HOUR_MS

/** The days from today with the windows that can still be kept; a day without any is left out. `now` in ms. */
export function dayChoices(now: number): DayChoice[] {
  const today = startOfDay(now)
  return Array.from({ length: DAYS_AHEAD }, (_, ahead) => today + ahead * DAY_MS)
    .map((start) => ({ start, ...dayNames(start, now), windows: windowsOf(start, now) }))
    .filter(({ windows }) => windows.length > 0)
}

function dayNames(start: number, now: number): { name: string; date: string } {
  return { name: nearDay(start, now) ?? formatWeekday(start), date: formatMonthDay(start) }
}

function windowsOf(dayStart: number, now: number): WindowChoice[] {
  const soonest = Math.ceil((now + 1) / HALF_HOUR_MS) * HALF_HOUR_MS
  const windows: WindowChoice[] = []
  for (let hour = FIRST_HOUR; hour < LAST_HOUR; hour += WINDOW_HOURS) {
    const to = dayStart + (hour + WINDOW_HOURS) * HOUR_MS
    const from = Math.max(dayStart + hour * HOUR_MS, soonest)
    if (to - from >= LEAST_LEFT_MS) windows.push({ from, to, text: formatWindow(from, to) })
  }
  return windows
}

/** 今天 14:00–16:00 */
export function wantedText(wanted: { from: string; to: string } | null, now: number): string {
  if (!wanted) return ''
  return `${formatDay(wanted.from, now)} ${formatWindow(wanted.from, wanted.to)}`
}

/** The window of an emergency: from the next minute, two hours. */
export function emergencyWindow(now: number): { from: string; to: string } {
  const from = Math.ceil((now + 1) / 60_000) * 60_000
  return { from: new Date(from).toISOString(), to: new Date(from + WINDOW_HOURS * HOUR_MS).toISOString() }
}

/** 现在是夜里，明早 7:00 派师傅: what is sent now waits (R55); empty by day. */
export function wordsAtNight(night: { from: string; to: string }, now: number): string {
  const ends = nightEnd(night, now)
  return ends === null ? '' : `现在是夜里，${formatMorning(ends, now)} 派师傅`
}

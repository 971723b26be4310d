import type { IsoTime } from '../../../typings/contract'
import { daysBetween, formatClock, formatMonthDay, formatWeekday, nearDay, startOfDay } from '../../lib/time'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Half hours over the day; quarters in the next two hours, for those who come at once. */
const STEP_MS = 30 * MINUTE_MS
const NEAR_STEP_MS = 15 * MINUTE_MS
const NEAR_MS = 2 * HOUR_MS
const FIRST_HOUR = 7
const LAST_HOUR = 21
const DAYS_AHEAD = 7

export interface TimeSlot {
  at: IsoTime
  label: string
  /** In the time that the homeowner asked for. */
  wanted: boolean
}

export interface DaySlots {
  /** ms of its midnight, as the key. */
  day: number
  label: string
  weekday: string
  slots: TimeSlot[]
}

export interface WantedTime {
  from: IsoTime
  to: IsoTime
}

/** The times that can be agreed on the phone: today and the next days, as many as are needed to reach the wanted one. */
export function appointmentDays(wanted: WantedTime, now: number): DaySlots[] {
  const count = Math.max(DAYS_AHEAD, daysBetween(now, wanted.from) + 1)
  const days: DaySlots[] = []
  for (let ahead = 0; ahead < count; ahead += 1) {
    const day = startOfDay(now) + ahead * DAY_MS
    const slots = slotsOf(day, wanted, now)
    if (slots.length > 0) days.push({ day, label: nearDay(day, now) ?? formatMonthDay(day), weekday: formatWeekday(day), slots })
  }
  return days
}

function slotsOf(day: number, wanted: WantedTime, now: number): TimeSlot[] {
  const slots: TimeSlot[] = []
  for (let at = day + FIRST_HOUR * HOUR_MS; at <= day + LAST_HOUR * HOUR_MS; at += NEAR_STEP_MS) {
    const onHalfHour = (at - day) % STEP_MS === 0
    if (at > now && (onHalfHour || at - now <= NEAR_MS))
      slots.push({ at: new Date(at).toISOString(), label: formatClock(at), wanted: isWanted(at, wanted) })
  }
  return slots
}

function isWanted(at: number, { from, to }: WantedTime): boolean {
  return at >= Date.parse(from) && at < Date.parse(to)
}

/** The day to open at: the wanted one when it still has time left, else the first. */
export function openingDay(days: DaySlots[], wanted: WantedTime): number {
  const found = days.find(({ day }) => day === startOfDay(wanted.from))
  return (found ?? days[0])?.day ?? 0
}

import { requestFailed } from '../cloud-error'

/** Calendar fields of an instant in some time zone. */
export interface CalendarParts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' }) // prettier-ignore
    formats.set(zone, made)
    return made
  } catch {
    throw requestFailed(`unrecognized time zone identifier: "${zone}"`)
  }
}

/** How far the zone's clocks are ahead of UTC at that instant, in ms. `zone` is an Olson name or an offset like +08:00. */
export function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000
  const parts: Record<string, string> = {}
  for (const { type, value } of formatOf(zone).formatToParts(ms)) parts[type] = value
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year)
  const local = utc(year, Number(parts.month), Number(parts.day), Number(parts.hour), Number(parts.minute), Number(parts.second), 0)
  return local - Math.floor(ms / 1000) * 1000
}

/** Date.UTC without its special treatment of the years 0–99; fields may overflow. */
export function utc(year: number, month: number, day: number, hour: number, minute: number, second: number, millisecond: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  return date.getTime()
}

/** @throws CloudError DATABASE_REQUEST_FAILED when a calculation has led out of the calendar */
export function instant(ms: number): Date {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) throw requestFailed('date overflow')
  return date
}

/** The instant at which a zone's clocks show these fields. */
export function fromLocal(parts: CalendarParts, zone: string): Date {
  const local = utc(parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second, parts.millisecond)
  const guess = instant(local).getTime() - offsetAt(local, zone)
  return instant(local - offsetAt(guess, zone))
}

/** A date whose UTC fields are the zone's local ones. */
export const localDate = (date: Date, zone: string): Date => instant(date.getTime() + offsetAt(date.getTime(), zone))

export function partsOf(date: Date, zone: string): CalendarParts {
  const d = localDate(date, zone)
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    millisecond: d.getUTCMilliseconds(),
  }
}

const DAY = 86_400_000

export const dayOfYear = (local: Date): number => Math.floor((local.getTime() - utc(local.getUTCFullYear(), 1, 1, 0, 0, 0, 0)) / DAY) + 1

/** Weeks from Sunday; days before the year's first Sunday are week 0. */
export const weekOfYear = (local: Date): number => Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7)

export const isoDayOfWeek = (local: Date): number => local.getUTCDay() || 7

/** ISO 8601: weeks from Monday, the first with a Thursday of the year. */
export function isoWeek(local: Date): { year: number; week: number } {
  const thursday = new Date(local.getTime() + (4 - isoDayOfWeek(local)) * DAY)
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}

/** Monday of an ISO week, as UTC ms. */
export function isoWeekStart(year: number, week: number): number {
  const fourth = new Date(utc(year, 1, 4, 0, 0, 0, 0))
  return fourth.getTime() - (isoDayOfWeek(fourth) - 1) * DAY + (week - 1) * 7 * DAY
}

export const isoText = (date: Date): string => date.toISOString()

/** ISO 8601 and its looser relatives (2026/3/5 15:08), in UTC (or `zone`) unless the text says otherwise. */
export function parseDate(text: string, zone = 'UTC'): Date {
  const match =
    /^(-?\d{4,6})([-/])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i.exec(
      text.trim(),
    )
  if (!match) throw requestFailed(`Error parsing date string '${text}'`)
  const [, year, , month, day, hour = '0', minute = '0', second = '0', fraction = '', stated] = match
  const parts = { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second), millisecond: Number((fraction + '000').slice(0, 3)) } // prettier-ignore
  if (!isCalendarDate(parts)) throw requestFailed(`Error parsing date string '${text}'`)
  return fromLocal(parts, stated ? stated.toUpperCase() : zone)
}

/** Do the fields name a day and time that exist? */
export function isCalendarDate(parts: CalendarParts): boolean {
  const date = new Date(utc(parts.year, parts.month, parts.day, 0, 0, 0, 0))
  return (
    date.getUTCMonth() === parts.month - 1 && date.getUTCDate() === parts.day && parts.hour <= 24 && parts.minute < 60 && parts.second < 60
  )
}

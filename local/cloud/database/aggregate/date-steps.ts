import { requestFailed } from '../cloud-error'
import { long, wholeNumber } from '../values/numbers'
import { ObjectId, typeName, type Maybe } from '../values/value'
import { fromLocal, instant, partsOf, utc, type CalendarParts } from './calendar'
import { named, type Operators } from './operator'
import { isNullish } from './truth'

type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'

const FIXED: Partial<Record<Unit, number>> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 }
const UNITS: readonly string[] = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const DAY = 86_400_000

function unitOf(name: string, value: Maybe): Unit {
  if (typeof value !== 'string' || !UNITS.includes(value)) throw requestFailed(`${name}: unknown time unit value: ${String(value)}`)
  return value as Unit
}

function dateOf(name: string, value: Maybe): Date {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  throw requestFailed(`${name} requires a date, found ${typeName(value)}`)
}

function zoneText(name: string, value: Maybe): string {
  if (value === undefined) return 'UTC'
  if (typeof value !== 'string') throw requestFailed(`${name} requires a string for the timezone argument`)
  return value
}

/** Calendar steps keep the local clock time; the day is cut to the month's length (31 January + 1 month = 28/29 February). */
function addUnits(date: Date, unit: Unit, amount: number, zone: string): Date {
  const fixed = FIXED[unit]
  if (fixed !== undefined) return instant(date.getTime() + amount * fixed)
  const parts = partsOf(date, zone)
  if (unit === 'day' || unit === 'week') return fromLocal({ ...parts, day: parts.day + amount * (unit === 'week' ? 7 : 1) }, zone)
  const months = parts.year * 12 + parts.month - 1 + amount * { year: 12, quarter: 3, month: 1 }[unit as 'year' | 'quarter' | 'month']
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
  const last = new Date(utc(year, month + 1, 0, 0, 0, 0, 0)).getUTCDate()
  return fromLocal({ ...parts, year, month, day: Math.min(parts.day, last) }, zone)
}

const midnight = (parts: CalendarParts): number => utc(parts.year, parts.month, parts.day, 0, 0, 0, 0)

/** How many boundaries of the unit lie between two instants on the zone's calendar. */
function boundariesBetween(from: Date, to: Date, unit: Unit, zone: string, weekStart: number): number {
  const [a, b] = [partsOf(from, zone), partsOf(to, zone)]
  switch (unit) {
    case 'year':
      return b.year - a.year
    case 'quarter':
      return (b.year - a.year) * 4 + Math.floor((b.month - 1) / 3) - Math.floor((a.month - 1) / 3)
    case 'month':
      return (b.year - a.year) * 12 + b.month - a.month
    case 'week': {
      const week = (parts: CalendarParts): number => Math.floor((midnight(parts) / DAY + 4 - weekStart) / 7)
      return week(b) - week(a)
    }
    case 'day':
      return (midnight(b) - midnight(a)) / DAY
    default: {
      const size = FIXED[unit] ?? 1
      return Math.floor(to.getTime() / size) - Math.floor(from.getTime() / size)
    }
  }
}

/** Start of the bin that holds the instant; bins are counted from 2000-01-01 local time, as MongoDB does. */
function truncate(date: Date, unit: Unit, size: number, zone: string, weekStart: number): Date {
  const origin = fromLocal({ year: 2000, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }, zone)
  const fixed = FIXED[unit]
  if (fixed !== undefined)
    return new Date(origin.getTime() + Math.floor((date.getTime() - origin.getTime()) / (fixed * size)) * fixed * size)
  // 1 January 2000 was a Saturday (6): weeks count from the last chosen weekday at or before it… the first one after it opens week 0.
  const start = unit === 'week' ? addUnits(origin, 'day', (weekStart - 6 + 7) % 7, zone) : origin
  const bins = Math.floor(boundariesBetween(start, date, unit, zone, weekStart) / size) * size
  return addUnits(start, unit, bins, zone)
}

function weekdayOf(name: string, value: Maybe): number {
  if (value === undefined) return 0
  const day =
    typeof value === 'string' ? DAYS.findIndex((full) => full === value.toLowerCase() || full.slice(0, 3) === value.toLowerCase()) : -1
  if (day < 0) throw requestFailed(`${name} requires 'startOfWeek' to be a day of the week, found: ${String(value)}`)
  return day
}

const step = (name: string, sign: 1 | -1) =>
  named(name, ['startDate', 'unit', 'amount'], ['timezone'], ({ startDate, unit, amount, timezone }) => {
    if ([startDate, unit, amount].some(isNullish) || timezone === null) return null
    const n = wholeNumber(amount)
    if (n === undefined) throw requestFailed(`${name} expects integer amount of time units`)
    return addUnits(dateOf(name, startDate), unitOf(name, unit), sign * n, zoneText(name, timezone))
  })

export const DATE_STEPS: Operators = {
  $dateAdd: step('$dateAdd', 1),
  $dateSubtract: step('$dateSubtract', -1),
  $dateDiff: named(
    '$dateDiff',
    ['startDate', 'endDate', 'unit'],
    ['timezone', 'startOfWeek'],
    ({ startDate, endDate, unit, timezone, startOfWeek }) => {
      if ([startDate, endDate, unit].some(isNullish) || timezone === null) return null
      const [from, to] = [dateOf('$dateDiff', startDate), dateOf('$dateDiff', endDate)]
      const weekStart = weekdayOf('$dateDiff', startOfWeek)
      return long(BigInt(boundariesBetween(from, to, unitOf('$dateDiff', unit), zoneText('$dateDiff', timezone), weekStart)))
    },
  ),
  $dateTrunc: named(
    '$dateTrunc',
    ['date', 'unit'],
    ['binSize', 'timezone', 'startOfWeek'],
    ({ date, unit, binSize = 1, timezone, startOfWeek }) => {
      if ([date, unit].some(isNullish) || timezone === null || binSize === null) return null
      const size = wholeNumber(binSize)
      if (size === undefined || size <= 0) throw requestFailed("$dateTrunc requires 'binSize' to be greater than 0")
      return truncate(
        dateOf('$dateTrunc', date),
        unitOf('$dateTrunc', unit),
        size,
        zoneText('$dateTrunc', timezone),
        weekdayOf('$dateTrunc', startOfWeek),
      )
    },
  ),
}

import { requestFailed } from '../cloud-error'
import { long, wholeNumber } from '../values/numbers'
import { isDoc, ObjectId, typeName, type Maybe, type Value } from '../values/value'
import {
  dayOfYear,
  fromLocal,
  isoDayOfWeek,
  isoWeek,
  isoWeekStart,
  localDate,
  parseDate,
  partsOf,
  weekOfYear,
  type CalendarParts,
} from './calendar'
import { DATE_STEPS } from './date-steps'
import { formatDate, scanDate } from './date-format'
import { named, type Operator, type Operators } from './operator'
import { isNullish } from './truth'

function needDate(name: string, value: Maybe): Date {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  throw requestFailed(`${name}: can't convert from BSON type ${typeName(value)} to Date`)
}

function zoneOf(name: string, value: Maybe): string | null {
  if (value === undefined) return 'UTC'
  if (value === null) return null
  if (typeof value !== 'string')
    throw requestFailed(`${name} requires a string for the timezone argument, but was given a ${typeName(value)}`)
  return value
}

/** One field of a date; the operand is the date or `{ date, timezone }`. */
const part = (name: string, read: (local: Date) => Value): Operator => {
  const compute = named(name, ['date'], ['timezone'], ({ date, timezone }) => {
    const zone = zoneOf(name, timezone)
    return isNullish(date) || zone === null ? null : read(localDate(needDate(name, date), zone))
  })
  return (operand, env, compile) => {
    if (isDoc(operand) && 'date' in operand) return compute(operand, env, compile)
    return compute({ date: Array.isArray(operand) && operand.length === 1 ? (operand[0] ?? null) : operand }, env, compile)
  }
}

const dateToString = named('$dateToString', ['date'], ['format', 'timezone', 'onNull'], ({ date, format, timezone, onNull }) => {
  const zone = zoneOf('$dateToString', timezone)
  if (isNullish(date)) return onNull ?? null
  if (zone === null || format === null) return null
  if (format !== undefined && typeof format !== 'string') throw requestFailed('$dateToString requires that format be a string')
  return formatDate(needDate('$dateToString', date), format ?? '%Y-%m-%dT%H:%M:%S.%LZ', zone)
})

const dateFromString: Operator = (operand, env, compile) => {
  const named3 = (args: Record<string, Maybe>): Maybe => {
    const { dateString, format, timezone, onNull, onError } = args
    const zone = zoneOf('$dateFromString', timezone)
    if (isNullish(dateString)) return onNull ?? null
    if (zone === null) return null
    try {
      if (typeof dateString !== 'string')
        throw requestFailed(`$dateFromString requires that 'dateString' be a string, found: ${typeName(dateString)}`)
      return typeof format === 'string' ? scanDate(dateString, format, zone) : parseDate(dateString, zone)
    } catch (error) {
      if ('onError' in args) return onError ?? null
      throw error
    }
  }
  return named('$dateFromString', ['dateString'], ['format', 'timezone', 'onNull', 'onError'], named3)(operand, env, compile)
}

function numberPart(name: string, value: Maybe, otherwise: number): number | null {
  if (value === undefined) return otherwise
  if (value === null) return null
  const n = wholeNumber(value)
  if (n === undefined) throw requestFailed(`${name} must evaluate to an integer, found ${typeName(value)}`)
  return n
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'timezone']

const dateFromParts = named('$dateFromParts', [], FIELDS, (args) => {
  const zone = zoneOf('$dateFromParts', args.timezone)
  const iso = 'isoWeekYear' in args
  if (!iso && !('year' in args)) throw requestFailed("$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
  const read = (field: string, otherwise: number): number | null => numberPart(`'${field}'`, args[field], otherwise)
  const time = [read('hour', 0), read('minute', 0), read('second', 0), read('millisecond', 0)]
  const days = iso
    ? [read('isoWeekYear', 1970), read('isoWeek', 1), read('isoDayOfWeek', 1)]
    : [read('year', 1970), read('month', 1), read('day', 1)]
  if (zone === null || [...time, ...days].includes(null)) return null
  const [hour = 0, minute = 0, second = 0, millisecond = 0] = time.map(Number)
  const [year = 0, month = 0, day = 0] = days.map(Number)
  if (year < 1 || year > 9999) throw requestFailed(`'year' must evaluate to an integer in the range 1 to 9999, found ${year}`)
  if (!iso) return fromLocal({ year, month, day, hour, minute, second, millisecond }, zone)
  const monday = new Date(isoWeekStart(year, month) + (day - 1) * 86_400_000)
  return fromLocal(
    { year: monday.getUTCFullYear(), month: monday.getUTCMonth() + 1, day: monday.getUTCDate(), hour, minute, second, millisecond },
    zone,
  )
})

const dateToParts = named('$dateToParts', ['date'], ['timezone', 'iso8601'], ({ date, timezone, iso8601 }): Maybe => {
  const zone = zoneOf('$dateToParts', timezone)
  if (isNullish(date) || zone === null) return null
  const parts: CalendarParts = partsOf(needDate('$dateToParts', date), zone)
  if (iso8601 !== true) return { ...parts }
  const local = localDate(needDate('$dateToParts', date), zone)
  const { year, week } = isoWeek(local)
  const { hour, minute, second, millisecond } = parts
  return { isoWeekYear: year, isoWeek: week, isoDayOfWeek: isoDayOfWeek(local), hour, minute, second, millisecond }
})

export const DATES: Operators = {
  $year: part('$year', (d) => d.getUTCFullYear()),
  $month: part('$month', (d) => d.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (d) => d.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (d) => d.getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $hour: part('$hour', (d) => d.getUTCHours()),
  $minute: part('$minute', (d) => d.getUTCMinutes()),
  $second: part('$second', (d) => d.getUTCSeconds()),
  $millisecond: part('$millisecond', (d) => d.getUTCMilliseconds()),
  $week: part('$week', weekOfYear),
  $isoWeek: part('$isoWeek', (d) => isoWeek(d).week),
  $isoWeekYear: part('$isoWeekYear', (d) => long(BigInt(isoWeek(d).year))),
  $isoDayOfWeek: part('$isoDayOfWeek', isoDayOfWeek),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateFromParts: dateFromParts,
  $dateToParts: dateToParts,
  ...DATE_STEPS,
}

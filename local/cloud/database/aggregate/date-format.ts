import { requestFailed } from '../cloud-error'
import { dayOfYear, fromLocal, isCalendarDate, isoDayOfWeek, isoWeek, isoWeekStart, localDate, offsetAt, weekOfYear } from './calendar'

const pad = (n: number, width: number): string => String(Math.abs(n)).padStart(width, '0')
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** Writes a date with MongoDB's `%` letters. */
export function formatDate(date: Date, format: string, zone: string): string {
  const local = localDate(date, zone)
  const minutes = offsetAt(date.getTime(), zone) / 60_000
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(minutes / 60), 2)}${pad(minutes % 60, 2)}`
  const letters: Record<string, () => string> = {
    Y: () => pad(local.getUTCFullYear(), 4),
    m: () => pad(local.getUTCMonth() + 1, 2),
    d: () => pad(local.getUTCDate(), 2),
    H: () => pad(local.getUTCHours(), 2),
    M: () => pad(local.getUTCMinutes(), 2),
    S: () => pad(local.getUTCSeconds(), 2),
    L: () => pad(local.getUTCMilliseconds(), 3),
    j: () => pad(dayOfYear(local), 3),
    w: () => String(local.getUTCDay() + 1),
    u: () => String(isoDayOfWeek(local)),
    U: () => pad(weekOfYear(local), 2),
    V: () => pad(isoWeek(local).week, 2),
    G: () => pad(isoWeek(local).year, 4),
    b: () => (MONTHS[local.getUTCMonth()] ?? '').slice(0, 3),
    B: () => MONTHS[local.getUTCMonth()] ?? '',
    z: () => offset,
    Z: () => String(minutes),
    '%': () => '%',
  }
  if (/%$/.test(format.replace(/%%/g, ''))) throw requestFailed("Unmatched '%' at end of format string")
  return format.replace(/%(.)/gs, (_whole, letter: string) => {
    const write = Object.prototype.hasOwnProperty.call(letters, letter) ? letters[letter] : undefined
    if (!write) throw requestFailed(`Invalid format character '%${letter}' in format string`)
    return write()
  })
}

const SCAN: Record<string, string> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  j: '(?<j>\\d{1,3})',
  u: '(?<u>\\d)',
  V: '(?<V>\\d{1,2})',
  G: '(?<G>\\d{4})',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<B>[A-Za-z]+)',
  z: '(?<z>Z|[+-]\\d{2}:?\\d{2})',
  Z: '(?<Z>[+-]?\\d{1,4})',
  '%': '%',
}

/** Reads a date written with MongoDB's `%` letters. */
export function scanDate(text: string, format: string, zone: string): Date {
  const source = format.replace(/%(.)|[\\^$.*+?()[\]{}|]/gs, (whole, letter: string | undefined) => {
    if (letter === undefined) return `\\${whole}`
    const scan = Object.prototype.hasOwnProperty.call(SCAN, letter) ? SCAN[letter] : undefined
    if (!scan) throw requestFailed(`Invalid format character '%${letter}' in format string`)
    return scan
  })
  const found = new RegExp(`^${source}$`).exec(text)?.groups
  if (!found) throw requestFailed(`Error parsing date string '${text}' with format '${format}'`)
  const name = (found.b ?? found.B ?? '').toLowerCase()
  const named = name ? MONTHS.findIndex((month) => month.toLowerCase().startsWith(name)) + 1 : undefined
  const parts = {
    year: Number(found.Y ?? 1970),
    month: Number(found.m ?? named ?? 1),
    day: Number(found.d ?? 1),
    hour: Number(found.H ?? 0),
    minute: Number(found.M ?? 0),
    second: Number(found.S ?? 0),
    millisecond: Number((found.L ?? '0').padEnd(3, '0')),
  }
  if (found.G !== undefined || found.j !== undefined) {
    const start =
      found.G !== undefined
        ? isoWeekStart(Number(found.G), Number(found.V ?? 1)) + (Number(found.u ?? 1) - 1) * 86_400_000
        : Date.UTC(parts.year, 0, Number(found.j))
    const day = new Date(start)
    Object.assign(parts, { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() })
  }
  if (!isCalendarDate(parts)) throw requestFailed(`Error parsing date string '${text}': no such day or time`)
  if (found.Z !== undefined) return new Date(fromLocal(parts, 'UTC').getTime() - Number(found.Z) * 60_000)
  return fromLocal(parts, found.z ?? zone)
}

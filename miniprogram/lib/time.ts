/** Times as people in China read them. The phone may stand in any zone: everything is reckoned at +08:00, which has no summer time. */
import type { IsoTime } from '../../typings/contract'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SHANGHAI_MS = 8 * HOUR_MS
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

export interface ShanghaiTime {
  year: number
  /** 1–12 */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** 0 = Sunday */
  weekday: number
}

/** ms since 1970 UTC of an ISO time, or the ms themselves. */
export function toMs(at: IsoTime | number): number {
  return typeof at === 'number' ? at : Date.parse(at)
}

export function shanghaiTime(at: IsoTime | number): ShanghaiTime {
  const shifted = new Date(toMs(at) + SHANGHAI_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  }
}

/** ms since 1970 UTC of the midnight in Shanghai that began the day of `at`. */
export function startOfDay(at: IsoTime | number): number {
  return Math.floor((toMs(at) + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS
}

/** Whole calendar days in Shanghai from `from` to `to`: today 0, tomorrow 1. */
export function daysBetween(from: IsoTime | number, to: IsoTime | number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS)
}

/** `14:30` */
export function formatClock(at: IsoTime | number): string {
  const { hour, minute } = shanghaiTime(at)
  return `${hour}:${two(minute)}`
}

/** `今天`, `明天`, `后天`, `昨天`, `11 月 25 日 周三`, and with the year when it is another one: as the server writes it (domain/shanghai.ts). */
export function formatDay(at: IsoTime | number, now: number): string {
  const { year } = shanghaiTime(at)
  return nearDay(at, now) ?? `${year === shanghaiTime(now).year ? '' : `${year} 年 `}${formatMonthDay(at)} ${formatWeekday(at)}`
}

/** `今天`, `明天`, `后天`, `昨天`; undefined for other days. */
export function nearDay(at: IsoTime | number, now: number): string | undefined {
  return NEAR_DAYS.get(daysBetween(now, at))
}

/** `11 月 25 日`, where the weekday stands apart. */
export function formatMonthDay(at: IsoTime | number): string {
  const { month, day } = shanghaiTime(at)
  return `${month} 月 ${day} 日`
}

const NEAR_DAYS = new Map([
  [-1, '昨天'],
  [0, '今天'],
  [1, '明天'],
  [2, '后天'],
])

/** `今天 14:30` */
export function formatMoment(at: IsoTime | number, now: number): string {
  return `${formatDay(at, now)} ${formatClock(at)}`
}

/** `2026-11-22`, as date pickers keep it. */
export function isoDay(at: IsoTime | number): string {
  const { year, month, day } = shanghaiTime(at)
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** `9:30` of `09:30`, as shifts and time pickers keep it. */
export function plainClock(clock: string): string {
  return clock.replace(/^0(?=\d:)/, '')
}

/** `9:00–18:00` of clocks as shifts keep them. */
export function formatHours(from: string, to: string): string {
  return `${plainClock(from)}–${plainClock(to)}`
}

/** `14:00–16:00` */
export function formatWindow(from: IsoTime | number, to: IsoTime | number): string {
  return `${formatClock(from)}–${formatClock(to)}`
}

/** ms at which the night that holds `now` ends (R55); null by day. `from` and `to` are HH:mm; the same twice is no night. */
export function nightEnd({ from, to }: { from: string; to: string }, now: number): number | null {
  const today = (clock: string) => startOfDay(now) + clock.split(':').reduce((minutes, part) => minutes * 60 + Number(part), 0) * 60_000
  const [begins, ends] = [today(from), today(to)]
  if (begins <= ends) return now >= begins && now < ends ? ends : null
  if (now >= begins) return ends + DAY_MS
  return now < ends ? ends : null
}

/** `明早 7:00`, for the morning that ends a night. */
export function formatMorning(at: number, now: number): string {
  return `${daysBetween(now, at) === 0 ? '今' : '明'}早 ${formatClock(at)}`
}

/** `20 分钟`, `1 小时`, `1 个半小时`, `1 小时 20 分钟` of minutes. */
export function formatSpan(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  if (hours === 0) return `${rest} 分钟`
  if (rest === 30) return `${hours} 个半小时`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`
}

/** `两`, `三`, `12 `: how many, before a measure word. */
export function formatCount(count: number): string {
  return '零一两三四五六七八九十'[count] ?? `${count} `
}

/** `周六` */
export function formatWeekday(at: IsoTime | number): string {
  return WEEKDAYS[shanghaiTime(at).weekday] ?? ''
}

/** `2028.11.22`, as on the warranty card. */
export function formatDate(at: IsoTime | number): string {
  const { year, month, day } = shanghaiTime(at)
  return `${year}.${two(month)}.${two(day)}`
}

/** `刚刚`, `2 分钟前`, `3 小时前`, else the moment. */
export function formatAgo(at: IsoTime | number, now: number): string {
  const minutes = Math.floor((now - toMs(at)) / 60_000)
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} 小时前`
  return formatMoment(at, now)
}

/** What is left or has passed, `2:14` or `1:02:14`; never below `0:00`. Takes ms, counts whole seconds, rounded up as a countdown does. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** `2 分 14 秒`, `3 分钟`, for screen readers and sentences. */
export function spokenDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${seconds} 秒`
  return seconds % 60 === 0 ? `${minutes} 分钟` : `${minutes} 分 ${seconds % 60} 秒`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

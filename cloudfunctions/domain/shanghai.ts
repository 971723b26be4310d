/** People live in Asia/Shanghai (UTC+8, no daylight saving); functions run in UTC. Everything that depends on the hour of the day goes through here. */

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const OFFSET = 8 * HOUR

export const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms)

export const later = (a: Date, b: Date): Date => (a > b ? a : b)

/** Midnight in Shanghai of the day that holds `moment`. */
export const dayStart = (moment: Date): Date => new Date(Math.floor((moment.getTime() + OFFSET) / DAY) * DAY - OFFSET)

export const sameDay = (a: Date, b: Date): boolean => dayStart(a).getTime() === dayStart(b).getTime()

/** Minutes after midnight, from `HH:mm`. */
export const minutesOf = (clock: string): number => {
  const [hours = '0', minutes = '0'] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** The moment of `HH:mm` on the Shanghai day that holds `moment`. */
export const atClock = (moment: Date, clock: string): Date => after(dayStart(moment), minutesOf(clock) * MINUTE)

const parts = (moment: Date) => {
  const local = new Date(moment.getTime() + OFFSET)
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), hour: local.getUTCHours(), minute: local.getUTCMinutes(), weekday: local.getUTCDay() }
}

const two = (n: number) => String(n).padStart(2, '0')

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** 1 Monday … 7 Sunday, in Shanghai. */
export const weekdayOf = (moment: Date): number => parts(moment).weekday || 7

/** 周一 for 1 … 周日 for 7. */
export const weekdayText = (weekday: number): string => WEEKDAYS[weekday % 7] ?? ''

/** 14:30, 9:05: times, days and spans read like this wherever people read them (on pages: miniprogram/lib/time.ts). */
export const clockText = (moment: Date): string => `${parts(moment).hour}:${two(parts(moment).minute)}`

/** 9:30 of `09:30`, as settings and shifts keep it. */
export const plainClock = (clock: string): string => clock.replace(/^0(?=\d:)/, '')

/** 2028.11.22 */
export const dateText = (moment: Date): string => {
  const p = parts(moment)
  return `${p.year}.${two(p.month)}.${two(p.day)}`
}

/** 2028-11-22, the day in Shanghai. */
export const isoDay = (moment: Date): string => dateText(moment).replaceAll('.', '-')

/** MMDD, for order numbers. */
export const monthDayDigits = (moment: Date): string => two(parts(moment).month) + two(parts(moment).day)

/** 11 月 25 日 周三 */
export const monthDayText = (moment: Date): string => `${parts(moment).month} 月 ${parts(moment).day} 日 ${WEEKDAYS[parts(moment).weekday]}`

const NEAR_DAYS = ['昨天', '今天', '明天', '后天']

/** 昨天, 今天, 明天, 后天, else 11 月 25 日 周三; the year only when it differs. */
export const dayText = (moment: Date, now: Date): string => {
  const near = NEAR_DAYS[Math.round((dayStart(moment).getTime() - dayStart(now).getTime()) / DAY) + 1]
  if (near) return near
  const p = parts(moment)
  const year = p.year === parts(now).year ? '' : `${p.year} 年 `
  return `${year}${monthDayText(moment)}`
}

/** 今天 14:30 */
export const momentText = (moment: Date, now: Date): string => `${dayText(moment, now)} ${clockText(moment)}`

/** 今天 14:00–16:00 */
export const windowText = (from: Date, to: Date, now: Date): string =>
  sameDay(from, to) ? `${momentText(from, now)}–${clockText(to)}` : `${momentText(from, now)}–${momentText(to, now)}`

/** 明早 7:00, for the morning that ends a night. */
export const morningText = (moment: Date, now: Date): string => `${sameDay(moment, now) ? '今' : '明'}早 ${clockText(moment)}`

/** 20 分钟, 1 小时, 1 个半小时, 1 小时 20 分钟. */
export const spanText = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  if (hours === 0) return `${rest} 分钟`
  if (rest === 30) return `${hours} 个半小时`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`
}

/** 两, 三, 十二, 15: how many, before a measure word. */
export const countText = (count: number): string => (count > 0 && DIGITS[count]) || `${count} `

const DIGITS = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

/** 零五, 十, 十二, 二十, 四十五 */
const spokenMinutes = (minutes: number): string => {
  const ones = '零一二三四五六七八九'[minutes % 10] ?? ''
  const tens = Math.floor(minutes / 10)
  if (tens === 0) return `零${ones}`
  return `${tens === 1 ? '' : ('零一二三四五'[tens] ?? '')}十${ones === '零' ? '' : ones}`
}

/** 两点半 */
const spokenClock = (moment: Date): string => {
  const { hour, minute } = parts(moment)
  const twelve = hour === 0 ? 0 : hour % 12 === 0 ? 12 : hour % 12
  const tail = minute === 0 ? '' : minute === 30 ? '半' : minute === 15 ? '一刻' : `${spokenMinutes(minute)}分`
  return `${DIGITS[twelve]}点${tail}`
}

/** 今天下午两点半: as it is said on the phone (R10). */
export const spokenMoment = (moment: Date, now: Date): string => {
  const { hour } = parts(moment)
  const half = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上'
  return `${dayText(moment, now)}${half}${spokenClock(moment)}`
}

/** 今天下午两点到四点 */
export const spokenWindow = (from: Date, to: Date, now: Date): string => `${spokenMoment(from, now)}到${sameDay(from, to) ? spokenClock(to) : spokenMoment(to, now)}`

/** `months` after `moment` on the same day of the month, or on the last day of a shorter month. */
export const monthsAfter = (moment: Date, months: number): Date => {
  const local = new Date(moment.getTime() + OFFSET)
  const day = local.getUTCDate()
  const target = new Date(local)
  target.setUTCDate(1)
  target.setUTCMonth(target.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(day, lastDay))
  return new Date(target.getTime() - OFFSET)
}

export interface DailyHours {
  /** HH:mm */
  from: string
  /** HH:mm, later the same day; of the night, the next morning. */
  to: string
}

/** The night of R55: `from` one evening to `to` the next morning. The same clock twice means that there is none. */
export const isNight = (moment: Date, night: DailyHours): boolean => {
  const [from, to] = [minutesOf(night.from), minutesOf(night.to)]
  const clock = minutesOf(clockText(moment))
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to
}

/** The moment when the night that holds `moment` ends; `moment` itself by day. */
export const afterNight = (moment: Date, night: DailyHours): Date => {
  if (!isNight(moment, night)) return moment
  const today = atClock(moment, night.to)
  return today > moment ? today : after(today, DAY)
}

/** Whether the office is open. */
export const isStaffed = (moment: Date, hours: DailyHours): boolean => moment >= atClock(moment, hours.from) && moment < atClock(moment, hours.to)

/** How many ms of the daily `hours` lie between two moments (R32, R55). */
export const staffedMsBetween = (from: Date, to: Date, hours: DailyHours): number => {
  let total = 0
  for (let day = dayStart(from); day < to; day = after(day, DAY)) {
    const opens = Math.max(atClock(day, hours.from).getTime(), from.getTime())
    const closes = Math.min(atClock(day, hours.to).getTime(), to.getTime())
    total += Math.max(0, closes - opens)
  }
  return total
}

/** The latest moment `HH:mm` that is not after `moment`. */
export const lastClockBefore = (moment: Date, clock: string): Date => {
  const today = atClock(moment, clock)
  return today <= moment ? today : after(today, -DAY)
}

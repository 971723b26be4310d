import type { Slot } from './order'
import type { Settings } from './settings'
import { refuse } from './refusal'
import type { Refusal } from './refusal'
import { after, atClock, DAY, dayStart, HOUR, minutesOf, momentText, plainClock, weekdayOf, weekdayText } from './shanghai'
import { isLive } from './technician'
import type { Technician } from './technician'

/** Hours of one day of the week, every week (R52). */
export interface Shift {
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** HH:mm, Shanghai. */
  from: string
  /** HH:mm, later the same day. */
  to: string
}

/** Time off (R52). */
export interface Leave {
  id: string
  from: Date
  to: Date
  reason: string
}

type WorkingTimes = Pick<Technician, 'shifts' | 'leave' | 'onDuty'>

/** Who is on duty now may begin a job that starts within this, whatever their shifts say: their own switch says that they work. */
const ON_DUTY_MS = 2 * HOUR

/** Who decides about the time: the search and the homeowner go by shifts; staff and the technician may overrule them, but not leave. */
export type DecidedBy = 'offer' | 'hand' | 'self'

/** Why a technician does not work then; null when they do. */
export const offReason = (technician: WorkingTimes, slot: Pick<Slot, 'from' | 'to'>, now: Date, by: DecidedBy): string | null => {
  if (technician.leave.some((leave) => leave.from < slot.to && slot.from < leave.to)) return '那天请了假'
  if (by !== 'offer' || technician.shifts.length === 0 || isInShift(technician.shifts, slot.from)) return null
  return technician.onDuty && slot.from <= after(now, ON_DUTY_MS) ? null : '不在班次里'
}

const isInShift = (shifts: readonly Shift[], moment: Date): boolean =>
  shifts.some((shift) => shift.weekday === weekdayOf(moment) && atClock(moment, shift.from) <= moment && moment < atClock(moment, shift.to))

/** However long a window is, who begins to work later in it than this comes too late to matter: one order with a window of years costs no more than others (R42). */
const LONGEST_LOOK_MS = 31 * DAY

/** Moments in a window at which somebody begins to work: a shift begins, leave ends, or, without shifts, the night is over. */
export const beginsWithin = ({ shifts, leave }: WorkingTimes, from: Date, to: Date, { night }: Pick<Settings, 'night'>): Date[] => {
  const last = Math.min(to.getTime(), from.getTime() + LONGEST_LOOK_MS)
  const begins = leave.map((each) => each.to)
  for (let day = dayStart(from); day.getTime() <= last; day = after(day, DAY)) {
    const today = shifts.filter((shift) => shift.weekday === weekdayOf(day)).map((shift) => shift.from)
    for (const clock of shifts.length > 0 ? today : [night.to]) begins.push(atClock(day, clock))
  }
  return begins.filter((moment) => moment >= from && moment <= to)
}

const MOST_SHIFTS_A_DAY = 3
const hoursText = ({ weekday, from, to }: Shift): string => `${weekdayText(weekday)} ${plainClock(from)}–${plainClock(to)}`

/** Shifts that end before they begin, overlap or are too many, each named (R52). */
export const shiftsRefusal = (shifts: readonly Shift[]): Refusal | null => {
  const fields: Record<string, string> = {}
  shifts.forEach((shift, index) => {
    const same = shifts.filter((other) => other.weekday === shift.weekday)
    const overlapped = shifts.find((other, place) => place < index && other.weekday === shift.weekday && minutesOf(other.from) < minutesOf(shift.to) && minutesOf(shift.from) < minutesOf(other.to))
    if (minutesOf(shift.from) >= minutesOf(shift.to)) fields[`shifts.${index}.to`] = `${hoursText(shift)}：下班要在上班之后`
    else if (overlapped) fields[`shifts.${index}.from`] = `${hoursText(shift)} 和 ${plainClock(overlapped.from)}–${plainClock(overlapped.to)} 重了`
    else if (same.length > MOST_SHIFTS_A_DAY) fields[`shifts.${index}.weekday`] = `${weekdayText(shift.weekday)}最多分 ${MOST_SHIFTS_A_DAY} 段`
  })
  const [first] = Object.values(fields)
  return first ? refuse('INVALID_INPUT', first, fields) : null
}

const LONGEST_LEAVE_MS = 60 * DAY
const FARTHEST_LEAVE_MS = 365 * DAY
const MOST_LEAVES = 30

/** Whether somebody can take that time off: in the future, not over other leave, and not over a visit that is agreed. */
export const leaveRefusal = (technician: Pick<Technician, 'leave' | 'slots'>, { from, to }: Pick<Leave, 'from' | 'to'>, now: Date): Refusal | null => {
  const wrong = (field: 'from' | 'to', message: string) => refuse('INVALID_INPUT', message, { [field]: message })
  if (from >= to) return wrong('to', '请假的结束要在开始之后')
  if (to <= now) return wrong('to', '请假的时间已经过去了')
  if (from.getTime() > now.getTime() + FARTHEST_LEAVE_MS) return wrong('from', '最多提前一年请假')
  if (to.getTime() - from.getTime() > LONGEST_LEAVE_MS) return wrong('to', '一次最多请 60 天')
  if (technician.leave.filter((leave) => leave.to > now).length >= MOST_LEAVES) return wrong('from', `最多有 ${MOST_LEAVES} 段假，先销掉旧的`)
  const other = technician.leave.find((leave) => leave.from < to && from < leave.to)
  if (other) return wrong('from', `和 ${momentText(other.from, now)} 起的假重了`)
  const job = technician.slots.find((slot) => !slot.finishedAt && isLive(slot, now) && slot.from < to && from < slot.to)
  return job ? wrong(job.from >= from ? 'to' : 'from', `${momentText(job.from, now)} 约了一家，先改时间或退单，再请假`) : null
}

/** Most leaves that are over and still shown. */
const MOST_PAST = 10

/** Leave that is over goes after a month; of more than a few, the oldest go before. */
export const pruneLeave = (leave: readonly Leave[], now: Date): Leave[] => {
  const sorted = [...leave].sort((a, b) => a.from.getTime() - b.from.getTime())
  const past = sorted.filter((each) => each.to <= now && each.to.getTime() > now.getTime() - 30 * DAY).slice(-MOST_PAST)
  return [...past, ...sorted.filter((each) => each.to > now)]
}

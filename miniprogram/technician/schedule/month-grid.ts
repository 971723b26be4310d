import type { ScheduledJob, ScheduleView } from '../../../typings/contract'
import { formatHours } from '../../lib/time'

export interface DayCell {
  date: string
  /** The day of the month; 0 for what lies before the first. */
  day: number
  today: boolean
  chosen: boolean
  jobs: number
  onLeave: boolean
  works: boolean
  /** 假 or 休: why nothing is sent them that day; empty on a working day. Grey alone would not say it. */
  off: '' | '假' | '休'
  label: string
}

const WEEKDAYS = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日']

export const weekdayName = (weekday: number): string => WEEKDAYS[weekday] ?? ''

/** A month as weeks from Monday, blanks before the first. */
export function monthCells({ days, today, shifts }: ScheduleView, chosen: string): DayCell[] {
  const first = days[0]
  const blanks = Array.from({ length: (first?.weekday ?? 1) - 1 }, (_, index): DayCell => ({ date: `blank-${index}`, day: 0, today: false, chosen: false, jobs: 0, onLeave: false, works: false, off: '', label: '' }))
  const cells = days.map((each): DayCell => {
    const day = Number(each.date.slice(8))
    const jobs = each.jobs.length
    const works = shifts.length === 0 || each.shifts.length > 0
    const words = [`${day} 日`, weekdayName(each.weekday), jobs > 0 ? `${jobs} 家` : '', each.onLeave ? '请假' : works ? '' : '休息'].filter(Boolean)
    return { date: each.date, day, today: each.date === today, chosen: each.date === chosen, jobs, onLeave: each.onLeave, works, off: each.onLeave ? '假' : works ? '' : '休', label: words.join('，') }
  })
  return [...blanks, ...cells]
}

export interface ChosenDay {
  title: string
  second: string
  jobs: ScheduledJob[]
}

/** What a day holds: shifts, room, jobs. */
export function chosenDay({ days, today, shifts }: ScheduleView, date: string): ChosenDay {
  const day = days.find((each) => each.date === date)
  if (!day) return { title: '', second: '', jobs: [] }
  const works = day.shifts.map(({ from, to }) => formatHours(from, to)).join('、') || (shifts.length === 0 ? '没设班次' : '休息')
  return { title: `${Number(date.slice(5, 7))} 月 ${Number(date.slice(8))} 日 ${weekdayName(day.weekday)}`, second: [works, day.onLeave ? '请了假' : '', date >= today ? `还能接 ${day.room} 单` : ''].filter(Boolean).join(' · '), jobs: day.jobs }
}

/** 2026-11 and one month on or back. */
export function monthBeside(month: string, step: 1 | -1): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const moved = new Date(Date.UTC(year, number - 1 + step, 1))
  return moved.toISOString().slice(0, 7)
}

export const monthTitle = (month: string): string => `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月`

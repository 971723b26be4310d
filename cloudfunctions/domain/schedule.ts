import type { ScheduledJob, ScheduleView } from '../../typings/contract'
import type { Slot } from './order'
import { after, atClock, clockText, DAY, dayStart, isoDay, sameDay, weekdayOf, windowText } from './shanghai'
import { isLive } from './technician'
import type { Technician } from './technician'

/** What of an order a calendar shows. */
export interface JobFacts {
  orderId: string
  number: string
  title: string
  district: string
  helping: boolean
}

export type PlacedJob = JobFacts & Pick<Slot, 'from' | 'to'> & { done: boolean }

/** A month of a technician's own calendar (R52): shifts, leave, jobs by day, and how many more fit. */
export const scheduleOf = (technician: Technician, jobs: readonly PlacedJob[], month: string, now: Date): ScheduleView => ({
  month,
  today: isoDay(now),
  shifts: [...technician.shifts].sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from)),
  leave: technician.leave.map((leave) => ({ id: leave.id, from: leave.from.toISOString(), to: leave.to.toISOString(), text: windowText(leave.from, leave.to, now), reason: leave.reason, past: leave.to <= now })),
  days: daysOf(month).map((day) => {
    const own = jobs.filter((job) => sameDay(job.from, day)).sort((a, b) => a.from.getTime() - b.from.getTime())
    const booked = technician.slots.filter((slot) => isLive(slot, now) && sameDay(slot.from, day)).length
    return {
      date: isoDay(day),
      weekday: weekdayOf(day),
      jobs: own.map(jobView),
      shifts: technician.shifts.filter((shift) => shift.weekday === weekdayOf(day)).map(({ from, to }) => ({ from, to })),
      onLeave: technician.leave.some((leave) => leave.from < after(day, DAY) && day < leave.to),
      room: Math.max(0, technician.dailyCapacity - booked),
    }
  }),
  radiusMetres: technician.radiusMetres,
  dailyCapacity: technician.dailyCapacity,
})

const jobView = ({ from, to, ...facts }: PlacedJob): ScheduledJob => ({ ...facts, from: from.toISOString(), to: to.toISOString(), text: `${clockText(from)}–${clockText(to)}` })

/** Midnights of the days of a month, 2026-11. */
export const daysOf = (month: string): Date[] => {
  const first = atClock(new Date(`${month}-15T00:00:00Z`), '00:00')
  const start = after(dayStart(first), -14 * DAY)
  return Array.from({ length: 31 }, (_, index) => after(start, index * DAY)).filter((day) => isoDay(day).startsWith(month))
}

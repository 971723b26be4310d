import type { JobCard, JobsView } from '../../../typings/contract'
import { formatAgo, formatClock } from '../../lib/time'

/** What the duty card says. */
export interface DutyWords {
  title: string
  second: string
}

export function dutyWords(jobs: JobsView, now: number): DutyWords {
  if (jobs.suspended) return { title: '暂停接单', second: jobs.suspended }
  if (!jobs.onDuty) return { title: '没在岗', second: '打开开关就派单给您' }
  const place = jobs.positionAt ? `位置 ${formatAgo(jobs.positionAt, now)}` : '还没有位置'
  return { title: '在岗，听单中', second: `${place} · 接 ${formatKilometres(jobs.radiusMetres)}内的活` }
}

function formatKilometres(metres: number): string {
  return `${Number((metres / 1000).toFixed(1))} 公里`
}

/** What the line about reminders says; `low` when a top-up is due. */
export interface CreditWords {
  before: string
  count: string
  after: string
  second: string
  low: boolean
}

export function creditWords(credits: number): CreditWords {
  if (credits <= 0) return { before: '微信叫不响您了', count: '', after: '', second: '点一下，来新单才会响', low: true }
  return { before: '微信还能叫您', count: String(credits), after: '次', second: '用完了，来新单就不响', low: credits <= 3 }
}

/** A stop on today's way. */
export interface Stop {
  orderId: string
  time: string
  /** 已完, 返工 … */
  mark: string
  place: string
  title: string
  done: boolean
  /** Whether the way from here to the next stop lies behind. */
  passed: boolean
  state: JobCard['state']
}

const KIND_MARKS: Record<JobCard['kind'], string> = { repair: '', return: '返工', warranty: '保修', survey: '勘察' }

/** Today's way in order; who has no time yet comes last. */
export function stopsOf(jobs: JobCard[]): Stop[] {
  const way = [...jobs].sort((one, other) => whenOf(one) - whenOf(other))
  return way.map((job, at) => stopOf(job, way[at + 1]))
}

const whenOf = ({ appointmentAt }: JobCard): number => (appointmentAt ? Date.parse(appointmentAt) : Number.MAX_SAFE_INTEGER)

function stopOf(job: JobCard, next: JobCard | undefined): Stop {
  const done = job.doneAt !== null
  return {
    orderId: job.orderId,
    time: job.appointmentAt ? formatClock(job.appointmentAt) : '待约',
    mark: done ? '已完' : KIND_MARKS[job.kind],
    place: job.district,
    title: job.title,
    done,
    passed: done && next !== undefined && next.doneAt !== null,
    state: job.state,
  }
}

/** As many as fit side by side; the rest opens with 看路线. */
export const STOPS_SIDE_BY_SIDE = 3

/** The stretch worth showing: the last that is done, then what comes. */
export function nearestStops(stops: Stop[]): Stop[] {
  const next = stops.findIndex(({ done }) => !done)
  const anchor = next === -1 ? stops.length : next
  const from = Math.max(0, Math.min(anchor - (STOPS_SIDE_BY_SIDE - 1), stops.length - STOPS_SIDE_BY_SIDE))
  return stops.slice(from, from + STOPS_SIDE_BY_SIDE)
}

/** Offers that were not there at the last look: the phone shakes for them. */
export function freshOffers(seen: ReadonlySet<string>, jobs: JobsView): string[] {
  return jobs.offers.map(({ offerId }) => offerId).filter((id) => !seen.has(id))
}

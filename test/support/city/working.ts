/** The technicians' working life (R05, R52). */
import { byDay } from './hours'
import { asked } from './job'
import type { Code, Job } from './job'
import type { Spot, Worker } from './rules'
import type { Town } from './town'

export const goOnDuty = (town: Town, who: string, spot: Spot): Code => {
  const worker = town.worker(who)
  if (worker.suspended) return 'SUSPENDED'
  Object.assign(worker, { told: { spot, at: town.now }, onDuty: true, ...(worker.onDuty ? {} : { dutySince: town.now, freeSince: null }) } satisfies Partial<Worker>)
  return 'OK'
}

export const goOffDuty = (town: Town, who: string): Code => {
  Object.assign(town.worker(who), { told: null, onDuty: false, dutySince: null } satisfies Partial<Worker>)
  return 'OK'
}

export const report = (town: Town, who: string, spot: Spot): Code => {
  const worker = town.worker(who)
  if (!worker.onDuty) return 'OFF_DUTY'
  worker.told = { spot, at: town.now }
  return 'OK'
}

/** Who is suspended is asked no more, and nobody waits for them: without another open offer the next wave goes at once. */
export const suspend = (town: Town, who: string, suspended: boolean): Code => {
  Object.assign(town.worker(who), { suspended, decidedAt: town.now } satisfies Partial<Worker>)
  if (suspended) for (const [id, { offers }] of town.jobs) if (offers.get(who) === 'open') town.act(id, (job) => askedNoMore(town, job, who))
  return 'OK'
}

const askedNoMore = (town: Town, job: Job, who: string): Code => {
  if (job.offers.get(who) !== 'open') return 'OK'
  job.offers.set(who, 'over')
  if (job.state === 'searching' && asked(job).length === 0) job.nextWaveAt = byDay(town.now, job.request.emergency)
  return 'OK'
}

/** Not over other leave, nor over a job that is booked. */
export const takeLeave = (town: Town, who: string, from: number, to: number): Code => {
  const { leave, bookings } = town.worker(who)
  if (to <= town.now || [...leave, ...bookings].some((other) => other.from < to && from < other.to)) return 'INVALID_INPUT'
  leave.push({ from, to })
  return 'OK'
}

/** Leave that begins then; what is over stays as it was. */
export const cancelLeave = (town: Town, who: string, from: number): Code => {
  const worker = town.worker(who)
  if (worker.leave.some((leave) => leave.from === from && leave.to <= town.now)) return 'WRONG_STATE'
  worker.leave = worker.leave.filter((leave) => leave.from !== from)
  return 'OK'
}

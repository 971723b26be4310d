/** Who gets an order (R05–R09, R23). */
import { noteLateNotice } from './changing'
import { byDay } from './hours'
import { asked, close, endOffers, expected, forgetHolder, newJob, search } from './job'
import type { Code, Job } from './job'
import { callOf, firstStart, isFit } from './rules'
import type { Request } from './rules'
import type { Town } from './town'

export const file = (town: Town, request: Request): void => {
  const job = newJob(request, town.now)
  town.jobs.set(request.id, job)
  town.done(job)
}

export const claim = (town: Town, by: string, id: string): Code => {
  const [job, worker] = [town.job(id), town.worker(by)]
  if (job.holder === by) return 'OK'
  const offer = job.offers.get(by)
  if (offer === undefined) return 'NOT_FOUND'
  if (worker.suspended) return 'SUSPENDED'
  if (offer !== 'open') return offer === 'lost' ? 'TAKEN' : 'OFFER_OVER'
  const isAlone = job.askedAlone === by
  if (!worker.onDuty && !isAlone) return 'OFF_DUTY'
  if (isFit(worker, job.request, town.now) === 'INVALID_INPUT') return 'FORBIDDEN'
  const start = [null, id].includes(callOf(worker, town.now)) ? firstStart(worker, job.request, town.now, isAlone ? 'own' : 'asked') : null
  if (start === null) return 'BUSY'
  job.offers.set(by, 'over')
  endOffers(job, 'lost')
  town.take(job, by, start)
  return town.done(job)
}

export const decline = (town: Town, by: string, id: string): Code => {
  const job = town.job(id)
  const offer = job.offers.get(by)
  if (offer === undefined) return 'NOT_FOUND'
  if (offer !== 'open') return town.done(job, offer === 'declined' ? 'OK' : offer === 'lost' ? 'TAKEN' : 'OFFER_OVER')
  job.offers.set(by, 'declined')
  job.excluded.add(by)
  if (job.state === 'searching' && asked(job).length === 0) job.nextWaveAt = byDay(town.now, job.request.emergency)
  return town.done(job)
}

export const giveBack = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state === 'on_the_way' || job.state === 'arrived') return 'WRONG_STATE'
    if (job.visitAt !== null) noteLateNotice(job, town.now)
    town.release(job)
    search(job, town.now)
    return 'OK'
  })

/** Staff may send whoever can do it, on duty or not, near or far (R07). */
export const assign = (town: Town, to: string, id: string): Code => {
  const [job, worker] = [town.job(id), town.worker(to)]
  if (job.holder === to) return 'OK'
  if (job.state === 'arrived' || job.state === 'cancelled') return 'WRONG_STATE'
  const request = expected(job)
  const unfit = isFit(worker, request, town.now)
  if (unfit) return unfit
  const start = firstStart(worker, request, town.now, 'own')
  if (start === null) return 'BUSY'
  town.replay(job)
  // A helper who is now in charge stays (R47).
  job.helpers = job.helpers.filter((helper) => helper !== to)
  town.release(job)
  endOffers(job, 'over')
  job.offers.set(to, 'over')
  job.excluded.delete(to)
  town.take(job, to, start)
  return town.done(job)
}

export const cancel = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state === 'cancelled') return 'WRONG_STATE'
    town.release(job)
    forgetHolder(job)
    endOffers(job, 'over')
    Object.assign(job, { state: 'cancelled', nextWaveAt: null, quote: null, unpaidBefore: null, open: new Map() } satisfies Partial<Job>)
    return 'OK'
  })

/** Staff look farther than the technicians' own radius (R07); whoever said no is not asked again. */
export const widen = (town: Town, id: string, reach: number): Code =>
  town.act(id, (job) => {
    if (job.state !== 'searching' && job.state !== 'staff') return 'WRONG_STATE'
    endOffers(job, 'over')
    close(job, 'nobody_claims')
    search(job, town.now)
    job.request = { ...job.request, reach }
    return 'OK'
  })

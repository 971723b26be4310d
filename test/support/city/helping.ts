/** Several technicians on one job (R47): who helps has their time held like anybody's, and comes along when the visit moves if their day has room. */
import { close, isAgreed, raise } from './job'
import type { Code, Job } from './job'
import { fitsAt } from './rules'
import type { Town } from './town'

const mayHelp = (job: Job): boolean => isAgreed(job) || job.state === 'arrived'

/** Whoever has the time, near or far, of the trade or not; but nobody who is suspended, and not the homeowner themself. */
export const addHelper = (town: Town, id: string, who: string): Code =>
  town.hold(id, (job) => {
    if (!mayHelp(job) || job.holder === who) return 'WRONG_STATE'
    const worker = town.worker(who)
    if (worker.suspended) return 'SUSPENDED'
    if (worker.account === job.request.account) return 'INVALID_INPUT'
    if (!fitsAt(worker, job.request, job.visitAt!, town.now, 'own')) return 'BUSY'
    if (job.helpers.includes(who)) return 'OK'
    job.helpers.push(who)
    town.bookHelper(job, who, job.visitAt!)
    return 'OK'
  })

/** Staff let them go. */
export const removeHelper = (town: Town, id: string, who: string): Code =>
  town.act(id, (job) => {
    if (!mayHelp(job)) return 'WRONG_STATE'
    if (!job.helpers.includes(who)) return 'NOT_FOUND'
    town.dismiss(job, who)
    return 'OK'
  })

/** They cannot come: staff are to find somebody else. Who is in charge gives the job back instead. */
export const leaveCrew = (town: Town, by: string, id: string): Code => {
  const { holder, helpers } = town.job(id)
  if (holder === by) return 'WRONG_STATE'
  if (!helpers.includes(by)) return 'NOT_FOUND'
  return town.act(id, (job) => {
    if (!job.helpers.includes(by)) return 'NOT_FOUND'
    town.dismiss(job, by)
    raise(job, 'helper_out', town.now)
    return 'OK'
  })
}

/** The visit moved: whose day has no room then stays behind, and staff hear of it. */
export const moveHelpers = (town: Town, job: Job, at: number): void => {
  const lost = job.helpers.filter((who) => !fitsAt(town.worker(who), job.request, at, town.now, 'own'))
  for (const who of lost) town.dismiss(job, who)
  // Of the same new time it is known already.
  if (lost.length > 0 && !job.lostAt.has(at)) raise(job, 'helper_out', town.now)
  if (lost.length > 0) job.lostAt.add(at)
  for (const who of job.helpers) town.bookHelper(job, who, at)
}

/** Nobody is expected any more. */
export const letHelpersGo = (town: Town, job: Job): void => {
  for (const who of job.helpers) town.dismiss(job, who)
}

export const forgetLost = (job: Job): void => {
  job.lostAt.clear()
  close(job, 'helper_out')
}

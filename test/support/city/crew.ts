/** Whoever comes along (R47): asked for by the one in charge or by staff, who are nobody here. */
import { closeOne, isAgreed, raise } from './job'
import type { Code, Job } from './job'
import { fitsAt } from './rules'
import type { Town } from './town'

const mayHaveHelp = (job: Job): boolean => isAgreed(job) || job.state === 'arrived'

/** They need neither the trade nor be near or on duty, but their day must have room. */
export const addHelper = (town: Town, by: string | null, to: string, id: string): Code => {
  const notTheirs = by === null ? null : town.notTheirs(by, id)
  if (notTheirs) return notTheirs
  // What is so already is so.
  if (town.job(id).helpers.includes(to)) return 'OK'
  return town.hold(id, (job) => {
    if (!mayHaveHelp(job) || job.holder === to) return 'WRONG_STATE'
    const worker = town.worker(to)
    if (worker.suspended) return 'SUSPENDED'
    if (worker.account === job.request.account) return 'INVALID_INPUT'
    if (!fitsAt(worker, job.request, job.visitAt!, town.now, 'own')) return 'BUSY'
    job.helpers = [...job.helpers, to]
    town.book(job, to, job.visitAt!, false)
    // Who is found answers one who was lost.
    closeOne(job, 'helper_out')
    return 'OK'
  })
}

export const removeHelper = (town: Town, by: string | null, whom: string, id: string): Code => {
  if (by === null && !town.job(id).helpers.includes(whom)) return 'NOT_FOUND'
  return (
    (by === null ? null : town.notTheirs(by, id)) ??
    town.act(id, (job) => {
      if (!mayHaveHelp(job)) return 'WRONG_STATE'
      if (!job.helpers.includes(whom)) return 'NOT_FOUND'
      town.dismiss(job, [whom])
      return 'OK'
    })
  )
}

/** A helper cannot come; whoever is in charge gives the order back instead (R09). */
export const leaveCrew = (town: Town, who: string, id: string): Code => {
  const { holder, helpers } = town.job(id)
  if (holder === who) return 'WRONG_STATE'
  if (!helpers.includes(who)) return 'NOT_FOUND'
  return town.act(id, (job) => {
    town.dismiss(job, [who])
    raise(job, 'helper_out', town.now)
    return 'OK'
  })
}

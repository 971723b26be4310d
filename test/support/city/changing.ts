/** An agreed visit that cannot be kept as it is, whoever says so (R12). */
import { HOUR, MINUTE, whenStaffed } from './hours'
import { blame, close, isAgreed, search } from './job'
import type { Code, Job } from './job'
import { fitsAt } from './rules'
import type { Town } from './town'

/** An hour before T is in time; with a T that was agreed later than that, until T−10, then until T. Who has not come by T has that on record already; who waits for the money is expected by nobody (R13). */
export const noteLateNotice = (job: Job, now: number): void => {
  if (job.isStopped) return
  const [at, agreedAt] = [job.visitAt!, job.agreedAt!]
  const limit = [at - HOUR, at - 10 * MINUTE].find((moment) => moment > agreedAt) ?? at
  if (now > limit && now <= at) blame(job, 'late_notice', now, at)
}

const answered = (job: Job): void => {
  if (job.delay) job.delay.answered = true
  job.due.delete('delay_unanswered')
  close(job, 'delay_unanswered')
}

/** The new time stands at once; the homeowner has half an hour to answer, then staff phone. A delay of ours is no breach of the technician's. */
const delay = (town: Town, job: Job, at: number, isOurs: boolean): Code => {
  if (!isAgreed(job) || job.isStopped) return 'WRONG_STATE'
  const isSame = at === job.visitAt
  if (!isSame && (at <= town.now || at < job.visitAt!)) return 'INVALID_INPUT'
  if (!fitsAt(town.worker(job.holder!), job.request, at, town.now, 'own')) return 'BUSY'
  if (isSame) return 'OK'
  if (!isOurs) noteLateNotice(job, town.now)
  answered(job)
  town.setTime(job, at)
  job.delay = { to: at, answered: false }
  // By an office that opens after the new time nothing can be asked any more: then it does not wait for it.
  const asked = whenStaffed(town.now + 30 * MINUTE, job.request.emergency)
  job.due.set('delay_unanswered', asked >= at ? town.now + 30 * MINUTE : asked)
  return 'OK'
}

export const tellDelay = (town: Town, by: string, id: string, at: number): Code => town.notTheirs(by, id) ?? town.hold(id, (job) => delay(town, job, at, false))
export const tellOurDelay = (town: Town, id: string, at: number): Code => town.hold(id, (job) => delay(town, job, at, true))

/** The homeowner agrees, and names the time that they saw. */
export const agreeDelay = (town: Town, id: string, at: number): Code =>
  town.act(id, (job) => {
    if (!isAgreed(job) || !job.delay) return 'WRONG_STATE'
    if (at !== job.delay.to) return 'CONFLICT'
    answered(job)
    return 'OK'
  })

/** An earlier time leaves the technician an hour; who said that they come later cannot be had earlier, but by staff, who agreed it with them. */
const move = (town: Town, id: string, at: number, isStaff: boolean): Code =>
  town.hold(id, (job) => {
    if (!isAgreed(job) && job.state !== 'arrived') return 'WRONG_STATE'
    const isSame = at === job.visitAt
    if (!isSame && (at <= town.now || (at < job.visitAt! && at < town.now + HOUR))) return 'INVALID_INPUT'
    if (!isSame && !isStaff && job.delay && at < job.delay.to) return 'INVALID_INPUT'
    if (!fitsAt(town.worker(job.holder!), job.request, at, town.now, isStaff ? 'own' : 'asked')) return 'BUSY'
    answered(job)
    if (isSame) return 'OK'
    if (job.delay && at < job.delay.to) job.delay = null
    town.setTime(job, at)
    Object.assign(job, { state: 'scheduled', arrivedAt: null, nobodyOpens: null, reachedAt: null } satisfies Partial<Job>)
    return 'OK'
  })

export const moveByHomeowner = (town: Town, id: string, at: number): Code => move(town, id, at, false)
export const moveByStaff = (town: Town, id: string, at: number): Code => move(town, id, at, true)

/** Somebody else, while a delay waits for an answer or T has passed; who waits for the money is not late (R13). */
export const askAnother = (town: Town, id: string, from: number, to: number): Code =>
  town.act(id, (job) => {
    const isLate = (job.delay !== null && !job.delay.answered) || (job.visitAt !== null && town.now > job.visitAt)
    if (!isAgreed(job) || job.isStopped || !isLate) return 'WRONG_STATE'
    if (to <= town.now) return 'INVALID_INPUT'
    town.release(job)
    job.request = { ...job.request, from, to }
    search(job, town.now)
    return 'OK'
  })

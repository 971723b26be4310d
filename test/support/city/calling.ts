/** The call to the homeowner, and what comes of it (R10). */
import { byDay, dayOf, HOUR, MINUTE, onDay } from './hours'
import { awaitsOutcome, close, raise, startCall } from './job'
import type { Code } from './job'
import { fitsAt } from './rules'
import type { Town } from './town'

/** Pressed again within five seconds is one call; but one from the door is another than one from the way there (R15). */
const SAME_CALL_MS = 5_000

export const dial = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    const call = job.call!
    const last = call.dials.at(-1) ?? Number.NEGATIVE_INFINITY
    if (town.now - last < SAME_CALL_MS && !(job.arrivedAt !== null && last < job.arrivedAt)) return 'OK'
    call.dials.push(town.now)
    job.due.delete('late_call')
    close(job, 'late_call')
    // The retry is made: an outcome must follow within fifteen minutes, as after claiming.
    if (job.state === 'claimed' && call.retryAt !== null && town.now >= call.retryAt) {
      call.retryAt = null
      job.due.delete('no_answer')
      job.due.set('take_back', byDay(town.now, job.request.emergency) + 15 * MINUTE)
    }
    return 'OK'
  })

export const agree = (town: Town, by: string, id: string, at: number): Code => {
  const notTheirs = town.notTheirs(by, id)
  if (notTheirs) return notTheirs
  return town.hold(id, (job) => {
    if (job.holder !== by) return 'NOT_FOUND'
    if (!awaitsOutcome(job)) return 'WRONG_STATE'
    if (!fitsAt(town.worker(by), job.request, at, town.now, 'own')) return 'BUSY'
    job.state = 'scheduled'
    Object.assign(job.call!, { retryAt: null, countsFrom: town.now })
    town.setTime(job, at)
    close(job, 'late_call', 'no_answer', 'wrong_number')
    return 'OK'
  })
}

export const noAnswer = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state !== 'claimed' || !awaitsOutcome(job)) return 'WRONG_STATE'
    const call = job.call!
    call.countsFrom = town.now
    // Tried again before its time: welcome, and not the retry.
    if (call.unanswered > 0 && call.retryAt !== null) return 'OK'
    call.unanswered += 1
    job.due.clear()
    town.mayClaimAgain(job)
    const after = [10, 30][call.unanswered - 1]
    call.retryAt = after === undefined ? null : byDay(Math.max(triesFrom(call.dials[0]!, town.now, job.request.emergency) + after * MINUTE, town.now), job.request.emergency)
    if (call.retryAt === null) raise(job, 'no_answer', town.now)
    else job.due.set('no_answer', byDay(call.retryAt + 5 * MINUTE, job.request.emergency))
    return 'OK'
  })

/** The tries count from the first call; over a night, as if it had been made so that its first retry came with the morning (R10, R55). */
const triesFrom = (first: number, now: number, emergency: boolean): number => {
  const morning = onDay(dayOf(now), 7 * HOUR)
  return emergency || first >= morning || now < morning ? first : morning - 10 * MINUTE
}

/** Nobody can be reached under that number: staff find the right one, and the technician may claim others meanwhile. */
export const wrongNumber = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state !== 'claimed' || !awaitsOutcome(job)) return 'WRONG_STATE'
    const call = job.call!
    Object.assign(call, { countsFrom: town.now, retryAt: null, isWrongNumber: true })
    job.due.clear()
    town.mayClaimAgain(job)
    raise(job, 'wrong_number', town.now, `${call.since} ${call.unanswered}`)
    return 'OK'
  })

/** Staff put the number right. Whoever could not reach anybody under the old one phones again, with the same five minutes as after a claim. */
export const correctNumber = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state === 'cancelled') return 'WRONG_STATE'
    close(job, 'wrong_number', 'no_answer')
    if (job.state === 'claimed' && (job.call!.isWrongNumber || job.call!.unanswered > 0)) startCall(job, town.now, true)
    return 'OK'
  })

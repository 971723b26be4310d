/** At the door, and nobody opens (R13, R15). */
import { HOUR, MINUTE, whenStaffed } from './hours'
import { close, forgetHolder, moneyMissing, search } from './job'
import type { Code, Job } from './job'
import type { Town } from './town'

/** Packed, and gone; not before what is due is confirmed and paid (R19). */
export const setOut = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state !== 'scheduled') return 'WRONG_STATE'
    const missing = moneyMissing(job)
    if (missing) return missing
    job.state = 'on_the_way'
    return 'OK'
  })

export const arrive = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state !== 'on_the_way') return 'WRONG_STATE'
    job.state = 'arrived'
    job.arrivedAt = town.now
    // Whoever is there has answered whether the new time holds.
    if (job.delay) job.delay.answered = true
    job.due.clear()
    close(job, 'late_arrival', 'not_arrived', 'delay_unanswered')
    return 'OK'
  })

const reached = (job: Job, now: number): void => {
  Object.assign(job, { nobodyOpens: null, reachedAt: now } satisfies Partial<Job>)
}

/** What came of a call that was made from the door, and since somebody was last reached. */
export const doorCall = (town: Town, by: string, id: string, isAnswered: boolean): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state !== 'arrived') return 'WRONG_STATE'
    const called = job.call!.dials.at(-1)
    if (called === undefined || called < job.arrivedAt! || called <= (job.nobodyOpens?.lastCall ?? job.reachedAt ?? 0)) return 'WRONG_STATE'
    if (isAnswered) reached(job, town.now)
    else {
      const since = job.nobodyOpens?.since ?? called
      job.nobodyOpens = { since, lastCall: called, noteFrom: Math.max(job.visitAt!, since) + 30 * MINUTE }
    }
    return 'OK'
  })

/** The homeowner says in the app that they are there. */
export const sayAtHome = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state !== 'arrived') return 'WRONG_STATE'
    if (job.nobodyOpens) reached(job, town.now)
    return 'OK'
  })

/** The visit is over, nobody is to blame, and another waits to be booked. */
export const leaveNote = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (job.state !== 'arrived' || !job.nobodyOpens) return 'WRONG_STATE'
    if (town.now < job.nobodyOpens.noteFrom) return 'TOO_EARLY'
    town.free(job)
    Object.assign(job, { state: 'rebooking', cameLast: by, offers: new Map(), excluded: new Set() } satisfies Partial<Job>)
    forgetHolder(job)
    job.due.set('rebook_call', whenStaffed(town.now + 48 * HOUR, job.request.emergency))
    return 'OK'
  })

/** Booked again, with the one who came before the door or whoever is nearest. */
export const rebook = (town: Town, id: string, from: number, to: number, isSame: boolean): Code =>
  town.act(id, (job) => {
    if (job.state !== 'rebooking') return 'WRONG_STATE'
    if (to <= town.now) return 'INVALID_INPUT'
    job.due.clear()
    close(job, 'rebook_call')
    job.request = { ...job.request, from, to }
    search(job, town.now)
    if (isSame) job.alone = job.cameLast
    return 'OK'
  })

/** Parts that are missing before the work begins (R45). */
import { whenStaffed } from './hours'
import { close, startCall } from './job'
import type { Code, Job } from './job'
import { noteLateNotice } from './changing'
import type { Town } from './town'

/** The clocks stand still and the technician's time is theirs again; told again, it is a new date. Who was to phone has phoned first, who was to come says so in time (R12). */
export const waitForParts = (town: Town, by: string, id: string, expectedAt: number): Code =>
  town.notTheirs(by, id) ??
  town.act(id, (job) => {
    if (job.state !== 'claimed' && job.state !== 'scheduled' && job.state !== 'parts') return 'WRONG_STATE'
    if (expectedAt <= town.now) return 'INVALID_INPUT'
    if (job.state === 'claimed' && job.call!.dials.length === 0) return 'WRONG_STATE'
    if (job.state === 'scheduled') noteLateNotice(job, town.now)
    if (job.state !== 'parts') town.free(job)
    Object.assign(job, { state: 'parts', visitAt: null, agreedAt: null, delay: null, isStopped: false } satisfies Partial<Job>)
    close(job, 'late_call', 'no_answer', 'late_arrival', 'not_arrived', 'unpaid', 'delay_unanswered', 'parts_overdue')
    job.due = new Map([['parts_overdue', whenStaffed(expectedAt, job.request.emergency)]])
    return 'OK'
  })

/** They phone for a new time; nobody is blamed for a call that they did not ask for. */
export const partsCame = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state !== 'parts') return 'WRONG_STATE'
    job.state = 'claimed'
    close(job, 'parts_overdue')
    startCall(job, town.now, false)
    return 'OK'
  })

/** What is confirmed and paid before anybody sets out (R13, R17, R19, R22). */
import { close, raise, startCall } from './job'
import type { Code, Job } from './job'
import type { Town } from './town'

/** The technician quotes from the price book: the newest counts, and what was confirmed stays. */
export const sendQuote = (town: Town, by: string, id: string): Code =>
  town.asHolder(by, id, (job) => {
    if (!['claimed', 'scheduled', 'arrived'].includes(job.state) || job.quote === 'confirmed') return 'WRONG_STATE'
    job.quote = 'sent'
    close(job, 'quote_declined')
    return 'OK'
  })

/** What is confirmed once they have set out is paid before the work, anything else before setting out. */
export const confirmQuote = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state === 'cancelled') return 'WRONG_STATE'
    if (job.quote === null) return 'NOT_FOUND'
    if (job.quote === 'confirmed') return 'OK'
    if (job.quote === 'declined') return 'WRONG_STATE'
    Object.assign(job, { quote: 'confirmed', unpaidBefore: job.state === 'on_the_way' || job.state === 'arrived' ? 'work' : 'setting_out' } satisfies Partial<Job>)
    return 'OK'
  })

export const declineQuote = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state === 'cancelled' || job.quote === 'confirmed') return 'WRONG_STATE'
    if (job.quote === null) return 'NOT_FOUND'
    if (job.quote === 'declined') return 'OK'
    job.quote = 'declined'
    raise(job, 'quote_declined', town.now)
    return 'OK'
  })

/** Paid once. Who waited for it phones for a new time, with fifteen minutes to an outcome; nobody is blamed for a call that they did not ask for. */
export const pay = (town: Town, id: string): Code =>
  town.act(id, (job) => {
    if (job.state === 'cancelled') return 'WRONG_STATE'
    if (job.quote !== 'confirmed') return 'NOT_FOUND'
    if (job.unpaidBefore === null) return 'WRONG_STATE'
    job.unpaidBefore = null
    close(job, 'unpaid')
    if (!job.isStopped) return 'OK'
    Object.assign(job, { state: 'claimed', visitAt: null, agreedAt: null, delay: null, isStopped: false } satisfies Partial<Job>)
    close(job, 'delay_unanswered')
    town.dismissAll(job)
    startCall(job, town.now, false)
    return 'OK'
  })

/**
 * A city as the service standard wants it (R05–R10, R13, R42), in as few words as will do: who may be asked and who has what, which calls are late and which visits, what staff must hear of. It shares nothing
 * with the product but the figures; `commands.ts` lets both live the same life and compares them after each step.
 */
import { asked, awaitsOutcome, close, endOffers, newJob, raise, replay, search } from './job'
import type { Code, Job } from './job'
import { callOf, firstStart, fitsAt, isFit, MINUTE, nearestTwo } from './rules'
import type { Request, Worker } from './rules'

export class CityModel {
  readonly jobs = new Map<string, Job>()
  readonly workers: Map<string, Worker>
  readonly began: number
  /** Changes of workers' days that come after everything of the same pass was decided. */
  private later: (() => void)[] = []

  constructor(
    workers: readonly Worker[],
    public now: number,
  ) {
    this.began = now
    this.workers = new Map(workers.map((worker) => [worker.id, worker]))
  }

  job(id: string): Job {
    return this.jobs.get(id)!
  }

  worker(id: string): Worker {
    return this.workers.get(id)!
  }

  /** The timer: what has passed is decided for every order, each at its own time; then whose turn it is, is asked. */
  sweep(): void {
    for (const job of this.jobs.values()) this.pass(job)
    this.settle()
  }

  file(request: Request): void {
    const job = newJob(request, this.now)
    this.jobs.set(request.id, job)
    this.ask(job)
  }

  claim(by: string, id: string): Code {
    const [job, worker] = [this.job(id), this.worker(by)]
    if (job.holder === by) return 'OK'
    const offer = job.offers.get(by)
    if (offer !== 'open') return offer === undefined ? 'NOT_FOUND' : offer === 'lost' ? 'TAKEN' : 'OFFER_OVER'
    if (worker.suspended) return 'SUSPENDED'
    if (!worker.onDuty) return 'OFF_DUTY'
    const start = [null, id].includes(callOf(worker, this.now)) ? firstStart(worker, job.request, this.now) : null
    if (start === null) return 'BUSY'
    job.offers.set(by, 'over')
    endOffers(job, 'lost')
    this.take(job, by, start)
    return this.done(job)
  }

  decline(by: string, id: string): Code {
    const job = this.job(id)
    const offer = job.offers.get(by)
    if (offer === undefined) return 'NOT_FOUND'
    if (offer !== 'open') return this.done(job, offer === 'declined' ? 'OK' : offer === 'lost' ? 'TAKEN' : 'OFFER_OVER')
    job.offers.set(by, 'declined')
    job.excluded.add(by)
    if (job.state === 'searching' && asked(job).length === 0) job.nextWaveAt = this.now
    return this.done(job)
  }

  giveBack(by: string, id: string): Code {
    return this.asHolder(by, id, (job) => {
      if (job.state === 'arrived') return 'WRONG_STATE'
      this.release(job)
      search(job, this.now)
      return 'OK'
    })
  }

  assign(to: string, id: string): Code {
    const [job, worker] = [this.job(id), this.worker(to)]
    if (job.holder === to) return 'OK'
    if (job.state === 'arrived' || job.state === 'cancelled') return 'WRONG_STATE'
    const unfit = isFit(worker, job.request, this.now)
    if (unfit) return unfit
    const start = firstStart(worker, job.request, this.now)
    if (start === null) return 'BUSY'
    this.replay(job)
    this.release(job)
    endOffers(job, 'over')
    job.offers.set(to, 'over')
    job.excluded.delete(to)
    this.take(job, to, start)
    return this.done(job)
  }

  cancel(id: string): Code {
    const job = this.job(id)
    if (job.state === 'cancelled') return 'WRONG_STATE'
    this.replay(job)
    this.release(job)
    endOffers(job, 'over')
    Object.assign(job, { state: 'cancelled', nextWaveAt: null, open: [] } satisfies Partial<Job>)
    return this.done(job)
  }

  dial(by: string, id: string): Code {
    return this.asHolder(by, id, (job) => {
      const call = job.call!
      // Pressed again within five seconds is one call.
      if (this.now - (call.dials.at(-1) ?? Number.NEGATIVE_INFINITY) < 5_000) return 'OK'
      call.dials.push(this.now)
      job.due.delete('late_call')
      close(job, 'late_call')
      // The retry is made: an outcome must follow within fifteen minutes, as after claiming.
      if (call.retryAt !== null && this.now >= call.retryAt) {
        call.retryAt = null
        job.due.delete('no_answer')
        job.due.set('take_back', this.now + 15 * MINUTE)
      }
      return 'OK'
    })
  }

  agree(by: string, id: string, at: number): Code {
    const job = this.job(id)
    if (job.holder === by) this.replay(job)
    // What is refused here writes nothing down: nobody's time was held for it.
    if (job.holder !== by) return 'NOT_FOUND'
    if (!awaitsOutcome(job)) return 'WRONG_STATE'
    if (!fitsAt(this.worker(by), job.request, at, this.now)) return 'BUSY'
    job.due.clear()
    job.state = 'scheduled'
    job.visitAt = at
    job.call!.retryAt = null
    for (const [kind, due] of [['late_arrival', at - 10 * MINUTE], ['not_arrived', at]] as const) if (due > this.now) job.due.set(kind, due)
    close(job, 'late_call', 'no_answer')
    this.book(job, by, at, false)
    return this.done(job)
  }

  noAnswer(by: string, id: string): Code {
    return this.asHolder(by, id, (job) => {
      if (!awaitsOutcome(job)) return 'WRONG_STATE'
      const call = job.call!
      call.countsFrom = this.now
      // Tried again before its time: welcome, and not the retry.
      if (call.unanswered > 0 && call.retryAt !== null && this.now < call.retryAt) return 'OK'
      call.unanswered += 1
      job.due.clear()
      this.later.push(() => this.stopsCalling(by, id))
      const after = [10, 30][call.unanswered - 1]
      call.retryAt = after === undefined ? null : Math.max(call.dials[0]! + after * MINUTE, this.now)
      if (call.retryAt === null) raise(job, 'no_answer', this.now)
      else job.due.set('no_answer', call.retryAt + 5 * MINUTE)
      return 'OK'
    })
  }

  arrive(by: string, id: string): Code {
    return this.asHolder(by, id, (job) => {
      if (job.state !== 'scheduled') return 'WRONG_STATE'
      job.state = 'arrived'
      job.due.clear()
      close(job, 'late_arrival', 'not_arrived')
      return 'OK'
    })
  }

  /** A stranger's act is not heard at all; the holder's comes after what has passed is decided, and then it may be theirs no more. */
  private asHolder(by: string, id: string, act: (job: Job) => Code): Code {
    const job = this.job(id)
    if (job.holder !== by) return 'NOT_FOUND'
    this.replay(job)
    return this.done(job, job.holder === by ? act(job) : 'NOT_FOUND')
  }

  /** After whatever was done: the next wave if it is its turn, and then everybody's day. */
  private done(job: Job, code: Code = 'OK'): Code {
    this.pass(job)
    this.settle()
    return code
  }

  private settle(): void {
    for (const change of this.later.splice(0)) change()
  }

  private pass(job: Job): void {
    this.replay(job)
    if (job.nextWaveAt !== null && job.nextWaveAt <= this.now) this.ask(job)
  }

  private replay(job: Job): void {
    replay(job, this.now, () => this.release(job))
  }

  /** R07 the next two; staff when three waves have gone or nobody is left, and then the last offers stay open. */
  private ask(job: Job): void {
    const open = asked(job)
    const next = job.wave < 3 ? nearestTwo([...this.workers.values()], job.request, new Set([...job.excluded, ...open]), this.now) : []
    job.nextWaveAt = null
    if (next.length === 0) {
      job.state = 'staff'
      raise(job, 'nobody_claims', this.now)
      return
    }
    for (const id of open) {
      job.offers.set(id, 'over')
      job.excluded.add(id)
    }
    for (const id of next) job.offers.set(id, 'open')
    job.wave += 1
    job.waves += 1
    job.nextWaveAt = this.now + (job.request.emergency ? 1 : 3) * MINUTE
  }

  private take(job: Job, by: string, start: number): void {
    Object.assign(job, { state: 'claimed', holder: by, nextWaveAt: null, call: { since: this.now, dials: [], countsFrom: Number.NEGATIVE_INFINITY, unanswered: 0, retryAt: null } } satisfies Partial<Job>)
    job.due = new Map([['late_call', this.now + 5 * MINUTE], ['take_back', this.now + 15 * MINUTE]])
    close(job, 'nobody_claims', 'taken_back')
    this.book(job, by, start, true)
  }

  private book(job: Job, by: string, from: number, calling: boolean): void {
    const { id, lasts, spot } = job.request
    const until = this.now + 20 * MINUTE
    this.later.push(() => {
      const worker = this.worker(by)
      worker.bookings = [...worker.bookings.filter(({ order }) => order !== id), { order: id, from, to: from + lasts, spot }]
      if (calling) worker.calling = { order: id, until }
      else this.stopsCalling(by, id)
    })
  }

  private stopsCalling(by: string, id: string): void {
    const worker = this.worker(by)
    if (worker.calling?.order === id) worker.calling = null
  }

  /** It is not theirs any more, and they are not asked again. */
  private release(job: Job): void {
    const { holder, request } = job
    if (!holder) return
    job.excluded.add(holder)
    job.due.clear()
    Object.assign(job, { holder: null, call: null, visitAt: null } satisfies Partial<Job>)
    close(job, 'late_call', 'no_answer', 'late_arrival', 'not_arrived')
    this.later.push(() => {
      const worker = this.worker(holder)
      worker.bookings = worker.bookings.filter(({ order }) => order !== request.id)
      this.stopsCalling(holder, request.id)
    })
  }
}

/** A town of the model: its orders, its technicians and the clock. What people do in it is told in `model.ts` and beside. */
import { byDay, MINUTE } from './hours'
import { asked, close, expected, forgetHolder, raise, replay, setTime, startCall } from './job'
import type { Code, Job } from './job'
import { firstStart, fitsAt, isFit, nearestTwo } from './rules'
import type { Worker } from './rules'

export class Town {
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

  /** Somebody does something with an order, after what has passed is decided. */
  act(id: string, act: (job: Job) => Code): Code {
    const job = this.job(id)
    this.replay(job)
    return this.done(job, act(job))
  }

  /** As `act`, where somebody's time is held first: what is refused writes nothing down, not even what has passed. */
  hold(id: string, act: (job: Job) => Code): Code {
    const job = this.job(id)
    this.replay(job)
    const code = act(job)
    return code === 'OK' ? this.done(job) : code
  }

  /** A stranger's act is not heard at all; the holder's comes after what has passed is decided, and then it may be theirs no more. */
  asHolder(by: string, id: string, act: (job: Job) => Code): Code {
    return this.notTheirs(by, id) ?? this.act(id, (job) => (job.holder === by ? act(job) : 'NOT_FOUND'))
  }

  /** R40, R47 what anybody reads but the one in charge: whoever helps, that it is not for them; a stranger, nothing. */
  notTheirs(by: string, id: string): Code | null {
    const { holder, helpers } = this.job(id)
    if (holder === by) return null
    return helpers.includes(by) ? 'FORBIDDEN' : 'NOT_FOUND'
  }

  /** After whatever was done: the next wave if it is its turn, and then everybody's day. */
  done(job: Job, code: Code = 'OK'): Code {
    this.pass(job)
    this.settle()
    return code
  }

  replay(job: Job): void {
    replay(job, this.now, () => this.release(job))
  }

  private settle(): void {
    for (const change of this.later.splice(0)) change()
  }

  private pass(job: Job): void {
    this.replay(job)
    if (job.nextWaveAt !== null && job.nextWaveAt <= this.now) this.ask(job)
  }

  /** R07 the next two; staff when three waves have gone or nobody is left, and then the last offers stay open. */
  ask(job: Job): void {
    const open = asked(job)
    job.nextWaveAt = null
    if (this.askAlone(job)) return
    const next = job.wave < 3 ? nearestTwo([...this.workers.values()], job.request, new Set([...job.excluded, ...open]), this.now) : []
    if (next.length === 0) {
      job.state = 'staff'
      raise(job, 'nobody_claims', this.now)
      return
    }
    for (const id of open) {
      job.offers.set(id, 'over')
      job.excluded.add(id)
    }
    job.askedAlone = null
    job.wave += 1
    this.offer(job, next, job.request.emergency ? 1 : 3)
  }

  /** R15 whoever came the last time has it alone for half an hour, on duty or not; nobody waits for someone who cannot come. */
  private askAlone(job: Job): boolean {
    const { alone, request } = job
    job.alone = null
    if (alone === null) return false
    const worker = this.worker(alone)
    const unfit = isFit(worker, request, this.now)
    // A call that they owe another takes minutes.
    if ((unfit !== null && unfit !== 'BUSY') || firstStart(worker, request, this.now, 'own') === null) return false
    job.askedAlone = alone
    this.offer(job, [alone], 30)
    return true
  }

  private offer(job: Job, to: readonly string[], minutes: number): void {
    for (const id of to) job.offers.set(id, 'open')
    job.waves += 1
    job.nextWaveAt = byDay(this.now + minutes * MINUTE, job.request.emergency)
  }

  take(job: Job, by: string, start: number): void {
    Object.assign(job, { state: 'claimed', holder: by, nextWaveAt: null, askedAlone: null } satisfies Partial<Job>)
    startCall(job, this.now, true)
    close(job, 'nobody_claims', 'taken_back', 'rebook_call')
    this.book(job, by, start, true)
  }

  /** The visit is to be at that time: whoever comes has it held. A helper whose day has no room stays away, and staff look for somebody else (R47). */
  setTime(job: Job, at: number): void {
    setTime(job, at, this.now)
    this.book(job, job.holder!, at, false)
    const out = job.helpers.filter((id) => !fitsAt(this.worker(id), job.request, at, this.now, 'own'))
    this.dismiss(job, out)
    for (const id of out) raise(job, 'helper_out', this.now, `${at} ${id}`)
    for (const id of job.helpers) this.book(job, id, at, false)
  }

  /** They do not come along (any more). */
  dismiss(job: Job, ids: readonly string[]): void {
    job.helpers = job.helpers.filter((id) => !ids.includes(id))
    for (const id of ids) this.freeDay(job, id)
  }

  /** No time is agreed any more, or somebody else is in charge: nobody's time is kept, and nobody is looked for. */
  dismissAll(job: Job): void {
    this.dismiss(job, job.helpers)
    close(job, 'helper_out')
  }

  /** Their time is the order's; until the call has its outcome they can claim nothing else. */
  book(job: Job, by: string, from: number, calling: boolean): void {
    const { id, lasts, spot } = job.request
    const until = job.call!.since + 20 * MINUTE
    this.later.push(() => {
      const worker = this.worker(by)
      worker.bookings = [...worker.bookings.filter(({ order }) => order !== id), { order: id, from, to: from + lasts, spot }]
      if (calling) worker.calling = { order: id, until }
      else this.stopsCalling(by, id)
    })
  }

  /** "No answer" frees them for another claim. */
  mayClaimAgain(job: Job): void {
    const { holder, request } = job
    this.later.push(() => this.stopsCalling(holder!, request.id))
  }

  /** Their time is theirs again, and that of whoever was to come along. */
  free(job: Job): void {
    this.freeDay(job, job.holder!)
    this.dismissAll(job)
  }

  private freeDay({ request }: Job, id: string): void {
    this.later.push(() => {
      const worker = this.worker(id)
      worker.bookings = worker.bookings.filter(({ order }) => order !== request.id)
      this.stopsCalling(id, request.id)
    })
  }

  /** It is not theirs any more, and they are not asked again. */
  release(job: Job): void {
    if (!job.holder) return
    job.excluded.add(job.holder)
    // Whoever comes next is asked for the time that the homeowner expects.
    job.request = expected(job)
    this.free(job)
    forgetHolder(job)
    close(job, 'late_call', 'no_answer', 'wrong_number', 'late_arrival', 'not_arrived', 'unpaid', 'delay_unanswered', 'parts_overdue')
  }

  private stopsCalling(by: string, id: string): void {
    const worker = this.worker(by)
    if (worker.calling?.order === id) worker.calling = null
  }
}

/**
 * Timer triggers of cloudbaserc.json. They fire on the moved clock: by themselves as real time passes (unless `manual`), and when the
 * clock is moved. A move over several fire times makes one call a timer, as a cloud that was down would deliver late and coalesced.
 */
import { Cron } from 'croner'
import type { Cloudbaserc } from './declarations'
import type { MovedClock } from './clock'

interface Timer {
  functionName: string
  triggerName: string
  cron: Cron
  /** The last moment (ms) up to which fire times have been seen to. */
  seen: number
  running: Promise<void> | undefined
  next: NodeJS.Timeout | undefined
}

/** setTimeout cannot wait longer; it is set anew then. */
const LONGEST_WAIT = 2 ** 31 - 1

export class Timers {
  private readonly timers: Timer[]
  private closed = false

  constructor(
    cloudbaserc: Cloudbaserc,
    private readonly clock: MovedClock,
    private readonly fire: (functionName: string, event: Record<string, string>) => Promise<void>,
    private readonly manual: boolean,
  ) {
    const seen = clock.now()
    this.timers = cloudbaserc.functions.flatMap((one) =>
      one.triggers.map((trigger) => ({
        functionName: one.name,
        triggerName: trigger.name,
        // Paused: croner only tells the times. It would wait on real time.
        cron: new Cron(trigger.config, { timezone: 'Asia/Shanghai', sloppyRanges: true, paused: true }),
        seen,
        running: undefined,
        next: undefined,
      })),
    )
  }

  /** Begins to fire by itself, unless `manual`. */
  open(): void {
    if (!this.manual) for (const timer of this.timers) this.wait(timer)
  }

  /** Fires what is due by now, each timer once, and waits until all of that is done. */
  async catchUp(): Promise<void> {
    await Promise.all(this.timers.map((timer) => this.run(timer)))
  }

  /** Fires no more. What runs is not waited for. */
  close(): void {
    this.closed = true
    for (const timer of this.timers) {
      clearTimeout(timer.next)
      timer.cron.stop()
    }
  }

  private async run(timer: Timer): Promise<void> {
    // A run that began before the move may have looked at the old time: wait for it, then look again.
    await timer.running
    if (this.closed || this.dueAt(timer) === undefined) return
    const now = this.clock.now()
    timer.seen = now
    timer.running = this.fire(timer.functionName, {
      Type: 'Timer',
      TriggerName: timer.triggerName,
      Time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
      Message: '',
    }).finally(() => {
      timer.running = undefined
    })
    await timer.running
  }

  /** The first fire time after what was seen, if it has come. */
  private dueAt(timer: Timer): number | undefined {
    const next = timer.cron.nextRun(new Date(timer.seen))?.getTime()
    return next !== undefined && next <= this.clock.now() ? next : undefined
  }

  private wait(timer: Timer): void {
    const next = timer.cron.nextRun(new Date(Math.max(timer.seen, this.clock.now())))?.getTime()
    if (next === undefined || this.closed) return
    clearTimeout(timer.next)
    timer.next = setTimeout(
      () => {
        void this.run(timer).finally(() => this.wait(timer))
      },
      Math.min(Math.max(next - this.clock.now(), 0), LONGEST_WAIT),
    )
  }

  /** After a move the waiting times are wrong: count them anew. */
  rearm(): void {
    if (this.manual) return
    for (const timer of this.timers) {
      clearTimeout(timer.next)
      this.wait(timer)
    }
  }
}

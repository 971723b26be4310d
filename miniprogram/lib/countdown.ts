import { serverNow } from './server-clock'

export interface CountdownOptions {
  /** ms since 1970 UTC by the server's clock. */
  endsAt: number
  /** Called at once and then each second with what is left, ms ≥ 0. */
  onTick: (leftMs: number) => void
  /** Called once when the end is reached while counting; not when it was over before it began. */
  onOver?: () => void
}

/**
 * Counts to an end time by the server's clock. What is left is always `endsAt − now`, never decremented, so that a phone that
 * slept shows the right figure at once. Stop it in `detached` / `onHide`.
 */
export class CountdownTimer {
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly options: CountdownOptions) {}

  start(): void {
    this.stop()
    if (this.left() > 0) this.tick()
    else this.options.onTick(0)
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private left(): number {
    return Math.max(0, this.options.endsAt - serverNow())
  }

  private tick(): void {
    const left = this.left()
    this.options.onTick(left)
    if (left > 0) {
      // To the next full second, so that figures change evenly and 0:00 falls on the end itself.
      this.timer = setTimeout(() => this.tick(), left % 1000 || 1000)
      return
    }
    this.timer = null
    this.options.onOver?.()
  }
}

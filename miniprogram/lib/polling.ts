/** Asks again and again while a page is shown: the mini-program has no push, so whoever waits looks (R41). */
export interface PollingOptions {
  /** ms until the next look; null when nothing is waited for. Asked anew after each look. */
  everyMs: () => number | null
  /** One look. A failure makes the next pause longer, up to a minute. */
  look: () => Promise<void>
}

const LONGEST_PAUSE_MS = 60_000

export class Polling {
  private timer: ReturnType<typeof setTimeout> | null = null
  private running = false
  private failures = 0

  constructor(private readonly options: PollingOptions) {}

  /** Starts, or starts the pause anew when it runs already (after a button's answer has changed what is waited for). */
  start(): void {
    if (!this.running) this.failures = 0
    this.running = true
    this.schedule()
  }

  stop(): void {
    this.running = false
    this.cancel()
  }

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private schedule(): void {
    this.cancel()
    const every = this.options.everyMs()
    if (!this.running || every === null) return
    const pause = Math.min(every * 2 ** this.failures, Math.max(every, LONGEST_PAUSE_MS))
    this.timer = setTimeout(() => void this.lookOnce(), pause)
  }

  private async lookOnce(): Promise<void> {
    this.timer = null
    try {
      await this.options.look()
      this.failures = 0
    } catch {
      this.failures += 1
    }
    // A start() during the look has scheduled already.
    if (this.timer === null) this.schedule()
  }
}

/** How much real time a run has left. Moved clocks do not touch it. */
export class Budget {
  private readonly endsAt: number

  constructor(ms: number) {
    this.endsAt = performance.now() + ms
  }

  get leftMs(): number {
    return Math.max(0, this.endsAt - performance.now())
  }

  get isSpent(): boolean {
    return this.leftMs === 0
  }
}

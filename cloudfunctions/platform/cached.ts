/** Something that changes seldom, kept by this instance for a while. Each instance reads it anew once that time is over; who asks meanwhile waits for the same answer. */
export class Cached<Value> {
  private kept: { value: Value; until: number } | null = null
  /** Those who ask at the same time read once. */
  private loading: Promise<Value> | null = null

  constructor(
    private readonly ms: number,
    private readonly load: () => Promise<Value>,
  ) {}

  async get(): Promise<Value> {
    if (this.kept && Date.now() < this.kept.until) return this.kept.value
    if (this.loading) return this.loading
    const loading = this.load()
    this.loading = loading
    try {
      const value = await loading
      // Forgotten meanwhile: what was on its way may be out of date already.
      if (this.loading === loading) this.kept = { value, until: Date.now() + this.ms }
      return value
    } finally {
      if (this.loading === loading) this.loading = null
    }
  }

  forget(): void {
    this.kept = null
    this.loading = null
  }
}

/** How long settings, price book, standards and the registers of operators and technicians may be out of date (docs/decisions). */
export const REGISTER_MS = 10_000

/** Something that changes seldom, kept by this instance for a while. Each instance reads it anew once that time is over. */
export class Cached<Value> {
  private kept: { value: Value; until: number } | null = null

  constructor(
    private readonly ms: number,
    private readonly load: () => Promise<Value>,
  ) {}

  async get(): Promise<Value> {
    if (this.kept && Date.now() < this.kept.until) return this.kept.value
    const value = await this.load()
    this.kept = { value, until: Date.now() + this.ms }
    return value
  }

  forget(): void {
    this.kept = null
  }
}

/** How long settings, price book, standards and the registers of operators and technicians may be out of date (docs/decisions). */
export const REGISTER_MS = 10_000

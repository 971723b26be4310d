/**
 * What an action is about, read while it is found out who calls: it costs no trip of its own. An instance serves one call at a time. Nothing is told to whoever turns out to be
 * nobody.
 */
export class ReadAhead<Document> {
  private underWay: { ref: string; document: Promise<Document | null> } | null = null

  constructor(private readonly read: (ref: string) => Promise<Document | null>) {}

  /** Null: the call names none. */
  start(ref: string | null): void {
    this.underWay = ref === null ? null : { ref, document: this.read(ref) }
    // Looked at only if the action asks for it.
    this.underWay?.document.catch(() => undefined)
  }

  /** Read ahead or now, without using up what was read ahead. */
  look(ref: string): Promise<Document | null> {
    return this.underWay?.ref === ref ? this.underWay.document : this.read(ref)
  }

  /** Read ahead or now; asked again, it is read anew. */
  take(ref: string): Promise<Document | null> {
    const found = this.look(ref)
    this.underWay = null
    return found
  }
}

/** The text under `key` of an input that nobody has checked yet. */
export const textIn = (input: unknown, key: string): unknown => (typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[key] : undefined)

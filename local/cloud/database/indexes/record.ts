import { encode } from '../values/ejson-encode'
import type { Doc } from '../values/value'

/** A stored document. Immutable: a change makes a new record with the same `seq`. */
export class DocRecord {
  /**
   * @param seq place in insertion order
   * @param key order key of `_id`: the document's identity
   * @param written its canonical EJSON, if that is at hand; else it is made when first asked for
   */
  constructor(
    readonly seq: number,
    readonly key: string,
    readonly doc: Doc,
    private written?: string,
  ) {}

  /** Canonical EJSON, as it lies on disk and goes to the SDKs. */
  get text(): string {
    return (this.written ??= encode(this.doc))
  }
}

import type { Doc } from '../values/value'

/** A stored document. Immutable: a change makes a new record with the same `seq` (its place in insertion order). */
export interface DocRecord {
  readonly seq: number
  /** Order key of `_id`: the document's identity. */
  readonly key: string
  readonly doc: Doc
  /** Canonical EJSON, as it lies on disk and goes to the SDKs. */
  readonly text: string
}

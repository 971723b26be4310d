import { indexKeys, type KeyField } from './index-keys'
import type { DocRecord } from './record'
import { SortedKeys } from './sorted-keys'

type Bucket = DocRecord | DocRecord[]

/** An index in memory: equality by hash, ranges and order by sorted keys that are made when first needed. */
export class OrderedIndex {
  /** A document once held an array in an indexed field: bounds on one field may then come from different elements. */
  multikey = false
  private readonly buckets = new Map<string, Bucket>()
  private sorted: SortedKeys | undefined

  constructor(
    readonly name: string,
    readonly fields: readonly KeyField[],
    readonly unique: boolean,
  ) {}

  add(record: DocRecord): void {
    const { keys, multikey } = indexKeys(this.fields, record.doc)
    if (multikey) this.multikey = true
    for (const key of keys) this.addKey(key, record)
  }

  /** Adds it unless the index is unique and one of its keys is taken. @returns whether it was added */
  addIfFree(record: DocRecord): boolean {
    const { keys, multikey } = indexKeys(this.fields, record.doc)
    if (this.unique && keys.some((key) => this.buckets.has(key))) return false
    if (multikey) this.multikey = true
    for (const key of keys) this.addKey(key, record)
    return true
  }

  remove(record: DocRecord): void {
    for (const key of indexKeys(this.fields, record.doc).keys) this.removeKey(key, record)
  }

  /** Puts `next` in the place of `old`, which has the same `seq`. */
  replace(old: DocRecord, next: DocRecord): void {
    const before = indexKeys(this.fields, old.doc)
    const after = indexKeys(this.fields, next.doc)
    if (after.multikey) this.multikey = true
    const kept = new Set(after.keys)
    for (const key of before.keys) {
      if (kept.delete(key)) this.swap(key, old, next)
      else this.removeKey(key, old)
    }
    for (const key of kept) this.addKey(key, next)
  }

  /** Records under one full key, in insertion order. */
  at(key: string): readonly DocRecord[] {
    const bucket = this.buckets.get(key)
    return bucket === undefined ? [] : Array.isArray(bucket) ? bucket : [bucket]
  }

  /** Records whose key lies in [low, high), by key and then insertion order. */
  *range(low: string, high: string, direction: 1 | -1): Generator<DocRecord> {
    this.sorted ??= new SortedKeys(this.buckets.keys())
    for (const key of direction === 1 ? this.sorted.up(low, high) : this.sorted.down(low, high)) yield* this.at(key)
  }

  private addKey(key: string, record: DocRecord): void {
    const bucket = this.buckets.get(key)
    if (bucket === undefined) {
      this.buckets.set(key, record)
      this.sorted?.add(key)
    } else if (Array.isArray(bucket)) bucket.splice(placeOf(bucket, record.seq), 0, record)
    else this.buckets.set(key, bucket.seq < record.seq ? [bucket, record] : [record, bucket])
  }

  private swap(key: string, old: DocRecord, next: DocRecord): void {
    const bucket = this.buckets.get(key)
    if (Array.isArray(bucket)) bucket[placeOf(bucket, old.seq)] = next
    else this.buckets.set(key, next)
  }

  private removeKey(key: string, record: DocRecord): void {
    const bucket = this.buckets.get(key)
    if (Array.isArray(bucket)) {
      const at = placeOf(bucket, record.seq)
      if (bucket[at]?.seq === record.seq) bucket.splice(at, 1)
      if (bucket.length > 0) return
    } else if (bucket?.seq !== record.seq) return
    this.buckets.delete(key)
    this.sorted?.remove(key)
  }
}

/** Where a record of that `seq` stands, or would stand, in the bucket. */
function placeOf(bucket: readonly DocRecord[], seq: number): number {
  const last = bucket[bucket.length - 1]
  if (last && last.seq < seq) return bucket.length
  let [low, high] = [0, bucket.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bucket[middle] as DocRecord).seq < seq) low = middle + 1
    else high = middle
  }
  return low
}

import { duplicateWrite } from '../cloud-error'
import { encode } from '../values/ejson-encode'
import type { Doc } from '../values/value'
import type { IndexDeclaration } from './declaration'
import { GeoIndex } from './geo-index'
import { indexKeys, type KeyField } from './index-keys'
import { OrderedIndex } from './ordered-index'
import type { DocRecord } from './record'

/** A collection in memory: its documents in insertion order and its indexes. */
export class Collection {
  readonly records = new Map<number, DocRecord>()
  readonly ids = new OrderedIndex('_id_', [{ field: '_id', direction: 1 }], true)
  readonly ordered: OrderedIndex[] = [this.ids]
  readonly geo: GeoIndex[] = []
  private lastSeq = 0

  constructor(
    readonly name: string,
    /** Stands for the name in keys on disk. */
    readonly number: number,
  ) {}

  get(key: string): DocRecord | undefined {
    return this.ids.at(key)[0]
  }

  nextSeq(): number {
    return ++this.lastSeq
  }

  hasIndex(name: string): boolean {
    return this.ordered.some((index) => index.name === name) || this.geo.some((index) => index.name === name)
  }

  /**
   * Builds an index over what is stored; an index of that name is left as it is.
   * @throws CloudError DATABASE_DUPLICATE_WRITE when it is to be unique and the documents are not
   */
  addIndex(declaration: IndexDeclaration): void {
    if (this.hasIndex(declaration.name)) return
    const place = declaration.keys.find((key) => key.direction === '2dsphere')
    if (place) {
      const index = new GeoIndex(declaration.name, place.field)
      for (const record of this.records.values()) index.add(record)
      this.geo.push(index)
      return
    }
    const fields = declaration.keys.map((key): KeyField => ({ field: key.field, direction: key.direction === -1 ? -1 : 1 }))
    const index = new OrderedIndex(declaration.name, fields, declaration.unique ?? false)
    for (const record of this.records.values()) {
      if (!index.addIfFree(record)) throw duplicateWrite(this.name, index.name, shownKey(fields, record.doc))
    }
    this.ordered.push(index)
  }

  /** Puts `next` in the place of `old` (of the same `seq`); either may be absent. */
  exchange(old: DocRecord | undefined, next: DocRecord | undefined): void {
    for (const index of this.ordered) {
      if (old && next) index.replace(old, next)
      else if (old) index.remove(old)
      else if (next) index.add(next)
    }
    for (const index of this.geo) {
      if (old) index.remove(old)
      if (next) index.add(next)
    }
    if (next) {
      this.records.set(next.seq, next)
      if (next.seq > this.lastSeq) this.lastSeq = next.seq
    } else if (old) this.records.delete(old.seq)
  }

  /** @throws CloudError DATABASE_REQUEST_FAILED when some index cannot hold the document */
  checkIndexable(doc: Doc): void {
    for (const index of this.geo) index.check(doc)
    for (const index of this.ordered) if (index !== this.ids) indexKeys(index.fields, doc)
  }
}

/** The key as E11000 messages show it. */
export function shownKey(fields: readonly KeyField[], doc: Doc): string {
  const values = fields.map(({ field }) => {
    let value: unknown = doc
    for (const part of field.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[part]
    return `${field}: ${encode((value ?? null) as Doc)}`
  })
  return `{ ${values.join(', ')} }`
}

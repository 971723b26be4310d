import { collectionExists, collectionMissing, invalidParam, transactionConflict } from '../cloud-error'
import type { CollectionDeclaration, IndexDeclaration } from '../indexes/declaration'
import { Collection } from '../indexes/collection'
import { DocRecord } from '../indexes/record'
import { decodeDoc } from '../values/ejson-decode'
import { orderKey } from '../values/order-key'
import { Disk, type CollectionMeta, type DiskWrite } from './disk'
import { documentLock, Transactions, type Change, type Transaction } from './transactions'
import { checkUnique, refuseForeign } from './unique'

/** Documents in memory and on disk, with their locks: everything that changes goes through `write` or `commit`. */
export class Engine {
  readonly transactions = new Transactions()
  private readonly disk: Disk
  private readonly byName = new Map<string, Collection>()
  private meta: CollectionMeta[]

  constructor(path: string, declared: readonly CollectionDeclaration[]) {
    this.disk = new Disk(path)
    this.meta = this.disk.collections()
    for (const { name, number } of this.meta) this.load(name, number)
    for (const { name } of declared) this.createIfMissing(name)
    for (const { name, indexes } of declared) for (const index of indexes) this.collection(name).addIndex(index)
    for (const { name, indexes } of this.meta) for (const index of indexes) this.collection(name).addIndex(index)
  }

  private load(name: string, number: number): void {
    const collection = new Collection(name, number)
    for (const { seq, text } of this.disk.documents(number)) {
      const doc = decodeDoc(text, 0, 'document')
      collection.exchange(undefined, new DocRecord(seq, orderKey(doc._id), doc))
    }
    this.byName.set(name, collection)
  }

  /** @throws CloudError DATABASE_COLLECTION_NOT_EXIST: nothing is created on the way */
  collection(name: string): Collection {
    const found = this.byName.get(name)
    if (!found) throw collectionMissing(name)
    return found
  }

  names(): string[] {
    return [...this.byName.keys()]
  }

  createIfMissing(name: string): void {
    if (!this.byName.has(name)) this.create(name)
  }

  /** @throws CloudError DATABASE_COLLECTION_ALREADY_EXIST, INVALID_PARAM */
  create(name: string): void {
    if (!/^[^$\p{C}\s.][^$\p{C}\s]{0,119}$/u.test(name)) throw invalidParam(`Invalid collection name: ${name}`)
    if (this.byName.has(name)) throw collectionExists(name)
    const number = Math.max(0, ...this.meta.map((each) => each.number)) + 1
    this.saveMeta([...this.meta, { name, number, indexes: [] }])
    this.byName.set(name, new Collection(name, number))
  }

  /** Adds an index and remembers it; the same name again changes nothing. */
  createIndex(name: string, index: IndexDeclaration): void {
    const collection = this.collection(name)
    if (collection.hasIndex(index.name)) return
    collection.addIndex(index)
    this.saveMeta(this.meta.map((each) => (each.name === name ? { ...each, indexes: [...each.indexes, index] } : each)))
  }

  private saveMeta(meta: CollectionMeta[]): void {
    this.disk.saveCollections(meta)
    this.meta = meta
  }

  /** The document as this reader sees it. */
  read(collection: Collection, key: string, transaction: Transaction | undefined): DocRecord | undefined {
    const overlay = transaction?.overlay(collection)
    const own = overlay?.get(key)
    return own === undefined ? collection.get(key) : (own ?? undefined)
  }

  /**
   * Puts changes of one collection through, all or none: to disk and memory at once, or into the transaction.
   * @throws Locked (plain writes) · CloudError DATABASE_TRANSACTION_CONFLICT, DATABASE_DUPLICATE_WRITE
   */
  write(collection: Collection, changes: readonly Change[], transaction: Transaction | undefined): void {
    if (changes.length === 0) return
    for (const { key } of changes) {
      refuseForeign(this.transactions.holder(documentLock(collection, key)), transaction)
      if (transaction?.changedByOthers(collection, key)) throw transactionConflict()
    }
    for (const { next } of changes) if (next) collection.checkIndexable(next.doc)
    const keys = checkUnique(collection, changes, this.transactions, transaction)
    if (!transaction) {
      this.put(changes, undefined)
      return
    }
    for (const change of changes) {
      this.transactions.take(documentLock(collection, change.key), transaction)
      transaction.noteWrite(change)
    }
    for (const key of keys) this.transactions.take(key, transaction)
  }

  /** Makes a transaction's writes everybody's, in one step, and ends it. */
  commit(transaction: Transaction): void {
    const changes: Change[] = []
    for (const [collection, overlay] of transaction.writes) {
      for (const [key, next] of overlay) changes.push(...asPlaces({ collection, key, old: collection.get(key), next: next ?? undefined }))
    }
    try {
      this.put(changes, transaction)
    } finally {
      this.transactions.end(transaction)
    }
  }

  /** Disk first: if it fails, memory has not moved. */
  private put(changes: readonly Change[], by: Transaction | undefined): void {
    const writes: DiskWrite[] = []
    for (const { collection, old, next } of changes) {
      const record = next ?? old
      if (record) writes.push({ collection: collection.number, seq: record.seq, text: next ? next.text : null })
    }
    this.disk.commit(writes)
    this.transactions.preserve(changes, by)
    for (const { collection, old, next } of changes) collection.exchange(old, next)
  }

  async close(): Promise<void> {
    this.transactions.endAll()
    await this.disk.close()
  }
}

/** Removed and added again under the same `_id`: the new document stands in another place than the old one. */
function asPlaces(change: Change): Change[] {
  const { old, next } = change
  if (!old || !next || old.seq === next.seq) return [change]
  return [
    { ...change, next: undefined },
    { ...change, old: undefined },
  ]
}

import { randomBytes } from 'node:crypto'
import { transactionMissing } from '../cloud-error'
import type { Collection } from '../indexes/collection'
import type { DocRecord } from '../indexes/record'

/** A transaction ends by itself after this long, in real time, whatever the moved clock says. */
const TRANSACTION_MS = 30_000

/** Documents by identity; `null` = not there. */
export type Overlay = Map<string, DocRecord | null>

/** A change of one document that is being put through. */
export interface Change {
  collection: Collection
  key: string
  old: DocRecord | undefined
  next: DocRecord | undefined
}

export class Transaction {
  readonly id = randomBytes(16).toString('hex')
  /** The snapshot exists: the first operation has been made. */
  begun = false
  /** What it has written, for itself alone until it commits. */
  readonly writes = new Map<Collection, Overlay>()
  /** How documents stood at the snapshot that others have changed since. */
  readonly before = new Map<Collection, Overlay>()
  readonly locks: string[] = []
  readonly released: Promise<void>
  private release: () => void = () => undefined

  constructor() {
    this.released = new Promise((resolve) => (this.release = resolve))
  }

  /** What differs from the committed state in this transaction's eyes. */
  overlay(collection: Collection): Overlay {
    const before = this.before.get(collection)
    const writes = this.writes.get(collection)
    if (!before) return writes ?? new Map()
    return new Map([...before, ...(writes ?? [])])
  }

  changedByOthers(collection: Collection, key: string): boolean {
    return this.before.get(collection)?.has(key) ?? false
  }

  noteWrite(change: Change): void {
    overlayOf(this.writes, change.collection).set(change.key, change.next ?? null)
  }

  /** Another client's committed change: keep what the snapshot saw. */
  noteForeign(change: Change): void {
    const before = overlayOf(this.before, change.collection)
    if (!before.has(change.key)) before.set(change.key, change.old ?? null)
  }

  free(): void {
    this.release()
  }
}

function overlayOf(map: Map<Collection, Overlay>, collection: Collection): Overlay {
  const known = map.get(collection)
  if (known) return known
  const made: Overlay = new Map()
  map.set(collection, made)
  return made
}

/** The running transactions and the locks that they hold. */
export class Transactions {
  private readonly running = new Map<string, { transaction: Transaction; expiry: NodeJS.Timeout }>()
  private readonly locks = new Map<string, Transaction>()

  begin(): string {
    const transaction = new Transaction()
    const expiry = setTimeout(() => this.end(transaction), TRANSACTION_MS)
    expiry.unref()
    this.running.set(transaction.id, { transaction, expiry })
    return transaction.id
  }

  /**
   * The transaction, its snapshot taken now if this is its first operation.
   * @throws CloudError DATABASE_TRANSACTION_FAIL when it is unknown, ended or expired
   */
  use(id: string): Transaction {
    const transaction = this.find(id)
    transaction.begun = true
    return transaction
  }

  find(id: string): Transaction {
    const found = this.running.get(id)
    if (!found) throw transactionMissing()
    return found.transaction
  }

  /** Ends it: locks are free, whoever waits goes on. */
  end(transaction: Transaction): void {
    const found = this.running.get(transaction.id)
    if (!found) return
    clearTimeout(found.expiry)
    this.running.delete(transaction.id)
    for (const lock of transaction.locks) this.locks.delete(lock)
    transaction.free()
  }

  endAll(): void {
    for (const { transaction } of [...this.running.values()]) this.end(transaction)
  }

  holder(lock: string): Transaction | undefined {
    return this.locks.get(lock)
  }

  take(lock: string, transaction: Transaction): void {
    if (this.locks.get(lock) === transaction) return
    this.locks.set(lock, transaction)
    transaction.locks.push(lock)
  }

  /** Tells every other snapshot what is about to change. */
  preserve(changes: readonly Change[], except: Transaction | undefined): void {
    for (const { transaction } of this.running.values()) {
      if (!transaction.begun || transaction === except) continue
      for (const change of changes) transaction.noteForeign(change)
    }
  }
}

export const documentLock = (collection: Collection, key: string): string => `${collection.number}:${key}`
export const uniqueLock = (collection: Collection, index: string, key: string): string => `${collection.number}/${index}/${key}`

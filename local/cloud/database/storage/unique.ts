import { duplicateWrite, transactionConflict } from '../cloud-error'
import { shownKey, type Collection } from '../indexes/collection'
import { indexKeys } from '../indexes/index-keys'
import type { OrderedIndex } from '../indexes/ordered-index'
import type { DocRecord } from '../indexes/record'
import { Locked } from './locked'
import { documentLock, uniqueLock, type Change, type Overlay, type Transaction, type Transactions } from './transactions'

/**
 * Holds the changes of one collection against its unique indexes, together with what the transaction has already written.
 * @returns the key locks that a transaction must take with them
 * @throws CloudError DATABASE_DUPLICATE_WRITE; DATABASE_TRANSACTION_CONFLICT or Locked when another transaction has a hand in the key
 */
export function checkUnique(
  collection: Collection,
  changes: readonly Change[],
  transactions: Transactions,
  transaction: Transaction | undefined,
): string[] {
  const pending: Overlay = new Map(transaction?.writes.get(collection))
  for (const change of changes) pending.set(change.key, change.next ?? null)
  const locks: string[] = []
  for (const index of collection.ordered) {
    if (!index.unique) continue
    const owners = pendingOwners(index, pending)
    for (const { next } of changes) {
      if (!next) continue
      for (const key of indexKeys(index.fields, next.doc).keys) {
        const lock = uniqueLock(collection, index.name, key)
        refuseForeign(transactions.holder(lock), transaction)
        checkKey(collection, index, key, next, owners, pending, transactions, transaction)
        locks.push(lock)
      }
    }
  }
  return locks
}

/** Who holds which key among the documents that are not committed yet. */
function pendingOwners(index: OrderedIndex, pending: Overlay): Map<string, DocRecord[]> {
  const owners = new Map<string, DocRecord[]>()
  for (const record of pending.values()) {
    if (!record) continue
    for (const key of indexKeys(index.fields, record.doc).keys) {
      const known = owners.get(key)
      if (known) known.push(record)
      else owners.set(key, [record])
    }
  }
  return owners
}

function checkKey(
  collection: Collection,
  index: OrderedIndex,
  key: string,
  next: DocRecord,
  owners: Map<string, DocRecord[]>,
  pending: Overlay,
  transactions: Transactions,
  transaction: Transaction | undefined,
): void {
  const duplicate = (): Error => duplicateWrite(collection.name, index.name, shownKey(index.fields, next.doc))
  if (owners.get(key)?.some((record) => record.key !== next.key)) throw duplicate()
  for (const holder of index.at(key)) {
    if (holder.key === next.key || pending.has(holder.key)) continue
    refuseForeign(transactions.holder(documentLock(collection, holder.key)), transaction)
    // Committed after the snapshot: the transaction cannot see it, so it has lost a race rather than made a mistake.
    if (transaction?.changedByOthers(collection, holder.key)) throw transactionConflict()
    throw duplicate()
  }
}

/** Another transaction holds it: a transaction has lost, a plain write waits. */
export function refuseForeign(holder: Transaction | undefined, self: Transaction | undefined): void {
  if (!holder || holder === self) return
  throw self ? transactionConflict() : new Locked(holder)
}

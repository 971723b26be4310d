import { open, type RootDatabase } from 'lmdb'
import type { IndexDeclaration } from '../indexes/declaration'

/** What is known of a collection besides its documents. */
export interface CollectionMeta {
  name: string
  number: number
  /** Indexes made at run time; declared ones come from their declaration at each start. */
  indexes: IndexDeclaration[]
}

/** One document to write (`text` = its EJSON) or to remove (`null`). */
export interface DiskWrite {
  collection: number
  seq: number
  text: string | null
}

const META = 'collections'

/**
 * The documents on disk: LMDB, one entry a document, in insertion order.
 *
 * Every write is in the operating system's hands before it is acknowledged, so that a killed process loses nothing; `noSync` leaves the
 * flush to the disk itself to the system, so a power cut may lose the last moments (never half a write: LMDB turns pages over as a whole).
 */
export class Disk {
  private readonly root: RootDatabase<string, (string | number)[] | string>

  constructor(path: string) {
    this.root = open<string, (string | number)[] | string>({ path, encoding: 'string', noSync: true, compression: false })
  }

  collections(): CollectionMeta[] {
    const text = this.root.get(META)
    return text === undefined ? [] : (JSON.parse(text) as CollectionMeta[])
  }

  saveCollections(list: CollectionMeta[]): void {
    this.root.putSync(META, JSON.stringify(list))
  }

  *documents(collection: number): Generator<{ seq: number; text: string }> {
    for (const { key, value } of this.root.getRange({ start: [collection], end: [collection + 1] })) {
      const seq = key[1]
      if (typeof seq === 'number') yield { seq, text: value }
    }
  }

  /** All of it or nothing. */
  commit(writes: readonly DiskWrite[]): void {
    if (writes.length === 0) return
    this.root.transactionSync(() => {
      for (const { collection, seq, text } of writes) {
        if (text === null) this.root.removeSync([collection, seq])
        else this.root.putSync([collection, seq], text)
      }
    })
  }

  close(): Promise<void> {
    return this.root.close()
  }
}

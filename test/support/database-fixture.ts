import type { CollectionDeclaration, IndexDeclaration } from '../../local/cloud/database'
import { DatabaseProcess } from './start-database'

export type NodeDatabase = ReturnType<DatabaseProcess['connect']>
/** A document as tests look at it: whatever came back. */
export type Row = Record<string, unknown>

let made = 0

/** A database process for one test file, and fresh collections for its tests. */
export class DatabaseFixture {
  private constructor(
    readonly server: DatabaseProcess,
    readonly db: NodeDatabase,
  ) {}

  static async start(collections: CollectionDeclaration[] = [], strictIndexes = false): Promise<DatabaseFixture> {
    const server = await DatabaseProcess.start({ collections, strictIndexes })
    return new DatabaseFixture(server, server.connect())
  }

  /** A new collection that holds these documents. */
  async with(...docs: object[]): Promise<ReturnType<NodeDatabase['collection']>> {
    const name = `c${++made}`
    await this.db.createCollection(name)
    if (docs.length > 0) await this.db.collection(name).add(docs)
    return this.db.collection(name)
  }

  /** `_id`s of the documents that a raw MongoDB query finds, in the order found. */
  async idsOf(collection: { name: string }, query: object): Promise<unknown[]> {
    const found = await this.db.collection(collection.name).options({ raw: true }).where(query).limit(1000).get()
    return (found.data as Row[]).map((doc) => doc._id)
  }

  stop(): Promise<void> {
    return this.server.stop()
  }
}

export const index = (field: string, direction: 1 | -1 | '2dsphere' = 1, unique = false): IndexDeclaration => ({
  name: `${field}_${direction}`,
  keys: [{ field, direction }],
  unique,
})

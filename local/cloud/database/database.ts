import { performance } from 'node:perf_hooks'
import { ACTIONS, type Answer, type Params } from './actions'
import { baseEnv } from './aggregate/env'
import { invalidParam } from './cloud-error'
import type { CollectionDeclaration, IndexDeclaration } from './indexes/declaration'
import { Operations } from './operations'
import { Engine } from './storage/engine'
import { decodeDoc, decodeParsed } from './values/ejson-decode'
import { plain } from './values/plain'
import { isDoc, type Doc } from './values/value'

export interface DatabaseOptions {
  /** Folder of the LMDB files; made if missing. */
  path: string
  /** Collections and indexes as the deployment has them; missing ones are created. */
  collections: CollectionDeclaration[]
  /** The clock that server dates and `$$NOW` show, in ms; expiry of transactions and waiting for locks stay on real time. */
  now(): number
  /** Refuse a query that no declared index serves: tests prove the index file complete. */
  strictIndexes?: boolean
  /** Warn of requests that take longer, in ms. */
  slowMs?: number
}

/** CloudBase's document database on one machine: MongoDB's semantics, the SDKs' protocol, LMDB underneath. */
export class Database {
  private readonly operations: Operations

  private constructor(
    private readonly engine: Engine,
    private readonly options: DatabaseOptions,
  ) {
    this.operations = new Operations(engine, options.strictIndexes ?? false)
  }

  static open(options: DatabaseOptions): Database {
    return new Database(new Engine(options.path, options.collections), options)
  }

  /**
   * Answers one request of the SDKs.
   * @param action `database.getDocument`, …
   * @param params the request's body
   * @throws CloudError whose `code` and `message` are the answer
   */
  async handle(action: string, params: Record<string, unknown>): Promise<Answer> {
    const run = Object.prototype.hasOwnProperty.call(ACTIONS, action) ? ACTIONS[action] : undefined
    if (!run) throw invalidParam(`Unknown action: ${action}`)
    const started = performance.now()
    try {
      return await run(params, { engine: this.engine, operations: this.operations, now: this.options.now() })
    } finally {
      this.reportSlow(action, params, performance.now() - started)
    }
  }

  /**
   * Documents for the workplace's own page, as plain JavaScript values (dates stay dates); indexes are not insisted on.
   * @param query an EJSON text, or what JSON.parse makes of one; absent = all
   */
  find(collection: string, query: unknown = {}, options: { sort?: Record<string, 1 | -1>; limit?: number } = {}): unknown[] {
    const now = this.options.now()
    const wanted = queryDoc(query, now)
    return this.operations
      .find(collection, { query: wanted, ...options }, baseEnv(now), undefined, false)
      .map((record) => plain(record.doc))
  }

  /** Makes a collection; one that exists is left as it is. */
  createCollection(name: string): void {
    this.engine.createIfMissing(name)
  }

  /** Makes an index and keeps it for later starts; one of that name is left as it is. */
  createIndex(collection: string, index: IndexDeclaration): void {
    this.engine.createIndex(collection, index)
  }

  collections(): string[] {
    return this.engine.names()
  }

  close(): Promise<void> {
    return this.engine.close()
  }

  private reportSlow(action: string, params: Params, ms: number): void {
    const { slowMs } = this.options
    if (slowMs === undefined || ms < slowMs) return
    const query = typeof params.query === 'string' ? params.query.slice(0, 300) : ''
    console.warn(`slow ${action} on ${String(params.collectionName)}: ${ms.toFixed(1)} ms ${query}`)
  }
}

function queryDoc(query: unknown, now: number): Doc {
  if (query === undefined || query === null || query === '') return {}
  if (typeof query === 'string') return decodeDoc(query, now, 'query')
  const value = decodeParsed(query, now)
  if (!isDoc(value)) throw invalidParam('query must be an object')
  return value
}

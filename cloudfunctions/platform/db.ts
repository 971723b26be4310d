import { isDeepStrictEqual } from 'node:util'
import tcb from '@cloudbase/node-sdk'
import type { Collections } from './documents'
import { countListed, trip } from './trips'

/** The only place that talks to the database. node-sdk and not wx-server-sdk: it keeps error codes (docs/decisions). */
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })
const database = app.database()

/** Query and update operators. */
export const _ = database.command

/** For `_.geoNear`. Stored points are plain GeoJSON (platform/technician-document.ts). */
export const geoPoint = (longitude: number, latitude: number) => new database.Geo.Point(longitude, latitude)

/** The cloud's file storage, for platform/files.ts. */
export const storage = app

export type Condition = Record<string, unknown>

export interface FindOptions {
  /** Field → direction, in the order of the index that serves it. */
  order?: Record<string, 'asc' | 'desc'>
  /** At most 1000. */
  limit: number
  /** Fields to leave out of what is read. */
  without?: readonly string[]
}

/** How a document changes, field by field: `_.set(…)`, `_.remove()`, `_.inc(…)`, `_.push(…)`. Only top-level fields: a plain object would be merged. */
export type Changes = Record<string, unknown>

interface Refused {
  code?: unknown
  message?: unknown
}

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String((error as Refused).code) : '')

/** What people can do nothing about and trying again may cure: the database or the network did not answer. */
export const isOutage = (error: unknown): boolean => /^(SYS_ERR|DATABASE_TIMEOUT|EXCEED_.*|E[A-Z]*TIMEDOUT|ECONN\w+|EPIPE|EAI_AGAIN|ENOTFOUND|5\d\d|429)$/.test(codeOf(error))

/** A collection with its documents' type. Every read names its limit; every query must be served by a declared index (cloudbase/resources.json). */
export class TypedCollection<Document extends { _id: string }> {
  constructor(private readonly name: string) {}

  async get(id: string): Promise<Document | null> {
    const { data } = await trip(() => database.collection(this.name).doc(id).get())
    const [found] = data as unknown[]
    return (found as Document | undefined) ?? null
  }

  async find(condition: Condition, { order = {}, limit, without = [] }: FindOptions): Promise<Document[]> {
    let query = database.collection(this.name).where(condition).limit(limit)
    for (const [field, direction] of Object.entries(order)) query = query.orderBy(field, direction)
    if (without.length > 0) query = query.field(Object.fromEntries(without.map((field) => [field, false])))
    const { data } = await trip(() => query.get())
    countListed((data as unknown[]).length)
    return data as unknown as Document[]
  }

  async count(condition: Condition): Promise<number> {
    const { total } = await trip(() => database.collection(this.name).where(condition).count())
    return total ?? 0
  }

  /** Adds a document; false when its _id, or a key that must be unique, is taken. */
  async add(document: Document): Promise<boolean> {
    try {
      await trip(() => database.collection(this.name).add(document))
      return true
    } catch (error) {
      if (codeOf(error) === 'DATABASE_DUPLICATE_WRITE') return false
      throw error
    }
  }

  /** Adds many at once; those whose _id is taken are left as they are. Whether none was. */
  async addAll(documents: readonly Document[]): Promise<boolean> {
    if (documents.length === 0) return true
    try {
      await trip(() => database.collection(this.name).add([...documents]))
      return true
    } catch (error) {
      if (codeOf(error) !== 'DATABASE_DUPLICATE_WRITE') throw error
      return (await Promise.all(documents.map((document) => this.add(document)))).every(Boolean)
    }
  }

  /** Changes what fits the condition; gives how many documents that was. */
  async update(condition: Condition, changes: Changes): Promise<number> {
    const { updated } = await trip(() => database.collection(this.name).where(condition).update(changes))
    return updated ?? 0
  }

  /** As `update`, with MongoDB's own operators: the SDK cannot put a condition into `$pull`. */
  async updateRaw(condition: Condition, changes: Record<`$${string}`, unknown>): Promise<number> {
    const { updated } = await trip(() => database.collection(this.name).options({ raw: true }).where(condition).update(changes))
    return updated ?? 0
  }

  /** Puts the whole document in the place of what was there, if anything was. */
  async put({ _id, ...fields }: Document): Promise<void> {
    await trip(() => database.collection(this.name).doc(_id).set(fields))
  }
}

const collections = new Map<string, TypedCollection<{ _id: string }>>()

/** The collection of that name, as platform/documents.ts types it. */
export const collection = <Name extends keyof Collections>(name: Name): TypedCollection<Collections[Name]> => {
  const known = collections.get(name) ?? new TypedCollection<{ _id: string }>(name)
  collections.set(name, known)
  return known as unknown as TypedCollection<Collections[Name]>
}

/**
 * The changes that make a stored document equal to `next`: each top-level field that differs set whole, since the SDK would merge objects, and those that are
 * gone removed.
 * `before` is the document as it was read.
 */
export const replaceFields = (before: object, next: object): Changes => {
  const old = before as Record<string, unknown>
  const changes: Changes = {}
  for (const [field, value] of Object.entries(next)) {
    if (field !== '_id' && value !== undefined && !isDeepStrictEqual(value, old[field])) changes[field] = _.set(value)
  }
  for (const field of Object.keys(old)) if (field !== '_id' && (next as Record<string, unknown>)[field] === undefined) changes[field] = _.remove()
  return changes
}

import { randomBytes } from 'node:crypto'
import { baseEnv, type Env } from './aggregate/env'
import { runPipeline } from './aggregate/pipeline'
import type { PipelineHost, StageSpec } from './aggregate/stage'
import { duplicateWrite, requestFailed } from './cloud-error'
import { nearestMetres, type Near } from './geo/geo-query'
import type { Collection } from './indexes/collection'
import { geometriesAt } from './indexes/geo-index'
import { DocRecord } from './indexes/record'
import { compileQuery, type Matcher } from './query/match'
import { upsertSeed } from './query/upsert-seed'
import type { Engine } from './storage/engine'
import { search } from './storage/search'
import type { Change, Transaction } from './storage/transactions'
import { compileUpdate, replacement } from './update/update'
import { encode } from './values/ejson-encode'
import { orderKey } from './values/order-key'
import { valueAt, type Position } from './values/path'
import { parseSort } from './values/sort'
import { checkId, checkSize, checkStorable } from './values/storable'
import { fieldOf, isDoc, setField, type Doc, type Value } from './values/value'

export interface Reading {
  query: Doc
  sort?: Doc
  skip?: number
  limit?: number
}

export interface Modification {
  query: Doc
  data: Doc
  /** All that match, or the first one. */
  multi: boolean
  /** `true`: operators on the document; `false`: `data` takes its place. */
  merge: boolean
  upsert: boolean
}

/** What can be done with documents. Everything here is synchronous, so that each operation is one step to all others. */
export class Operations {
  constructor(
    private readonly engine: Engine,
    private readonly strict: boolean,
  ) {}

  find(
    name: string,
    { query, sort = {}, skip = 0, limit = Infinity }: Reading,
    env: Env,
    transaction?: Transaction,
    strict = this.strict,
  ): DocRecord[] {
    const collection = this.engine.collection(name)
    const overlay = transaction?.overlay(collection)
    return search(collection, { query, matches: compileQuery(query, env), sort: parseSort(sort), skip, limit, overlay, strict })
  }

  count(name: string, query: Doc, env: Env): number {
    if (Object.keys(query).length === 0) return this.engine.collection(name).records.size
    return this.find(name, { query }, env).length
  }

  /** Adds all or none. @returns their `_id`s, as given or made */
  insert(name: string, docs: readonly Doc[], transaction?: Transaction): Value[] {
    const collection = this.engine.collection(name)
    const taken = new Set<string>()
    const changes = docs.map((doc): Change => {
      const next = this.newRecord(collection, doc)
      const shown = `{ _id: ${encode(next.doc._id ?? null)} }`
      if (taken.has(next.key) || this.engine.read(collection, next.key, transaction)) throw duplicateWrite(name, '_id_', shown)
      taken.add(next.key)
      return { collection, key: next.key, old: undefined, next }
    })
    this.engine.write(collection, changes, transaction)
    return changes.map(({ next }) => next?.doc._id ?? null)
  }

  /** @returns how many matched (changed or not), the `_id` of an upserted document, and the (first) document afterwards */
  modify(
    name: string,
    change: Modification,
    env: Env,
    transaction?: Transaction,
  ): { matched: number; upsertedId: Value | undefined; doc: Doc | undefined } {
    const collection = this.engine.collection(name)
    const apply = this.compileChange(change, env)
    const found = this.find(name, { query: change.query, limit: change.multi ? Infinity : 1 }, env, transaction)
    if (found.length === 0 && change.upsert) {
      const doc = this.upserted(change, apply)
      const [upsertedId] = this.insert(name, [doc], transaction)
      return { matched: 0, upsertedId, doc: { ...doc, _id: upsertedId ?? null } }
    }
    const matches = compileQuery(change.query, env)
    const changes: Change[] = []
    let first: Doc | undefined
    for (const old of found) {
      const doc = apply(old.doc, positionOf(matches, old.doc), false)
      first ??= doc
      if (doc === old.doc) continue
      // A path may have made what no single operand showed: too many levels, a name that cannot be stored.
      checkStorable(doc)
      const text = encode(doc)
      if (text === old.text) continue
      checkSize(doc, text)
      changes.push({ collection, key: old.key, old, next: new DocRecord(old.seq, old.key, doc, text) })
    }
    this.engine.write(collection, changes, transaction)
    return { matched: found.length, upsertedId: undefined, doc: first }
  }

  remove(name: string, query: Doc, multi: boolean, env: Env, transaction?: Transaction): number {
    const collection = this.engine.collection(name)
    const found = this.find(name, { query, limit: multi ? Infinity : 1 }, env, transaction)
    this.engine.write(collection, found.map((old): Change => ({ collection, key: old.key, old, next: undefined })), transaction) // prettier-ignore
    return found.length
  }

  aggregate(name: string, stages: readonly StageSpec[], now: number): Doc[] {
    this.engine.collection(name)
    return runPipeline(stages, { host: this.host, env: baseEnv(now), collection: name })
  }

  private compileChange({ data, merge }: Modification, env: Env): (doc: Doc, position: Position, inserting: boolean) => Doc {
    return merge ? compileUpdate(data, env) : (doc) => replacement(doc, data)
  }

  private upserted(change: Modification, apply: (doc: Doc, position: Position, inserting: boolean) => Doc): Doc {
    const seed = upsertSeed(change.query)
    if (change.merge) return apply(seed, { index: undefined }, true)
    const id = fieldOf(change.data, '_id') ?? fieldOf(seed, '_id')
    return id === undefined ? change.data : { _id: id, ...change.data }
  }

  private newRecord(collection: Collection, given: Doc): DocRecord {
    const own = fieldOf(given, '_id')
    const id = own === undefined ? randomBytes(16).toString('hex') : own
    checkId(id)
    const doc: Doc = { _id: id }
    for (const field of Object.keys(given)) if (field !== '_id') setField(doc, field, given[field] as Value)
    checkStorable(doc)
    const text = encode(doc)
    checkSize(doc, text)
    return new DocRecord(collection.nextSeq(), orderKey(id), doc, text)
  }

  /** What pipelines read through. */
  private readonly host: PipelineHost = {
    find: (name, query, env, options = {}) => this.find(name, { query, ...options }, env).map((record) => record.doc),
    nearest: (name, key, near, query, env, limit) => this.nearest(name, key, near, query, env, limit),
  }

  private nearest(
    name: string,
    key: string | undefined,
    near: Near,
    query: Doc,
    env: Env,
    limit: number,
  ): { doc: Doc; distance: number; place: Value }[] {
    const collection = this.engine.collection(name)
    if (key === undefined && collection.geo.length > 1)
      throw requestFailed("There is more than one 2dsphere index on the collection; unsure which to use for $geoNear: give 'key'")
    const index = collection.geo.find((each) => key === undefined || each.field === key)
    if (!index)
      throw requestFailed(
        `$geoNear requires a 2d or 2dsphere index, but none were found: collection ${name}${key === undefined ? '' : `, field '${key}'`}`,
      )
    const matches = compileQuery(query, env)
    const rows: { doc: Doc; distance: number; place: Value }[] = []
    for (const { item, distance } of index.grid.nearest(near.center, near.max)) {
      if (rows.length >= limit) break
      if (distance < near.min || !matches(item.doc)) continue
      rows.push({ doc: item.doc, distance, place: nearestPlace(item.doc, index.field, near) })
    }
    return rows
  }
}

/** Which of a document's places the distance was measured to. */
function nearestPlace(doc: Doc, field: string, near: Near): Value {
  const value = valueAt(doc, field)
  const places = Array.isArray(value) && value.every(isDoc) ? value : [value ?? null]
  const [first = null] = places
  if (places.length < 2) return first
  const distances = geometriesAt(doc, field).map((geometry) => nearestMetres(geometry, near.center))
  return places[distances.indexOf(Math.min(...distances))] ?? first
}

function positionOf(matches: Matcher, doc: Doc): Position {
  const position: Position = { index: undefined }
  matches(doc, position)
  return position
}

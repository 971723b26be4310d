import { baseEnv, type Env } from './aggregate/env'
import type { StageSpec } from './aggregate/stage'
import { invalidParam, requestFailed } from './cloud-error'
import type { Operations, Reading } from './operations'
import { compileQuery } from './query/match'
import { compileProjection, isPositional } from './query/projection'
import type { Engine } from './storage/engine'
import type { DocRecord } from './indexes/record'
import { whenUnlocked } from './storage/locked'
import type { Transaction } from './storage/transactions'
import { decode, decodeDoc } from './values/ejson-decode'
import { encode } from './values/ejson-encode'
import { plain } from './values/plain'
import type { Doc, Value } from './values/value'

export type Params = Record<string, unknown>
export interface Answer {
  data?: unknown
  transactionId?: string
}

interface Context {
  engine: Engine
  operations: Operations
  /** The moved clock, in ms. */
  now: number
}

type Action = (params: Params, context: Context) => Answer | Promise<Answer>

/** The SDK asks for 100 by itself and never for more than this. */
const MAX_RESULTS = 1000
const DEFAULT_RESULTS = 100

function text(params: Params, name: string): string {
  const value = params[name]
  if (typeof value !== 'string' || value === '') throw invalidParam(`${name} is required and must be a string`)
  return value
}

/** An EJSON document among the parameters; absent or empty = no condition. */
function docParam(params: Params, name: string, now: number): Doc {
  const value = params[name]
  if (value === undefined || value === null || value === '') return {}
  if (typeof value !== 'string') throw invalidParam(`${name} must be an EJSON string`)
  return decodeDoc(value, now, name)
}

function count(params: Params, name: string, otherwise: number): number {
  const value = params[name]
  if (value === undefined || value === null) return otherwise
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalidParam(`${name} must be an integer`)
  if (value < 0) throw requestFailed(`${name} value must be non-negative, but received: ${value}`)
  return value
}

function flag(params: Params, name: string, otherwise: boolean): boolean {
  const value = params[name]
  if (value === undefined || value === null) return otherwise
  if (typeof value !== 'boolean') throw invalidParam(`${name} must be a boolean`)
  return value
}

/** The transaction that a request names; an operation that fails in it ends it, as in MongoDB. */
function within<T>(params: Params, { engine }: Context, operate: (transaction: Transaction | undefined) => T): T {
  const id = params.transactionId
  if (id === undefined || id === null || id === '') return operate(undefined)
  if (typeof id !== 'string') throw invalidParam('transactionId must be a string')
  const transaction = engine.transactions.use(id)
  try {
    return operate(transaction)
  } catch (error) {
    engine.transactions.end(transaction)
    throw error
  }
}

const insert: Action = (params, context) => {
  const name = text(params, 'collectionName')
  const { data } = params
  if (!Array.isArray(data) || data.length === 0) throw invalidParam('data must be a non-empty array of EJSON strings')
  const docs = data.map((each, i) => decodeDoc(text({ data: each as unknown }, 'data'), context.now, `data[${i}]`))
  context.engine.collection(name)
  return whenUnlocked(() =>
    within(params, context, (transaction) => ({ data: { insertedIds: context.operations.insert(name, docs, transaction).map(plain) } })),
  )
}

const get: Action = (params, context) => {
  const name = text(params, 'collectionName')
  const env = baseEnv(context.now)
  const byId = params.queryType === 'DOC'
  const reading: Reading = {
    query: docParam(params, 'query', context.now),
    sort: docParam(params, 'order', context.now),
    skip: count(params, 'offset', 0),
    limit: Math.min(count(params, 'limit', byId ? 1 : DEFAULT_RESULTS) || DEFAULT_RESULTS, MAX_RESULTS),
  }
  const show = shown(docParam(params, 'projection', context.now), reading.query, env)
  context.engine.collection(name)
  return within(params, context, (transaction) => ({ data: { list: context.operations.find(name, reading, env, transaction).map(show) } }))
}

/** Stored text goes out as it is; only a projection makes a new one. */
function shown(projection: Doc, query: Doc, env: Env): (record: DocRecord) => string {
  if (Object.keys(projection).length === 0) return (record) => record.text
  const project = compileProjection(projection, env, 'find')
  if (!isPositional(projection)) return (record) => encode(project(record.doc, {}))
  const matches = compileQuery(query, env)
  return (record) => {
    const position = { index: undefined }
    matches(record.doc, position)
    return encode(project(record.doc, {}, position))
  }
}

const calculate: Action = (params, context) => {
  const query = docParam(params, 'query', context.now)
  return { data: { total: context.operations.count(text(params, 'collectionName'), query, baseEnv(context.now)) } }
}

const modify: Action = (params, context) => {
  const name = text(params, 'collectionName')
  const change = {
    query: docParam(params, 'query', context.now),
    data: decodeDoc(text(params, 'data'), context.now, 'data'),
    multi: flag(params, 'multi', false),
    merge: flag(params, 'merge', true),
    upsert: flag(params, 'upsert', false),
  }
  context.engine.collection(name)
  return whenUnlocked(() =>
    within(params, context, (transaction) => {
      const { matched, upsertedId } = context.operations.modify(name, change, baseEnv(context.now), transaction)
      return { data: { updated: matched, upsert_id: upsertedId === undefined ? null : plain(upsertedId) } }
    }),
  )
}

const modifyAndReturn: Action = (params, context) => {
  const name = text(params, 'collectionName')
  const change = {
    query: docParam(params, 'query', context.now),
    data: decodeDoc(text(params, 'data'), context.now, 'data'),
    multi: false,
    merge: true,
    upsert: false,
  }
  context.engine.collection(name)
  return whenUnlocked(() =>
    within(params, context, (transaction) => {
      const { matched, doc } = context.operations.modify(name, change, baseEnv(context.now), transaction)
      return { data: { updated: matched, doc: doc ? encode(doc) : null } }
    }),
  )
}

const remove: Action = (params, context) => {
  const name = text(params, 'collectionName')
  const query = docParam(params, 'query', context.now)
  const multi = flag(params, 'multi', false)
  context.engine.collection(name)
  return whenUnlocked(() =>
    within(params, context, (transaction) => ({
      data: { deleted: context.operations.remove(name, query, multi, baseEnv(context.now), transaction) },
    })),
  )
}

const aggregate: Action = (params, context) => {
  const name = text(params, 'collectionName')
  const { stages } = params
  if (!Array.isArray(stages)) throw invalidParam('stages must be an array')
  const specs = stages.map((stage: unknown): StageSpec => {
    const { stageKey, stageValue } = (typeof stage === 'object' && stage !== null ? stage : {}) as Params
    if (typeof stageKey !== 'string' || typeof stageValue !== 'string') throw invalidParam('each stage needs stageKey and stageValue')
    const spec: Value = decode(stageValue, context.now)
    return { name: stageKey, spec }
  })
  return { data: { list: context.operations.aggregate(name, specs, context.now).map(encode) } }
}

const addCollection: Action = (params, { engine }) => {
  engine.create(text(params, 'collectionName'))
  return { data: {} }
}

const startTransaction: Action = (_params, { engine }) => ({ transactionId: engine.transactions.begin() })

const commitTransaction: Action = (params, { engine }) => {
  engine.commit(engine.transactions.find(text(params, 'transactionId')))
  return {}
}

const abortTransaction: Action = (params, { engine }) => {
  engine.transactions.end(engine.transactions.find(text(params, 'transactionId')))
  return {}
}

/** The actions of @cloudbase/node-sdk 3 and of the copy in wx-server-sdk 4 (facts/cloudbase.md §2). */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'database.addCollection': addCollection,
  'database.insertDocument': insert,
  'database.getDocument': get,
  'database.calculateDocument': calculate,
  'database.modifyDocument': modify,
  'database.modifyAndReturnDoc': modifyAndReturn,
  'database.removeDocument': remove,
  'database.aggregateDocuments': aggregate,
  'database.startTransaction': startTransaction,
  'database.commitTransaction': commitTransaction,
  'database.abortTransaction': abortTransaction,
}

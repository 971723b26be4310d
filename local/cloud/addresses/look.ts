/** Addresses to look at what is there: GET /__db/COLLECTION and GET /__messages. */
import { EJSON } from 'bson'
import type { Database } from '../database/index'
import { type Exchange, HttpRefusal, sendJson, sendText } from '../http/exchange'
import type { MessageLog } from '../messages'

const DB = '/__db/'
const MOST = 1000

/** `?query=EJSON&sort=EJSON&limit=N` → `{ list }` as relaxed EJSON. */
export function lookAtCollection(database: Database, exchange: Exchange): void {
  const collection = decodeURIComponent(exchange.path.slice(DB.length))
  const limit = Number(exchange.query.get('limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new HttpRefusal(400, `limit 应是 1 到 ${MOST} 的整数`)
  const list = database.find(collection, readEjson(exchange, 'query') ?? {}, { sort: readSort(exchange), limit })
  sendText(exchange, 200, EJSON.stringify({ list }, { relaxed: true }), 'application/json; charset=utf-8')
}

function readSort(exchange: Exchange): Record<string, 1 | -1> | undefined {
  const sort = readEjson(exchange, 'sort')
  if (!sort) return undefined
  if (!Object.values(sort).every((direction) => direction === 1 || direction === -1))
    throw new HttpRefusal(400, 'sort 的值应是 1 或 -1，例如 {"createdAt":-1}')
  return sort as Record<string, 1 | -1>
}

export function lookAtMessages(messages: MessageLog, exchange: Exchange): void {
  sendJson(exchange, 200, messages.list(exchange.query.get('to') ?? undefined))
}

function readEjson(exchange: Exchange, name: string): Record<string, unknown> | undefined {
  const text = exchange.query.get(name)
  if (text === null || text === '') return undefined
  let value: unknown
  try {
    // Dates, regular expressions and the like stay as they are written: the database reads them as it reads those of the SDKs.
    value = JSON.parse(text)
  } catch {
    throw new HttpRefusal(400, `${name} 不是合法的 EJSON，例如 {"status":"claimed"}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpRefusal(400, `${name} 应是一个对象，例如 {"status":"claimed"}`)
  return value as Record<string, unknown>
}

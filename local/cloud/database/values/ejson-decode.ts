import { invalidParam } from '../cloud-error'
import { compareStrings } from './compare'
import { double, long, type Numeric } from './numbers'
import { Binary, BSONRegExp, Code, Decimal128, isDoc, MaxKey, MinKey, ObjectId, setField, Timestamp, type Doc, type Value } from './value'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** Deeper than MongoDB's 100 levels of documents can ever be, shallow enough for the stack. */
const MAX_DEPTH = 250

/**
 * Reads Extended JSON as the SDKs write it (canonical), and the relaxed forms that people type by hand.
 * @param now the moment that `$tcb_server_date` counts from, in ms
 * @throws CloudError INVALID_PARAM when the text is no EJSON
 */
export function decode(text: string, now: number): Value {
  let json: Json
  try {
    json = JSON.parse(text) as Json
  } catch {
    throw invalidParam(`Not a valid EJSON text: ${text.slice(0, 80)}`)
  }
  return fromJson(json, now, 0)
}

/** The same for text that must hold a document. */
export function decodeDoc(text: string, now: number, name: string): Doc {
  const value = decode(text, now)
  if (!isDoc(value)) throw invalidParam(`${name} must be an object`)
  return value
}

/** The same for what has been through JSON.parse already (and is left as it is). */
export const decodeParsed = (json: unknown, now: number): Value => decode(JSON.stringify(json), now)

/** Turns what JSON.parse made into values, in place: most of it stays as it is, and nothing is copied. */
function fromJson(json: Json, now: number, depth: number): Value {
  if (json === null || typeof json !== 'object') return json
  if (depth > MAX_DEPTH) throw invalidParam('Document exceeds the maximum nesting depth')
  if (Array.isArray(json)) {
    for (let i = 0; i < json.length; i++) {
      const element = json[i] as Json
      if (typeof element === 'object' && element !== null) json[i] = fromJson(element, now, depth + 1) as Json
    }
    return json as Value[]
  }
  for (const key in json) {
    if (key.charCodeAt(0) !== 36 /* $ */) break
    const special = wrapped(json, key, now)
    if (special !== undefined) return special
    break
  }
  for (const key in json) {
    const inner = json[key] as Json
    if (typeof inner === 'object' && inner !== null) setField(json as Doc, key, fromJson(inner, now, depth + 1))
  }
  return json as Doc
}

type Reader = (inner: Json, whole: JsonObject, now: number) => Value | undefined

/** Each wrapper by its first key; a reader returns `undefined` when the object is something else (a query operator, say). */
const READERS: Record<string, Reader> = {
  $numberInt: (v) => numberFrom('$numberInt', v, (text) => Number(text) | 0),
  $numberLong: (v) => numberFrom('$numberLong', v, (text) => longFrom(text)),
  $numberDouble: (v) => numberFrom('$numberDouble', v, (text) => doubleFrom(text)),
  $numberDecimal: (v) => (typeof v === 'string' ? guarded('$numberDecimal', () => Decimal128.fromString(v)) : undefined),
  $oid: (v) => (typeof v === 'string' ? objectId(v) : undefined),
  $date: (v) => dateFrom(v),
  $regularExpression: (v) => regexFrom(v),
  $binary: (v, whole) => binaryFrom(v, whole),
  $uuid: (v) => (typeof v === 'string' ? new Binary(Buffer.from(v.replace(/-/g, ''), 'hex'), 4) : undefined),
  $timestamp: (v) => timestampFrom(v),
  $minKey: (v) => (plainNumber(v) === 1 ? new MinKey() : undefined),
  $maxKey: (v) => (plainNumber(v) === 1 ? new MaxKey() : undefined),
  $undefined: () => null,
  $symbol: (v) => (typeof v === 'string' ? v : undefined),
  $code: (v) => (typeof v === 'string' ? new Code(v) : undefined),
  $tcb_server_date: (v, _whole, now) => serverDate(v, now),
}

const COMPANIONS: Record<string, string> = { $binary: '$type', $code: '$scope' }

function wrapped(json: JsonObject, first: string, now: number): Value | undefined {
  const read = Object.prototype.hasOwnProperty.call(READERS, first) ? READERS[first] : undefined
  if (!read) return undefined
  for (const key in json) if (key !== first && key !== COMPANIONS[first]) return undefined
  return read(json[first] as Json, json, now)
}

const isObject = (v: Json | undefined): v is JsonObject => typeof v === 'object' && v !== null && !Array.isArray(v)

/** A number inside a wrapper: the SDKs wrap it once more. */
function plainNumber(v: Json | undefined): number {
  const text = isObject(v) ? (v.$numberInt ?? v.$numberLong ?? v.$numberDouble) : v
  return typeof text === 'string' || typeof text === 'number' ? Number(text) : NaN
}

function timestampFrom(v: Json): Timestamp | undefined {
  const [t, i] = isObject(v) ? [plainNumber(v.t), plainNumber(v.i)] : []
  return t === undefined || i === undefined || Number.isNaN(t + i) ? undefined : new Timestamp({ t, i })
}

function guarded<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch {
    throw invalidParam(`${name} is malformed`)
  }
}

function numberFrom(name: string, v: Json, read: (text: string) => Numeric): Numeric | undefined {
  if (typeof v !== 'string' && typeof v !== 'number') return undefined
  return guarded(name, () => read(String(v)))
}

const longFrom = (text: string): Numeric => {
  const n = Number(text)
  if (Number.isSafeInteger(n) && (n > 0x7fffffff || n < -0x80000000)) return n
  return long(BigInt.asIntN(64, BigInt(text)))
}

const doubleFrom = (text: string): Numeric => {
  const n = Number(text)
  if (Number.isNaN(n) && text !== 'NaN') throw new Error(text)
  return double(n)
}

function objectId(hex: string): ObjectId {
  if (!/^[0-9a-fA-F]{24}$/.test(hex)) throw invalidParam(`$oid is malformed: ${hex}`)
  return new ObjectId(hex)
}

function dateFrom(v: Json): Date | undefined {
  if (v === null || typeof v === 'boolean' || Array.isArray(v)) return undefined
  const date = new Date(typeof v === 'string' ? Date.parse(v) : plainNumber(v))
  if (Number.isNaN(date.getTime())) throw invalidParam('$date is malformed')
  return date
}

function regexFrom(v: Json): BSONRegExp | undefined {
  if (!isObject(v) || typeof v.pattern !== 'string') return undefined
  // JavaScript's g, y, d and u have no meaning to MongoDB; BSON wants the letters in order.
  const options = [...new Set(String(v.options ?? ''))]
    .filter((letter) => 'imsxl'.includes(letter))
    .sort(compareStrings)
    .join('')
  if (v.pattern.includes('\u0000')) throw invalidParam('Regular expression cannot contain an embedded null byte')
  return new BSONRegExp(v.pattern, options)
}

function binaryFrom(v: Json, whole: JsonObject): Binary | undefined {
  if (typeof v === 'string' && typeof whole.$type === 'string') return new Binary(Buffer.from(v, 'base64'), parseInt(whole.$type, 16))
  if (!isObject(v) || typeof v.base64 !== 'string') return undefined
  return new Binary(Buffer.from(v.base64, 'base64'), parseInt(String(v.subType ?? '0'), 16))
}

/** CloudBase's own: the server's clock plus an offset in ms. */
function serverDate(v: Json, now: number): Date {
  const offset = isObject(v) && v.offset !== undefined ? plainNumber(v.offset) : 0
  const date = new Date(now + offset)
  if (Number.isNaN(date.getTime())) throw invalidParam('serverDate offset must be a number within the calendar')
  return date
}

import { requestFailed } from '../cloud-error'
import { kindOf, type Numeric } from './numbers'
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  isDoc,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Doc,
  type Value,
} from './value'

/** Canonical Extended JSON: what goes to disk and, unchanged, to the SDKs. */
export function encode(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return encodeNumber(value)
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (Array.isArray(value)) return encodeArray(value)
  if (isDoc(value)) return encodeFields(value)
  if (value instanceof Date) return encodeDate(value)
  return encodeSpecial(value)
}

function encodeFields(doc: Doc): string {
  let out = '{'
  for (const field of Object.keys(doc)) {
    if (out.length > 1) out += ','
    out += JSON.stringify(field) + ':' + encode(doc[field] as Value)
  }
  return out + '}'
}

function encodeArray(list: Value[]): string {
  let out = '['
  for (let i = 0; i < list.length; i++) {
    if (i > 0) out += ','
    out += encode(list[i] as Value)
  }
  return out + ']'
}

/** @throws CloudError DATABASE_REQUEST_FAILED for a date that a calculation has led out of the calendar: nothing could read it back */
function encodeDate(date: Date): string {
  const ms = date.getTime()
  if (Number.isNaN(ms)) throw requestFailed('date overflow: the result is no date that can be held')
  return `{"$date":{"$numberLong":"${ms}"}}`
}

function encodeNumber(n: number): string {
  const kind = kindOf(n)
  if (kind === 'int') return `{"$numberInt":"${n}"}`
  if (kind === 'long') return `{"$numberLong":"${n}"}`
  return `{"$numberDouble":"${Object.is(n, -0) ? '-0.0' : n}"}`
}

function encodeSpecial(value: Numeric | ObjectId | Binary | BSONRegExp | Timestamp | MinKey | MaxKey | Code): string {
  if (value instanceof ObjectId) return `{"$oid":"${value.toHexString()}"}`
  if (value instanceof Double) return `{"$numberDouble":"${wholeDouble(value.value)}"}`
  if (value instanceof Timestamp) return `{"$timestamp":{"t":${value.getHighBitsUnsigned()},"i":${value.getLowBitsUnsigned()}}}`
  if (value instanceof Long) return `{"$numberLong":"${value.toString()}"}`
  if (value instanceof Decimal128) return `{"$numberDecimal":"${value.toString()}"}`
  if (value instanceof BSONRegExp) return `{"$regularExpression":{"pattern":${JSON.stringify(value.pattern)},"options":"${value.options}"}}`
  if (value instanceof Binary) return encodeBinary(value)
  if (value instanceof MinKey) return '{"$minKey":1}'
  if (value instanceof MaxKey) return '{"$maxKey":1}'
  if (value instanceof Code) return `{"$code":${JSON.stringify(String(value.code))}}`
  return encodeNumber(value)
}

const wholeDouble = (n: number): string =>
  Object.is(n, -0) ? '-0.0' : Number.isInteger(n) && Math.abs(n) < 1e21 ? n.toFixed(1) : String(n)

function encodeBinary(value: Binary): string {
  const data = value.buffer.subarray(0, value.length()).toString('base64')
  return `{"$binary":{"base64":"${data}","subType":"${value.sub_type.toString(16).padStart(2, '0')}"}}`
}

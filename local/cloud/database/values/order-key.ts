import {
  Binary,
  BSONRegExp,
  Code,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  isDoc,
  TypeOrder,
  typeOrder,
  type Doc,
  type Maybe,
  type Value,
} from './value'
import { toDouble, type Numeric } from './numbers'

/**
 * Values as strings whose plain `<` is BSON's order (what MongoDB calls a KeyString). Indexes, unique checks, sorts, `$group` and
 * `$addToSet` all use this one encoding; no key is the beginning of another, so compound keys are concatenations.
 */
const chr = String.fromCharCode
const TAG = Object.fromEntries(Object.entries(TypeOrder).map(([name, order]) => [name, chr(order)])) as Record<
  keyof typeof TypeOrder,
  string
>
const END = '\u0000'

/** Sorts after every key that begins with the same prefix (reversed texts may begin with two of these characters, never with three). */
export const AFTER = '\uffff\uffff\uffff'

/** The key of a field that holds an empty array: below null, as in MongoDB's indexes. */
export const EMPTY_ARRAY_KEY = TAG.undefined

export function orderKey(value: Maybe): string {
  if (typeof value === 'string') return TAG.string + textKey(value)
  if (typeof value === 'number') return TAG.number + doubleKey(value) + NO_REMAINDER
  if (value === null || value === undefined) return TAG.null
  if (typeof value === 'boolean') return TAG.boolean + (value ? '1' : '0')
  if (Array.isArray(value)) return TAG.array + value.map(orderKey).join('') + END
  if (isDoc(value)) return TAG.object + docKey(value) + END
  if (value instanceof Date) return TAG.date + doubleKey(value.getTime())
  if (value instanceof ObjectId) return TAG.objectId + value.toHexString()
  if (value instanceof Timestamp) return TAG.timestamp + unsignedKey(value)
  if (value instanceof BSONRegExp) return TAG.regex + textKey(value.pattern) + textKey(value.options)
  if (value instanceof Binary) return TAG.binary + binaryKey(value)
  if (value instanceof Code) return TAG.code + textKey(String(value.code))
  if (value instanceof MinKey) return TAG.minKey
  if (value instanceof MaxKey) return TAG.maxKey
  return TAG.number + numberKey(value)
}

/** The first character of every key of the value's type bracket. */
export const typeTag = (value: Maybe): string => chr(typeOrder(value))

/** The same order, downwards: for descending index fields. */
export function reversed(key: string): string {
  let out = ''
  for (let i = 0; i < key.length; i++) out += chr(0xffff - key.charCodeAt(i))
  return out
}

const HIGH = /[\ud800-\uffff]/

/** Does the text keep its order as it is: no zero, nothing from the surrogates upwards? */
export const isPlainText = (text: string): boolean => !text.includes('\u0000') && !HIGH.test(text)

/** Text closed by an end mark; zero is escaped, surrogates move above the rest of the plane so that the order is UTF-8's. */
function textKey(text: string): string {
  if (isPlainText(text)) return text + END + END
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0) out += '\u0000\u0001'
    else if (code >= 0xe000) out += chr(code - 0x800)
    else if (code >= 0xd800) out += chr(code + 0x2000 - 1)
    else out += chr(code)
  }
  return out + END + END
}

const bytes = new DataView(new ArrayBuffer(8))

/** Four characters that sort as the double does: NaN first, −0 like 0. */
function doubleKey(n: number): string {
  if (Number.isNaN(n)) return '\u0000\u0000\u0000\u0000'
  bytes.setFloat64(0, n + 0)
  const a = bytes.getUint16(0)
  const b = bytes.getUint16(2)
  const c = bytes.getUint16(4)
  const d = bytes.getUint16(6)
  return a & 0x8000 ? chr(0xffff ^ a, 0xffff ^ b, 0xffff ^ c, 0xffff ^ d) : chr(a | 0x8000, b, c, d)
}

const MIDDLE = 0x8000
const NO_REMAINDER = chr(MIDDLE)

/** A double, then how far a long beyond 2^53 lies from it. */
function numberKey(value: Numeric): string {
  const n = toDouble(value)
  if (!(value instanceof Long) || value instanceof Double || Number.isSafeInteger(n)) return doubleKey(n) + NO_REMAINDER
  return doubleKey(n) + chr(MIDDLE + Number(value.toBigInt() - BigInt(n)))
}

function docKey(doc: Doc): string {
  let out = ''
  for (const field of Object.keys(doc)) {
    const value = doc[field] as Value
    out += typeTag(value) + textKey(field) + orderKey(value)
  }
  return out
}

const unsignedKey = (t: Timestamp): string => t.toString(16).padStart(16, '0')

function binaryKey(value: Binary): string {
  const size = value.length()
  return doubleKey(size) + chr(value.sub_type + 1) + value.buffer.subarray(0, size).toString('hex') + END
}

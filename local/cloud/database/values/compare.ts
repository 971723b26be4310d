import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  isDoc,
  Long,
  ObjectId,
  Timestamp,
  typeOrder,
  type Doc,
  type Maybe,
  type Value,
} from './value'
import { compareNumbers, type Numeric } from './numbers'

/** BSON's total order over all values (a missing field counts as null): < 0, 0, > 0. */
export function compare(a: Maybe, b: Maybe): number {
  if (typeof a === 'number' && typeof b === 'number' && a === a && b === b) return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  const ta = typeOrder(a)
  const tb = typeOrder(b)
  if (ta !== tb) return ta - tb
  return compareSameType(a as Value, b as Value)
}

/** Equality as queries and `$addToSet` see it: 5 equals 5.0, field order matters. */
export const equal = (a: Maybe, b: Maybe): boolean => compare(a, b) === 0

function compareSameType(a: Value, b: Value): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
  if (isDoc(a) && isDoc(b)) return compareDocs(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime()
  if (a instanceof ObjectId && b instanceof ObjectId) return compareStrings(a.toHexString(), b.toHexString())
  if (a instanceof Timestamp && b instanceof Timestamp) return a.compare(b)
  if (isNumberLike(a) && isNumberLike(b)) return compareNumbers(a, b)
  if (a instanceof BSONRegExp && b instanceof BSONRegExp)
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options)
  if (a instanceof Binary && b instanceof Binary) return compareBinary(a, b)
  if (a instanceof Code && b instanceof Code) return compareStrings(String(a.code), String(b.code))
  return 0 // null, MinKey, MaxKey: one value each
}

const isNumberLike = (v: Value): v is Numeric =>
  typeof v === 'number' || v instanceof Double || v instanceof Decimal128 || (v instanceof Long && !(v instanceof Timestamp))

const SURROGATE = /[\ud800-\udfff]/

/** Order of the UTF-8 bytes, which differs from JavaScript's order only beside surrogates. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : 1
}

function compareArrays(a: Value[], b: Value[]): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const order = compare(a[i], b[i])
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Field by field: type, then name, then value; the shorter one first. */
function compareDocs(a: Doc, b: Doc): number {
  const left = Object.keys(a)
  const right = Object.keys(b)
  const shared = Math.min(left.length, right.length)
  for (let i = 0; i < shared; i++) {
    const nameA = left[i] as string
    const nameB = right[i] as string
    const order = typeOrder(a[nameA]) - typeOrder(b[nameB]) || compareStrings(nameA, nameB) || compare(a[nameA], b[nameB])
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareBinary(a: Binary, b: Binary): number {
  return (
    a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.buffer.subarray(0, a.length()), b.buffer.subarray(0, b.length()))
  )
}

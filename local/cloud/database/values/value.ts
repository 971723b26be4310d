import { Binary, BSONRegExp, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'

export { Binary, BSONRegExp, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp }

/**
 * A BSON value in memory. Documents are plain objects and immutable once stored.
 *
 * Numbers: a plain `number` is what canonical EJSON makes of it: whole and within 32 bits = int, whole and safe = long, else double.
 * What that rule cannot express is wrapped: `Double` for a whole double (or −0), `Long` for a long that is small or beyond 2^53.
 */
export type Scalar =
  null | boolean | number | string | Date | ObjectId | Binary | BSONRegExp | Long | Double | Decimal128 | Timestamp | MinKey | MaxKey | Code
export type Value = Scalar | Value[] | Doc
export interface Doc {
  [field: string]: Value
}
/** What a path may lead to: `undefined` = the field is missing. */
export type Maybe = Value | undefined

/** A plain embedded document: not a date, an array or one of BSON's own classes, whatever fields it has. */
export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

export const hasField = (doc: Doc, field: string): boolean => Object.prototype.hasOwnProperty.call(doc, field)

/** The field's value; `undefined` when missing (names like `constructor` included). */
export const fieldOf = (doc: Doc, field: string): Maybe => (hasField(doc, field) ? doc[field] : undefined)

/** Sets a field in place; `__proto__` becomes a field like any other. */
export function setField(doc: Doc, field: string, value: Value): void {
  if (field === '__proto__') Object.defineProperty(doc, field, { value, enumerable: true, configurable: true, writable: true })
  else doc[field] = value
}

/** BSON's order of types, as numbers that order-key.ts uses as tags too. */
export const TypeOrder = {
  minKey: 1,
  undefined: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  code: 14,
  maxKey: 15,
} as const

/** The bracket in which BSON sorts and compares the value: all number types share one; a missing field counts as null. */
export function typeOrder(value: Maybe): number {
  switch (typeof value) {
    case 'string':
      return TypeOrder.string
    case 'number':
      return TypeOrder.number
    case 'boolean':
      return TypeOrder.boolean
    case 'undefined':
      return TypeOrder.null
    default:
      break
  }
  if (value === null) return TypeOrder.null
  if (Array.isArray(value)) return TypeOrder.array
  if (isDoc(value)) return TypeOrder.object
  if (value instanceof Date) return TypeOrder.date
  if (value instanceof ObjectId) return TypeOrder.objectId
  if (value instanceof Timestamp) return TypeOrder.timestamp // before Long: it is a subclass
  if (value instanceof Double || value instanceof Long || value instanceof Decimal128) return TypeOrder.number
  if (value instanceof BSONRegExp) return TypeOrder.regex
  if (value instanceof Binary) return TypeOrder.binary
  if (value instanceof MinKey) return TypeOrder.minKey
  if (value instanceof MaxKey) return TypeOrder.maxKey
  return TypeOrder.code
}

/** MongoDB's name of the type, as `$type` answers it in an aggregation. */
export function typeName(value: Maybe): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'number') return numberTypeName(value)
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value)) return 'array'
  if (isDoc(value)) return 'object'
  if (value instanceof Date) return 'date'
  if (value instanceof ObjectId) return 'objectId'
  if (value instanceof Timestamp) return 'timestamp'
  if (value instanceof Double) return 'double'
  if (value instanceof Long) return 'long'
  if (value instanceof Decimal128) return 'decimal'
  if (value instanceof BSONRegExp) return 'regex'
  if (value instanceof Binary) return 'binData'
  if (value instanceof MinKey) return 'minKey'
  if (value instanceof MaxKey) return 'maxKey'
  return 'javascript'
}

const numberTypeName = (n: number): string => {
  if (!Number.isSafeInteger(n) || Object.is(n, -0)) return 'double'
  return n >= -0x80000000 && n <= 0x7fffffff ? 'int' : 'long'
}

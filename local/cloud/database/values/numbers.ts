import { requestFailed } from '../cloud-error'
import { Decimal128, Double, Long, Timestamp, type Maybe } from './value'

export type Numeric = number | Double | Long | Decimal128
export type NumberKind = 'int' | 'long' | 'double' | 'decimal'

const INT_MIN = -0x80000000
const INT_MAX = 0x7fffffff
const LONG_MIN = -(2n ** 63n)
const LONG_MAX = 2n ** 63n - 1n

export function isNumeric(value: Maybe): value is Numeric {
  if (typeof value === 'number') return true
  return value instanceof Double || (value instanceof Long && !(value instanceof Timestamp)) || value instanceof Decimal128
}

/** The nearest double; exact for ints, doubles and longs within 2^53. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value
  if (value instanceof Double) return value.value
  if (value instanceof Long) return value.toNumber()
  return Number(value.toString())
}

export function kindOf(value: Numeric): NumberKind {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return 'double'
    return value >= INT_MIN && value <= INT_MAX ? 'int' : 'long'
  }
  if (value instanceof Double) return 'double'
  return value instanceof Long ? 'long' : 'decimal'
}

/** A BSON double: wrapped only where a plain number would be taken for an integer. */
export const double = (n: number): Numeric => (Number.isSafeInteger(n) ? new Double(n) : n)

/** A BSON long: wrapped where a plain number would be an int, or could not hold it. */
export function long(n: bigint): Numeric {
  const asNumber = Number(n)
  return Number.isSafeInteger(asNumber) && (asNumber < INT_MIN || asNumber > INT_MAX) ? asNumber : Long.fromBigInt(n)
}

/** A count or length: an int, or a long once it no longer fits. */
export const integer = (n: number): Numeric => (n === 0 ? 0 : n)

/** The exact integer of an int or a long. */
export const toBigInt = (value: Numeric): bigint => (value instanceof Long ? value.toBigInt() : BigInt(Math.trunc(toDouble(value))))

/** Whole number of any numeric type as a JS number; `undefined` for anything else (fractions, NaN, other types). */
export function wholeNumber(value: Maybe): number | undefined {
  if (!isNumeric(value)) return undefined
  const n = toDouble(value)
  return Number.isInteger(n) ? n + 0 : undefined
}

export const isNaNValue = (value: Maybe): boolean => isNumeric(value) && Number.isNaN(toDouble(value))

/** BSON order of two numbers of any types: exact, NaN below all, −0 equal to 0. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (a instanceof Long && b instanceof Long) return a.compare(b)
  const x = toDouble(a)
  const y = toDouble(b)
  if (x < y) return -1
  if (x > y) return 1
  if (x === y) return a instanceof Long || b instanceof Long ? compareAtEqualDouble(a, b, x) : 0
  return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1
}

/** Doubles are equal, but a long beyond 2^53 may lie beside the double that stands for it. */
function compareAtEqualDouble(a: Numeric, b: Numeric, at: number): number {
  if (!Number.isFinite(at)) return 0
  const left = a instanceof Long ? a.toBigInt() : BigInt(at)
  const right = b instanceof Long ? b.toBigInt() : BigInt(at)
  return left < right ? -1 : left > right ? 1 : 0
}

export type Arithmetic = 'add' | 'subtract' | 'multiply'

/**
 * Adds, subtracts or multiplies as MongoDB does: the wider type wins, an int that overflows becomes a long.
 * @returns `undefined` when a long overflows: updates refuse that, aggregations go on in doubles.
 */
export function arithmetic(op: Arithmetic, a: Numeric, b: Numeric): Numeric | undefined {
  const ka = kindOf(a)
  const kb = kindOf(b)
  if (ka === 'decimal' || kb === 'decimal') throw requestFailed('Decimal128 arithmetic is not supported by the local database')
  if (ka === 'double' || kb === 'double') return double(inDoubles(op, toDouble(a), toDouble(b)))
  const whole = inDoubles(op, toDouble(a), toDouble(b))
  if (Number.isSafeInteger(whole) && Number.isSafeInteger(toDouble(a)) && Number.isSafeInteger(toDouble(b))) {
    if (ka === 'int' && kb === 'int') return whole + 0
    return long(BigInt(whole))
  }
  const x = toBigInt(a)
  const y = toBigInt(b)
  const exact = op === 'add' ? x + y : op === 'subtract' ? x - y : x * y
  return exact < LONG_MIN || exact > LONG_MAX ? undefined : long(exact)
}

/** The same in doubles, for aggregations after an overflow. */
export function inDoubles(op: Arithmetic, a: number, b: number): number {
  return op === 'add' ? a + b : op === 'subtract' ? a - b : a * b
}

import { requestFailed } from '../cloud-error'
import { compare, equal } from '../values/compare'
import { isNaNValue, isNumeric, toDouble, wholeNumber, toBigInt } from '../values/numbers'
import { Binary, BSONRegExp, MaxKey, MinKey, typeName, typeOrder, type Maybe, type Value } from '../values/value'
import { leaf, type Predicate, type Test } from './predicate'
import { toRegExp } from './regex'

/** Equality of a query: null also finds a missing field. */
export function equalsTest(operand: Value): Test {
  if (operand === null) return (v) => v === null || v === undefined
  if (typeof operand === 'string') return (v) => v === operand
  return (v) => v !== undefined && equal(v, operand)
}

/** A regular expression as a condition: finds strings that match, and the same expression stored as a value. */
export function regexTest(regex: BSONRegExp): Test {
  const search = toRegExp(regex)
  return (v) => (typeof v === 'string' ? search.test(v) : v instanceof BSONRegExp && equal(v, regex))
}

/** `$in`'s items: values, or regular expressions that are applied. */
export const itemTest = (item: Value): Test => (item instanceof BSONRegExp ? regexTest(item) : equalsTest(item))

/** Order is asked within one type bracket only: a string is never less than a number; MinKey and MaxKey compare with all. */
export function orderTest(operator: '$gt' | '$gte' | '$lt' | '$lte', operand: Value): Test {
  if (operand instanceof BSONRegExp) throw requestFailed(`Can't have RegEx as arg to predicate over field with ${operator}`)
  const bracket = typeOrder(operand)
  const orEqual = operator === '$gte' || operator === '$lte'
  if (operand === null) return (v) => orEqual && (v === null || v === undefined)
  if (isNaNValue(operand)) return (v) => orEqual && isNaNValue(v)
  const anyType = operand instanceof MinKey || operand instanceof MaxKey
  const holds = { $gt: (o: number) => o > 0, $gte: (o: number) => o >= 0, $lt: (o: number) => o < 0, $lte: (o: number) => o <= 0 }[operator]
  return (v) => {
    if (v === undefined || (!anyType && typeOrder(v) !== bracket) || isNaNValue(v)) return false
    return holds(compare(v, operand))
  }
}

/** `$exists`: anything but false, 0 and null asks for presence. */
export function existsPredicate(operand: Value): Predicate {
  const present = leaf((v) => v !== undefined, false)
  const wanted = !(operand === false || operand === null || (isNumeric(operand) && toDouble(operand) === 0))
  if (wanted) return present
  return { single: (v) => !present.single(v), field: (root, parts) => !present.field(root, parts) }
}

export function sizePredicate(operand: Value): Predicate {
  if (!isNumeric(operand)) throw requestFailed('$size needs a number')
  const size = wholeNumber(operand)
  if (size === undefined) throw requestFailed('$size must be a whole number')
  if (size < 0) throw requestFailed('$size may not be negative')
  return leaf((v) => Array.isArray(v) && v.length === size, false)
}

export function modTest(operand: Value): Test {
  if (!Array.isArray(operand)) throw requestFailed('malformed mod, needs to be an array')
  if (operand.length < 2) throw requestFailed('malformed mod, not enough elements')
  if (operand.length > 2) throw requestFailed('malformed mod, too many elements')
  const [divisor, remainder] = operand.map((part, i) => {
    if (!isNumeric(part)) throw requestFailed(`malformed mod, ${i === 0 ? 'divisor' : 'remainder'} not a number`)
    const n = toDouble(part)
    if (!Number.isFinite(n)) throw requestFailed(`malformed mod, ${i === 0 ? 'divisor' : 'remainder'} must be finite`)
    return toBigInt(part)
  })
  if (divisor === undefined || remainder === undefined || divisor === 0n) throw requestFailed('divisor cannot be 0')
  return (v) => isNumeric(v) && Number.isFinite(toDouble(v)) && toBigInt(v) % divisor === remainder
}

const TYPE_NUMBERS: Record<number, string> = {
  1: 'double', 2: 'string', 3: 'object', 4: 'array', 5: 'binData', 6: 'undefined', 7: 'objectId', 8: 'bool', 9: 'date', 10: 'null', 11: 'regex',
  13: 'javascript', 15: 'javascriptWithScope', 16: 'int', 17: 'timestamp', 18: 'long', 19: 'decimal', 127: 'maxKey', [-1]: 'minKey',
} // prettier-ignore
const TYPE_NAMES = new Set([...Object.values(TYPE_NUMBERS), 'number', 'symbol', 'dbPointer'])

/** Type names that a `$type` (or a schema's `bsonType`) accepts, checked. */
export function typeNames(operand: Value): Set<string> {
  const list = Array.isArray(operand) ? operand : [operand]
  if (list.length === 0) throw requestFailed('$type must match at least one type')
  const names = new Set<string>()
  for (const item of list) {
    const name = isNumeric(item) ? TYPE_NUMBERS[toDouble(item)] : item
    if (typeof name !== 'string' || !TYPE_NAMES.has(name)) throw requestFailed(`Unknown type name alias: ${String(name ?? item)}`)
    if (name === 'number') for (const each of ['int', 'long', 'double', 'decimal']) names.add(each)
    else names.add(name)
  }
  return names
}

export function typeTest(operand: Value): Test {
  const names = typeNames(operand)
  return (v) => v !== undefined && names.has(typeName(v))
}

type BitRule = 'all' | 'any'

/** `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear`, `$bitsAnyClear`: a mask or a list of bit positions; whole numbers and binary data match. */
export function bitsTest(operator: string, operand: Value): Test {
  const positions = bitPositions(operator, operand)
  const rule: BitRule = operator.includes('All') ? 'all' : 'any'
  const wanted = operator.endsWith('Set')
  return (v) => {
    const bit = bitReader(v)
    if (!bit) return false
    return rule === 'all' ? positions.every((p) => bit(p) === wanted) : positions.some((p) => bit(p) === wanted)
  }
}

function bitPositions(operator: string, operand: Value): number[] {
  if (Array.isArray(operand)) {
    return operand.map((item) => {
      const position = wholeNumber(item)
      if (position === undefined || position < 0) throw requestFailed(`${operator} bit positions must be >= 0`)
      return position
    })
  }
  if (operand instanceof Binary) {
    const bit = bitReader(operand)
    return bit ? Array.from({ length: operand.length() * 8 }, (_, i) => i).filter(bit) : []
  }
  const mask = wholeNumber(operand)
  if (mask === undefined || mask < 0)
    throw requestFailed(`${operator} takes an Array, a number, or a BinData but received: ${typeName(operand)}`)
  return Array.from({ length: 64 }, (_, i) => i).filter((i) => (BigInt(mask) >> BigInt(i)) & 1n)
}

function bitReader(v: Maybe): ((position: number) => boolean) | undefined {
  if (v instanceof Binary) return (p) => (((v.buffer[p >> 3] ?? 0) >> (p & 7)) & 1) === 1
  if (!isNumeric(v) || wholeNumber(v) === undefined) return undefined
  const n = toBigInt(v)
  return (p) => ((n >> BigInt(Math.min(p, 200))) & 1n) === 1n
}

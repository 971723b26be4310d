import { requestFailed } from '../cloud-error'
import { double, isNumeric, kindOf, long, toDouble, type Numeric } from '../values/numbers'
import { Decimal128, ObjectId, typeName, type Maybe, type Value } from '../values/value'
import { instant, isoText, parseDate } from './calendar'
import { namedOperands, nullable, unary, type Operator, type Operators } from './operator'
import { numberText } from './strings'
import { isNullish } from './truth'

type Convert = (value: Value) => Value

const cannot = (value: Value, to: string): Error => requestFailed(`Unsupported conversion from ${typeName(value)} to ${to} in $convert`)
const failed = (why: string): Error => requestFailed(`Failed to parse or convert in $convert: ${why}`)

function toNumber(value: Value, to: string): Numeric {
  if (isNumeric(value)) return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string') throw cannot(value, to)
  const text = value
  const pattern = to === 'double' ? /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Infinity|NaN)$/ : /^[+-]?\d+$/
  if (!pattern.test(text)) throw failed(`'${text}' is no ${to}`)
  return to === 'double' ? double(Number(text)) : fitted(BigInt(text), to)
}

function fitted(n: bigint, to: string): Numeric {
  const bits = to === 'int' ? 32 : 64
  if (BigInt.asIntN(bits, n) !== n) throw failed(`Conversion would overflow target type: ${n}`)
  return to === 'int' ? Number(n) : long(n)
}

function toWhole(value: Value, to: 'int' | 'long'): Value {
  if (value instanceof Date) {
    if (to === 'int') throw cannot(value, to)
    return long(BigInt(value.getTime()))
  }
  const n = toNumber(value, to)
  if (kindOf(n) !== 'double') return fitted(BigInt(kindOf(n) === 'decimal' ? Math.trunc(toDouble(n)) : n.toString()), to)
  if (!Number.isFinite(toDouble(n))) throw failed('Attempt to convert NaN or infinity to an integer')
  return fitted(BigInt(Math.trunc(toDouble(n))), to)
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  if (typeof value === 'string') return parseDate(value)
  if (isNumeric(value) && kindOf(value) !== 'int') return instant(Math.trunc(toDouble(value)))
  throw cannot(value, 'date')
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (isNumeric(value)) return numberText(value)
  if (value instanceof Date) return isoText(value)
  if (value instanceof ObjectId) return value.toHexString()
  throw cannot(value, 'string')
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value
  if (typeof value !== 'string') throw cannot(value, 'objectId')
  if (!/^[0-9a-fA-F]{24}$/.test(value)) throw failed(`Failed to parse objectId '${value}'`)
  return new ObjectId(value)
}

const CONVERT: Record<string, Convert> = {
  double: (value) => (value instanceof Date ? double(value.getTime()) : double(toDouble(toNumber(value, 'double')))),
  string: toText,
  objectId: toObjectId,
  bool: (value) => (isNumeric(value) ? toDouble(value) !== 0 : value !== false),
  date: toDate,
  int: (value) => toWhole(value, 'int'),
  long: (value) => toWhole(value, 'long'),
  decimal: (value) => Decimal128.fromString(numberText(toNumber(value, 'double'))),
}
const BY_NUMBER: Record<number, string> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
}

const to = (name: string, type: string): Operator =>
  nullable(name, 1, 1, ([value]) => (value === undefined ? null : (CONVERT[type] as Convert)(value)))

const convert: Operator = (operand, env, compile) => {
  const { input, to: target, onError, onNull } = namedOperands('$convert', operand, ['input', 'to'], ['onError', 'onNull'])
  const [source, wanted] = [compile(input ?? null, env), compile(target ?? null, env)]
  const [failing, missing] = [onError, onNull].map((each) => (each === undefined ? undefined : compile(each, env)))
  return (root, vars) => {
    const value = source(root, vars)
    if (isNullish(value)) return missing ? missing(root, vars) : null
    const type = wanted(root, vars)
    if (isNullish(type)) return null
    const name = isNumeric(type) ? BY_NUMBER[toDouble(type)] : type
    const compute = typeof name === 'string' && Object.prototype.hasOwnProperty.call(CONVERT, name) ? CONVERT[name] : undefined
    if (!compute) throw requestFailed(`Unknown type name: ${String(name)}`)
    try {
      return compute(value)
    } catch (error) {
      if (failing) return failing(root, vars)
      throw error
    }
  }
}

export const CONVERSIONS: Operators = {
  $convert: convert,
  $isNumber: unary('$isNumber', (value: Maybe) => isNumeric(value)),
  $toBool: to('$toBool', 'bool'),
  $toDate: to('$toDate', 'date'),
  $toDecimal: to('$toDecimal', 'decimal'),
  $toDouble: to('$toDouble', 'double'),
  $toInt: to('$toInt', 'int'),
  $toLong: to('$toLong', 'long'),
  $toObjectId: to('$toObjectId', 'objectId'),
  $toString: to('$toString', 'string'),
  $type: unary('$type', typeName),
}

import { requestFailed } from '../cloud-error'
import {
  arithmetic,
  double,
  inDoubles,
  isNumeric,
  kindOf,
  long,
  toBigInt,
  toDouble,
  wholeNumber,
  type Arithmetic,
  type Numeric,
} from '../values/numbers'
import { typeName, type Maybe, type Value } from '../values/value'
import { instant } from './calendar'
import { needNumber, nary, nullable, type Operators } from './operator'
import { isNullish } from './truth'

/** Arithmetic of aggregations: a long that overflows goes on as a double. */
export const combine = (op: Arithmetic, a: Numeric, b: Numeric): Numeric =>
  arithmetic(op, a, b) ?? double(inDoubles(op, toDouble(a), toDouble(b)))

function addAll(values: Maybe[]): Maybe {
  if (values.some(isNullish)) return null
  const dates = values.filter((v): v is Date => v instanceof Date)
  if (dates.length > 1) throw requestFailed('only one date allowed in an $add expression')
  let sum: Numeric = 0
  for (const value of values) {
    if (value instanceof Date) continue
    sum = combine('add', sum, addable(value))
  }
  const [date] = dates
  return date ? instant(date.getTime() + Math.trunc(toDouble(sum))) : sum
}

function addable(value: Maybe): Numeric {
  if (!isNumeric(value)) throw requestFailed(`$add only supports numeric or date types, not ${typeName(value)}`)
  return value
}

function subtract([a, b]: Value[]): Maybe {
  if (a instanceof Date) {
    if (b instanceof Date) return long(BigInt(a.getTime() - b.getTime()))
    return instant(a.getTime() - Math.trunc(toDouble(needNumber('$subtract', b))))
  }
  return combine('subtract', needNumber('$subtract', a), needNumber('$subtract', b))
}

function divide([a, b]: Value[]): Maybe {
  const divisor = toDouble(needNumber('$divide', b))
  const dividend = toDouble(needNumber('$divide', a))
  if (divisor === 0) throw requestFailed("can't $divide by zero")
  return double(dividend / divisor)
}

function modulo([a, b]: Value[]): Maybe {
  const [x, y] = [needNumber('$mod', a), needNumber('$mod', b)]
  if (toDouble(y) === 0) throw requestFailed("can't $mod by zero")
  if (kindOf(x) === 'double' || kindOf(y) === 'double') return double(toDouble(x) % toDouble(y))
  const rest = toBigInt(x) % toBigInt(y)
  return kindOf(x) === 'long' || kindOf(y) === 'long' ? long(rest) : Number(rest)
}

function power([a, b]: Value[]): Maybe {
  const [base, exponent] = [needNumber('$pow', a), needNumber('$pow', b)]
  if (toDouble(base) === 0 && toDouble(exponent) < 0) throw requestFailed('$pow cannot take a base of 0 and a negative exponent')
  const result = toDouble(base) ** toDouble(exponent)
  if (kindOf(base) === 'double' || kindOf(exponent) === 'double' || toDouble(exponent) < 0) return double(result)
  if (!Number.isSafeInteger(result)) return double(result)
  return kindOf(base) === 'long' || kindOf(exponent) === 'long' ? long(BigInt(result)) : result
}

/** A rounding that leaves whole types alone. */
const rounding = (name: string, round: (n: number) => number) =>
  nullable(name, 1, 1, ([value]) => {
    const n = needNumber(name, value)
    return kindOf(n) === 'double' ? double(round(toDouble(n))) : n
  })

/** `$round` (half to even) and `$trunc`, to a number of decimal places (negative: tens, hundreds). */
const toPlaces = (name: string, round: (n: number) => number) =>
  nullable(name, 1, 2, ([value, places = 0]) => {
    const n = needNumber(name, value)
    const digits = wholeNumber(places)
    if (digits === undefined || digits < -20 || digits > 100)
      throw requestFailed(`${name} requires "place" to be an integer between -20 and 100`)
    if (kindOf(n) !== 'double') {
      if (digits >= 0) return n
      const step = 10 ** -digits
      const whole = round(toDouble(n) / step) * step
      return kindOf(n) === 'long' ? long(BigInt(whole)) : whole + 0
    }
    return double(shifted(toDouble(n), digits, round))
  })

/** Shifts by decimal notation, so that 2.675 is not blurred by a multiplication. */
function shifted(n: number, digits: number, round: (n: number) => number): number {
  if (!Number.isFinite(n) || digits === 0) return round(n)
  const shift = (value: number, by: number): number => {
    const [mantissa = '0', exponent = '0'] = String(value).split('e')
    return Number(`${mantissa}e${Number(exponent) + by}`)
  }
  return shift(round(shift(n, digits)), -digits)
}

function halfToEven(n: number): number {
  const floor = Math.floor(n)
  const rest = n - floor
  if (rest !== 0.5) return Math.round(n)
  return floor % 2 === 0 ? floor : floor + 1
}

const inDouble = (name: string, compute: (n: number) => number, allowed: (n: number) => boolean = () => true, refusal = '') =>
  nullable(name, 1, 1, ([value]) => {
    const n = toDouble(needNumber(name, value))
    if (!Number.isNaN(n) && !allowed(n)) throw requestFailed(`${name} ${refusal}, but is ${n}`)
    return double(compute(n))
  })

const withinOne = (n: number): boolean => n >= -1 && n <= 1
const RANGE_ONE = 'cannot take an argument outside [-1,1]'

export const ARITHMETIC: Operators = {
  $abs: nullable('$abs', 1, 1, ([value]) => {
    const n = needNumber('$abs', value)
    return kindOf(n) === 'double' ? double(Math.abs(toDouble(n))) : toDouble(n) < 0 ? combine('multiply', n, -1) : n
  }),
  $add: nary('$add', 0, Infinity, addAll),
  $ceil: rounding('$ceil', Math.ceil),
  $divide: nullable('$divide', 2, 2, divide),
  $exp: inDouble('$exp', Math.exp),
  $floor: rounding('$floor', Math.floor),
  $ln: inDouble('$ln', Math.log, (n) => n > 0, "'s argument must be a positive number"),
  $log: nullable('$log', 2, 2, ([value, base]) => {
    const [n, b] = [toDouble(needNumber('$log', value)), toDouble(needNumber('$log', base))]
    if (n <= 0) throw requestFailed(`$log's argument must be a positive number, but is ${n}`)
    if (b <= 0 || b === 1) throw requestFailed(`$log's base must be a positive number not equal to 1, but is ${b}`)
    return double(Math.log(n) / Math.log(b))
  }),
  $log10: inDouble('$log10', Math.log10, (n) => n > 0, "'s argument must be a positive number"),
  $mod: nullable('$mod', 2, 2, modulo),
  $multiply: nary('$multiply', 0, Infinity, (values) =>
    values.some(isNullish)
      ? null
      : values.reduce<Numeric>((product, value) => combine('multiply', product, needNumber('$multiply', value)), 1),
  ),
  $pow: nullable('$pow', 2, 2, power),
  $round: toPlaces('$round', halfToEven),
  $sqrt: inDouble('$sqrt', Math.sqrt, (n) => n >= 0, "'s argument must be greater than or equal to 0"),
  $subtract: nullable('$subtract', 2, 2, subtract),
  $trunc: toPlaces('$trunc', Math.trunc),
  $sin: inDouble('$sin', Math.sin, Number.isFinite, 'cannot take an infinite argument'),
  $cos: inDouble('$cos', Math.cos, Number.isFinite, 'cannot take an infinite argument'),
  $tan: inDouble('$tan', Math.tan, Number.isFinite, 'cannot take an infinite argument'),
  $asin: inDouble('$asin', Math.asin, withinOne, RANGE_ONE),
  $acos: inDouble('$acos', Math.acos, withinOne, RANGE_ONE),
  $atan: inDouble('$atan', Math.atan),
  $atan2: nullable('$atan2', 2, 2, ([y, x]) => double(Math.atan2(toDouble(needNumber('$atan2', y)), toDouble(needNumber('$atan2', x))))),
  $sinh: inDouble('$sinh', Math.sinh),
  $cosh: inDouble('$cosh', Math.cosh),
  $tanh: inDouble('$tanh', Math.tanh),
  $asinh: inDouble('$asinh', Math.asinh),
  $acosh: inDouble('$acosh', Math.acosh, (n) => n >= 1, 'cannot take an argument below 1'),
  $atanh: inDouble('$atanh', Math.atanh, withinOne, RANGE_ONE),
  $degreesToRadians: inDouble('$degreesToRadians', (n) => (n * Math.PI) / 180),
  $radiansToDegrees: inDouble('$radiansToDegrees', (n) => (n * 180) / Math.PI),
}

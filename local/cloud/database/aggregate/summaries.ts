import { compare } from '../values/compare'
import { double, isNumeric, kindOf, toDouble, type Numeric } from '../values/numbers'
import type { Maybe, Value } from '../values/value'
import { combine } from './arithmetic'
import type { Operator, Operators } from './operator'
import { isNullish } from './truth'

/** Sum of the numbers; anything else does not count. */
export const sum = (values: readonly Maybe[]): Numeric =>
  values.filter(isNumeric).reduce<Numeric>((total, n) => combine('add', total, n), 0)

/** Mean of the numbers as a double; null when there are none. */
export function average(values: readonly Maybe[]): Value {
  const numbers = values.filter(isNumeric)
  return numbers.length === 0 ? null : double(toDouble(sum(numbers)) / numbers.length)
}

/** Least (−1) or greatest (1) value of any type, null and missing aside. */
export function extreme(values: readonly Maybe[], direction: 1 | -1): Value {
  let best: Maybe
  for (const value of values) {
    if (isNullish(value)) continue
    if (best === undefined || compare(value, best) * direction > 0) best = value
  }
  return best ?? null
}

/** Standard deviation of the whole population or of a sample; null when there is too little. */
export function deviation(values: readonly Maybe[], of: 'population' | 'sample'): Value {
  const numbers = values.filter((v): v is Numeric => isNumeric(v) && kindOf(v) !== 'decimal').map(toDouble)
  const n = of === 'population' ? numbers.length : numbers.length - 1
  if (n <= 0) return null
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length
  return double(Math.sqrt(numbers.reduce((total, x) => total + (x - mean) ** 2, 0) / n))
}

/** An accumulator outside of `$group`: one array is summarised, or the list of arguments. */
const over =
  (summarise: (values: readonly Maybe[]) => Maybe): Operator =>
  (operand, env, compile) => {
    if (Array.isArray(operand) && operand.length !== 1) {
      const each = operand.map((one) => compile(one, env))
      return (root, vars) => summarise(each.map((one) => one(root, vars)))
    }
    const only = compile(Array.isArray(operand) ? (operand[0] ?? null) : operand, env)
    return (root, vars) => {
      const value = only(root, vars)
      return summarise(Array.isArray(value) ? value : [value])
    }
  }

export const SUMMARIES: Operators = {
  $sum: over(sum),
  $avg: over(average),
  $min: over((values) => extreme(values, -1)),
  $max: over((values) => extreme(values, 1)),
  $stdDevPop: over((values) => deviation(values, 'population')),
  $stdDevSamp: over((values) => deviation(values, 'sample')),
}

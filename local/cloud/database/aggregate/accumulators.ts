import { requestFailed } from '../cloud-error'
import { orderKey } from '../values/order-key'
import { wholeNumber } from '../values/numbers'
import { compare } from '../values/compare'
import { isDoc, setField, type Doc, type Maybe, type Value } from '../values/value'
import type { Env } from './env'
import { compileExpression } from './expression'
import type { Expression } from './operator'
import { mergeObjects } from './objects'
import { average, deviation, extreme, sum } from './summaries'

/** Makes one value of those that a group's documents gave, in their order. */
type Summary = (values: readonly Maybe[]) => Value

const present = (values: readonly Maybe[]): Value[] => values.filter((value): value is Value => value !== undefined)

function distinct(values: readonly Maybe[]): Value[] {
  const byKey = new Map<string, Value>()
  for (const value of present(values)) if (!byKey.has(orderKey(value))) byKey.set(orderKey(value), value)
  return [...byKey.values()]
}

const SUMMARIES: Record<string, Summary> = {
  $sum: sum,
  $avg: average,
  $min: (values) => extreme(values, -1),
  $max: (values) => extreme(values, 1),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: present,
  $addToSet: distinct,
  $stdDevPop: (values) => deviation(values, 'population'),
  $stdDevSamp: (values) => deviation(values, 'sample'),
  $mergeObjects: mergeObjects,
}

const sortedValues = (values: readonly Maybe[], direction: 1 | -1): Value[] =>
  present(values)
    .filter((value) => value !== null)
    .sort((a, b) => compare(a, b) * direction)

const WITH_N: Record<string, (values: readonly Maybe[], n: number) => Value[]> = {
  $firstN: (values, n) => values.slice(0, n).map((value) => value ?? null),
  $lastN: (values, n) => values.slice(-n).map((value) => value ?? null),
  $minN: (values, n) => sortedValues(values, 1).slice(0, n),
  $maxN: (values, n) => sortedValues(values, -1).slice(0, n),
}

interface Accumulator {
  field: string
  compute: Expression
  summarise: Summary
}

/** `{ total: { $sum: '$price' }, … }` of `$group` and the buckets. */
export function compileAccumulators(spec: Doc, env: Env, stage: string): Accumulator[] {
  return Object.entries(spec).map(([field, value]) => {
    if (field.includes('.')) throw requestFailed(`The field name '${field}' cannot contain '.'`)
    if (field.startsWith('$')) throw requestFailed(`The field name '${field}' cannot be an operator name`)
    if (!isDoc(value)) throw requestFailed(`The field '${field}' must be an accumulator object`)
    const [entry, ...others] = Object.entries(value)
    if (!entry || others.length > 0) throw requestFailed(`The field '${field}' must specify one accumulator`)
    return { field, ...compileAccumulator(entry[0], entry[1], env, stage) }
  })
}

function compileAccumulator(operator: string, operand: Value, env: Env, stage: string): { compute: Expression; summarise: Summary } {
  if (operator === '$count') {
    if (!isDoc(operand) || Object.keys(operand).length > 0) throw requestFailed('$count takes no arguments, i.e. $count:{}')
    return { compute: () => 1, summarise: sum }
  }
  const many = Object.prototype.hasOwnProperty.call(WITH_N, operator) ? WITH_N[operator] : undefined
  if (many) {
    const [input, n] = isDoc(operand) ? [operand.input, wholeNumber(operand.n)] : []
    if (input === undefined || n === undefined || n <= 0) throw requestFailed(`${operator} needs 'input' and a positive 'n'`)
    return { compute: compileExpression(input, env), summarise: (values) => many(values, n) }
  }
  const summarise = Object.prototype.hasOwnProperty.call(SUMMARIES, operator) ? SUMMARIES[operator] : undefined
  if (!summarise) throw requestFailed(`unknown group operator '${operator}' in ${stage}`)
  if (Array.isArray(operand) && operand.length !== 1) throw requestFailed(`The ${operator} accumulator is a unary operator`)
  return { compute: compileExpression(Array.isArray(operand) ? (operand[0] ?? null) : operand, env), summarise }
}

/** Collects the documents of one group. */
export class Group {
  private readonly values: Maybe[][]

  constructor(private readonly accumulators: readonly Accumulator[]) {
    this.values = accumulators.map(() => [])
  }

  add(doc: Doc): void {
    this.accumulators.forEach(({ compute }, i) => this.values[i]?.push(compute(doc, {})))
  }

  result(id: Value): Doc {
    const out: Doc = { _id: id }
    this.accumulators.forEach(({ field, summarise }, i) => setField(out, field, summarise(this.values[i] ?? [])))
    return out
  }
}

import { requestFailed } from '../cloud-error'
import { compare, equal } from '../values/compare'
import { wholeNumber } from '../values/numbers'
import { parseSort, sortBy } from '../values/sort'
import { fieldOf, isDoc, setField, typeName, type Doc, type Maybe, type Value } from '../values/value'
import { named, namedOperands, nary, needArray, nullable, unary, type Operator, type Operators } from './operator'
import { isNullish, isTruthy } from './truth'

function whole(name: string, what: string, value: Maybe): number {
  const n = wholeNumber(value)
  if (n === undefined || Math.abs(n) > 0x7fffffff)
    throw requestFailed(`${name}'s ${what} must be representable as a 32-bit integer, found ${typeName(value)}`)
  return n
}

const elementAt = nullable('$arrayElemAt', 2, 2, ([list, index]) =>
  needArray('$arrayElemAt', list).at(whole('$arrayElemAt', 'second argument', index)),
)

function arrayToObject(list: Value[]): Doc {
  const out: Doc = {}
  for (const pair of list) {
    const [key, value] = Array.isArray(pair) ? pair : isDoc(pair) ? [fieldOf(pair, 'k'), fieldOf(pair, 'v')] : []
    const shaped = Array.isArray(pair) ? pair.length === 2 : isDoc(pair) && Object.keys(pair).length === 2
    if (!shaped || typeof key !== 'string' || value === undefined)
      throw requestFailed('$arrayToObject requires pairs [key, value] or { k, v } with string keys')
    setField(out, key, value)
  }
  return out
}

function slice([list, first, second]: Value[]): Maybe {
  const items = needArray('$slice', list)
  const n = whole('$slice', 'second argument', first)
  if (second === undefined) return n >= 0 ? items.slice(0, n) : items.slice(n)
  const count = whole('$slice', 'third argument', second)
  if (count <= 0) throw requestFailed('Third argument to $slice must be positive')
  const from = n >= 0 ? n : Math.max(0, items.length + n)
  return items.slice(from, from + count)
}

/** MongoDB gives an expression 100 MB; its values take 16 bytes each. */
const MAX_ELEMENTS = (100 * 1024 * 1024) / 16

function refuseTooMany(name: string, elements: number): void {
  if (elements > MAX_ELEMENTS)
    throw requestFailed(`${name} would use too much memory: ${elements} elements, at most ${MAX_ELEMENTS} are allowed`)
}

function range(args: Maybe[]): Maybe {
  const [start, end, step] = [
    whole('$range', 'starting value', args[0]),
    whole('$range', 'ending value', args[1]),
    args[2] === undefined ? 1 : whole('$range', 'step value', args[2]),
  ]
  if (step === 0) throw requestFailed('$range requires a non-zero step value')
  refuseTooMany('$range', (end - start) / step)
  const out: Value[] = []
  for (let n = start; step > 0 ? n < end : n > end; n += step) out.push(n)
  return out
}

function concatArrays(args: Maybe[]): Maybe {
  if (args.some(isNullish)) return null
  const lists = args.map((list) => needArray('$concatArrays', list))
  refuseTooMany('$concatArrays', lists.reduce((sum, list) => sum + list.length, 0)) // prettier-ignore
  return lists.flat()
}

function indexOfArray([list, wanted, start, end]: Maybe[]): Maybe {
  if (isNullish(list)) return null
  const items = needArray('$indexOfArray', list)
  const from = start === undefined ? 0 : whole('$indexOfArray', 'starting index', start)
  const to = Math.min(end === undefined ? items.length : whole('$indexOfArray', 'ending index', end), items.length)
  if (from < 0 || to < 0) throw requestFailed('$indexOfArray requires non-negative indexes')
  for (let i = from; i < to; i++) if (equal(items[i], wanted) && wanted !== undefined) return i
  return -1
}

const filter: Operator = (operand, env, compile) => {
  const { input, as, cond, limit } = namedOperands('$filter', operand, ['input', 'cond'], ['as', 'limit'])
  const name = typeof as === 'string' ? as : 'this'
  const [source, test] = [compile(input ?? null, env), compile(cond ?? null, { ...env, locals: new Set([...env.locals, name]) })]
  const most = limit === undefined ? undefined : compile(limit, env)
  return (root, vars) => {
    const list = source(root, vars)
    if (isNullish(list)) return null
    const kept = needArray('$filter', list).filter((item) => isTruthy(test(root, { ...vars, [name]: item })))
    const n = most?.(root, vars)
    return isNullish(n) ? kept : kept.slice(0, whole('$filter', 'limit', n))
  }
}

const map: Operator = (operand, env, compile) => {
  const { input, as, in: body } = namedOperands('$map', operand, ['input', 'in'], ['as'])
  const name = typeof as === 'string' ? as : 'this'
  const [source, compute] = [compile(input ?? null, env), compile(body ?? null, { ...env, locals: new Set([...env.locals, name]) })]
  return (root, vars) => {
    const list = source(root, vars)
    if (isNullish(list)) return null
    return needArray('$map', list).map((item) => compute(root, { ...vars, [name]: item }) ?? null)
  }
}

const reduce: Operator = (operand, env, compile) => {
  const { input, initialValue, in: body } = namedOperands('$reduce', operand, ['input', 'initialValue', 'in'], [])
  const [source, initial] = [compile(input ?? null, env), compile(initialValue ?? null, env)]
  const step = compile(body ?? null, { ...env, locals: new Set([...env.locals, 'value', 'this']) })
  return (root, vars) => {
    const list = source(root, vars)
    if (isNullish(list)) return null
    let value = initial(root, vars)
    for (const item of needArray('$reduce', list)) value = step(root, { ...vars, value, this: item })
    return value
  }
}

const zip: Operator = (operand, env, compile) => {
  const { inputs, useLongestLength, defaults } = namedOperands('$zip', operand, ['inputs'], ['useLongestLength', 'defaults'])
  if (!Array.isArray(inputs) || inputs.length === 0) throw requestFailed("'inputs' must be a non-empty array of expressions")
  if (useLongestLength !== undefined && typeof useLongestLength !== 'boolean') throw requestFailed('useLongestLength must be a bool')
  if (defaults !== undefined && (!useLongestLength || !Array.isArray(defaults) || defaults.length !== inputs.length)) {
    throw requestFailed('$zip: defaults needs useLongestLength and as many entries as inputs')
  }
  const lists = inputs.map((each) => compile(each, env))
  const fill = Array.isArray(defaults) ? defaults.map((each) => compile(each, env)) : []
  return (root, vars) => {
    const values = lists.map((each) => each(root, vars))
    if (values.some(isNullish)) return null
    const arrays = values.map((value) => needArray('$zip', value))
    const lengths = arrays.map((list) => list.length)
    const length = useLongestLength === true ? Math.max(...lengths) : Math.min(...lengths)
    return Array.from({ length }, (_, i) =>
      arrays.map((list, j) => (i < list.length ? (list[i] ?? null) : (fill[j]?.(root, vars) ?? null))),
    )
  }
}

const sortArray: Operator = (operand, env, compile) => {
  const { input, sortBy: order } = namedOperands('$sortArray', operand, ['input', 'sortBy'], [])
  const source = compile(input ?? null, env)
  const fields = isDoc(order) ? parseSort(order) : undefined
  const direction = fields ? 1 : wholeNumber(order)
  if (direction !== 1 && direction !== -1) throw requestFailed('$sortArray: sortBy must be 1, -1 or an object')
  return (root, vars) => {
    const list = source(root, vars)
    if (isNullish(list)) return null
    const items = [...needArray('$sortArray', list)]
    return fields ? sortBy(items, fields, (item) => item) : items.sort((a, b) => compare(a, b) * direction)
  }
}

const ends = (name: string, pick: (list: Value[], n: number) => Value[]) =>
  named(name, ['n', 'input'], [], ({ n, input }) => {
    const count = wholeNumber(n)
    if (count === undefined || count <= 0) throw requestFailed(`${name}: 'n' must be greater than 0`)
    return pick(needArray(name, input), count)
  })

const byOrder =
  (direction: 1 | -1) =>
  (list: Value[], n: number): Value[] =>
    list
      .filter((item) => item !== null)
      .sort((a, b) => compare(a, b) * direction)
      .slice(0, n)

export const ARRAYS: Operators = {
  $arrayElemAt: elementAt,
  $first: unary('$first', (list) => (isNullish(list) ? null : needArray('$first', list)[0])),
  $last: unary('$last', (list) => (isNullish(list) ? null : needArray('$last', list).at(-1))),
  $firstN: ends('$firstN', (list, n) => list.slice(0, n)),
  $lastN: ends('$lastN', (list, n) => list.slice(-n)),
  $minN: ends('$minN', byOrder(1)),
  $maxN: ends('$maxN', byOrder(-1)),
  $arrayToObject: nullable('$arrayToObject', 1, 1, ([list]) => arrayToObject(needArray('$arrayToObject', list))),
  $concatArrays: nary('$concatArrays', 0, Infinity, concatArrays),
  $filter: filter,
  $in: nary('$in', 2, 2, ([value, list]) => value !== undefined && needArray('$in', list).some((item) => equal(item, value))),
  $indexOfArray: nary('$indexOfArray', 2, 4, indexOfArray),
  $isArray: unary('$isArray', (value) => Array.isArray(value)),
  $map: map,
  $range: nary('$range', 2, 3, range),
  $reduce: reduce,
  $reverseArray: nullable('$reverseArray', 1, 1, ([list]) => [...needArray('$reverseArray', list)].reverse()),
  $size: unary('$size', (list) => {
    if (!Array.isArray(list)) throw requestFailed(`The argument to $size must be an array, but was of type: ${typeName(list)}`)
    return list.length
  }),
  $slice: nullable('$slice', 2, 3, slice),
  $sortArray: sortArray,
  $zip: zip,
}

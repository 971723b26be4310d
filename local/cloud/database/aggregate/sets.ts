import { orderKey } from '../values/order-key'
import type { Value } from '../values/value'
import { nary, needArray, nullable, type Operators } from './operator'
import { isNullish, isTruthy } from './truth'

const keysOf = (list: Value[]): Set<string> => new Set(list.map(orderKey))

/** Distinct values in BSON's order, which is how MongoDB's sets come out. */
function asSet(lists: Value[][]): Value[] {
  const byKey = new Map<string, Value>()
  for (const list of lists) for (const item of list) if (!byKey.has(orderKey(item))) byKey.set(orderKey(item), item)
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

export const SETS: Operators = {
  $allElementsTrue: nary('$allElementsTrue', 1, 1, ([list]) => needArray('$allElementsTrue', list).every(isTruthy)),
  $anyElementTrue: nary('$anyElementTrue', 1, 1, ([list]) => needArray('$anyElementTrue', list).some(isTruthy)),
  $setDifference: nullable('$setDifference', 2, 2, ([a, b]) => {
    const without = keysOf(needArray('$setDifference', b))
    const seen = new Set<string>()
    return needArray('$setDifference', a).filter((item) => {
      const key = orderKey(item)
      const fresh = !without.has(key) && !seen.has(key)
      seen.add(key)
      return fresh
    })
  }),
  $setEquals: nary('$setEquals', 2, Infinity, (lists) => {
    const [first, ...others] = lists.map((list) => keysOf(needArray('$setEquals', list)))
    return first !== undefined && others.every((other) => other.size === first.size && [...other].every((key) => first.has(key)))
  }),
  $setIntersection: nary('$setIntersection', 0, Infinity, (lists) => {
    if (lists.some(isNullish)) return null
    const [first = [], ...others] = lists.map((list) => needArray('$setIntersection', list))
    const keys = others.map(keysOf)
    return asSet([first.filter((item) => keys.every((set) => set.has(orderKey(item))))])
  }),
  $setIsSubset: nary('$setIsSubset', 2, 2, ([a, b]) => {
    const whole = keysOf(needArray('$setIsSubset', b))
    return needArray('$setIsSubset', a).every((item) => whole.has(orderKey(item)))
  }),
  $setUnion: nary('$setUnion', 0, Infinity, (lists) =>
    lists.some(isNullish) ? null : asSet(lists.map((list) => needArray('$setUnion', list))),
  ),
}

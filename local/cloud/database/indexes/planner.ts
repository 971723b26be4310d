import { requestFailed } from '../cloud-error'
import { parseIntersects, parseNear, parseWithin, type Near } from '../geo/geo-query'
import { circleCorners } from '../geo/geo-grid'
import { vertices, type LngLat } from '../geo/geometry'
import { isOperatorDoc } from '../query/match'
import { AFTER, reversed } from '../values/order-key'
import type { SortField } from '../values/sort'
import { isDoc, type Doc, type Value } from '../values/value'
import { boundsOf, type FieldBounds } from './bounds'
import type { Collection } from './collection'
import type { GeoIndex } from './geo-index'
import type { OrderedIndex } from './ordered-index'

/** Keys from `low` (inclusive) to `high` (exclusive). */
export interface Interval {
  low: string
  high: string
}

/** Where to look for the documents of a query. `ordered`: it delivers the wanted order; `whole`: each interval is one full key. */
export type Plan =
  | { kind: 'index'; index: OrderedIndex; intervals: Interval[]; direction: 1 | -1; ordered: boolean; whole: boolean; weight: number }
  | { kind: 'near'; index: GeoIndex; near: Near }
  | { kind: 'box'; index: GeoIndex; corners: readonly LngLat[] }
  | { kind: 'union'; plans: Plan[] }
  | { kind: 'scan' }

/** Beyond this many combinations of `$in` values an index is not asked further. */
const MAX_INTERVALS = 5000

/** Chooses as MongoDB would: equality first, then sort, then range. */
export function plan(collection: Collection, query: Doc, sort: readonly SortField[]): Plan {
  const near = nearOf(query)
  if (near) {
    const index = collection.geo.find((each) => each.field === near.path)
    if (!index)
      throw requestFailed(`unable to find index for $geoNear query: collection ${collection.name} has no 2dsphere index on '${near.path}'`)
    return { kind: 'near', index, near: near.near }
  }
  const bounds = boundsOf(query)
  let best: Extract<Plan, { kind: 'index' }> | undefined
  for (const index of collection.ordered) {
    const candidate = useIndex(index, bounds, sort)
    if (candidate && (!best || candidate.weight > best.weight)) best = candidate
  }
  if (best && best.weight >= POINT) return best
  return boxPlan(collection, query) ?? best ?? unionPlan(collection, query) ?? { kind: 'scan' }
}

const POINT = 8
const WHOLE_UNIQUE = 100
const ORDERED = 5
const RANGE = 4

function useIndex(
  index: OrderedIndex,
  bounds: Map<string, FieldBounds>,
  sort: readonly SortField[],
): Extract<Plan, { kind: 'index' }> | undefined {
  let prefixes = ['']
  let used = 0
  const constant = new Set<string>()
  for (const field of index.fields) {
    const points = usable(index, used, bounds)?.points
    if (!points || prefixes.length * points.length > MAX_INTERVALS) break
    prefixes = prefixes.flatMap((prefix) => points.map((point) => prefix + (field.direction === 1 ? point : reversed(point))))
    if (points.length === 1 && !index.multikey) constant.add(field.field)
    used++
  }
  const order = index.multikey ? undefined : orderGiven(index, used, sort, constant)
  const range = usable(index, used, bounds)?.range
  const next = index.fields[used]
  const intervals = prefixes.map((prefix) =>
    range && next ? rangeOf(prefix, range, next.direction, index.multikey) : { low: prefix, high: prefix + AFTER },
  )
  if (used === 0 && !range && order === undefined) return undefined
  const whole = used === index.fields.length
  const weight = (whole && index.unique ? WHOLE_UNIQUE : 0) + used * POINT + (order === undefined ? 0 : ORDERED) + (range ? RANGE : 0)
  return { kind: 'index', index, intervals, direction: order ?? 1, ordered: order !== undefined, whole, weight }
}

/** Bounds of the index's n-th field; in a multikey index only if no earlier field shares its array. */
function usable(index: OrderedIndex, n: number, bounds: Map<string, FieldBounds>): FieldBounds | undefined {
  const field = index.fields[n]?.field
  if (field === undefined) return undefined
  const root = field.split('.')[0]
  if (index.multikey && index.fields.slice(0, n).some((earlier) => earlier.field.split('.')[0] === root)) return undefined
  return bounds.get(field)
}

/** Direction in which the index, behind its constant fields, delivers the wanted order; `undefined` if it does not. */
function orderGiven(index: OrderedIndex, used: number, sort: readonly SortField[], constant: ReadonlySet<string>): 1 | -1 | undefined {
  const wanted = sort.filter((field) => !constant.has(field.path))
  if (sort.length === 0) return undefined
  if (wanted.length === 0) return 1
  const [first] = wanted
  const start = index.fields.findIndex((field) => field.field === first?.path)
  // Fields before it must be pinned by the query, to one value or (merged afterwards) to several.
  if (start < 0 || start > used) return undefined
  let direction: 1 | -1 | undefined
  for (const [i, field] of wanted.entries()) {
    const own = index.fields[start + i]
    if (own?.field !== field.path) return undefined
    const needed = own.direction === field.direction ? 1 : -1
    if (direction !== undefined && direction !== needed) return undefined
    direction = needed
  }
  return direction
}

function rangeOf(prefix: string, range: NonNullable<FieldBounds['range']>, direction: 1 | -1, multikey: boolean): Interval {
  const { tag, low } = range
  // In a multikey index the two bounds may be met by different elements: only one of them may cut.
  const high = multikey && low ? undefined : range.high
  if (direction === 1) {
    return {
      low: prefix + (low ? low.key + (low.inclusive ? '' : AFTER) : tag),
      high: prefix + (high ? high.key + (high.inclusive ? AFTER : '') : tag + AFTER),
    }
  }
  return {
    low: prefix + (high ? reversed(high.key) + (high.inclusive ? '' : AFTER) : reversed(tag)),
    high: prefix + (low ? reversed(low.key) + (low.inclusive ? AFTER : '') : reversed(tag) + AFTER),
  }
}

/** Conditions that every match satisfies, as [path, condition]. */
function* conditions(query: Doc): Generator<[string, Value]> {
  for (const [field, condition] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(condition)) for (const clause of condition) yield* isDoc(clause) ? conditions(clause) : []
    else yield [field, condition]
  }
}

function nearOf(query: Doc): { path: string; near: Near } | undefined {
  const found: { path: string; near: Near }[] = []
  for (const [path, condition] of conditions(query)) {
    if (path === '$or' || path === '$nor') refuseNear(condition)
    if (!isOperatorDoc(condition)) continue
    const operator = '$nearSphere' in condition ? '$nearSphere' : '$near'
    const operand = condition[operator]
    if (operand !== undefined) found.push({ path, near: parseNear(operator, operand, condition) })
  }
  if (found.length > 1) throw requestFailed('Too many geoNear expressions')
  return found[0]
}

function refuseNear(value: Value): void {
  if (Array.isArray(value)) value.forEach(refuseNear)
  if (!isDoc(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$near' || key === '$nearSphere') throw requestFailed('geo $near must be top-level expr')
    refuseNear(inner)
  }
}

function boxPlan(collection: Collection, query: Doc): Plan | undefined {
  for (const [path, condition] of conditions(query)) {
    const index = collection.geo.find((each) => each.field === path)
    if (!index || !isOperatorDoc(condition)) continue
    if (condition.$geoWithin !== undefined) {
      const region = parseWithin(condition.$geoWithin)
      if (region.kind === 'circle') return { kind: 'box', index, corners: circleCorners(region.center, region.radius) }
      if (region.kind === 'geometry') return { kind: 'box', index, corners: vertices(region.geometry) }
    }
    if (condition.$geoIntersects !== undefined) return { kind: 'box', index, corners: vertices(parseIntersects(condition.$geoIntersects)) }
  }
  return undefined
}

/** `$or`: each branch by an index of its own, or not at all. */
function unionPlan(collection: Collection, query: Doc): Plan | undefined {
  for (const [field, branches] of conditions(query)) {
    if (field !== '$or' || !Array.isArray(branches)) continue
    const plans = branches.map((branch): Plan => (isDoc(branch) ? plan(collection, branch, []) : { kind: 'scan' }))
    if (plans.every((each) => each.kind !== 'scan')) return { kind: 'union', plans }
  }
  return undefined
}

import { requestFailed } from '../cloud-error'
import { compare } from '../values/compare'
import { orderKey } from '../values/order-key'
import { wholeNumber } from '../values/numbers'
import { isDoc, typeName, typeOrder, type Doc, type Value } from '../values/value'
import { compileAccumulators, Group } from './accumulators'
import { compileExpression } from './expression'
import { roundUp, roundDown, seriesOf } from './preferred-numbers'
import { needStageDoc, type MakeStage } from './stage'

const group: MakeStage = (spec, { env }) => {
  const { _id: id, ...fields } = needStageDoc('$group', spec)
  if (id === undefined) throw requestFailed('a group specification must include an _id')
  const key = compileExpression(id, env)
  const accumulators = compileAccumulators(fields, env, '$group')
  return (docs) => {
    const groups = new Map<string, { id: Value; members: Group }>()
    for (const doc of docs) {
      const value = key(doc, {}) ?? null
      const text = orderKey(value)
      let found = groups.get(text)
      if (!found) groups.set(text, (found = { id: value, members: new Group(accumulators) }))
      found.members.add(doc)
    }
    return [...groups.values()].map(({ id: value, members }) => members.result(value))
  }
}

const sortByCount: MakeStage = (spec, context) => {
  const ok = typeof spec === 'string' ? spec.startsWith('$') : isDoc(spec) && (Object.keys(spec)[0]?.startsWith('$') ?? false)
  if (!ok) throw requestFailed('the sortByCount field must be defined as a $-prefixed path or an expression inside an object')
  const count = group({ _id: spec, count: { $sum: 1 } }, context)
  return (docs) => count(docs).sort((a, b) => compare(b.count, a.count))
}

const COUNT_ONLY: Doc = { count: { $sum: 1 } }

function checkFields(stage: string, spec: Value, known: readonly string[]): Doc {
  const doc = needStageDoc(stage, spec)
  for (const field of Object.keys(doc)) if (!known.includes(field)) throw requestFailed(`Unrecognized option to ${stage}: ${field}`)
  return doc
}

const bucket: MakeStage = (spec, { env }) => {
  const { groupBy, boundaries, default: otherwise, output } = checkFields('$bucket', spec, ['groupBy', 'boundaries', 'default', 'output'])
  if (groupBy === undefined || boundaries === undefined) throw requestFailed("$bucket requires 'groupBy' and 'boundaries' to be specified")
  if (!Array.isArray(boundaries) || boundaries.length < 2)
    throw requestFailed("The $bucket 'boundaries' field must be an array of at least 2 values")
  const edges = boundaries.map((edge) => compileExpression(edge, env)({}, {}) ?? null)
  edges.forEach((edge, i) => {
    if (i === 0) return
    if (typeOrder(edge) !== typeOrder(edges[0]))
      throw requestFailed("All values in the 'boundaries' option to $bucket must have the same type")
    if (compare(edges[i - 1], edge) >= 0)
      throw requestFailed("The 'boundaries' option to $bucket must be sorted, with unique values, in ascending order")
  })
  const [low, high] = [edges[0], edges.at(-1)]
  if (otherwise !== undefined && compare(otherwise, low) >= 0 && compare(otherwise, high) < 0) {
    throw requestFailed(
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary",
    )
  }
  const key = compileExpression(groupBy, env)
  const accumulators = compileAccumulators(output === undefined ? COUNT_ONLY : needStageDoc('$bucket output', output), env, '$bucket')
  return (docs) => {
    const buckets = new Map<string, { id: Value; members: Group }>()
    for (const doc of docs) {
      const value = key(doc, {}) ?? null
      const inside = typeOrder(value) === typeOrder(low) && compare(value, low) >= 0 && compare(value, high) < 0
      const id = inside ? edges.findLast((edge) => compare(edge, value) <= 0) : otherwise
      if (id === undefined) throw requestFailed('$switch could not find a matching branch for an input, and no default was specified')
      let found = buckets.get(orderKey(id))
      if (!found) buckets.set(orderKey(id), (found = { id, members: new Group(accumulators) }))
      found.members.add(doc)
    }
    return [...buckets.values()].sort((a, b) => compare(a.id, b.id)).map(({ id, members }) => members.result(id))
  }
}

const bucketAuto: MakeStage = (spec, { env }) => {
  const { groupBy, buckets, output, granularity } = checkFields('$bucketAuto', spec, ['groupBy', 'buckets', 'output', 'granularity'])
  const count = wholeNumber(buckets)
  if (groupBy === undefined || count === undefined) throw requestFailed("$bucketAuto requires 'groupBy' and a whole number of 'buckets'")
  if (count <= 0 || count > 0x7fffffff) throw requestFailed("The $bucketAuto 'buckets' field must be greater than 0")
  const series = granularity === undefined ? undefined : seriesOf(granularity)
  const key = compileExpression(groupBy, env)
  const accumulators = compileAccumulators(
    output === undefined ? COUNT_ONLY : needStageDoc('$bucketAuto output', output),
    env,
    '$bucketAuto',
  )
  return (docs) => {
    const sorted = docs.map((doc) => ({ doc, value: key(doc, {}) ?? null })).sort((a, b) => compare(a.value, b.value))
    if (series && sorted.some(({ value }) => !['int', 'long', 'double'].includes(typeName(value))))
      throw requestFailed('$bucketAuto can specify a granularity with numeric boundaries only')
    const size = Math.max(1, Math.round(sorted.length / count))
    const made: { min: Value; max: Value; members: Group }[] = []
    for (let at = 0; at < sorted.length;) {
      let end = made.length === count - 1 ? sorted.length : Math.min(at + size, sorted.length)
      let max = (sorted[end - 1] as { value: Value }).value
      if (series) max = roundUp(max, series)
      const taken = (value: Value): boolean => (series ? compare(value, max) < 0 : compare(value, max) === 0)
      while (end < sorted.length && taken((sorted[end] as { value: Value }).value)) end++
      const members = new Group(accumulators)
      for (const { doc } of sorted.slice(at, end)) members.add(doc)
      const first = (sorted[at] as { value: Value }).value
      const previous = made.at(-1)
      made.push({ min: series ? (previous ? previous.max : roundDown(first, series)) : first, max, members })
      at = end
    }
    return made.map(({ min, max, members }, i) => members.result({ min, max: series ? max : (made[i + 1]?.min ?? max) }))
  }
}

export const GROUP_STAGES: Record<string, MakeStage> = {
  $group: group,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
}

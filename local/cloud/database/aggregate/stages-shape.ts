import { requestFailed } from '../cloud-error'
import { compileAddFields, compileProjection } from '../query/projection'
import { compileQuery } from '../query/match'
import { integer, long, wholeNumber } from '../values/numbers'
import { parseSort, sortBy } from '../values/sort'
import { fieldOf, isDoc, setField, typeName, type Doc, type Maybe, type Value } from '../values/value'
import { splitPath, valueAt } from '../values/path'
import { changeAt, removeAt } from '../update/mutate'
import { compileExpression } from './expression'
import type { Vars } from './operator'
import { needStageDoc, needStagePath, type MakeStage } from './stage'

const match: MakeStage = (spec, { env }) => {
  const query = needStageDoc('$match', spec)
  refuseOrdering(query)
  const matches = compileQuery(query, env)
  return (docs) => docs.filter((doc) => matches(doc))
}

function refuseOrdering(value: Value): void {
  if (Array.isArray(value)) value.forEach(refuseOrdering)
  if (!isDoc(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$near' || key === '$nearSphere') throw requestFailed('$geoNear, $near, and $nearSphere are not allowed in this context')
    refuseOrdering(inner)
  }
}

const project: MakeStage = (spec, { env }) => {
  const fields = needStageDoc('$project', spec)
  if (Object.keys(fields).length === 0) throw requestFailed('$project specification must have at least one field')
  const shape = compileProjection(fields, env, 'project')
  return (docs) => docs.map((doc) => shape(doc, {}))
}

const addFields: MakeStage = (spec, { env }) => {
  const fields = needStageDoc('$addFields', spec)
  if (Object.keys(fields).length === 0) throw requestFailed('$addFields specification must have at least one field')
  const shape = compileAddFields(fields, env)
  return (docs) => docs.map((doc) => shape(doc, {}))
}

const unset: MakeStage = (spec, context) => {
  const paths = Array.isArray(spec) ? spec : [spec]
  if (paths.length === 0) throw requestFailed('$unset specification must be a string or an array with at least one field')
  return project(Object.fromEntries(paths.map((path) => [needStagePath('$unset field', path), 0])), context)
}

const replaceWith =
  (name: string, pick: (spec: Value) => Maybe): MakeStage =>
  (spec, { env }) => {
    const source = pick(spec)
    if (source === undefined) throw requestFailed('no newRoot specified for the $replaceRoot stage')
    const compute = compileExpression(source, env)
    return (docs) =>
      docs.map((doc) => {
        const root = compute(doc, {})
        if (!isDoc(root))
          throw requestFailed(
            `'newRoot' expression of ${name} must evaluate to an object, but resulting value was of type ${typeName(root)}`,
          )
        return root
      })
  }

const sort: MakeStage = (spec) => {
  const fields = parseSort(needStageDoc('$sort', spec))
  if (fields.length === 0) throw requestFailed('$sort stage must have at least one sort key')
  return (docs) => sortBy([...docs], fields, (doc) => doc)
}

function count(name: string, spec: Value, least: number): number {
  const n = wholeNumber(spec)
  if (n === undefined) throw requestFailed(`invalid argument to ${name} stage: Expected an integer, found ${typeName(spec)}`)
  if (n < least)
    throw requestFailed(least > 0 ? `the ${name} must be positive` : `invalid argument to ${name} stage: Expected a non-negative number`)
  return n
}

const limit: MakeStage = (spec) => {
  const n = count('$limit', spec, 1)
  return (docs) => docs.slice(0, n)
}

const skip: MakeStage = (spec) => {
  const n = count('$skip', spec, 0)
  return (docs) => docs.slice(n)
}

const counted: MakeStage = (spec) => {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.'))
    throw requestFailed("the count field must be a non-empty string without '$' in front and without '.'")
  return (docs) => (docs.length === 0 ? [] : [{ [spec]: integer(docs.length) }])
}

const sample: MakeStage = (spec) => {
  const size = isDoc(spec) ? wholeNumber(spec.size) : undefined
  if (size === undefined || size < 0) throw requestFailed('$sample stage must specify a non-negative size')
  return (docs) => {
    const pool = [...docs]
    for (let i = 0; i < Math.min(size, pool.length); i++) {
      const j = i + Math.floor(Math.random() * (pool.length - i))
      ;[pool[i], pool[j]] = [pool[j] as Doc, pool[i] as Doc]
    }
    return pool.slice(0, size)
  }
}

interface Unwinding {
  parts: readonly string[]
  path: string
  indexField: string | undefined
  keepEmpty: boolean
}

function unwinding(spec: Value): Unwinding {
  const options: Doc = typeof spec === 'string' ? { path: spec } : needStageDoc('$unwind', spec)
  for (const key of Object.keys(options)) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key))
      throw requestFailed(`unrecognized option to $unwind stage: ${key}`)
  }
  const { path, includeArrayIndex, preserveNullAndEmptyArrays: keep } = options
  if (typeof path !== 'string') throw requestFailed('no path specified to $unwind stage')
  if (!path.startsWith('$') || path.length < 2) throw requestFailed(`path option to $unwind stage should be prefixed with a '$': ${path}`)
  if (keep !== undefined && typeof keep !== 'boolean')
    throw requestFailed('expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage')
  const indexField = includeArrayIndex === undefined ? undefined : needStagePath('includeArrayIndex', includeArrayIndex)
  return { path: path.slice(1), parts: splitPath(path.slice(1)), indexField, keepEmpty: keep === true }
}

const unwind: MakeStage = (spec) => {
  const { path, parts, indexField, keepEmpty } = unwinding(spec)
  const withIndex = (doc: Doc, index: Value): Doc => (indexField === undefined ? doc : changeAt(doc, splitPath(indexField), () => index))
  return (docs) =>
    docs.flatMap((doc) => {
      const value = valueAt(doc, path)
      if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
        if (!keepEmpty) return []
        return [withIndex(Array.isArray(value) ? removeAt(doc, parts) : doc, null)]
      }
      if (!Array.isArray(value)) return [withIndex(doc, null)]
      return value.map((item, i) =>
        withIndex(
          changeAt(doc, parts, () => item),
          long(BigInt(i)),
        ),
      )
    })
}

const redact: MakeStage = (spec, { env }) => {
  const decide = compileExpression(spec, env)
  const visit = (value: Doc, vars: Vars): Doc | undefined => {
    const decision = decide(value, vars)
    if (decision === '$$PRUNE') return undefined
    if (decision === '$$KEEP') return value
    if (decision !== '$$DESCEND')
      throw requestFailed("$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE")
    const out: Doc = {}
    for (const field of Object.keys(value)) {
      const inner = descend(fieldOf(value, field) as Value, vars)
      if (inner !== undefined) setField(out, field, inner)
    }
    return out
  }
  const descend = (value: Value, vars: Vars): Maybe => {
    if (isDoc(value)) return visit(value, vars)
    if (!Array.isArray(value)) return value
    return value
      .map((item) => (isDoc(item) || Array.isArray(item) ? descend(item, vars) : item))
      .filter((item): item is Value => item !== undefined)
  }
  return (docs) => docs.map((doc) => visit(doc, { ROOT: doc })).filter((doc): doc is Doc => doc !== undefined)
}

export const SHAPE_STAGES: Record<string, MakeStage> = {
  $match: match,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: replaceWith('$replaceRoot', (spec) => (isDoc(spec) ? spec.newRoot : undefined)),
  $replaceWith: replaceWith('$replaceWith', (spec) => spec),
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: counted,
  $sample: sample,
  $unwind: unwind,
  $redact: redact,
}

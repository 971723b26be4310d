import type { Env } from '../aggregate/env'
import { requestFailed } from '../cloud-error'
import { arrayIndex, type Position } from '../values/path'
import { equal, compareStrings } from '../values/compare'
import { checkStorable } from '../values/storable'
import { fieldOf, isDoc, typeName, type Doc, type Value } from '../values/value'
import { ARRAY_OPERATORS } from './array-operators'
import { FIELD_OPERATORS } from './field-operators'
import { changeAt, lookUp, removeAt, type Change } from './mutate'

/** What an update makes of a document. `inserting` = the document is being made by an upsert. */
export type Update = (doc: Doc, position?: Position, inserting?: boolean) => Doc

type Action =
  { kind: 'change'; change: Change; onInsertOnly?: boolean; lenient?: boolean } | { kind: 'remove' } | { kind: 'rename'; to: string[] }
/** `lenient`: a path that leads nowhere is no error, there is nothing to take away. */
interface Step {
  path: string
  parts: string[]
  action: Action
}

/**
 * Compiles an update of operators, as strict as MongoDB: unknown operators, two operators on one path, `_id` and empty updates
 * are refused here; wrong field types are refused when it is applied, before anything is stored.
 * Fields that an update adds appear in the order of their paths, whatever the order of the request.
 * @throws CloudError DATABASE_REQUEST_FAILED
 */
export function compileUpdate(modifiers: Doc, env: Env): Update {
  const steps: Step[] = []
  const taken: { path: string; parts: string[] }[] = []
  if (Object.keys(modifiers).length === 0) throw requestFailed('the update document must contain at least one atomic operator')
  for (const [operator, fields] of Object.entries(modifiers)) {
    if (!operator.startsWith('$'))
      throw requestFailed(`the update operation document must contain atomic operators, found field '${operator}'`)
    if (!isKnown(operator)) throw requestFailed(`Unknown modifier: ${operator}`)
    if (!isDoc(fields))
      throw requestFailed(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
      )
    if (Object.keys(fields).length === 0)
      throw requestFailed(`'${operator}' is empty. You must specify a field like so: {${operator}: {<field>: ...}}`)
    for (const [path, operand] of Object.entries(fields)) {
      const parts = updatePath(path)
      claim(taken, path, parts)
      const action = makeAction(operator, operand, path, env)
      if (action.kind === 'rename') claim(taken, action.to.join('.'), action.to)
      steps.push({ path, parts, action })
    }
  }
  steps.sort((a, b) => comparePaths(effectPath(a), effectPath(b)))
  return (doc, position, inserting = false) => {
    let next = doc
    for (const step of steps) next = applyStep(next, step, position, inserting)
    if (!equal(fieldOf(doc, '_id'), fieldOf(next, '_id'))) throw immutableId()
    return next
  }
}

const isKnown = (operator: string): boolean =>
  operator in FIELD_OPERATORS || operator in ARRAY_OPERATORS || ['$unset', '$rename', '$setOnInsert'].includes(operator)
const immutableId = (): Error => requestFailed("Performing an update on the path '_id' would modify the immutable field '_id'")

function updatePath(path: string): string[] {
  if (path === '') throw requestFailed('An empty update path is not valid')
  const parts = path.split('.')
  if (parts.includes('')) throw requestFailed(`The update path '${path}' contains an empty field name, which is not allowed`)
  for (const part of parts) {
    if (part.startsWith('$') && part !== '$' && part !== '$[]') {
      if (part.startsWith('$[')) throw requestFailed(`No array filter found for identifier '${part.slice(2, -1)}' in path '${path}'`)
      throw requestFailed(`The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage`)
    }
  }
  if (parts[0]?.startsWith('$'))
    throw requestFailed(`Cannot have array filter identifier or positional operator as the first part of path '${path}'`)
  return parts
}

function claim(taken: { path: string; parts: string[] }[], path: string, parts: string[]): void {
  for (const other of taken) {
    const shared = Math.min(other.parts.length, parts.length)
    if (!parts.slice(0, shared).every((part, i) => part === other.parts[i])) continue
    throw requestFailed(
      `Updating the path '${path}' would create a conflict at '${other.parts.length <= parts.length ? other.path : path}'`,
    )
  }
  taken.push({ path, parts })
}

function makeAction(operator: string, operand: Value, path: string, env: Env): Action {
  if (operator === '$unset') return { kind: 'remove' }
  if (operator === '$rename') return rename(operand, path)
  if (operator === '$setOnInsert') {
    checkStorable(operand, `${path}.`)
    return { kind: 'change', change: () => operand, onInsertOnly: true }
  }
  const onField = FIELD_OPERATORS[operator]
  if (onField) return { kind: 'change', change: onField(operand, path, env.now) }
  const onArray = ARRAY_OPERATORS[operator]
  if (onArray) return { kind: 'change', change: onArray(operand, path, env), lenient: ['$pop', '$pull', '$pullAll'].includes(operator) }
  throw requestFailed(`Unknown modifier: ${operator}`)
}

function rename(operand: Value, path: string): Action {
  if (typeof operand !== 'string') throw requestFailed(`The 'to' field for $rename must be a string: ${path}: ${typeName(operand)}`)
  const to = updatePath(operand)
  if (operand === path) throw requestFailed(`The source and target field for $rename must differ: ${path}: "${operand}"`)
  if ([...path.split('.'), ...to].some((part) => part.startsWith('$')))
    throw requestFailed('The source and target field for $rename may not be dynamic')
  return { kind: 'rename', to }
}

const effectPath = (step: Step): string[] => (step.action.kind === 'rename' ? step.action.to : step.parts)

/** Numbers by size, names by letters. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string, b[i] as string]
    if (x === y) continue
    const [m, n] = [arrayIndex(x), arrayIndex(y)]
    return m !== undefined && n !== undefined ? m - n : compareStrings(x, y)
  }
  return a.length - b.length
}

function applyStep(doc: Doc, step: Step, position: Position | undefined, inserting: boolean): Doc {
  const { action } = step
  if (action.kind === 'change' && action.onInsertOnly && !inserting) return doc
  return expand(doc, step.parts, step.path, position).reduce((next, parts) => {
    if (action.kind === 'change') return action.lenient && lookUp(next, parts) === undefined ? next : changeAt(next, parts, action.change)
    if (action.kind === 'remove') return removeAt(next, parts)
    return renamed(next, parts, action.to)
  }, doc)
}

/** Replaces `$` by the element that the query found and `$[]` by every element. */
function expand(doc: Doc, parts: string[], path: string, position: Position | undefined): string[][] {
  const at = parts.findIndex((part) => part === '$' || part === '$[]')
  if (at < 0) return [parts]
  const before = parts.slice(0, at)
  const after = parts.slice(at + 1)
  if (parts[at] === '$') {
    if (position?.index === undefined) throw requestFailed('The positional operator did not find the match needed from the query')
    return expand(doc, [...before, String(position.index), ...after], path, position)
  }
  const list = lookUp(doc, before)
  if (list === undefined) throw requestFailed(`The path '${before.join('.')}' must exist in the document in order to apply array updates`)
  if (!Array.isArray(list)) throw requestFailed(`Cannot apply array updates to non-array element ${before.join('.')}: ${typeName(list)}`)
  return list.flatMap((_item, i) => expand(doc, [...before, String(i), ...after], path, position))
}

function renamed(doc: Doc, from: string[], to: string[]): Doc {
  const value = lookUp(doc, from)
  if (value === undefined) return doc
  refuseArrays(doc, from, 'source')
  refuseArrays(doc, to, 'destination')
  return changeAt(removeAt(doc, from), to, () => value)
}

function refuseArrays(doc: Doc, parts: string[], which: string): void {
  for (let i = 1; i < parts.length; i++) {
    if (Array.isArray(lookUp(doc, parts.slice(0, i))))
      throw requestFailed(`The ${which} field of a $rename cannot be an array element, '${parts.join('.')}'`)
  }
}

/** The document that takes another's place: every field is new, `_id` stays. */
export function replacement(old: Doc, data: Doc): Doc {
  const id = fieldOf(data, '_id')
  if (id !== undefined && !equal(id, fieldOf(old, '_id'))) throw immutableId()
  const { _id: _dropped, ...rest } = data
  return { _id: old._id ?? null, ...rest }
}

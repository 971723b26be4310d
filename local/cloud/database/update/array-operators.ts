import type { Env } from '../aggregate/env'
import { requestFailed } from '../cloud-error'
import { elementTest, isOperatorDoc } from '../query/match'
import { regexTest } from '../query/comparison'
import { compare, equal } from '../values/compare'
import { orderKey } from '../values/order-key'
import { wholeNumber } from '../values/numbers'
import { parseSort, sortBy } from '../values/sort'
import { checkStorable } from '../values/storable'
import { BSONRegExp, isDoc, typeName, type Doc, type Maybe, type Value } from '../values/value'
import type { Change } from './mutate'

export type MakeArrayChange = (operand: Value, path: string, env: Env) => Change

function arrayOf(operator: string, path: string, old: Maybe): Value[] {
  if (!Array.isArray(old)) throw requestFailed(`The field '${path}' must be an array but is of type ${typeName(old)} (${operator})`)
  return old
}

function eachOf(operator: string, operand: Value): Value[] | undefined {
  if (!isDoc(operand) || !('$each' in operand)) return undefined
  if (!Array.isArray(operand.$each))
    throw requestFailed(`The argument to $each in ${operator} must be an array but it was of type ${typeName(operand.$each)}`)
  return operand.$each
}

function wholeModifier(modifiers: Doc, name: string): number | undefined {
  if (!(name in modifiers)) return undefined
  const n = wholeNumber(modifiers[name])
  if (n === undefined) throw requestFailed(`The value for ${name} must be an integer value, not of type ${typeName(modifiers[name])}`)
  return n
}

/** `$push`: position, then sort, then slice. */
const push: MakeArrayChange = (operand, path) => {
  const each = eachOf('$push', operand)
  const items = each ?? [operand]
  for (const item of items) checkStorable(item, `${path}.`)
  const modifiers: Doc = each && isDoc(operand) ? operand : {}
  for (const name of Object.keys(modifiers)) {
    if (!['$each', '$position', '$sort', '$slice'].includes(name)) throw requestFailed(`Unrecognized clause in $push: ${name}`)
  }
  const position = wholeModifier(modifiers, '$position')
  const slice = wholeModifier(modifiers, '$slice')
  const sort = sorter(modifiers.$sort)
  return (old) => {
    const list = old === undefined ? [] : arrayOf('$push', path, old)
    const at = position === undefined ? list.length : position < 0 ? Math.max(0, list.length + position) : Math.min(position, list.length)
    let next = [...list.slice(0, at), ...items, ...list.slice(at)]
    if (sort) next = sort(next)
    if (slice !== undefined) next = slice === 0 ? [] : slice > 0 ? next.slice(0, slice) : next.slice(slice)
    return next
  }
}

function sorter(spec: Maybe): ((list: Value[]) => Value[]) | undefined {
  if (spec === undefined) return undefined
  if (isDoc(spec)) {
    if (Object.keys(spec).length === 0) throw requestFailed('The $sort pattern is empty when it should be a set of fields')
    const fields = parseSort(spec)
    return (list) => sortBy(list, fields, (item) => item)
  }
  const direction = wholeNumber(spec)
  if (direction !== 1 && direction !== -1) throw requestFailed('The $sort element value must be either 1 or -1')
  return (list) => [...list].sort((a, b) => compare(a, b) * direction)
}

const addToSet: MakeArrayChange = (operand, path) => {
  const each = eachOf('$addToSet', operand)
  if (each && isDoc(operand) && Object.keys(operand).length > 1) throw requestFailed('Found unexpected fields after $each in $addToSet')
  const items = each ?? [operand]
  for (const item of items) checkStorable(item, `${path}.`)
  return (old) => {
    const list = old === undefined ? [] : arrayOf('$addToSet', path, old)
    const known = new Set(list.map(orderKey))
    const fresh = items.filter((item) => {
      const key = orderKey(item)
      if (known.has(key)) return false
      known.add(key)
      return true
    })
    return fresh.length === 0 && old !== undefined ? list : [...list, ...fresh]
  }
}

const pop: MakeArrayChange = (operand, path) => {
  const end = wholeNumber(operand)
  if (end !== 1 && end !== -1) throw requestFailed(`$pop expects 1 or -1, found: ${String(end ?? typeName(operand))}`)
  return (old) => {
    if (old === undefined) return undefined
    const list = arrayOf('$pop', path, old)
    return end === 1 ? list.slice(0, -1) : list.slice(1)
  }
}

const without =
  (operator: string, path: string, goes: (item: Value) => boolean): Change =>
  (old) => {
    if (old === undefined) return undefined
    const list = arrayOf(operator, path, old)
    const kept = list.filter((item) => !goes(item))
    return kept.length === list.length ? list : kept
  }

/** `$pull`: a value, a regular expression, operators on each element, or a query on each element that is a document. */
const pull: MakeArrayChange = (operand, path, env) => {
  if (operand instanceof BSONRegExp) return without('$pull', path, regexTest(operand))
  if (!isDoc(operand)) return without('$pull', path, (item) => equal(item, operand))
  if (isOperatorDoc(operand)) return without('$pull', path, elementTest(operand, env))
  const test = elementTest(operand, env)
  return without('$pull', path, (item) => isDoc(item) && test(item))
}

const pullAll: MakeArrayChange = (operand, path) => {
  if (!Array.isArray(operand)) throw requestFailed(`$pullAll requires an array argument but was given a ${typeName(operand)}`)
  return without('$pullAll', path, (item) => operand.some((each) => equal(each, item)))
}

export const ARRAY_OPERATORS: Record<string, MakeArrayChange> = {
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
}

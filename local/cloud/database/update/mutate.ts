import { requestFailed } from '../cloud-error'
import { encode } from '../values/ejson-encode'
import { arrayIndex } from '../values/path'
import { fieldOf, hasField, isDoc, setField, type Doc, type Maybe, type Value } from '../values/value'

/** Documents are immutable: a change copies what lies on its path and shares the rest. */

/** MongoDB fills gaps with null, up to this many. */
const MAX_BACKFILL = 1_500_000

/** Computes the new value of a field from its old one; `undefined` as a result leaves a missing field missing. */
export type Change = (old: Maybe) => Maybe

/**
 * Changes what a path leads to, creating the documents on the way.
 * @throws CloudError DATABASE_REQUEST_FAILED when the path runs through a scalar, null, or an array by a name
 */
export function changeAt(root: Doc, parts: readonly string[], change: Change): Doc {
  return (within(root, parts, 0, change) ?? root) as Doc
}

function within(container: Maybe, parts: readonly string[], at: number, change: Change): Maybe {
  const part = parts[at] as string
  if (Array.isArray(container)) return withinArray(container, parts, at, change)
  if (container !== undefined && !isDoc(container)) throw blocked(parts, at, container)
  const doc = container ?? {}
  const old = fieldOf(doc, part)
  const next = at === parts.length - 1 ? change(old) : within(old, parts, at + 1, change)
  if (next === old || next === undefined) return container
  const copy = copyOf(doc)
  setField(copy, part, next)
  return copy
}

function withinArray(list: Value[], parts: readonly string[], at: number, change: Change): Value {
  const index = arrayIndex(parts[at] as string)
  if (index === undefined) throw blocked(parts, at, list)
  const old = list[index]
  const next = at === parts.length - 1 ? change(old) : within(old, parts, at + 1, change)
  if (next === old || next === undefined) return list
  if (index - list.length > MAX_BACKFILL) throw requestFailed(`can't backfill more than ${MAX_BACKFILL} elements`)
  const copy = list.slice()
  while (copy.length < index) copy.push(null)
  copy[index] = next
  return copy
}

function blocked(parts: readonly string[], at: number, container: Value): Error {
  const name = at === 0 ? '' : (parts[at - 1] as string)
  const shown = encode(container)
  return requestFailed(`Cannot create field '${parts[at]}' in element {${name}: ${shown.length > 200 ? `${shown.slice(0, 200)}…` : shown}}`)
}

function copyOf(doc: Doc): Doc {
  return hasField(doc, '__proto__')
    ? Object.entries(doc).reduce<Doc>((out, [key, value]) => (setField(out, key, value), out), {})
    : { ...doc }
}

/** Removes a field; an array element becomes null so that the others keep their places. Missing paths are left alone. */
export function removeAt(root: Doc, parts: readonly string[]): Doc {
  return without(root, parts, 0) as Doc
}

function without(container: Value, parts: readonly string[], at: number): Value {
  const part = parts[at] as string
  const last = at === parts.length - 1
  if (Array.isArray(container)) {
    const index = arrayIndex(part)
    const old = index === undefined ? undefined : container[index]
    if (index === undefined || old === undefined) return container
    const next = last ? null : without(old, parts, at + 1)
    return next === old ? container : container.with(index, next)
  }
  if (!isDoc(container) || !hasField(container, part)) return container
  if (last) {
    const copy: Doc = {}
    for (const key of Object.keys(container)) if (key !== part) setField(copy, key, container[key] as Value)
    return copy
  }
  const old = container[part] as Value
  const next = without(old, parts, at + 1)
  if (next === old) return container
  const copy = copyOf(container)
  setField(copy, part, next)
  return copy
}

/** The value an update path leads to: documents by name, arrays by number. */
export function lookUp(root: Maybe, parts: readonly string[]): Maybe {
  let value = root
  for (const part of parts) {
    if (Array.isArray(value)) {
      const index = arrayIndex(part)
      value = index === undefined ? undefined : value[index]
    } else value = isDoc(value) ? fieldOf(value, part) : undefined
  }
  return value
}

import { fieldOf, isDoc, type Doc, type Maybe, type Value } from './value'

/** `a.b.0` → `['a', 'b', '0']`, remembered: queries repeat the same few paths. */
export function splitPath(path: string): readonly string[] {
  const known = remembered.get(path)
  if (known) return known
  const parts = path.split('.')
  if (remembered.size < 10_000) remembered.set(path, parts)
  return parts
}
const remembered = new Map<string, readonly string[]>()

/** A component that can address an array element: no sign, no leading zero. */
export const arrayIndex = (part: string): number | undefined => (/^(0|[1-9]\d{0,8})$/.test(part) ? Number(part) : undefined)

/** Which element of the outermost implicitly walked array led to the match: what `$` in an update stands for. */
export interface Position {
  index: number | undefined
}

export type Visit = (end: Maybe, whole?: boolean) => boolean

/**
 * Walks a dotted path as MongoDB's queries do: into documents, through every element of an array, and to an element by its number.
 * `visit` gets each end of the path (`undefined` = missing there; `whole` = an element addressed by its number, which is not taken
 * apart even if it is an array itself); the walk stops at the first `true`.
 */
export function walkPath(value: Maybe, parts: readonly string[], at: number, visit: Visit, position?: Position): boolean {
  if (at === parts.length) return visit(value)
  const part = parts[at] as string
  if (isDoc(value)) return walkPath(fieldOf(value, part), parts, at + 1, visit, position)
  if (!Array.isArray(value)) return visit(undefined)
  return walkArray(value, parts, at, visit, position)
}

function walkArray(list: Value[], parts: readonly string[], at: number, visit: Visit, position?: Position): boolean {
  const index = arrayIndex(parts[at] as string)
  if (index !== undefined && index < list.length) {
    const last = at === parts.length - 1
    if (last ? visit(list[index], true) : walkPath(list[index], parts, at + 1, visit, position)) return true
  }
  for (let i = 0; i < list.length; i++) {
    const element = list[i]
    if (!isDoc(element)) continue
    if (walkPath(element, parts, at, visit, position)) {
      if (position) position.index = i
      return true
    }
  }
  return false
}

/** The value at a path that passes through documents only (projections of `_id`, upserts, diagnostics). */
export function valueAt(doc: Doc, path: string): Maybe {
  let value: Maybe = doc
  for (const part of splitPath(path)) {
    if (!isDoc(value)) return undefined
    value = fieldOf(value, part)
  }
  return value
}

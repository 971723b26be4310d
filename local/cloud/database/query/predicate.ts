import { walkPath, type Position } from '../values/path'
import type { Maybe, Value } from '../values/value'

/** A test of one field: `single` of a value as it stands, `field` of what a path leads to, arrays on the way included. */
export interface Predicate {
  single(value: Maybe): boolean
  field(root: Value, parts: readonly string[], position?: Position): boolean
}

export type Test = (value: Maybe) => boolean

/** Holds if the value holds, or (if `expand`) any element of it when it is an array: MongoDB's rule for most operators. */
export function leaf(test: Test, expand = true): Predicate {
  const visit = (end: Maybe, whole: boolean, position?: Position): boolean => {
    if (expand && !whole && Array.isArray(end)) {
      for (let i = 0; i < end.length; i++) {
        if (!test(end[i])) continue
        if (position) position.index = i
        return true
      }
    }
    return test(end)
  }
  return {
    single: test,
    field: (root, parts, position) => walkPath(root, parts, 0, (end, whole = false) => visit(end, whole, position), position),
  }
}

export const negated = (inner: Predicate): Predicate => ({
  single: (value) => !inner.single(value),
  field: (root, parts) => !inner.field(root, parts),
})

export function all(inner: readonly Predicate[]): Predicate {
  const [only] = inner
  if (inner.length === 1 && only) return only
  return {
    single: (value) => inner.every((p) => p.single(value)),
    field: (root, parts, position) => inner.every((p) => p.field(root, parts, position)),
  }
}

export const never: Predicate = { single: () => false, field: () => false }

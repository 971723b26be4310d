import { requestFailed } from '../cloud-error'
import { EMPTY_ARRAY_KEY, orderKey, reversed } from '../values/order-key'
import { arrayIndex, splitPath } from '../values/path'
import { fieldOf, isDoc, type Doc, type Maybe, type Value } from '../values/value'

/** The ordered fields of an index (its 2dsphere field, if any, lives on a grid of its own). */
export interface KeyField {
  field: string
  direction: 1 | -1
}

interface Cursor {
  value: Maybe
  rest: readonly string[]
  /** Set once an array has been opened: its elements are not opened again. */
  opened: boolean
}

/**
 * The keys under which an index finds a document: one, or one for each element when a field holds an array (multikey). A missing field
 * counts as null, an empty array lies below null.
 * @throws CloudError DATABASE_REQUEST_FAILED when two fields hold different arrays: MongoDB cannot index that
 */
export function indexKeys(fields: readonly KeyField[], doc: Doc): { keys: string[]; multikey: boolean } {
  const [only] = fields
  if (fields.length === 1 && only && !only.field.includes('.')) {
    const value = fieldOf(doc, only.field)
    if (!Array.isArray(value)) return { keys: [fieldKey(value, only.direction)], multikey: false }
  }
  const keys = new Set<string>()
  const multikey = expand(
    fields,
    fields.map((f) => ({ value: doc, rest: splitPath(f.field), opened: false })),
    keys,
  )
  return { keys: [...keys], multikey }
}

const fieldKey = (value: Maybe, direction: 1 | -1): string => (direction === 1 ? orderKey(value) : reversed(orderKey(value)))

function expand(fields: readonly KeyField[], cursors: Cursor[], keys: Set<string>): boolean {
  const descended = cursors.map(descend)
  const arrays = descended.filter(waitsAtArray)
  const [first] = arrays
  if (!first || !Array.isArray(first.value)) {
    keys.add(descended.map((cursor, i) => cursorKey(cursor, fields[i] as KeyField)).join(''))
    return false
  }
  const list = first.value
  if (arrays.some((cursor) => cursor.value !== list)) throw requestFailed('cannot index parallel arrays')
  const elements: Maybe[] = list.length === 0 ? [undefined] : list
  for (const element of elements) {
    expand(fields, descended.map((cursor) => (waitsAtArray(cursor) ? opened(cursor, element, list) : cursor)), keys) // prettier-ignore
  }
  return true
}

const EMPTY: unique symbol = Symbol('empty array')
type Opened = Cursor & { [EMPTY]?: true }

function opened(cursor: Cursor, element: Maybe, list: Value[]): Opened {
  const atEnd = cursor.rest.length === 0
  return { value: element, rest: cursor.rest, opened: atEnd, ...(list.length === 0 && atEnd ? { [EMPTY]: true as const } : {}) }
}

const waitsAtArray = (cursor: Cursor): boolean => Array.isArray(cursor.value) && !cursor.opened

function descend(cursor: Cursor): Cursor {
  let { value, rest } = cursor
  while (rest.length > 0) {
    const [part = '', ...after] = rest
    if (isDoc(value)) value = fieldOf(value, part)
    else if (Array.isArray(value)) {
      const index = arrayIndex(part)
      if (index === undefined || index >= value.length) break
      value = value[index]
    } else return { ...cursor, value: undefined, rest: [] }
    rest = after
  }
  return { ...cursor, value, rest }
}

function cursorKey(cursor: Opened, field: KeyField): string {
  if (cursor[EMPTY]) return field.direction === 1 ? EMPTY_ARRAY_KEY : reversed(EMPTY_ARRAY_KEY)
  return fieldKey(cursor.rest.length > 0 ? undefined : cursor.value, field.direction)
}

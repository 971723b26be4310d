import { requestFailed } from '../cloud-error'
import { EMPTY_ARRAY_KEY, orderKey } from './order-key'
import { walkPath, splitPath } from './path'
import { toDouble, isNumeric } from './numbers'
import { isDoc, type Doc, type Maybe, type Value } from './value'

/** Fields in order of weight, each up (1) or down (−1). */
export interface SortField {
  path: string
  direction: 1 | -1
}

/** @throws CloudError DATABASE_REQUEST_FAILED for anything but 1 and −1 */
export function parseSort(spec: Doc): SortField[] {
  return Object.entries(spec).map(([path, value]) => {
    if (path === '' || path.split('.').includes('')) throw requestFailed('FieldPath field names may not be empty strings')
    if (path.startsWith('$')) throw requestFailed(`FieldPath field names may not start with '$': ${path}`)
    const direction = isNumeric(value) ? toDouble(value) : NaN
    if (direction !== 1 && direction !== -1) throw requestFailed('$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    return { path, direction }
  })
}

/**
 * Sorts in BSON's order: missing counts as null, an array stands for its least element upwards and its greatest downwards.
 * Stable: equals keep the order in which they came.
 */
export function sortBy<T>(items: T[], fields: readonly SortField[], docOf: (item: T) => Value): T[] {
  if (fields.length === 0 || items.length < 2) return items
  const keyed = items.map((item) => ({ item, keys: fields.map((field) => sortKey(docOf(item), field)) }))
  keyed.sort((a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const x = a.keys[i] as string
      const y = b.keys[i] as string
      if (x !== y) return (x < y ? -1 : 1) * (fields[i] as SortField).direction
    }
    return 0
  })
  return keyed.map((entry) => entry.item)
}

function sortKey(doc: Value, field: SortField): string {
  const least = field.direction === 1
  let best: string | undefined
  const offer = (key: string): void => {
    if (best === undefined || (least ? key < best : key > best)) best = key
  }
  const visit = (end: Maybe): boolean => {
    if (!Array.isArray(end)) offer(orderKey(end))
    else if (end.length === 0) offer(EMPTY_ARRAY_KEY)
    else for (const element of end) offer(orderKey(element))
    return false
  }
  if (isDoc(doc)) walkPath(doc, splitPath(field.path), 0, visit)
  else return orderKey(doc)
  return best ?? orderKey(null)
}

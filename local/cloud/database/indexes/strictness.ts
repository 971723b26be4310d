import { requestFailed } from '../cloud-error'
import { encode } from '../values/ejson-encode'
import type { SortField } from '../values/sort'
import { isDoc, type Doc, type Value } from '../values/value'
import { boundsOf } from './bounds'
import type { Collection } from './collection'

/** The refusal of a query that would look at every document: names the collection, the shape, and an index that would serve it. */
export function unindexed(collection: Collection, query: Doc, sort: readonly SortField[]): Error {
  const shape = encode(shapeOf(query))
  const order = sort.length > 0 ? ` sorted by ${sort.map((field) => `${field.path}:${field.direction}`).join(', ')}` : ''
  return requestFailed(
    `strict indexes: no declared index of collection '${collection.name}' serves the query ${shape}${order}; a fitting one: ${fitting(query, sort)}`,
  )
}

/** Equality fields first, then the order, then ranges. */
function fitting(query: Doc, sort: readonly SortField[]): string {
  const bounds = [...boundsOf(query)]
  const keys = new Map<string, number>()
  for (const [field, bound] of bounds) if (bound.points) keys.set(field, 1)
  for (const field of sort) if (!keys.has(field.path)) keys.set(field.path, field.direction)
  for (const [field, bound] of bounds) if (bound.range && !keys.has(field)) keys.set(field, 1)
  if (keys.size === 0) return 'none (give it an equality, a range or an order on an indexed field)'
  return `{ ${[...keys].map(([field, direction]) => `${field}: ${direction}`).join(', ')} }`
}

/** The query with its values blanked out. */
function shapeOf(value: Value): Value {
  if (Array.isArray(value)) return value.some(isDoc) ? value.map(shapeOf) : '?'
  if (!isDoc(value)) return '?'
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}

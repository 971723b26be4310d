import { _ } from './db'
import type { Condition, TypedCollection } from './db'

export interface TimePage<Document> {
  items: Document[]
  /** Where the next page begins; null at the end. */
  nextBefore: string | null
}

/** How many documents of one moment are taken into a page together at most. */
const MOST_OF_ONE_MOMENT = 200

interface PageOptions<Field> {
  /** The field that orders the list, newest first. */
  by: Field
  before: Date | undefined
  size: number
  without?: readonly string[]
}

/** A page of a list, newest first. Documents of one moment stay together, so that going on from `nextBefore` skips none. */
export const pageBefore = async <Field extends string, Document extends { _id: string } & Record<Field, Date>>(
  collection: TypedCollection<Document>,
  condition: Condition,
  { by, before, size, without = [] }: PageOptions<Field>,
): Promise<TimePage<Document>> => {
  const order = { [by]: 'desc' as const }
  const found = await collection.find(before ? { ...condition, [by]: _.lt(before) } : condition, { order, limit: size + 1, without })
  const last = found[size - 1]?.[by]
  const following = found[size]?.[by]
  if (!last || !following) return { items: found, nextBefore: null }
  const page = found.slice(0, size)
  if (following.getTime() !== last.getTime()) return { items: page, nextBefore: last.toISOString() }
  const moment = await collection.find({ ...condition, [by]: last }, { order, limit: MOST_OF_ONE_MOMENT, without })
  return { items: [...page.filter((document) => document[by] > last), ...moment], nextBefore: last.toISOString() }
}

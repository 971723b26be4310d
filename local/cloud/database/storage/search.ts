import { nearestMetres } from '../geo/geo-query'
import { geometriesAt } from '../indexes/geo-index'
import type { Collection } from '../indexes/collection'
import { plan, type Plan } from '../indexes/planner'
import type { DocRecord } from '../indexes/record'
import { unindexed } from '../indexes/strictness'
import type { Matcher } from '../query/match'
import { sortBy, type SortField } from '../values/sort'
import type { Doc } from '../values/value'
import type { Overlay } from './transactions'

export interface Search {
  query: Doc
  matches: Matcher
  sort: readonly SortField[]
  skip: number
  limit: number
  /** What this reader sees differently from the committed state. */
  overlay: Overlay | undefined
  /** Refuse what no index serves. */
  strict: boolean
}

const NOTHING: Overlay = new Map()

/** Finds documents by the best index: sorted, skipped, limited; without a sort in the order in which they are met. */
export function search(collection: Collection, wanted: Search): DocRecord[] {
  const chosen = plan(collection, wanted.query, wanted.sort)
  if (wanted.strict && chosen.kind === 'scan') throw unindexed(collection, wanted.query, wanted.sort)
  const overlay = wanted.overlay ?? NOTHING
  const most = wanted.skip + wanted.limit
  const served = inOrder(chosen, wanted.sort)
  const enough = served ? most : Infinity
  const parts =
    chosen.kind === 'index' && chosen.ordered ? chosen.intervals.map((interval) => ({ ...chosen, intervals: [interval] })) : [chosen]
  let found: DocRecord[] = []
  for (const part of parts) collect(collection, part, wanted, overlay, enough, found)
  if (overlay.size > 0) found = withOverlay(chosen, found, wanted, overlay)
  else if (!served || parts.length > 1) found = sortBy(wanted.sort.length > 0 ? bySeq(found) : found, wanted.sort, docOf)
  return most === Infinity && wanted.skip === 0 ? found : found.slice(wanted.skip, most)
}

const docOf = (record: DocRecord): Doc => record.doc
const bySeq = (records: DocRecord[]): DocRecord[] => records.sort((a, b) => a.seq - b.seq)

/** Does the plan deliver documents in the order that is asked for? */
function inOrder(chosen: Plan, sort: readonly SortField[]): boolean {
  if (sort.length === 0) return true
  return chosen.kind === 'index' && chosen.ordered
}

/** Adds matches to `found` until there are `enough` of this part. */
function collect(collection: Collection, part: Plan, wanted: Search, overlay: Overlay, enough: number, found: DocRecord[]): void {
  const seen = mayRepeat(part) ? new Set<number>() : undefined
  const until = found.length + enough
  if (enough === 0) return
  for (const record of candidates(collection, part)) {
    if (overlay.has(record.key) || seen?.has(record.seq) || !wanted.matches(record.doc)) continue
    seen?.add(record.seq)
    found.push(record)
    if (found.length >= until) return
  }
}

const mayRepeat = (part: Plan): boolean => part.kind === 'union' || (part.kind === 'index' && part.index.multikey)

function* candidates(collection: Collection, part: Plan): Iterable<DocRecord> {
  switch (part.kind) {
    case 'scan':
      yield* collection.records.values()
      return
    case 'near':
      for (const { item } of part.index.grid.nearest(part.near.center, part.near.max)) yield item
      return
    case 'box':
      yield* part.index.grid.inBox(part.corners)
      return
    case 'union':
      for (const each of part.plans) yield* candidates(collection, each)
      return
    case 'index':
      yield* fromIndex(part)
  }
}

function* fromIndex(part: Extract<Plan, { kind: 'index' }>): Iterable<DocRecord> {
  const intervals = part.direction === 1 ? part.intervals : part.intervals.toReversed()
  for (const { low, high } of intervals) {
    if (part.whole) yield* part.index.at(low)
    else yield* part.index.range(low, high, part.direction)
  }
}

/** Puts the reader's own view of some documents among what the indexes (of the committed state) gave. */
function withOverlay(chosen: Plan, found: DocRecord[], wanted: Search, overlay: Overlay): DocRecord[] {
  const own = [...overlay.values()].filter((record): record is DocRecord => record !== null && wanted.matches(record.doc))
  const all = bySeq([...found, ...own])
  if (wanted.sort.length === 0 && chosen.kind === 'near') {
    const { index, near } = chosen
    const distance = (record: DocRecord): number =>
      Math.min(...geometriesAt(record.doc, index.field).map((geometry) => nearestMetres(geometry, near.center)))
    return all.map((record) => ({ record, metres: distance(record) })).sort((a, b) => a.metres - b.metres).map(({ record }) => record) // prettier-ignore
  }
  return sortBy(all, wanted.sort, docOf)
}

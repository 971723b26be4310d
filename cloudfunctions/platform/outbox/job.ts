import type { OutboxEntry } from '../../domain/order'
import type { OrderDocument } from '../documents'

export type EntryOf<Kind extends OutboxEntry['kind']> = Extract<OutboxEntry, { kind: Kind }>

/** One entry of an order's outbox, to be carried out. Every handler may be asked to do the same entry again and then changes nothing more. */
export interface Job<Entry extends OutboxEntry = OutboxEntry> {
  order: OrderDocument
  entry: Entry
}

/** What became of each entry, by its id: done, or why not. */
export type Outcomes = Map<string, 'done' | Error>

export const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)))

/** Carries out one piece of work for several entries and writes down what became of it. */
export const forEntries = async (ids: readonly string[], outcomes: Outcomes, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
    for (const id of ids) outcomes.set(id, 'done')
  } catch (fault) {
    for (const id of ids) outcomes.set(id, asError(fault))
  }
}

/** Carries out work that is done for many at once; should it fail, for each alone, so that one bad entry blocks no other. */
export const inBulk = async <One extends Job>(jobs: readonly One[], outcomes: Outcomes, work: (some: readonly One[]) => Promise<unknown>): Promise<void> => {
  await forEntries(
    jobs.map(({ entry }) => entry.id),
    outcomes,
    () => work(jobs),
  )
  if (jobs.length > 1 && jobs.some(({ entry }) => outcomes.get(entry.id) !== 'done')) await Promise.all(jobs.map((job) => forEntries([job.entry.id], outcomes, () => work([job]))))
}

export const isKind =
  <Kind extends OutboxEntry['kind']>(kind: Kind) =>
  (job: Job): job is Job<EntryOf<Kind>> =>
    job.entry.kind === kind

import type { FileView, OrderView, VisitView } from '../../../typings/contract'
import { formatClock } from '../../lib/time'

export interface DoneWork {
  id: string
  title: string
  clock: string
  note: string
  ticks: string
  photos: FileView[]
}

/** The visit that waits to be accepted, else the latest that was worked at. */
export function visitToAccept(order: OrderView): VisitView | null {
  const worked = order.visits.filter(({ completedAt }) => completedAt !== null)
  return worked.find(({ state }) => state === 'awaiting_acceptance') ?? worked.at(-1) ?? order.visits.at(-1) ?? null
}

/** What was done in the home, as the homeowner looks through it: the work itself, without what happened before the door. */
export function doneWork(visit: VisitView): DoneWork[] {
  return visit.steps
    .filter(({ phase, state }) => state === 'done' && phase === 'work')
    .map(({ id, title, startedAt, doneAt, note, ticks, photos }) => ({
      id,
      title,
      clock: [startedAt, doneAt]
        .filter((at) => at !== null)
        .map(formatClock)
        .join('–'),
      note: note?.text ?? '',
      ticks: ticks.map(({ label }) => label).join('；'),
      photos: photos?.files ?? [],
    }))
}

/** What is missing, one thing a line; empty lines fall away. */
export function missingLines(lines: string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}

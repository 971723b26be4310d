/** A promise to the customer that did not hold: what the map draws in red. */
import type { DeadlineId } from '../../../../cloudfunctions/domain/deadlines'
import type { Order, TodoKind } from '../../../../cloudfunctions/domain/order'

export interface Breach {
  kind: 'nobody_claims' | 'late_call' | 'late_arrival' | 'not_arrived'
  /** As it stands beside the order. */
  word: string
  /** Whether a technician missed a time; else nobody is left to be asked. */
  byTechnician: boolean
}

/** The worst first. */
const BREACHES: readonly Breach[] = [
  { kind: 'not_arrived', word: '到点没到', byTechnician: true },
  { kind: 'late_arrival', word: '还没到楼下', byTechnician: true },
  { kind: 'late_call', word: '没拨电话', byTechnician: true },
  { kind: 'nobody_claims', word: '没人接单', byTechnician: false },
]

/** What has passed is a breach from that very moment, though the timer writes it down only some seconds later (R42). */
const PASSED: Partial<Record<DeadlineId, Breach['kind']>> = {
  'call.breach': 'late_call',
  'arrival.alert': 'late_arrival',
  'arrival.breach': 'not_arrived',
}

const OVER = new Set<Order['status']>(['in_warranty', 'cancelled', 'archived'])

/** R07, R10, R13: from the to-dos that an order has left for staff, and from deadlines that have passed; null when all is well. */
export function breachOf({ status, todos, deadlines }: Pick<Order, 'status' | 'todos' | 'deadlines'>, now: Date): Breach | null {
  if (OVER.has(status)) return null
  const kinds = new Set<TodoKind>(todos.map(({ kind }) => kind))
  for (const { id, dueAt } of deadlines) {
    const kind = PASSED[id]
    if (kind && dueAt < now) kinds.add(kind)
  }
  return BREACHES.find(({ kind }) => kinds.has(kind)) ?? null
}

import type { Order, TimelineEntry } from '../domain/order'
import { collection } from './db'

/** Timeline entries that no longer fit into the order go into documents of their own first, one an entry, so that whoever writes them again, or writes some of them, changes nothing: nothing is lost (R38). */
export const keepHistory = async (before: Order, next: Order): Promise<void> => {
  const kept = new Set(next.timeline.map((entry) => entry.id))
  const dropped = before.timeline.filter((entry) => !kept.has(entry.id))
  await collection('histories').addAll(dropped.map((entry) => ({ _id: `${before._id}:${entry.id}`, orderId: before._id, entries: [entry] })))
}

/** The most that one read gives; an order's life has some hundreds of entries at most. */
const MOST = 1_000

/** The order with all that was ever told of it, for whoever reads its timeline. Only an order with a long life costs a trip. */
export const withHistory = async <Kept extends Order>(order: Kept): Promise<Kept> => {
  if (order.timeline.some((entry) => entry.kind === 'filed')) return order
  const older = await collection('histories').find({ orderId: order._id }, { limit: MOST })
  // A write that lost its race may have left what the order still has.
  const entries = new Map([...older.flatMap((history) => history.entries), ...order.timeline].map((entry) => [entry.id, entry]))
  return { ...order, timeline: [...entries.values()].sort(asTold) }
}

/** Ids are `version.place`. */
const asTold = (a: TimelineEntry, b: TimelineEntry): number => {
  const [version = 0, place = 0] = a.id.split('.').map(Number)
  const [otherVersion = 0, otherPlace = 0] = b.id.split('.').map(Number)
  return version - otherVersion || place - otherPlace
}

import type { Order } from '../domain/order'
import { collection } from './db'

/** Timeline entries that no longer fit into the order go into documents of their own first, one an entry, so that whoever writes them again, or writes some of them, changes nothing: nothing is lost (R38). */
export const keepHistory = async (before: Order, next: Order): Promise<void> => {
  const kept = new Set(next.timeline.map((entry) => entry.id))
  const dropped = before.timeline.filter((entry) => !kept.has(entry.id))
  await collection('histories').addAll(dropped.map((entry) => ({ _id: `${before._id}:${entry.id}`, orderId: before._id, entries: [entry] })))
}

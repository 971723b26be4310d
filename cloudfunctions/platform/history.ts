import type { Order } from '../domain/order'
import { collection } from './db'

/** Timeline entries that no longer fit into the order go into a document of their own first: nothing is lost (R38). */
export const keepHistory = async (before: Order, next: Order): Promise<void> => {
  const kept = new Set(next.timeline.map((entry) => entry.id))
  const dropped = before.timeline.filter((entry) => !kept.has(entry.id))
  const [first] = dropped
  if (first) await collection('histories').add({ _id: `${before._id}:${first.id}`, orderId: before._id, entries: dropped })
}

import type { Settings } from '../domain/settings'
import { _, collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { decideOn, leasedBy, writeOrder } from '../platform/orders'
import { workOff } from '../platform/outbox'
import type { OutboxBatch } from '../platform/outbox'
import type { Budget } from './budget'
import { eachOf } from './each-of'
import { putOff } from './put-off'

const PAGE = 100
const AT_ONCE = 16
/** Real time that the outboxes of one page may take, ms. */
const OUTBOX_MS = 10_000

export interface Swept {
  done: number
  failed: number
}

/** Carries out the due deadlines and outboxes of all orders, the longest due first (R42). */
export const sweepOrders = async (settings: Settings, budget: Budget): Promise<Swept> => {
  const swept: Swept = { done: 0, failed: 0 }
  // The outboxes of one page are worked off while the next page is decided: what is written is leased, so it does not come up again meanwhile.
  let workingOff: Promise<void> = Promise.resolve()
  while (!budget.isSpent) {
    const page = await collection('orders').find({ nextWorkAt: _.lte(new Date()) }, { order: { nextWorkAt: 'asc' }, limit: PAGE })
    // Whether anything on this page will not come up again at once: others may have been quicker, and a verdict that is due this very moment falls after it.
    let moved = false
    const batches: OutboxBatch[] = []
    await eachOf(page, AT_ONCE, async (order) => {
      try {
        const batch = await sweepOrder(order, settings)
        if (!batch) return
        swept.done += 1
        if (!batch.order.nextWorkAt || batch.order.nextWorkAt > new Date()) moved = true
        if (batch.entries.length > 0) batches.push(batch)
      } catch (error) {
        swept.failed += 1
        moved = true
        await putOff('orders', order, order.number, error)
      }
    })
    await workingOff
    workingOff = workOff(batches, settings, Math.min(OUTBOX_MS, budget.leftMs))
    if (page.length < PAGE || !moved) break
  }
  await workingOff
  return swept
}

/** Decides what is due on one order and writes it; null when somebody else wrote it first. Its outbox is worked off with the page's. */
const sweepOrder = async (order: OrderDocument, settings: Settings): Promise<OutboxBatch | null> => {
  const now = new Date()
  const decision = await decideOn(order, { type: 'tick' }, now, settings)
  // Nothing to decide, but entries of the outbox are due: they are taken under a lease by the same guarded write.
  const next: OrderDocument = decision.kind === 'changed' ? { ...decision.order } : { ...order, version: order.version + 1 }
  if (order.sweepFailures) next.sweepFailures = 0
  const written = await writeOrder(order, next, now, 'due')
  return written && { order: written, entries: leasedBy(order, written, now) }
}

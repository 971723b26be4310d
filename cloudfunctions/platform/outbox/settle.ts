import { nextWork } from '../../domain/derive'
import type { OutboxEntry } from '../../domain/order'
import { after, HOUR, SECOND } from '../../domain/shanghai'
import { _, collection } from '../db'
import type { OrderDocument } from '../documents'
import type { Outcomes } from './job'
import { leaveTodo } from './todos'

/** After so many failures staff are told; it goes on being tried. */
const MOST_ATTEMPTS = 8
const FIRST_PAUSE_MS = 20 * SECOND
const LONGEST_PAUSE_MS = 6 * HOUR

/** 20 s, 40 s, 80 s … 6 h. */
const pauseAfter = (attempts: number): number => Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_MS)

/**
 * Takes what is done out of the order's outbox and puts what failed off, in one write guarded by the version. If somebody else wrote meanwhile, only what is done is
 * taken out; what failed comes up again when its lease ends.
 */
export const settleOutbox = async (order: OrderDocument, entries: readonly OutboxEntry[], outcomes: Outcomes, now: Date): Promise<void> => {
  const done = entries.filter((entry) => outcomes.get(entry.id) === 'done').map((entry) => entry.id)
  const failed = entries.flatMap((entry) => {
    const outcome = outcomes.get(entry.id)
    return outcome instanceof Error ? [{ ...entry, attempts: entry.attempts + 1, nextAt: after(now, pauseAfter(entry.attempts + 1)), fault: outcome }] : []
  })
  if (done.length === 0 && failed.length === 0) return
  for (const { kind, attempts, fault } of failed) console.error(JSON.stringify({ outbox: kind, orderId: order._id, attempts, error: fault.message }))
  const putOff = new Map(failed.map(({ fault: _fault, ...entry }) => [entry.id, entry]))
  const outbox = order.outbox.filter((entry) => !done.includes(entry.id)).map((entry) => putOff.get(entry.id) ?? entry)
  const guarded = { outbox: _.set(outbox), nextWorkAt: _.set(nextWork({ deadlines: order.deadlines, outbox })), version: _.inc(1) }
  const updated = await collection('orders').update({ _id: order._id, version: order.version }, guarded)
  if (updated === 0 && done.length > 0) await collection('orders').updateRaw({ _id: order._id }, { $pull: { outbox: { id: { $in: done } } }, $inc: { version: 1 } })
  await Promise.all(failed.filter(({ attempts }) => attempts === MOST_ATTEMPTS).map((entry) => tellStuck(order, entry)))
}

const tellStuck = (order: OrderDocument, entry: OutboxEntry): Promise<void> =>
  leaveTodo({
    _id: `stuck:${entry.id}`, kind: 'outbox_stuck', orderId: order._id, orderNumber: order.number, visitNo: order.visits.length, urgent: true, title: '系统有一件事一直没办成',
    detail: `${order.number} ${entry.kind}，试了 ${MOST_ATTEMPTS} 次`, role: 'manager', at: new Date(),
  })

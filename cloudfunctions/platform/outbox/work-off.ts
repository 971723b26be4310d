import type { OutboxEntry } from '../../domain/order'
import type { Settings } from '../../domain/settings'
import { _, collection } from '../db'
import type { OrderDocument } from '../documents'
import { closeAttempt } from '../payments/close-attempt'
import { requestRefund } from '../payments/request-refund'
import { inOutboxLane } from '../trips'
import { forEntries, isKind } from './job'
import type { EntryOf, Job, Outcomes } from './job'
import { deliverMessages } from './messages'
import { settleOutbox } from './settle'
import { changeDays, recordDeeds, recordStars, recordViolations } from './technicians'
import { closeTodos, leaveTodos, tellOf } from './todos'

export interface OutboxBatch {
  order: OrderDocument
  /** Those that are under the caller's lease. */
  entries: readonly OutboxEntry[]
}

/**
 * Works outboxes off, for at most `ms` of real time: messages to send, money to move, other documents to touch. What is not done by then stays in the order and comes
 * up again when its lease ends, so nothing runs after a function's answer. Never throws: one bad entry blocks no other.
 */
export const workOff = (batches: readonly OutboxBatch[], settings: Settings, ms: number): Promise<void> =>
  inOutboxLane(async () => {
    const jobs: Job[] = batches.flatMap(({ order, entries }) => entries.map((entry) => ({ order, entry })))
    if (jobs.length === 0) return
    const outcomes: Outcomes = new Map()
    await within(ms, carryOut(jobs, settings, outcomes))
    const settled = new Map(outcomes)
    const now = new Date()
    await Promise.all(
      batches.map(({ order, entries }) =>
        settleOutbox(order, entries, settled, now).catch((fault: unknown) => console.error(JSON.stringify({ outbox: 'settle', orderId: order._id, error: String(fault) }))),
      ),
    )
  })

const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

const carryOut = async (jobs: readonly Job[], settings: Settings, outcomes: Outcomes): Promise<void> => {
  const of = <Kind extends OutboxEntry['kind']>(kind: Kind) => jobs.filter(isKind(kind))
  const isDay = (job: Job): job is Job<EntryOf<'confirm_hold'> | EntryOf<'free_technician'>> => job.entry.kind === 'confirm_hold' || job.entry.kind === 'free_technician'
  await Promise.all([
    deliverMessages(of('message'), settings, outcomes),
    // What is to be closed must have been left first.
    leaveTodos(of('todo'), outcomes).then(async (left) => {
      await closeTodos(of('close_todo'), outcomes)
      await tellOf(left)
    }),
    changeDays(jobs.filter(isDay), settings, outcomes),
    recordViolations(of('violation'), settings, outcomes),
    recordDeeds(of('deed'), outcomes),
    ...of('stars').map((job) => recordStars(job, settings, outcomes)),
    ...of('keep_customer').map(({ entry }) => forEntries([entry.id], outcomes, () => collection('customers').put(entry.customer))),
    ...of('correct_customer').map((job) => correctCustomer(job, outcomes)),
    ...of('refund').map(({ order, entry }) => forEntries([entry.id], outcomes, () => requestRefund(order, entry))),
    ...of('close_payment').map(({ entry }) => forEntries([entry.id], outcomes, async () => void (await closeAttempt(entry.outTradeNo)))),
  ])
}

/** What was corrected on the phone (R10). */
const correctCustomer = ({ order, entry }: Job<EntryOf<'correct_customer'>>, outcomes: Outcomes): Promise<void> =>
  forEntries([entry.id], outcomes, async () => {
    const changes = Object.fromEntries(Object.entries(entry.corrections).flatMap(([field, value]) => (value === null ? [] : [[field, _.set(value)]])))
    if (Object.keys(changes).length > 0) await collection('customers').update({ _id: order._id }, changes)
  })

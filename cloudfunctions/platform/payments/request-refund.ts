import { after, MINUTE } from '../../domain/shanghai'
import type { Order, OutboxEntry } from '../../domain/order'
import { _, collection } from '../db'
import type { RefundDocument } from '../documents'
import { enterRefund } from './gateway'
import { tellUnsettled } from './unsettled'

/** When a refund under way is asked after next: after 1, 2, 4 … 60 minutes. */
export const refundPause = (polls: number): number => Math.min(MINUTE * 2 ** polls, 60 * MINUTE)

/** Sends money back the way it came (R23). The document is there first, so that a lost answer loses no refund; the clock follows it until it is settled. */
export const requestRefund = async (order: Order, entry: Extract<OutboxEntry, { kind: 'refund' }>): Promise<void> => {
  const now = new Date()
  const refund: RefundDocument = {
    _id: entry.outRefundNo, orderId: order._id, stageId: entry.stageId, outTradeNo: entry.outTradeNo, amountFen: entry.amountFen, totalFen: entry.totalFen, reason: entry.reason, state: 'created',
    createdAt: now, settledAt: null, polls: 0, booked: false, nextWorkAt: after(now, MINUTE), sweepFailures: 0,
  }
  await collection('refunds').add(refund)
  await enterRefundOf(refund)
}

/** Asks WeChat Pay for it; what it refuses for good is a failed refund, which finance is told of when it is booked. */
export const enterRefundOf = async (refund: RefundDocument): Promise<void> => {
  const answer = await enterRefund({ outRefundNo: refund._id, ...refund })
  const now = new Date()
  if (answer.kind === 'unknown') return tellUnsettled(answer, refund._id)
  const change =
    answer.kind === 'ok'
      ? { state: _.set('processing'), nextWorkAt: _.set(answer.facts.status === 'PROCESSING' ? after(now, refundPause(0)) : now) }
      : { state: _.set('failed'), settledAt: _.set(now), nextWorkAt: _.set(now) }
  await collection('refunds').update({ _id: refund._id, state: 'created' }, change)
}

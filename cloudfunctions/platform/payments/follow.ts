import { fen } from '../../domain/money'
import { Refusal } from '../../domain/refusal'
import { after, MINUTE } from '../../domain/shanghai'
import { _, collection } from '../db'
import type { OrderDocument, PaymentDocument, RefundDocument } from '../documents'
import { applyEvent } from '../orders'
import { bookPaid, judgeTrade, reportMismatch } from './booking'
import { closeAttempt } from './close-attempt'
import { queryRefund, queryTrade } from './gateway'
import type { RefundFacts } from './gateway'
import { enterRefundOf, refundPause } from './request-refund'
import { tellUnsettled } from './unsettled'

/** When an unpaid attempt is asked after: minutes after the last time, for notifications that never come (R23). */
const POLL_MINUTES = [5, 10, 15]

export type AttemptState = 'paid' | 'not_paid' | 'closed' | 'pending'

/**
 * Asks WeChat Pay what became of an attempt, and acts on it: paid is booked; what expired unpaid is closed. What a phone or a notification says is only a hint.
 * `pending`: WeChat Pay gave no answer that settles it.
 */
export const followAttempt = async (payment: PaymentDocument, known?: OrderDocument | null): Promise<AttemptState> => {
  const answer = await queryTrade(payment._id)
  if (answer.kind === 'unknown') {
    await tellUnsettled(answer, payment._id)
    return 'pending'
  }
  const verdict = answer.kind === 'refused' ? 'not_paid' : judgeTrade(payment, answer.facts)
  if (verdict === 'paid' && answer.kind === 'ok') return (await bookPaid(payment, answer.facts, known)) ? 'pending' : 'paid'
  if (verdict === 'mismatch') {
    await reportMismatch(payment, answer.kind === 'ok' ? `微信说 ${answer.facts.amount?.total ?? '?'} 分，应是 ${payment.amountFen} 分` : '')
    return 'pending'
  }
  if (verdict === 'not_paid' && payment.expiresAt > new Date()) return 'not_paid'
  // Paid between asking and closing: it is asked after again, and stays the stage's one attempt till then.
  if (verdict === 'not_paid' && !(await closeAttempt(payment._id))) return 'pending'
  if (verdict !== 'not_paid') await collection('payments').update({ _id: payment._id, state: _.in(['created', 'prepaid']) }, { state: _.set('closed'), nextWorkAt: _.set(null) })
  const changed = await applyEvent({ orderId: payment.orderId, key: null, authorise: () => null, event: () => ({ type: 'payment_closed', outTradeNo: payment._id, stageId: payment.stageId }) })
  return changed instanceof Refusal ? 'pending' : 'closed'
}

/** When the clock looks again at an attempt that is not settled. */
export const nextPoll = (payment: PaymentDocument, now: Date): Date => {
  const minutes = POLL_MINUTES[Math.min(payment.polls, POLL_MINUTES.length - 1)] ?? 15
  const next = after(now, minutes * MINUTE)
  return payment.expiresAt > now && next > payment.expiresAt ? after(payment.expiresAt, 1_000) : next
}

/** Follows a refund until the money is back or WeChat Pay gives up; either is told to the order once. */
export const followRefund = async (refund: RefundDocument, now: Date): Promise<void> => {
  if (refund.state === 'created') {
    await enterRefundOf(refund)
    await collection('refunds').update({ _id: refund._id, state: 'created' }, { polls: _.inc(1), nextWorkAt: _.set(after(now, refundPause(refund.polls))) })
    return
  }
  const status = refund.state === 'failed' ? 'ABNORMAL' : refund.state === 'succeeded' ? 'SUCCESS' : await statusOf(refund)
  if (status === null || status === 'PROCESSING') {
    await collection('refunds').update({ _id: refund._id }, { polls: _.inc(1), nextWorkAt: _.set(after(now, refundPause(refund.polls + 1))) })
    return
  }
  await settleRefund(refund, status === 'SUCCESS', now)
}

const statusOf = async (refund: RefundDocument): Promise<RefundFacts['status'] | null> => {
  const answer = await queryRefund(refund._id)
  if (answer.kind === 'unknown') await tellUnsettled(answer, refund._id)
  return answer.kind === 'ok' ? answer.facts.status : null
}

const settleRefund = async (refund: RefundDocument, succeeded: boolean, now: Date): Promise<void> => {
  await collection('refunds').update({ _id: refund._id }, { state: _.set(succeeded ? 'succeeded' : 'failed'), settledAt: _.set(now) })
  const changed = await applyEvent({
    orderId: refund.orderId,
    key: null,
    authorise: () => null,
    event: () => ({ type: 'refund_settled', outRefundNo: refund._id, stageId: refund.stageId, amountFen: fen(refund.amountFen), succeeded }),
  })
  if (changed instanceof Refusal) throw new Error(`refund ${refund._id}: ${changed.code}`)
  await collection('refunds').update({ _id: refund._id }, { booked: _.set(true), nextWorkAt: _.set(null) })
}

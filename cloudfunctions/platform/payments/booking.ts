import type { OrderEvent } from '../../domain/event'
import { fen } from '../../domain/money'
import { Refusal } from '../../domain/refusal'
import { _, collection } from '../db'
import type { OrderDocument, PaymentDocument } from '../documents'
import { required } from '../environment'
import { applyEvent } from '../orders'
import { leaveTodo } from '../outbox/todos'
import { inOutboxLane } from '../trips'
import type { Trade } from './gateway'

/** What a trade that WeChat Pay tells of has to do with our attempt. */
export type TradeVerdict = 'paid' | 'mismatch' | 'not_paid' | 'closed'

export const judgeTrade = (payment: PaymentDocument, trade: Trade): TradeVerdict => {
  const ours = trade.mchid === required('WECHATPAY_MCHID') && (trade.appid === undefined || trade.appid === required('WECHATPAY_APPID')) && trade.out_trade_no === payment._id
  if (!ours) return 'mismatch'
  switch (trade.trade_state) {
    case 'SUCCESS':
    case 'REFUND':
      return trade.amount?.total === payment.amountFen && trade.transaction_id ? 'paid' : 'mismatch'
    case 'CLOSED':
    case 'REVOKED':
      return 'closed'
    default:
      return 'not_paid'
  }
}

/**
 * Tells the order that an attempt was paid (R23): once, whatever comes twice. The order is written first; the attempt's own document follows, and if that fails the clock
 * finds it unbooked and does all of it again.
 */
export const bookPaid = async (payment: PaymentDocument, trade: Trade, known?: OrderDocument | null): Promise<Refusal | null> => {
  const paidAt = trade.success_time ? new Date(trade.success_time) : new Date()
  const transactionId = trade.transaction_id ?? ''
  const event: OrderEvent = { type: 'payment_received', outTradeNo: payment._id, stageId: payment.stageId, amountFen: fen(payment.amountFen), transactionId, paidAt }
  const changed = await applyEvent({ orderId: payment.orderId, known, key: null, authorise: () => null, event: () => event })
  if (changed instanceof Refusal) return changed
  await inOutboxLane(() =>
    collection('payments').update(
      { _id: payment._id },
      { state: _.set('paid'), transactionId: _.set(transactionId), paidAt: _.set(paidAt), booked: _.set(true), nextWorkAt: _.set(null) },
    ),
  )
  return null
}

/** Something about a payment does not fit: nothing is booked, finance look at it (R23). */
export const reportMismatch = (payment: PaymentDocument, detail: string): Promise<void> =>
  inOutboxLane(() =>
    leaveTodo({
      _id: `payment_mismatch:${payment._id}`, kind: 'payment_mismatch', orderId: payment.orderId, orderNumber: '', visitNo: 0, urgent: true, title: '收款对不上，没有入账', detail: `${payment._id} ${detail}`,
      role: 'finance', at: new Date(),
    }),
  )

import * as z from 'zod'
import { Refusal } from '../../domain/refusal'
import { collection } from '../db'
import { bookPaid, judgeTrade, reportMismatch } from './booking'
import { followAttempt, followRefund } from './follow'
import { decryptResource, isGenuine, tradeShape } from './gateway'
import type { SignedBody } from './gateway'

/** What WeChat Pay is answered: 204 accepted; 401 and 4xx refused; 5xx asks it to come again. */
export interface NotificationAnswer {
  statusCode: 204 | 400 | 401 | 404 | 500
  /** Chinese, for WeChat Pay's own log. */
  message: string
}

const accepted: NotificationAnswer = { statusCode: 204, message: '' }
const answer = (statusCode: NotificationAnswer['statusCode'], message: string): NotificationAnswer => ({ statusCode, message })

const bodyShape = z.object({
  event_type: z.string(),
  resource: z.object({ ciphertext: z.string(), nonce: z.string(), associated_data: z.string().default('') }),
})

const refundNotice = z.object({ out_refund_no: z.string(), refund_status: z.string() })

/**
 * Takes a notification in (R23): genuine, about one of our attempts, by the exact amount and for our merchant; then the order is told, and only when that is written is it
 * accepted. What comes twice, late or out of order changes nothing more.
 */
export const takeNotification = async (signed: SignedBody): Promise<NotificationAnswer> => {
  if (!(await isGenuine(signed))) return answer(401, '验签失败')
  const parsed = parseJson(signed.body, bodyShape)
  if (!parsed) return answer(400, '通知内容看不懂')
  let resource: string
  try {
    resource = decryptResource(parsed.resource)
  } catch {
    return answer(400, '通知解不开')
  }
  return parsed.event_type.startsWith('REFUND.') ? takeRefund(resource) : takeTrade(resource)
}

const takeTrade = async (resource: string): Promise<NotificationAnswer> => {
  const trade = parseJson(resource, tradeShape)
  if (!trade) return answer(400, '通知内容看不懂')
  const orderId = trade.attach ?? ''
  const [payment, order] = await Promise.all([collection('payments').get(trade.out_trade_no), orderId ? collection('orders').get(orderId) : null])
  if (!payment) return answer(404, '没有这笔付款')
  const verdict = judgeTrade(payment, trade)
  if (verdict === 'mismatch') {
    await reportMismatch(payment, `通知里是 ${trade.amount?.total ?? '?'} 分、商户 ${trade.mchid}，应是 ${payment.amountFen} 分`)
    // The truth is what WeChat Pay says when it is asked.
    await followAttempt(payment)
    return answer(400, '金额或商户对不上')
  }
  if (verdict !== 'paid') return accepted
  if (payment.booked) return accepted
  const refusal = await bookPaid(payment, trade, order?._id === payment.orderId ? order : undefined)
  return refusal instanceof Refusal ? answer(500, '还没记下，请再通知') : accepted
}

const takeRefund = async (resource: string): Promise<NotificationAnswer> => {
  const notice = parseJson(resource, refundNotice)
  if (!notice) return answer(400, '通知内容看不懂')
  const refund = await collection('refunds').get(notice.out_refund_no)
  if (!refund) return answer(404, '没有这笔退款')
  if (!refund.booked) await followRefund(refund, new Date())
  return accepted
}

const parseJson = <Shape>(text: string, shape: z.ZodType<Shape>): Shape | null => {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

import * as z from 'zod'
import { Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { EXAMPLE_ORDER, orderId } from '../platform/fields'
import { NO_ORDER } from '../platform/orders'
import { startAttempt } from '../platform/payments/attempts'
import { followAttempt } from '../platform/payments/follow'
import { ownedBy } from './own-order'

/** R23 the one attempt of a stage. */
export const startPayment = defineAction({
  summary: '开始付一笔款，或接着付没付完的',
  input: z.strictObject({ orderId, stageId: z.string().regex(/^S\d{1,3}$/, '没有这一笔款') }),
  example: { orderId: EXAMPLE_ORDER, stageId: 'S1' },
  run: ({ orderId: id, stageId }, { caller }) => startAttempt({ orderId: id, authorise: ownedBy(openidOf(caller)) }, openidOf(caller), stageId),
})

/** What the phone says of a payment is only a hint: WeChat Pay is asked. */
export const checkPayment = defineAction({
  summary: '付完以后问微信有没有到账',
  input: z.strictObject({ orderId, outTradeNo: z.string().regex(/^[0-9A-Za-z]{6,32}$/, '付款单号不对') }),
  example: { orderId: EXAMPLE_ORDER, outTradeNo: 'SF11220486S1A1' },
  run: async ({ orderId: id, outTradeNo }, { caller }) => {
    const [order, payment] = await Promise.all([collection('orders').get(id), collection('payments').get(outTradeNo)])
    if (!order || ownedBy(openidOf(caller))(order) instanceof Refusal || payment?.orderId !== id) return NO_ORDER
    if (payment.booked) return { state: 'paid' as const }
    return { state: await followAttempt(payment, order) }
  },
})

/** The one who pays: checks what wx.requestPayment was given, pays or cancels, and chooses what becomes of the notification. */
import { randomInt } from 'node:crypto'
import * as z from 'zod'
import type { Ledger, Trade, TradeState } from './ledger'
import type { Notifications } from './notifications'
import { PayRefusal } from './refusal'
import type { Signatures } from './signatures'
import { describeTrade } from './transactions'

/** ms until a late or replayed notification comes. */
const LATER_MS = 10 * 60_000

export const payment = z.strictObject({
  result: z.enum(['SUCCESS', 'CANCEL']),
  notify: z.enum(['once', 'twice', 'lost', 'late', 'forged', 'wrong-amount', 'wrong-merchant', 'replayed']).default('once'),
  /** Who scans the code of a Native trade. */
  openid: z.string().optional(),
})

export const paymentRequest = z.object({
  appId: z.string().optional(),
  timeStamp: z.string().min(1, '不能为空（要字符串）'),
  nonceStr: z.string().min(1).max(32),
  package: z.string().regex(/^prepay_id=\S+$/, '应为 prepay_id=…'),
  signType: z.literal('RSA', { error: '应为 RSA' }),
  paySign: z.string().min(1),
})

export interface PayerOptions {
  ledger: Ledger
  signatures: Signatures
  notifications: Notifications
  appid: string
  now: () => number
  onState: (outTradeNo: string, state: TradeState) => void
}

type Notify = z.infer<typeof payment>['notify']

export class Payer {
  constructor(private readonly options: PayerOptions) {}

  /**
   * What the payment sheet shows, if wx.requestPayment's parameters are genuine and this user may pay.
   * Throws PayRefusal with the sentence that WeChat would show.
   */
  verify(request: z.infer<typeof paymentRequest>, openid: string | undefined): { outTradeNo: string; description: string; total: number } {
    const { ledger, signatures, appid, now } = this.options
    const text = `${request.appId ?? appid}\n${request.timeStamp}\n${request.nonceStr}\n${request.package}\n`
    if ((request.appId !== undefined && request.appId !== appid) || !signatures.verifyMerchant(text, request.paySign)) {
      throw new PayRefusal(400, 'SIGN_ERROR', '支付验证签名失败')
    }
    const prepayId = request.package.slice('prepay_id='.length)
    const trade = ledger.byPrepayId(prepayId)
    if (!trade) throw new PayRefusal(400, 'PREPAY_NOT_EXIST', '订单不存在或已失效')
    const prepay = trade.prepays.find((one) => one.id === prepayId)
    if (!prepay || prepay.until < now()) throw new PayRefusal(400, 'PREPAY_EXPIRED', '支付会话已失效，请重新发起支付')
    if (trade.trade_type === 'JSAPI' && openid !== trade.openid) throw new PayRefusal(403, 'PAYER_MISMATCH', '下单用户与支付用户不一致')
    this.refuseUnpayable(trade)
    return { outTradeNo: trade.out_trade_no, description: trade.description, total: trade.total }
  }

  /** Pays or cancels; waits until the notification that goes at once has been answered. */
  async act(outTradeNo: string, { result, notify, openid }: z.infer<typeof payment>): Promise<{ state: TradeState }> {
    const { ledger, notifications, onState } = this.options
    let trade = ledger.trades.get(outTradeNo)
    if (!trade) throw new PayRefusal(404, 'ORDER_NOT_EXIST', '没有这笔支付')
    // Whoever has paid cannot pay again: WeChat says so and charges nothing. A notification may still be asked for.
    if (result === 'SUCCESS' && trade.paidAt === undefined) {
      this.refuseUnpayable(trade)
      trade = this.pay(trade, openid)
    }
    this.notify(trade, result === 'SUCCESS', notify)
    onState(outTradeNo, trade.trade_state)
    await notifications.deliverDue()
    return { state: ledger.trades.get(outTradeNo)?.trade_state ?? trade.trade_state }
  }

  private pay(trade: Trade, openid: string | undefined): Trade {
    const { ledger, now } = this.options
    const paid: Trade = {
      ...trade,
      trade_state: 'SUCCESS',
      transaction_id: `4200${String(randomInt(10 ** 12)).padStart(12, '0')}${String(randomInt(10 ** 12)).padStart(12, '0')}`,
      paidAt: now(),
      openid: trade.openid ?? openid ?? 'oNativePayer',
    }
    ledger.trades.put(paid.out_trade_no, paid)
    return paid
  }

  private refuseUnpayable(trade: Trade): void {
    if (trade.trade_state === 'CLOSED') throw new PayRefusal(409, 'ORDER_CLOSED', '订单已关闭，不能支付')
    if (trade.paidAt !== undefined) throw new PayRefusal(409, 'ORDERPAID', '订单已支付，请勿重复支付')
    if (trade.expiresAt !== undefined && trade.expiresAt <= this.options.now())
      throw new PayRefusal(409, 'ORDER_EXPIRED', '订单已过期，不能支付')
  }

  private notify(trade: Trade, paid: boolean, how: Notify): void {
    const { notifications, signatures, now } = this.options
    const attack = how === 'forged' || how === 'wrong-amount' || how === 'wrong-merchant'
    // Without a payment nothing genuine is sent; what an attacker makes up can come all the same.
    if (how === 'lost' || (!paid && !attack)) return
    const genuine = describeTrade({
      ...trade,
      trade_state: 'SUCCESS',
      paidAt: trade.paidAt ?? now(),
      transaction_id: trade.transaction_id ?? `4200${'0'.repeat(24)}`,
    })
    const body = notifications.compose({
      eventType: 'TRANSACTION.SUCCESS',
      originalType: 'transaction',
      summary: '支付成功',
      resource: alter(genuine, how),
    })
    const one = { about: trade.out_trade_no, url: trade.notify_url, body, insistent: !attack }
    if (how === 'forged') notifications.enqueue({ ...one, headers: signatures.forgeBody(body), dueAt: now() })
    else if (how === 'late') notifications.enqueue({ ...one, dueAt: now() + LATER_MS })
    else if (how === 'replayed') {
      const headers = signatures.signBody(body)
      notifications.enqueue({ ...one, headers, dueAt: now(), insistent: false })
      notifications.enqueue({ ...one, headers, dueAt: now() + LATER_MS, insistent: false })
    } else notifications.enqueue({ ...one, dueAt: now() })
    if (how === 'twice') notifications.enqueue({ ...one, dueAt: now() })
  }
}

function alter(resource: Record<string, unknown>, how: Notify): Record<string, unknown> {
  if (how === 'wrong-merchant') return { ...resource, mchid: '1900009999' }
  if (how !== 'wrong-amount') return resource
  const { total } = resource.amount as { total: number }
  const wrong = total > 1 ? 1 : 2
  return { ...resource, amount: { total: wrong, payer_total: wrong, currency: 'CNY', payer_currency: 'CNY' } }
}

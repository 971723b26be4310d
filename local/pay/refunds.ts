/** Refunds: partial, several, never above what was paid; the same out_refund_no again is the same refund. */
import { randomInt } from 'node:crypto'
import * as z from 'zod'
import type { Ledger, Refund, Trade } from './ledger'
import { paramError, PayRefusal } from './refusal'
import { chinaTime } from './words'

/** ms until the money is back, on the moved clock. */
const SETTLING_MS = 30_000
const MOST_A_TRADE = 50
const LATEST_MS = 365 * 86_400_000

const request = z.looseObject({
  out_trade_no: z.string().min(1).max(32).optional(),
  transaction_id: z.string().min(1).max(32).optional(),
  out_refund_no: z.string().regex(/^[0-9A-Za-z_\-*|@]{1,64}$/),
  reason: z.string().max(80).optional(),
  notify_url: z
    .string()
    .max(255)
    .regex(/^https?:\/\/[^\s?#]+$/)
    .optional(),
  amount: z.looseObject({ refund: z.int().min(1), total: z.int().min(1), currency: z.literal('CNY') }),
})

export class Refunds {
  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {}

  request(body: unknown): Record<string, unknown> {
    const parsed = request.safeParse(body)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw paramError(issue?.path.join('.') || 'body', issue?.message ?? '不合法')
    }
    const asked = parsed.data
    const trade = this.findTrade(asked)
    const known = this.ledger.refunds.get(asked.out_refund_no)
    if (known) {
      if (known.out_trade_no !== trade.out_trade_no || known.refund !== asked.amount.refund || trade.total !== asked.amount.total) {
        throw new PayRefusal(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试')
      }
      return this.describe(known, trade)
    }
    this.checkAmount(trade, asked.amount)
    const refund: Refund = {
      refund_id: `5030${Date.now()}${randomInt(10 ** 9, 10 ** 10)}`,
      out_refund_no: asked.out_refund_no,
      out_trade_no: trade.out_trade_no,
      refund: asked.amount.refund,
      reason: asked.reason,
      notify_url: asked.notify_url,
      status: 'PROCESSING',
      createdAt: this.now(),
      settlesAt: this.now() + SETTLING_MS,
    }
    const refunding: Trade = { ...trade, trade_state: 'REFUND' }
    this.ledger.refunds.together(() => {
      this.ledger.refunds.put(refund.out_refund_no, refund)
      this.ledger.trades.put(trade.out_trade_no, refunding)
    })
    return this.describe(refund, refunding)
  }

  query(outRefundNo: string): Record<string, unknown> {
    const refund = this.ledger.refunds.get(outRefundNo)
    const trade = refund && this.ledger.trades.get(refund.out_trade_no)
    if (!refund || !trade) throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '退款单不存在')
    return this.describe(refund, trade)
  }

  /** Brings in the money that has had its time; gives the refunds that settled now. */
  settleDue(): { refund: Refund; trade: Trade }[] {
    const settled = []
    for (const refund of this.ledger.refunds.values()) {
      const trade = this.ledger.trades.get(refund.out_trade_no)
      if (refund.status !== 'PROCESSING' || refund.settlesAt > this.now() || !trade) continue
      const done: Refund = { ...refund, status: 'SUCCESS', settledAt: refund.settlesAt }
      this.ledger.refunds.put(refund.out_refund_no, done)
      settled.push({ refund: done, trade })
    }
    return settled
  }

  /** When the next refund settles (ms). */
  nextDue(): number | undefined {
    const times = this.ledger.refunds.values().flatMap((one) => (one.status === 'PROCESSING' ? [one.settlesAt] : []))
    return times.length === 0 ? undefined : Math.min(...times)
  }

  private findTrade({ out_trade_no, transaction_id }: z.infer<typeof request>): Trade {
    if (out_trade_no === undefined && transaction_id === undefined) throw paramError('out_trade_no', '与 transaction_id 二选一，不能都为空')
    const trade = transaction_id !== undefined ? this.ledger.byTransactionId(transaction_id) : this.ledger.trades.get(out_trade_no ?? '')
    if (!trade || (out_trade_no !== undefined && trade.out_trade_no !== out_trade_no))
      throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '订单不存在')
    if (trade.paidAt === undefined) throw new PayRefusal(400, 'INVALID_REQUEST', '订单未支付，不能退款')
    return trade
  }

  private checkAmount(trade: Trade, amount: { refund: number; total: number }): void {
    if (amount.total !== trade.total) throw new PayRefusal(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试')
    const earlier = this.ledger.refundsOf(trade.out_trade_no).filter((one) => one.status !== 'CLOSED')
    const refunded = earlier.reduce((sum, one) => sum + one.refund, 0)
    if (refunded + amount.refund > trade.total)
      throw new PayRefusal(400, 'INVALID_REQUEST', `申请退款金额超过可退金额（还可退 ${trade.total - refunded} 分）`)
    if (earlier.length >= MOST_A_TRADE) throw new PayRefusal(400, 'INVALID_REQUEST', '一笔订单最多部分退款 50 次')
    if (this.now() - (trade.paidAt ?? 0) > LATEST_MS) throw new PayRefusal(403, 'REQUEST_BLOCKED', '订单支付已超过一年，不能退款')
  }

  private describe(refund: Refund, trade: Trade): Record<string, unknown> {
    // The time may have come since the last look.
    const settled = refund.status === 'SUCCESS' || (refund.status === 'PROCESSING' && refund.settlesAt <= this.now())
    return {
      refund_id: refund.refund_id,
      out_refund_no: refund.out_refund_no,
      transaction_id: trade.transaction_id,
      out_trade_no: trade.out_trade_no,
      channel: 'ORIGINAL',
      user_received_account: '支付用户零钱',
      ...(settled ? { success_time: chinaTime(refund.settlesAt) } : {}),
      create_time: chinaTime(refund.createdAt),
      status: settled ? 'SUCCESS' : refund.status,
      funds_account: 'AVAILABLE',
      amount: {
        total: trade.total,
        refund: refund.refund,
        payer_total: trade.total,
        payer_refund: refund.refund,
        settlement_refund: refund.refund,
        settlement_total: trade.total,
        discount_refund: 0,
        currency: 'CNY',
      },
      promotion_detail: [],
    }
  }
}

/** A refund as its notification tells it. */
export function describeRefundNotice(refund: Refund, trade: Trade): Record<string, unknown> {
  return {
    mchid: trade.mchid,
    out_trade_no: trade.out_trade_no,
    transaction_id: trade.transaction_id,
    out_refund_no: refund.out_refund_no,
    refund_id: refund.refund_id,
    refund_status: refund.status,
    success_time: chinaTime(refund.settledAt ?? refund.settlesAt),
    user_received_account: '支付用户零钱',
    amount: { total: trade.total, refund: refund.refund, payer_total: trade.total, payer_refund: refund.refund },
  }
}

/** Queries and closing of trades. */
import type { Ledger, Trade } from './ledger'
import { paramError, PayRefusal } from './refusal'
import { chinaTime, STATE_WORDS } from './words'

export class Transactions {
  constructor(
    private readonly ledger: Ledger,
    private readonly mchid: string,
  ) {}

  byOutTradeNo(outTradeNo: string, mchid: string | null): Record<string, unknown> {
    this.checkMchid(mchid)
    return describeTrade(this.find(outTradeNo))
  }

  byTransactionId(id: string, mchid: string | null): Record<string, unknown> {
    this.checkMchid(mchid)
    const trade = this.ledger.byTransactionId(id)
    if (!trade) throw notFound()
    return describeTrade(trade)
  }

  /** Nobody can pay it any more. Throws PayRefusal ORDERPAID, ORDER_CLOSED or ORDER_NOT_EXIST. */
  close(outTradeNo: string, body: unknown): void {
    this.checkMchid(typeof body === 'object' && body !== null && 'mchid' in body ? String(body.mchid) : null)
    const trade = this.find(outTradeNo)
    if (trade.trade_state === 'CLOSED') throw new PayRefusal(400, 'ORDER_CLOSED', '订单已关闭，无需再次关闭')
    if (trade.trade_state !== 'NOTPAY') throw new PayRefusal(400, 'ORDERPAID', '订单已支付，不能关闭')
    this.ledger.trades.put(outTradeNo, { ...trade, trade_state: 'CLOSED' })
  }

  private find(outTradeNo: string): Trade {
    const trade = this.ledger.trades.get(outTradeNo)
    if (!trade) throw notFound()
    return trade
  }

  private checkMchid(mchid: string | null): void {
    if (mchid === null || mchid === '') throw paramError('mchid', '不能为空')
    if (mchid !== this.mchid) throw new PayRefusal(400, 'MCH_NOT_EXISTS', '商户号不存在')
  }
}

function notFound(): PayRefusal {
  return new PayRefusal(404, 'ORDER_NOT_EXIST', '订单不存在')
}

/** A trade as the query and the notification tell it. */
export function describeTrade(trade: Trade): Record<string, unknown> {
  const paid = trade.paidAt !== undefined
  return {
    appid: trade.appid,
    mchid: trade.mchid,
    out_trade_no: trade.out_trade_no,
    trade_state: trade.trade_state,
    trade_state_desc: STATE_WORDS[trade.trade_state],
    ...(trade.attach === undefined ? {} : { attach: trade.attach }),
    promotion_detail: [],
    ...(paid
      ? {
          transaction_id: trade.transaction_id,
          trade_type: trade.trade_type,
          bank_type: 'OTHERS',
          success_time: chinaTime(trade.paidAt ?? 0),
          payer: { openid: trade.openid },
          amount: { total: trade.total, payer_total: trade.total, currency: 'CNY', payer_currency: 'CNY' },
        }
      : { payer: { ...(trade.openid === undefined ? {} : { openid: trade.openid }) }, amount: { total: trade.total, currency: 'CNY' } }),
  }
}

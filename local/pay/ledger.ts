/** What WeChat Pay remembers: trades, refunds, notifications to send. On disk before any answer. */
import type { Shelf, Shelves } from '../cloud/shelf'

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND'

export interface Trade {
  out_trade_no: string
  trade_type: 'JSAPI' | 'NATIVE'
  trade_state: TradeState
  appid: string
  mchid: string
  description: string
  attach?: string
  notify_url: string
  /** Fen. */
  total: number
  /** Known from the start for JSAPI, from the payment for Native. */
  openid?: string
  /** ms; after it nobody can pay. */
  expiresAt?: number
  createdAt: number
  /** Every prepay_id given out for this trade, with its end (ms). */
  prepays: { id: string; until: number }[]
  /** Of a Native trade. */
  code_url?: string
  /** Set when paid. */
  transaction_id?: string
  paidAt?: number
}

export interface Refund {
  refund_id: string
  out_refund_no: string
  out_trade_no: string
  /** Fen. */
  refund: number
  reason?: string
  notify_url?: string
  status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED'
  createdAt: number
  /** When the money arrives (ms). */
  settlesAt: number
  settledAt?: number
}

export interface Notification {
  id: number
  about: string
  url: string
  body: string
  /** Sent exactly so; without it, signed anew on every attempt. */
  headers?: Record<string, string>
  /** ms, moved time. */
  dueAt: number
  attempt: number
  /** Whether a failure is tried again. */
  insistent: boolean
}

export class Ledger {
  readonly trades: Shelf<Trade>
  readonly refunds: Shelf<Refund>
  readonly notifications: Shelf<Notification>

  constructor(shelves: Shelves) {
    this.trades = shelves.open<Trade>('trades')
    this.refunds = shelves.open<Refund>('refunds')
    this.notifications = shelves.open<Notification>('notifications')
  }

  refundsOf(outTradeNo: string): Refund[] {
    return this.refunds.values().filter((one) => one.out_trade_no === outTradeNo)
  }

  byTransactionId(id: string): Trade | undefined {
    return this.trades.values().find((trade) => trade.transaction_id === id)
  }

  byPrepayId(id: string): Trade | undefined {
    return this.trades.values().find((trade) => trade.prepays.some((prepay) => prepay.id === id))
  }
}

import type { Fen } from './money'

/** What a repair costs, what was paid, and the card that warrants it. Part of the order’s one document. */

export interface QuoteLine {
  id: string
  /** Of the price book; empty when it is not in there, and staff priced it (R20). */
  itemCode: string
  name: string
  unit: string
  quantity: number
  material: string
  brand: string
  maker: string
  grade: string
  materialFen: Fen
  labourFen: Fen
  /** Steps of the labour of one (R23); the line has as many for each of its quantity. */
  labourSteps: number
  amountFen: Fen
  warrantyMonths: number
}

/** What staff set for one of a line off the book, fen. */
export interface StaffPrice {
  lineId: string
  materialUnitFen: Fen
  labourUnitFen: Fen
  warrantyMonths: number
}

/** How far a line of the confirmed quote is: what cancelling during work costs (R23). A line without a record is not begun. */
export interface LineProgress {
  lineId: string
  /** Finished steps of its labour. */
  steps: number
  /** How many of it have their material used, or ordered for this order alone so that it cannot go back. */
  materials: number
}

export interface Quote {
  version: number
  /** `pending`: waits for staff to price what is off the book, and `refused`: they did not; the homeowner sees neither (R20). */
  state: 'pending' | 'refused' | 'sent' | 'confirmed' | 'declined' | 'expired' | 'replaced'
  priceBookVersion: number
  lines: QuoteLine[]
  totalFen: Fen
  /** What the technician wrote beside it. */
  note: string
  sentAt: Date
  expiresAt: Date
  answeredAt: Date | null
  reason: string | null
  by: 'system' | string
  /** Set on a change order (R19): what it builds on, and what was found. Its lines are all lines as they would be then. */
  change: { baseVersion: number; reason: string; photos: string[] } | null
}

export interface Stage {
  id: string
  name: string
  quoteVersion: number
  amountFen: Fen
  /** What it must be paid before. */
  before: 'setting_out' | 'work' | 'closing'
  state: 'not_due' | 'due' | 'paid' | 'refunding' | 'refunded' | 'void'
  attempts: number
  /** out_trade_no of the one open attempt. */
  openAttempt: string | null
  payment: { outTradeNo: string; transactionId: string; paidAt: Date } | null
  /** Each is a refund of its own; together never above what was paid (R23). */
  refunds: Refund[]
  /** What has arrived back: the sum of those that succeeded. */
  refundedFen: Fen
}

export interface Refund {
  outRefundNo: string
  amountFen: Fen
  kind: 'cancellation' | 'change' | 'compensation' | 'goodwill'
  /** Shown to the payer by WeChat Pay. */
  reason: string
  state: 'requested' | 'succeeded' | 'failed'
  at: Date
}

export interface WarrantyCard {
  number: string
  code: string
  acceptedAt: Date
  until: Date
  months: number
  lines: { item: string; material: string; amountFen: Fen; months: number; until: Date }[]
  paidFen: Fen
  technicianId: string
  technicianSigned: { at: Date; file: string } | null
  homeownerSigned: { at: Date; file: string } | null
  /** 林**, written when the homeowner signs. */
  homeownerName: string
}

import { SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { Fen } from '../money'
import { yuan, ZERO } from '../money'
import type { Quote, QuoteLine, Stage } from '../order'
import { totalFen } from '../price-book'
import { HOUR, momentText } from '../shanghai'

/** Quotes that nobody has answered are put aside: a new version replaces them, or nothing does (R22). */
export const shelveOpenQuotes = (draft: Draft, reason: string | null = null): void => {
  for (const quote of draft.order.quotes) if (quote.state === 'sent' || quote.state === 'pending') Object.assign(quote, { state: 'replaced', answeredAt: draft.now, reason })
  draft.stopClock('quote')
}

/** From now on it is the homeowner's to answer, and never changes (R22). */
export const sendToHomeowner = (draft: Draft, quote: Quote): void => {
  Object.assign(quote, { state: 'sent', sentAt: draft.now, expiresAt: draft.later(draft.settings.quote.expiryHours * HOUR) })
  draft.startClock('quote')
  draft.messageHomeowner(`quote:${quote.version}`, 'quote', { amount: yuan(quote.totalFen), until: momentText(quote.expiresAt, draft.now) }, { mustReach: true })
}

/** A quote that was sent never changes; a new version replaces it (R22). */
export const putQuote = (draft: Draft, lines: QuoteLine[], priceBookVersion: number, by: 'system' | string, note = ''): void => {
  const { order } = draft
  shelveOpenQuotes(draft)
  const quote: Quote = {
    version: order.quotes.length + 1, state: 'sent', priceBookVersion, lines, totalFen: totalFen(lines), note, sentAt: draft.now, expiresAt: draft.now, answeredAt: null, reason: null, by, change: null,
  }
  order.quotes.push(quote)
  draft.tell('quote_sent', by === 'system' ? SYSTEM : { role: 'technician', id: by, name: draft.technicianName }, { amount: yuan(quote.totalFen), version: String(quote.version) })
  sendToHomeowner(draft, quote)
}

/** Money that is due from now on. */
export const putStage = (draft: Draft, quote: Quote, name: string, amountFen: Fen, before: Stage['before']): void => {
  const { stages } = draft.order
  stages.push({ id: `S${stages.length + 1}`, name, quoteVersion: quote.version, amountFen, before, state: 'due', attempts: 0, openAttempt: null, payment: null, refunds: [], refundedFen: ZERO })
}

/** Nobody is to pay it any more: the attempt that may be open at WeChat Pay is closed (R23). */
export const closeAttemptOf = (draft: Draft, stage: Stage): void => {
  if (stage.openAttempt) draft.put(`close_payment:${stage.openAttempt}`, { kind: 'close_payment', outTradeNo: stage.openAttempt })
}

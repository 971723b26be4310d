import { homeowner, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { fen, yuan } from '../money'
import type { Quote } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { spanText } from '../shanghai'
import { restartClock } from './arrival'
import { startCallClock } from './call-clock'
import { confirmChange, declineChange, expireChange } from './change-order'
import { freeHelpers } from './crew'
import { confirmedQuote, openQuote, paymentMissing } from './money-gate'
import { putQuote, putStage } from './put-quote'
import { refundStage } from './refund'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** R17b the technician quotes from the price book at the door. Additions to a confirmed quote are change orders, not new quotes (R44). */
export const sendQuote = (draft: Draft, event: Of<'send_quote'>): Outcome => {
  if (draft.standard.scheme === 'free') return refuse('WRONG_STATE', '返工不收钱，不用报价')
  if (confirmedQuote(draft.order)) return refuse('WRONG_STATE', '报价业主已经确认了，不能再改')
  putQuote(draft, event.lines, event.priceBookVersion, event.technicianId, event.note)
  draft.closeTodos(['quote_expired', 'quote_declined'])
  return null
}

const theQuote = (draft: Draft, version: number): Quote | Refusal => {
  const quote = draft.order.quotes.find((candidate) => candidate.version === version)
  if (!quote || quote.state === 'pending' || quote.state === 'refused') return refuse('NOT_FOUND', '没有这一版报价')
  if (quote.state === 'expired') return refuse('QUOTE_NOT_CONFIRMED', '这份报价过期了，请让我们重新报一次')
  if (quote.state === 'replaced') return refuse('QUOTE_NOT_CONFIRMED', '报价换了新的一版，请看最新的')
  return quote
}

export const confirmQuote = (draft: Draft, event: Of<'confirm_quote'>): Outcome => {
  const quote = theQuote(draft, event.version)
  if ('code' in quote) return quote
  if (quote.state === 'confirmed') return SAME
  if (quote.state === 'declined') return refuse('WRONG_STATE', '这份报价您说过不同意')
  if (quote.change && quote.change.baseVersion !== confirmedQuote(draft.order)?.version) return refuse('QUOTE_NOT_CONFIRMED', '报价换了新的一版，请看最新的')
  draft.stopClock('quote')
  if (quote.change) {
    confirmChange(draft, quote)
    return null
  }
  Object.assign(quote, { state: 'confirmed', answeredAt: draft.now })
  draft.tell('quote_confirmed', homeowner(draft.order), { amount: yuan(quote.totalFen) })
  // Whoever is on the way comes: it is paid before the work.
  const hasSetOut = draft.visit.onTheWayAt !== null
  if (quote.totalFen > 0) putStage(draft, quote, '全款', quote.totalFen, hasSetOut ? 'work' : 'setting_out')
  return null
}

export const declineQuote = (draft: Draft, event: Of<'decline_quote'>): Outcome => {
  const quote = theQuote(draft, event.version)
  if ('code' in quote) return quote
  if (quote.state === 'declined') return SAME
  if (quote.state === 'confirmed') return refuse('WRONG_STATE', '这份报价您已经确认了；不想修了可以取消工单')
  draft.stopClock('quote')
  if (quote.change) {
    declineChange(draft, quote, event.reason)
    return null
  }
  Object.assign(quote, { state: 'declined', answeredAt: draft.now, reason: event.reason })
  draft.tell('quote_declined', homeowner(draft.order), { reason: event.reason })
  draft.todo('quote_declined', 'customer_service', '业主没有同意报价', `${draft.order.number} ${yuan(quote.totalFen)}`, { urgent: false, subject: String(quote.version), words: event.reason })
  return null
}

/** The verdict `quote.expiry` (R22). */
export const expireQuote = (draft: Draft): void => {
  const quote = openQuote(draft.order)
  if (!quote) return
  draft.forget(['quote.reminder'])
  if (quote.change) {
    expireChange(draft, quote)
    return
  }
  Object.assign(quote, { state: 'expired', answeredAt: draft.now })
  draft.tell('quote_expired', SYSTEM, { version: String(quote.version) })
  draft.todo('quote_expired', 'customer_service', `报价 ${spanText(draft.settings.quote.expiryHours * 60)}没有答复，过期了`, `${draft.order.number} ${yuan(quote.totalFen)}`, { urgent: false, subject: String(quote.version) })
}

/** Opens the one attempt of a stage, or takes up the one that is open (R23). Its out_trade_no is derived, so a retry pays the same one. */
export const openPayment = (draft: Draft, event: Of<'open_payment'>): Outcome => {
  const stage = draft.order.stages.find((candidate) => candidate.id === event.stageId)
  if (!stage) return refuse('NOT_FOUND', '没有这一笔款')
  if (stage.state === 'paid') return refuse('WRONG_STATE', '这笔款已经付过了')
  if (stage.state !== 'due') return refuse('WRONG_STATE', '这笔款现在不用付')
  if (stage.openAttempt) return SAME
  stage.attempts += 1
  stage.openAttempt = tradeNo(draft.order.number, stage.id, stage.attempts)
  return null
}

/** 6–32 letters and digits, as WeChat Pay wants; unique, since the order's number is. */
const tradeNo = (orderNumber: string, stageId: string, attempt: number): string => `${orderNumber.replace(/[^0-9A-Za-z]/g, '')}${stageId}A${attempt}`

/** Paid once, by the exact amount; any surplus goes back by itself (R23). The caller has checked the amount against the attempt. */
export const paymentReceived = (draft: Draft, event: Of<'payment_received'>): Outcome => {
  const { order } = draft
  const stage = order.stages.find((candidate) => candidate.id === event.stageId)
  if (!stage) return refuse('NOT_FOUND', '没有这一笔款')
  if (stage.payment?.outTradeNo === event.outTradeNo) return SAME
  const amount = yuan(event.amountFen)
  const surplus = stage.payment !== null || event.amountFen !== stage.amountFen
  if (surplus) {
    if (order.timeline.some((entry) => entry.kind === 'surplus' && entry.data['outTradeNo'] === event.outTradeNo)) return SAME
    const outRefundNo = `${event.outTradeNo}R1`
    draft.put(`refund:${outRefundNo}`, { kind: 'refund', outRefundNo, outTradeNo: event.outTradeNo, amountFen: event.amountFen, totalFen: event.amountFen, reason: '重复付款退回', stageId: stage.id })
    draft.tell('surplus', SYSTEM, { amount, outTradeNo: event.outTradeNo })
    draft.todo('surplus_payment', 'finance', '同一笔款付了两次，已自动退回', `${order.number} ${amount} ${event.outTradeNo}`, { urgent: false, subject: event.outTradeNo })
    draft.messageHomeowner(`surplus:${event.outTradeNo}`, 'payment', { what: '多付的一笔，原路退回', amount })
    return null
  }
  const wanted = stage.state === 'due'
  stage.payment = { outTradeNo: event.outTradeNo, transactionId: event.transactionId, paidAt: event.paidAt }
  stage.state = 'paid'
  stage.openAttempt = null
  draft.tell('paid', homeowner(order), { amount })
  if (!wanted) {
    // Paid at the moment of cancelling: whichever write wins, all of it goes back (R23).
    const why = order.cancellation ? '工单已取消' : '这笔不用付了'
    refundStage(draft, stage, order.cancellation ? 'cancellation' : 'change', why)
    if (order.cancellation) order.cancellation.refundedFen = fen(order.cancellation.refundedFen + event.amountFen)
    draft.messageHomeowner(`refund:${event.outTradeNo}`, 'payment', { what: `${why}，款原路退回`, amount })
    return null
  }
  draft.forget(['payment.reminder', 'payment.overdue'])
  draft.closeTodos(['unpaid'])
  draft.messageHomeowner(`paid:${event.outTradeNo}`, 'payment', { what: '付款成功', amount })
  // Something else must be paid before setting out: nobody may come yet.
  if (paymentMissing(draft.order)) return null
  const { clockStoppedAt } = draft.visit
  const mayCome = clockStoppedAt === null || (event.paidAt <= clockStoppedAt && restartClock(draft))
  if (mayCome) draft.messageTechnician(`paid:${event.outTradeNo}`, draft.technician, 'order_closed', { what: '业主付款了，可以按时出发' })
  else agreeAnew(draft, event.outTradeNo)
  return null
}

/** Paid after T−90: T is agreed again (R13). The technician phones as after a claim, and has the same fifteen minutes to an outcome (R10). */
const agreeAnew = (draft: Draft, outTradeNo: string): void => {
  const { order, visit } = draft
  order.status = 'claimed'
  visit.state = 'claimed'
  visit.appointmentAt = null
  visit.agreedAt = null
  visit.delay = null
  draft.stopClock('delay')
  draft.closeTodos(['delay_unanswered'])
  freeHelpers(draft, '上门时间要重新约，先不用去')
  startCallClock(draft, 'paid')
  draft.messageTechnician(`paid:${outTradeNo}`, draft.technician, 'call_reminder', { what: '业主付款了，请再约上门时间', page: `technician/call/call?id=${order._id}` })
}

export const paymentClosed = (draft: Draft, event: Of<'payment_closed'>): Outcome => {
  const stage = draft.order.stages.find((candidate) => candidate.id === event.stageId)
  if (stage?.openAttempt !== event.outTradeNo) return SAME
  stage.openAttempt = null
  return null
}

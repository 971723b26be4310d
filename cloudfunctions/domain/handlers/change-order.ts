import { byTechnician, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { fen, yuan } from '../money'
import type { Order, Quote, QuoteLine } from '../order'
import { pricedByStaff, totalFen } from '../price-book'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { confirmedQuote, differenceFen, dueFen, openChange } from './money-gate'
import { closeAttemptOf, putStage, sendToHomeowner, shelveOpenQuotes } from './put-quote'
import { refundPart } from './refund'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** What of two quotes can be confirmed: the same lines, each as often. */
const isSame = (before: readonly QuoteLine[], after: readonly QuoteLine[]): boolean =>
  before.length === after.length && before.every((line) => after.some((other) => other.id === line.id && other.quantity === line.quantity))

/**
 * R19 what is found on site after the quote was confirmed: a change order, which is the next version of the quote with all lines as they would be then. What stays keeps its
 * id and price. Off-book lines wait for staff first, and the homeowner sees none of it before (R20).
 */
export const sendChange = (draft: Draft, event: Of<'send_change'>): Outcome => {
  const { order } = draft
  if (draft.standard.scheme === 'free') return refuse('WRONG_STATE', '返工不收钱，不用报价')
  const agreed = confirmedQuote(order)
  if (!agreed) return refuse('QUOTE_NOT_CONFIRMED', '业主还没确认过报价，先用“现场报价”')
  if (event.baseVersion !== agreed.version) return refuse('CONFLICT', '报价刚变过，请照新的再列一遍')
  const unpaid = dueFen(order)
  if (unpaid > 0) return refuse('UNPAID', `业主还有 ${yuan(unpaid)} 没付，付了再加减项目`)
  if (event.lines.length === 0) return refuse('INVALID_INPUT', '项目全去掉就是不修了，请业主在手机上取消工单', { items: '至少留一项；不修了请业主取消工单' })
  if (isSame(agreed.lines, event.lines)) return refuse('INVALID_INPUT', '和确认过的报价一样，没有要改的', { items: '和确认过的报价一样' })
  shelveOpenQuotes(draft)
  const waits = event.lines.some((line) => line.itemCode === '' && !agreed.lines.some(({ id }) => id === line.id))
  const quote: Quote = {
    version: order.quotes.length + 1, state: 'pending', priceBookVersion: event.priceBookVersion, lines: event.lines, totalFen: totalFen(event.lines), note: '', sentAt: draft.now, expiresAt: draft.now, answeredAt: null, reason: null,
    by: event.technicianId, change: { baseVersion: agreed.version, reason: event.reason, photos: event.photos },
  }
  order.quotes.push(quote)
  draft.closeTodos(['quote_expired', 'quote_declined', 'quote_approval'])
  if (!waits) {
    offerChange(draft, quote)
    return null
  }
  draft.tell('change_waits', byTechnician(draft), { version: String(quote.version) }, true)
  draft.todo('quote_approval', 'estimator', '价目外的项目等批价', `${order.number} ${draft.technicianName}，第 ${quote.version} 版`, { subject: String(quote.version), words: [...unpriced(quote).map(({ id, name, quantity, unit }) => `${id} ${name} × ${quantity} ${unit}`), event.reason].join('；') })
  return null
}

/** Lines off the book that staff have not priced yet. */
const unpriced = ({ lines }: Quote): QuoteLine[] => lines.filter((line) => line.itemCode === '' && line.amountFen === 0)

/** The homeowner is asked, with the difference (R19, R22). */
const offerChange = (draft: Draft, quote: Quote): void => {
  sendToHomeowner(draft, quote)
  draft.tell('change_sent', byTechnician(draft), { amount: changeText(differenceFen(draft.order, quote)), version: String(quote.version) })
}

/** 多 ¥150.00, 少 ¥40.00, 价钱不变 */
export const changeText = (difference: number): string => (difference === 0 ? '价钱不变' : `${difference > 0 ? '多' : '少'} ${yuan(Math.abs(difference))}`)

/** R20 staff price what is not in the book; then the homeowner is asked. */
export const approveChange = (draft: Draft, event: Of<'approve_change'>): Outcome => {
  const quote = pending(draft, event.version)
  if ('code' in quote) return quote
  const missing = unpriced(quote).find(({ id }) => !event.prices.some(({ lineId }) => lineId === id))
  if (missing) return refuse('INVALID_INPUT', `“${missing.name}”还没批价`, { prices: `还差“${missing.name}”的价` })
  const stray = event.prices.findIndex(({ lineId }) => !unpriced(quote).some(({ id }) => id === lineId))
  if (stray >= 0) return refuse('INVALID_INPUT', '价目里有的项目不用批价', { [`prices.${stray}.line`]: '这一行不用批价' })
  quote.lines = quote.lines.map((line) => {
    const price = event.prices.find(({ lineId }) => lineId === line.id)
    return price ? pricedByStaff(line, price) : line
  })
  quote.totalFen = totalFen(quote.lines)
  draft.closeTodos(['quote_approval'])
  draft.tell('change_approved', event.by, { version: String(quote.version) }, true)
  draft.messageTechnician(`approved:${quote.version}`, draft.technician, 'order_closed', { what: `价批好了，已发给业主确认，${changeText(differenceFen(draft.order, quote))}` })
  offerChange(draft, quote)
  return null
}

export const refuseChange = (draft: Draft, event: Of<'refuse_change'>): Outcome => {
  const quote = pending(draft, event.version)
  if ('code' in quote) return quote
  Object.assign(quote, { state: 'refused', answeredAt: draft.now, reason: event.reason })
  draft.closeTodos(['quote_approval'])
  draft.tell('change_refused', event.by, { version: String(quote.version), reason: event.reason }, true)
  draft.messageTechnician(`refused:${quote.version}`, draft.technician, 'order_closed', { what: '价目外的项目没有批，照原来的做' })
  return null
}

const pending = (draft: Draft, version: number): Quote | ReturnType<typeof refuse> => {
  const quote = draft.order.quotes.find((candidate) => candidate.version === version)
  if (!quote?.change) return refuse('NOT_FOUND', '没有这一版加减项目')
  return quote.state === 'pending' ? quote : refuse('WRONG_STATE', '这一版不在等批价')
}

/**
 * Taken back by the technician: what nobody has answered yet, or what the homeowner confirmed and, thinking better of it, does not pay. The visit goes on with what was agreed
 * before; whoever pays all the same has it back.
 */
export const withdrawChange = (draft: Draft, event: Of<'withdraw_change'>): Outcome => {
  const { order } = draft
  const quote = order.quotes.find((candidate) => candidate.version === event.version)
  if (!quote?.change) return refuse('NOT_FOUND', '没有这一版加减项目')
  if (quote.state === 'replaced') return SAME
  const unpaid = order.stages.find((stage) => stage.quoteVersion === quote.version && stage.state === 'due')
  if (quote.state === 'confirmed' && unpaid) {
    unpaid.state = 'void'
    closeAttemptOf(draft, unpaid)
    Object.assign(quote, { state: 'replaced', answeredAt: draft.now })
    const base = order.quotes.find(({ version }) => version === quote.change?.baseVersion)
    if (base) base.state = 'confirmed'
  } else if (quote.state === 'pending' || quote.state === 'sent') {
    shelveOpenQuotes(draft)
    draft.closeTodos(['quote_approval'])
  } else return refuse('WRONG_STATE', '业主已经答复过了')
  draft.tell('change_withdrawn', byTechnician(draft), { version: String(quote.version) })
  return null
}

/** R19 confirmed by the homeowner: more is a stage of its own, due before its work; less goes back by itself (R23). */
export const confirmChange = (draft: Draft, quote: Quote): void => {
  const { order } = draft
  const difference = differenceFen(order, quote)
  const base = confirmedQuote(order)
  if (base) base.state = 'replaced'
  Object.assign(quote, { state: 'confirmed', answeredAt: draft.now })
  draft.tell('change_confirmed', { role: 'homeowner', id: order.homeownerId }, { amount: changeText(difference) })
  draft.messageTechnician(`confirmed:${quote.version}`, draft.technician, 'order_closed', { what: difference > 0 ? `业主同意加项目，付了 ${yuan(difference)} 再做` : '业主同意了，照新的做' })
  if (difference > 0) putStage(draft, quote, '增加项目', fen(difference), 'work')
  let back = fen(Math.max(0, -difference))
  for (const stage of [...order.stages].reverse()) back = fen(back - refundPart(draft, stage, back, 'change', '项目减少，差价退回'))
  if (difference < 0) draft.tell('change_refund', SYSTEM, { amount: yuan(-difference) })
}

/** What was confirmed and paid stays; nothing is added (R19). */
export const declineChange = (draft: Draft, quote: Quote, reason: string): void => {
  Object.assign(quote, { state: 'declined', answeredAt: draft.now, reason })
  draft.tell('change_declined', { role: 'homeowner', id: draft.order.homeownerId }, { reason })
  draft.messageTechnician(`declined:${quote.version}`, draft.technician, 'order_closed', { what: '业主没同意加减项目，照原来的做' })
}

/** The verdict `quote.expiry` of a change order (R22): nobody answered, so nothing changes. */
export const expireChange = (draft: Draft, quote: Quote): void => {
  Object.assign(quote, { state: 'expired', answeredAt: draft.now })
  draft.tell('change_expired', SYSTEM, { version: String(quote.version) })
  draft.messageTechnician(`expired:${quote.version}`, draft.technician, 'order_closed', { what: '加减项目没人答复，过期了，照原来的做' })
}

/** R19 nobody finishes over a question that is open. */
export const changeRefusal = (order: Order) => {
  const open = openChange(order)
  if (!open) return null
  return refuse('QUOTE_NOT_CONFIRMED', open.state === 'pending' ? '价目外的项目还在等批价，批了或撤回了再报完工' : '加减的项目业主还没答复，答复了或撤回了再报完工')
}

/** Lines that a change order adds and takes out, compared with what it builds on; a line whose quantity changes is both. */
export const changedLines = (order: Pick<Order, 'quotes'>, quote: Quote): { added: QuoteLine[]; removed: QuoteLine[] } => {
  const before = order.quotes.find(({ version }) => version === quote.change?.baseVersion)?.lines ?? []
  const differs = (line: QuoteLine, among: readonly QuoteLine[]) => !among.some((other) => other.id === line.id && other.quantity === line.quantity)
  return { added: quote.lines.filter((line) => differs(line, before)), removed: before.filter((line) => differs(line, quote.lines)) }
}

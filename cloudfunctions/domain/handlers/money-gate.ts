import { addFen, fen, yuan, ZERO } from '../money'
import type { Fen } from '../money'
import type { Order, Quote, Stage } from '../order'
import { visitOf } from '../order'
import { refuse } from '../refusal'
import type { Refusal } from '../refusal'
import { standardOf } from '../standards'

export const openQuote = ({ quotes }: Pick<Order, 'quotes'>): Quote | null => quotes.find(({ state }) => state === 'sent') ?? null
export const confirmedQuote = ({ quotes }: Pick<Order, 'quotes'>): Quote | null => quotes.find(({ state }) => state === 'confirmed') ?? null

/** R17a every item has its price in the book. */
export const isPricedAtOnce = ({ items }: Pick<Order, 'items'>): boolean => items.length > 0 && items.every(({ pricing }) => pricing === 'instant')

/** A change order that nobody has answered, priced by staff or not yet (R19, R20). */
export const openChange = ({ quotes }: Pick<Order, 'quotes'>): Quote | null => quotes.find(({ state, change }) => change !== null && (state === 'sent' || state === 'pending')) ?? null

/** A change order that was confirmed and whose surplus is not paid yet. */
export const unpaidChange = (order: Pick<Order, 'quotes' | 'stages'>): Quote | null => {
  const quote = confirmedQuote(order)
  return quote?.change && order.stages.some((stage) => stage.quoteVersion === quote.version && stage.state === 'due') ? quote : null
}

/** The total of a change order less that of what it builds on, fen; negative when it becomes cheaper. */
export const differenceFen = ({ quotes }: Pick<Order, 'quotes'>, quote: Quote): number => quote.totalFen - (quotes.find(({ version }) => version === quote.change?.baseVersion)?.totalFen ?? 0)

/** What confirming a quote would make due, fen. */
const wouldBeDue = (order: Pick<Order, 'quotes'>, quote: Quote): Fen => (quote.change ? fen(Math.max(0, differenceFen(order, quote))) : quote.totalFen)

const BEFORE: readonly Stage['before'][] = ['setting_out', 'work', 'closing']

/** What is due and unpaid, of what must be paid before one of these; of all when nothing is named. */
export const dueFen = ({ stages }: Pick<Order, 'stages'>, before = BEFORE): Fen =>
  addFen(...stages.filter((stage) => stage.state === 'due' && before.includes(stage.before)).map((stage) => stage.amountFen))

/**
 * R19 nothing starts before the quote is confirmed online and what is due before it is paid. Whoever waits for money asks here: setting out, working, completing, the
 * clock that must not blame a technician for it (R13), and the pages that promise a visit (R18).
 */
export const moneyRefusal = (order: Order, before: readonly ('setting_out' | 'work')[]): Refusal | null => {
  if (standardOf(visitOf(order).standard).scheme === 'free') return null
  // What is priced at the door is settled there: a quote that waits from a visit before keeps nobody from coming (R17b).
  const isWanted = before.includes('work') || isPricedAtOnce(order)
  if (isWanted && !confirmedQuote(order)) return refuse('QUOTE_NOT_CONFIRMED', openQuote(order) ? '报价业主还没确认，请等业主在手机上确认' : '还没有确认过的报价，先报价，业主确认了再动手')
  const unpaid = dueFen(order, before)
  return unpaid > 0 ? refuse('UNPAID', `业主还有 ${yuan(unpaid)} 没付，付了才能继续`) : null
}

/** Something that must be confirmed or paid before setting out is not. */
export const paymentMissing = (order: Order): boolean => moneyRefusal(order, ['setting_out']) !== null

/** A time is agreed, but what must be confirmed and paid before anybody sets out is not. */
export const isHeldByMoney = (order: Order): boolean => order.status === 'scheduled' && paymentMissing(order)

/** What the homeowner owes now, or would by the open quote. */
export const owedFen = (order: Order): Fen => {
  const quote = openQuote(order)
  return dueFen(order) || (quote ? wouldBeDue(order, quote) : ZERO)
}

import type { Draft } from '../draft'
import { yuan } from '../money'
import type { Order, Quote } from '../order'
import { refuse } from '../refusal'
import type { Refusal } from '../refusal'

export const openQuote = (draft: Draft): Quote | undefined => draft.order.quotes.find((quote) => quote.state === 'sent')
export const confirmedQuote = (draft: Draft): Quote | undefined => draft.order.quotes.find((quote) => quote.state === 'confirmed')

/** R17a every item has its price in the book. */
export const isPricedAtOnce = ({ items }: Pick<Order, 'items'>): boolean => items.length > 0 && items.every(({ pricing }) => pricing === 'instant')

/**
 * R19 nothing starts before the quote is confirmed online and what is due before it is paid. Whoever waits for money asks here: setting out, working, completing, and the
 * clock that must not blame a technician for it (R13).
 */
export const moneyRefusal = (draft: Draft, before: readonly ('setting_out' | 'work')[]): Refusal | null => {
  if (draft.standard.scheme === 'free') return null
  // What is priced at the door is settled there: a quote that waits from a visit before keeps nobody from coming (R17b).
  const isWanted = before.includes('work') || isPricedAtOnce(draft.order)
  if (isWanted && !confirmedQuote(draft)) return refuse('QUOTE_NOT_CONFIRMED', openQuote(draft) ? '报价业主还没确认，请等业主在手机上确认' : '还没有确认过的报价，先报价，业主确认了再动手')
  const unpaid = draft.unpaidFen(before)
  return unpaid > 0 ? refuse('UNPAID', `业主还有 ${yuan(unpaid)} 没付，付了才能继续`) : null
}

/** Something that must be confirmed or paid before setting out is not. */
export const paymentMissing = (draft: Draft): boolean => moneyRefusal(draft, ['setting_out']) !== null

/** What the homeowner owes now, or would by the open quote. */
export const owed = (draft: Draft): string => yuan(draft.unpaidFen(['setting_out', 'work', 'closing']) || (openQuote(draft)?.totalFen ?? 0))

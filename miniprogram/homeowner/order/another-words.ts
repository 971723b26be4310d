import type { OrderView } from '../../../typings/contract'
import { formatFen } from '../../lib/money'

/**
 * What becomes of the money when somebody else is asked to come (R12, R19), said before it is confirmed. Asking somebody else touches neither quote nor
 * payment: both stay with the order, a confirmed quote is not written anew, and nobody works before what is due is paid.
 */
export function moneyIfAnother({ visits, quote, stages }: Pick<OrderView, 'visits' | 'quote' | 'stages'>): string {
  const kind = visits.at(-1)?.kind
  if (kind !== undefined && kind !== 'repair') return '这趟不收钱，换谁来都一样。'
  const paid = stages.filter(({ state }) => state === 'paid').reduce((sum, { amountFen, refundedFen }) => sum + amountFen - refundedFen, 0)
  const due = stages.filter(({ state }) => state === 'due').reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (paid > 0) {
    const kept = `您付的 ${formatFen(paid)} 还在这张单上，不用再付，新来的师傅照同一份报价做。`
    return due > 0 ? `${kept}还没付的 ${formatFen(due)} 照旧，付了他才动手。` : kept
  }
  if (due > 0) return `报价不变，还没付的 ${formatFen(due)} 照旧，付了新来的师傅才动手。`
  if (quote?.state === 'sent') return `报价 ${formatFen(quote.totalFen)} 不变，等您确认付款，付了新来的师傅才动手。`
  return '这张单没收过您的钱。报价您点头才算数。'
}

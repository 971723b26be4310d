import type { OrderView, StateView, WarrantyCardView } from '../../../typings/contract'

const HEAD = { joint: 4 as const }

/** The head above a card. Of one's own order the server's state stands while something is waited for; else the card speaks for itself. */
export function cardHead(card: WarrantyCardView, order: OrderView | null, toSign: boolean): StateView {
  if (toSign) return { ...HEAD, turn: 'yours', word: '待签字', fact: '请您签个字', sentence: '核对一下，签好就生效，不用存纸' }
  if (order && order.state.turn !== 'done' && order.state.turn !== 'closed' && !onlyOpinionWaits(order)) return order.state
  if (!card.valid) return { ...HEAD, turn: 'closed', word: '过保', fact: '保修期过了', sentence: '再坏了照样可以报修' }
  if (!order) return { ...HEAD, turn: 'done', word: '保修卡', fact: '这张卡是真的', sentence: '师服到发的，还在保修期里' }
  return { ...HEAD, turn: 'done', word: '保修中', fact: '验收好了', sentence: `${spokenMonths(card.months)}里同样的毛病，免费上门修` }
}

/** Stars or the questionnaire are waited for: that is no matter of the card's. */
function onlyOpinionWaits({ main }: OrderView): boolean {
  return main?.act === 'rate' || main?.act === 'answer_follow_up'
}

/** `两年`, `一年半`, `3 个月` */
export function spokenMonths(months: number): string {
  const years = Math.floor(months / 12)
  const rest = months % 12
  if (years === 0) return months === 6 ? '半年' : `${months} 个月`
  const words = `${CHINESE[years] ?? years}年`
  if (rest === 0) return words
  return rest === 6 ? `${words}半` : `${months} 个月`
}

const CHINESE: Record<number, string> = { 1: '一', 2: '两', 3: '三', 4: '四', 5: '五', 6: '六', 7: '七', 8: '八', 9: '九', 10: '十' }

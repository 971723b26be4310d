import type { ItemView } from '../../../typings/contract'

export interface Estimate {
  /** 已选 3 件，预计 */
  label: string
  /** ¥190–400 · 师傅看过再报价 */
  range: string
}

/** What the chosen items come to by the price book (R44). Items without a price make it open at the top. */
export function estimate(chosen: { item: ItemView; quantity: number }[]): Estimate {
  const pieces = chosen.reduce((sum, { quantity }) => sum + quantity, 0)
  if (pieces === 0) return { label: '上门、勘察不收费', range: '先选要修的' }
  const priced = chosen.filter(({ item }) => item.lowFen !== null && item.highFen !== null)
  const low = priced.reduce((sum, { item, quantity }) => sum + (item.lowFen ?? 0) * quantity, 0)
  const high = priced.reduce((sum, { item, quantity }) => sum + (item.highFen ?? 0) * quantity, 0)
  if (priced.length === 0) return { label: `已选 ${pieces} 件`, range: '看过再报价' }
  const range = low === high ? `¥${yuan(low)}` : `¥${yuan(low)}–${yuan(high)}`
  return priced.length === chosen.length
    ? { label: `已选 ${pieces} 件，预计`, range }
    : { label: `已选 ${pieces} 件，有的要看过`, range: `${range} 起` }
}

/** Whole yuan without a decimal point, else two places. */
function yuan(fen: number): string {
  const text = fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

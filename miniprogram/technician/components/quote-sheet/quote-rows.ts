import type { CategoryView, OrderItemView } from '../../../../typings/contract'
import { formatFen } from '../../../lib/money'

export interface QuoteRow {
  code: string
  name: string
  unit: string
  priceRange: string
  quantity: number
}

/** The price book of the order's trade, with what was asked for filled in; an item of another trade that the order holds stays in. */
export function quoteRows(categories: CategoryView[], categoryCode: string, items: OrderItemView[]): QuoteRow[] {
  const trade = categories.find(({ code }) => code === categoryCode)?.items ?? []
  const others = categories
    .flatMap((category) => category.items)
    .filter(({ code }) => !trade.some((item) => item.code === code) && items.some((item) => item.code === code))
  return [...trade, ...others]
    .filter(({ pricing }) => pricing !== 'survey')
    .map(({ code, name, unit, priceRange }) => ({
      code,
      name,
      unit,
      priceRange,
      quantity: items.find((item) => item.code === code)?.quantity ?? 0,
    }))
    .sort((left, right) => Math.sign(right.quantity) - Math.sign(left.quantity))
}

export function chosenItems(rows: QuoteRow[]): { code: string; quantity: number }[] {
  return rows.filter(({ quantity }) => quantity > 0).map(({ code, quantity }) => ({ code, quantity }))
}

/** What it may come to, from the book's own range; the server prices it. Empty when nothing is chosen or a price is open. */
export function roughTotal(rows: QuoteRow[], categories: CategoryView[]): string {
  const book = new Map(categories.flatMap(({ items }) => items).map((item) => [item.code, item]))
  let low = 0
  let high = 0
  for (const { code, quantity } of rows) {
    if (quantity === 0) continue
    const item = book.get(code)
    if (!item || item.lowFen === null || item.highFen === null) return ''
    low += item.lowFen * quantity
    high += item.highFen * quantity
  }
  if (high === 0) return ''
  return low === high ? formatFen(low) : `${formatFen(low)}–${formatFen(high).slice(1)}`
}

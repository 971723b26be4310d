import type { CategoryView } from '../../../../typings/contract'
import { itemWords, type ItemWords } from '../../item-words'

export interface ItemRow extends ItemWords {
  quantity: number
  unit: string
}

/** How many items of a trade show before the rest is asked for. */
export const SHOWN_AT_FIRST = 4

/** The rows to show, and how many are folded away. What is chosen is never folded. */
export function itemRows(
  category: CategoryView | undefined,
  quantities: Record<string, number>,
  open: boolean,
  atFirst = SHOWN_AT_FIRST,
): { rows: ItemRow[]; folded: number } {
  const items = category?.items ?? []
  const shown = open ? items : items.filter(({ code }, index) => index < atFirst || (quantities[code] ?? 0) > 0)
  const rows = shown.map((item) => ({ ...itemWords(item), quantity: quantities[item.code] ?? 0, unit: item.unit }))
  return { rows, folded: items.length - shown.length }
}

import { isPricedAtOnce } from './handlers/money-gate'
import type { OrderCategory, OrderItem, QuoteLine } from './order'
import { priceLines } from './price-book'
import type { PriceBook } from './price-book'
import { refuse } from './refusal'
import type { Refusal } from './refusal'

/** What is to be repaired, in the price book's words. */
export interface ChosenRepair {
  category: OrderCategory
  items: OrderItem[]
  /** Present when every item is priced at once (R17a). */
  quote: { lines: QuoteLine[]; priceBookVersion: number } | null
}

type Choice = readonly { code: string; quantity: number }[]

/** The items of a category as the price book has them; each that does not fit is named, `items.0.code` and so on. */
export const chooseItems = (book: PriceBook, categoryCode: string, choice: Choice): ChosenRepair | Refusal => {
  const category = book.categories.find((each) => each.code === categoryCode)
  if (!category) return refuse('INVALID_INPUT', '没有这个类别，请重新选', { category: '没有这个类别，请重新选' })
  const fields: Record<string, string> = {}
  const items = choice.flatMap(({ code, quantity }, index): OrderItem[] => {
    const priced = category.items.find((each) => each.code === code)
    if (!priced) fields[`items.${index}.code`] = categoryOf(book, code) ? `这个项目不属于“${category.name}”` : '价目里没有这个项目'
    else if (choice.findIndex((other) => other.code === code) !== index) fields[`items.${index}.code`] = '同一个项目选了两次，请改数量'
    return priced ? [{ code, name: priced.name, unit: priced.unit, quantity, pricing: priced.pricing, minutes: priced.minutes }] : []
  })
  const [first] = Object.values(fields)
  if (first) return refuse('INVALID_INPUT', first, fields)
  const { code, name, icon, certificate } = category
  return { category: { code, name, icon, certificate }, items, quote: isPricedAtOnce({ items }) ? { lines: priceLines(book, choice), priceBookVersion: book.version } : null }
}

const categoryOf = (book: PriceBook, itemCode: string): string | undefined => book.categories.find((each) => each.items.some((item) => item.code === itemCode))?.code

/** As `chooseItems`, with the category of the first item: what was filed turned out to be something else (R10). */
export const chooseRepair = (book: PriceBook, choice: Choice): ChosenRepair | Refusal => {
  const category = categoryOf(book, choice[0]?.code ?? '')
  return category ? chooseItems(book, category, choice) : refuse('INVALID_INPUT', '价目里没有这个项目', { 'items.0.code': '价目里没有这个项目' })
}

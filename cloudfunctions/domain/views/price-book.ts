import type { CategoryView } from '../../../typings/contract'
import { yuanRange } from '../money'
import type { PriceBook, PriceCategory, PriceItem } from '../price-book'

/** The price book as anyone may read it before filing (R44). */
export const categoryViews = (book: PriceBook): CategoryView[] =>
  book.categories.map((category) => ({
    code: category.code,
    name: category.name,
    icon: category.icon,
    priceRange: categoryRange(category),
    items: category.items.map((item) => ({
      code: item.code,
      name: item.name,
      unit: item.unit,
      pricing: item.pricing,
      priceRange: itemRange(item),
      lowFen: item.pricing === 'survey' ? null : item.lowFen,
      highFen: item.pricing === 'survey' ? null : item.highFen,
      minutes: item.minutes,
      includes: item.includes,
      excludes: item.excludes,
      warrantyMonths: item.warrantyMonths,
    })),
  }))

const categoryRange = (category: PriceCategory): string => {
  const priced = category.items.filter((item) => item.pricing !== 'survey')
  if (priced.length === 0) return '勘察后报价'
  const units = new Set(priced.map((item) => item.unit))
  const range = yuanRange(Math.min(...priced.map((item) => item.lowFen)), Math.max(...priced.map((item) => item.highFen)))
  return units.size === 1 && [...units][0] === '㎡' ? `${range}/㎡` : range
}

const itemRange = (item: PriceItem): string => {
  switch (item.pricing) {
    case 'survey':
      return '勘察后报价，勘察不收费'
    case 'on_site':
      return item.highFen > 0 ? `${yuanRange(item.lowFen, item.highFen)} / ${item.unit}，看过再报` : '看过再报，上门不收费'
    case 'instant':
      return `${yuanRange(item.lowFen, item.highFen)} / ${item.unit}${item.material ? '，含料' : ''}`
  }
}

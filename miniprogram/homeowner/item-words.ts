import type { ItemView, PricingMode } from '../../typings/contract'

/** How an item gets its price (R17), in the words of the price book. */
const PRICING_WORDS: Record<PricingMode, string> = { instant: '当场有价', on_site: '上门报价', survey: '勘察后报价' }

/** What an item is, as the price book and the filing form tell it. */
export interface ItemWords {
  code: string
  name: string
  mode: string
  instant: boolean
  priceRange: string
  includes: string
  excludes: string
  /** 约 40 分钟 · 保修 24 个月 */
  facts: string
}

export function itemWords(item: ItemView): ItemWords {
  const facts = [item.minutes > 0 ? `约 ${item.minutes} 分钟` : '', item.warrantyMonths > 0 ? `保修 ${item.warrantyMonths} 个月` : '']
  return {
    code: item.code,
    name: item.name,
    mode: PRICING_WORDS[item.pricing],
    instant: item.pricing === 'instant',
    priceRange: item.priceRange,
    includes: item.includes.join('、'),
    excludes: item.excludes.join('、'),
    facts: facts.filter(Boolean).join(' · '),
  }
}

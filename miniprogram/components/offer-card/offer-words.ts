import type { OfferView, OrderItemView, VisitView } from '../../../typings/contract'
import { formatYuan } from '../../lib/money'
import { formatClock, formatDay } from '../../lib/time'

export interface Figure {
  value: string
  unit: string
  note: string
}

export interface OfferWords {
  /** Beside the trade: 返工, 保修, 紧急. */
  kind: string
  emergency: boolean
  place: string
  /** The problem in spoken phrases, so that lines break between them. */
  phrases: string[]
  /** Too long for a headline. */
  long: boolean
  items: string
  figures: Figure[]
  others: string
}

const KINDS: Record<VisitView['kind'], string> = { repair: '', return: '返工', warranty: '保修', survey: '勘察' }

/** The offer as it is read at a glance, at the roadside. `now` in ms. */
export function offerWords(offer: OfferView, now: number): OfferWords {
  return {
    kind: KINDS[offer.kind],
    emergency: offer.emergency,
    place: `${offer.district}一带`,
    phrases: phrasesOf(offer.problem),
    long: [...offer.problem].length > LONGEST_HEADLINE,
    items: itemsInWords(offer.items),
    figures: [
      { ...distance(offer.distanceMetres), note: `骑车约 ${offer.rideMinutes} 分钟` },
      wantedFigure(offer, now),
      offer.labourFen === null
        ? { value: '上门', unit: '报价', note: '看了再定价' }
        : { value: formatYuan(offer.labourFen), unit: '元', note: '人工部分' },
    ],
    others: `${offer.others > 0 ? '别的师傅也在看。' : ''}抢到后显示姓名门牌`,
  }
}

/** Why nothing can be claimed: the call of another claim waits for its outcome (R05, R10). */
export const CALL_FIRST = '手上那单先打完电话、记下结果，才能抢'

const LONGEST_HEADLINE = 40

/** 厨房龙头关不紧， · 一直滴水 */
export function phrasesOf(text: string): string[] {
  return text.match(/[^，。；！？、\n]+[，。；！？、\n]*|[，。；！？、\n]+/gu) ?? [text]
}

/** 换龙头 1 个、角阀 2 个 */
export function itemsInWords(items: OrderItemView[]): string {
  return items.map(({ name, quantity, unit }) => `${name} ${quantity} ${unit}`).join('、')
}

/** 1.2 公里, 680 米 */
export function distance(metres: number): { value: string; unit: string } {
  return metres < 950 ? { value: String(Math.round(metres / 10) * 10), unit: '米' } : { value: (metres / 1000).toFixed(1), unit: '公里' }
}

function wantedFigure({ wanted }: OfferView, now: number): Figure {
  return { value: formatClock(wanted.from), unit: `–${formatClock(wanted.to)}`, note: `${formatDay(wanted.from, now)}，${wanted.fits ? '赶得上' : '和您的活撞了'}` }
}

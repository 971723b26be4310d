import type { WarrantyCardView } from '../../../typings/contract'
import { formatFen } from '../../lib/money'
import { formatDate } from '../../lib/time'

/** The card as it is read, on the screen and in the saved picture alike. */
export interface CardWords {
  number: string
  until: string
  months: string
  since: string
  rows: { id: string; label: string; text: string; amount: string; strong: boolean }[]
  homeowner: string
  technicianLabel: string
  technician: string
  technicianSigned: boolean
  /** Both have signed: only then it is sealed. */
  sealed: boolean
  hotline: string
  code: string
  /** Why it no longer holds; empty while it does. */
  over: string
}

export function cardWords(card: WarrantyCardView): CardWords {
  const differing = new Set(card.lines.map(({ months }) => months)).size > 1
  return {
    number: card.number,
    until: formatDate(card.until),
    months: `${differing ? '最长 ' : ''}${card.months} 个月`,
    since: `${formatDate(card.acceptedAt)} 验收起算`,
    rows: [
      ...card.lines.map(({ item, material, amountFen, months }, at) => ({
        id: `line${at}`,
        label: item,
        text: [material, differing ? `保 ${months} 个月` : ''].filter(Boolean).join('，'),
        amount: formatFen(amountFen),
        strong: false,
      })),
      { id: 'paid', label: '实收', text: `${formatFen(card.paidFen)} 微信支付`, amount: '', strong: true },
      { id: 'place', label: '住处', text: card.place, amount: '', strong: false },
    ],
    homeowner: `${card.homeowner.name} ${card.homeowner.signedAt ? '已签' : '待签'}`,
    technicianLabel: `师傅 工号 ${card.technician.staffNumber}`,
    technician: card.technician.signedAt ? card.technician.name : `${card.technician.name} 待签`,
    technicianSigned: card.technician.signedAt !== null,
    sealed: card.technician.signedAt !== null && card.homeowner.signedAt !== null,
    hotline: `热线 ${card.hotline}`,
    code: card.code,
    over: card.valid ? '' : '保修期已过',
  }
}

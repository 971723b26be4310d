import * as z from 'zod'
import { Refusal } from '../domain/refusal'
import { clockText, MINUTE, momentText } from '../domain/shanghai'
import { personOf } from '../domain/order'
import { staffAction } from './staff-action'
import { findTheOrder, orderLine, orderRef } from './the-order'

const RESULT = { offered: '已请', next: '下一轮', ineligible: '不能请' } as const
const STATE = { open: '在看', claimed: '抢到', declined: '不接', expired: '没答', lost: '被抢走', withdrawn: '收回' } as const

/** Why these two (R05): the last wave's ranking and every offer of the order. */
export const explainOffers = staffAction({
  summary: '为什么请这两位：上一轮的排名和每一次派单',
  roles: ['dispatcher', 'customer_service'],
  writes: false,
  input: z.strictObject({ order: orderRef }),
  example: { order: 'SF1122-0486' },
  run: async ({ order: ref }) => {
    const order = await findTheOrder(ref)
    if (order instanceof Refusal) return order
    const now = new Date()
    // As it was when they were ranked.
    const ranked = order.offers.at(-1)?.sentAt ?? now
    const rows = order.dispatch.explained.map((line) => {
      const waits = line.waitingSince ? `等了 ${Math.max(0, Math.round((ranked.getTime() - line.waitingSince.getTime()) / MINUTE))} 分钟` : '没上岗'
      return `${line.name} ${line.staffNumber}｜${(line.distanceMetres / 1000).toFixed(2)} 公里｜${line.stars.toFixed(1)} 分｜${waits}｜${RESULT[line.result]}${line.reason ? `：${line.reason}` : ''}`
    })
    const offers = order.offers.map((offer) => {
      const person = personOf(order, offer.technicianId)
      const seen = offer.seenAt ? `，${clockText(offer.seenAt)} 看过` : offer.state === 'claimed' ? '' : '，没看'
      return `${offer.alone ? '只请一位' : `第 ${offer.wave} 轮`} ${momentText(offer.sentAt, now)} ${person?.name ?? ''} ${person?.staffNumber ?? ''}（${(offer.distanceMetres / 1000).toFixed(2)} 公里）${seen}：${STATE[offer.state]}${offer.endedAt ? ` ${momentText(offer.endedAt, now)}` : ''}${offer.reason ? `，${offer.reason}` : ''}`
    })
    return {
      text: [orderLine(order, now), '最近一轮怎么排的（近的在前）：', ...(rows.length > 0 ? rows : ['附近没有师傅']), '派过的单：', ...(offers.length > 0 ? offers : ['还没有派过'])].join('\n'),
      order: order.number,
      wave: order.dispatch.wave,
      explained: order.dispatch.explained.map((line) => ({ ...line, waitingSince: line.waitingSince?.toISOString() ?? null })),
      offers: order.offers.map((offer) => ({ id: offer.id, technicianId: offer.technicianId, wave: offer.wave, state: offer.state, distanceMetres: offer.distanceMetres, sentAt: offer.sentAt.toISOString(), seenAt: offer.seenAt?.toISOString() ?? null, endsAt: offer.endsAt?.toISOString() ?? null, reason: offer.reason })),
    }
  },
})

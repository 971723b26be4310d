/** 为什么请这两位: the last wave's ranking as a table, in words that a dispatcher would use. */
import type { Explanation, Offer, Order } from '../../../cloudfunctions/domain/order'
import { morningText } from '../../../cloudfunctions/domain/shanghai'
import type { CreditDocument, MessageDocument } from '../../../cloudfunctions/platform/documents'
import type { TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'
import { heldUntil } from './map/wave'
import { durationText, secondsText } from './words'

export interface WhyRow {
  technicianId: string
  /** 周国平 0317 */
  name: string
  /** Kilometres. */
  distance: string
  stars: string
  /** How long they have waited for a job. */
  waiting: string
  result: string
  /** Whether the rules let them be asked, and whether they were. */
  eligible: boolean
  asked: boolean
  /** What colour the result has. */
  tone: 'offered' | 'warned' | 'late' | 'plain'
}

type OfferMessage = Pick<MessageDocument, 'openid' | 'orderId' | 'template' | 'at' | 'delivery'>

/** What became of an offer that is over. */
export const OFFER_ENDED: Partial<Record<Offer['state'], string>> = {
  claimed: '抢到了',
  declined: '不接',
  expired: '没有回',
  lost: '别人抢到了',
  withdrawn: '收回了',
}

/** The wave that the explanation is of: 第 1 轮，13:01:46 发出，13:04:46 收回. */
export function waveText(order: Pick<Order, 'offers' | 'dispatch' | 'visits' | 'deadlines'>, now: Date): string {
  const held = heldUntil(order, now)
  if (held) return `收到了，${morningText(held, now)} 派师傅`

  const { wave } = order.dispatch
  const visitNo = order.visits.length
  // Waves are counted anew after a give-back or take-back: the last one of that number is meant.
  const first = order.offers.findLast((offer) => offer.wave === wave && offer.visitNo === visitNo)
  const offers = order.offers.filter((offer) => first && offer.sentAt.getTime() === first.sentAt.getTime())
  if (!first) return order.dispatch.staffAlerted ? '没有人可请，交给调度了' : '还没有请过人'
  const ended = offers.every(({ state }) => state !== 'open')
  const back = first.endsAt ? `，${secondsText(first.endsAt)} 收回` : '，等调度'
  return `第 ${wave} 轮，${secondsText(first.sentAt)} 发出${ended ? '，已经结束' : back}`
}

export function whyRows(
  order: Pick<Order, '_id' | 'offers' | 'dispatch' | 'visits'>,
  technicians: readonly Pick<TechnicianDocument, '_id' | 'openid' | 'onDuty' | 'claim'>[],
  { credits, inbox }: { credits: readonly Pick<CreditDocument, '_id' | 'left'>[]; inbox: readonly OfferMessage[] },
  now: Date,
): WhyRow[] {
  return order.dispatch.explained.map((line) => {
    const technician = technicians.find(({ _id }) => _id === line.technicianId)
    const openid = technician?.openid ?? ''
    const credit = credits.find(({ _id }) => _id === `${openid}:offer`)
    const messages = inbox.filter((message) => message.openid === openid && message.orderId === order._id && message.template === 'offer')
    return {
      technicianId: line.technicianId,
      name: `${line.name} ${line.staffNumber}`,
      distance: (line.distanceMetres / 1000).toFixed(1),
      stars: line.stars.toFixed(1),
      waiting: line.waitingSince ? durationText(now.getTime() - line.waitingSince.getTime()) : '下班',
      eligible: line.result !== 'ineligible',
      asked: line.result === 'offered',
      ...resultOf(order, line, { messages, creditsLeft: credit?.left ?? 0 }),
    }
  })
}

function resultOf(
  order: Pick<Order, 'offers' | 'dispatch' | 'visits'>,
  line: Explanation,
  { messages, creditsLeft }: { messages: readonly OfferMessage[]; creditsLeft: number },
): Pick<WhyRow, 'result' | 'tone'> {
  if (line.result === 'next') return { result: '下一轮', tone: 'plain' }
  if (line.result === 'ineligible') return { result: line.reason ?? '不合条件', tone: line.reason === '有单待拨电话' ? 'late' : 'plain' }
  const offer = order.offers.findLast(
    ({ technicianId, wave, visitNo }) =>
      technicianId === line.technicianId && wave === order.dispatch.wave && visitNo === order.visits.length,
  )
  if (!offer) return { result: '已请', tone: 'offered' }
  const ended = OFFER_ENDED[offer.state]
  if (ended) return { result: ended, tone: offer.state === 'claimed' ? 'offered' : 'plain' }
  if (offer.seenAt) return { result: '已请，在看', tone: 'offered' }
  // What is left now says little: the message itself may have taken the last credit. Without one WeChat cannot call them, only the app shows the offer.
  const message = messages.find(({ at }) => at >= offer.sentAt)
  const reached = message ? message.delivery !== 'inbox_only' && message.delivery !== 'refused' : creditsLeft > 0
  return reached ? { result: '已请', tone: 'offered' } : { result: '已请，没额度', tone: 'warned' }
}

/**
 * R05, R10: nobody is offered an order whom it may not be offered to. Written anew from the words of the standard, not from the product's own code, and looked up in the
 * database at the very moment that the offer went out.
 */
import { metresBetween, type Place } from '../../../cloudfunctions/domain/geography'
import { type Offer, type Order, visitOf } from '../../../cloudfunctions/domain/order'
import type { Settings } from '../../../cloudfunctions/domain/settings'
import { DAY, HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { placeOf, type TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'
import type { Line } from '../line'

export interface SentOffer {
  order: Order
  offer: Offer
}

export class OfferCheck {
  private readonly known = new Set<string>()
  readonly broken: string[] = []

  constructor(
    private readonly line: Line,
    private readonly settings: Settings,
  ) {}

  get count(): number {
    return this.known.size
  }

  /** The offers of these orders that went out at `now`, each once, in an order that does not depend on the database's. */
  async sentAt(now: number, orders: readonly Order[]): Promise<SentOffer[]> {
    const sent = orders.flatMap((order) =>
      order.offers.filter((offer) => offer.sentAt.getTime() === now && offer.state === 'open' && !this.known.has(`${order._id} ${offer.id}`)).map((offer) => ({ order, offer })),
    )
    if (sent.length === 0) return []
    const ids = [...new Set(sent.map(({ offer }) => offer.technicianId))]
    const technicians = new Map((await this.line.look('technicians', { _id: { $in: ids } })).map((document) => [document._id, document]))
    for (const { order, offer } of sent) {
      this.known.add(`${order._id} ${offer.id}`)
      const technician = technicians.get(offer.technicianId)
      const wrong = technician ? unfit(technician, order, offer, now, this.settings) : '不在名册里'
      if (wrong) this.broken.push(`R05 ${order.number} 第 ${offer.wave} 轮派给 ${offer.technicianId}：${wrong}（${new Date(now).toISOString()}）`)
    }
    return sent.sort((a, b) => (a.order._id + a.offer.id < b.order._id + b.offer.id ? -1 : 1))
  }
}

/** Why they may not be offered it; null when they may. */
function unfit(technician: TechnicianDocument, order: Order, offer: Offer, now: number, settings: Settings): string | null {
  if (technician.suspended) return '停单中'
  if (!technician.openid) return '没绑微信'
  if (!technician.skills.includes(order.category.code)) return '不会这一类'
  if (order.category.certificate && !technician.certificates.some(({ category, expiresAt }) => category === order.category.code && expiresAt.getTime() > now)) return '没有有效的证件'
  // Whoever came the last time is asked alone, for half an hour, on duty or not and whatever they are about (R15, R33).
  if (offer.alone) return null
  if (technician.claim && technician.claim.orderId !== order._id && (technician.claim.until === null || technician.claim.until.getTime() > now)) return '手上有单等着打电话'
  if (fellBefore(order, offer)) return '这一趟已经派过，没有接'
  if (!technician.onDuty) return '不在岗'
  const metres = metresBetween(placeNow(technician, now, settings), order.place)
  const farthest = technician.radiusMetres * order.dispatch.radiusFactor * (order.emergency ? settings.dispatch.emergencyRadiusFactor : 1)
  if (metres > farthest + 1) return `太远：${Math.round(metres)} 米`
  if (technician.leave.some(({ from, to }) => from <= order.wanted.from && order.wanted.to <= to)) return '请了假'
  return hasRoom(technician, order, now) ? null : '那天满了'
}

/** Declined, run out, given or taken back in this very visit; what staff withdrew can be offered again. */
const fellBefore = (order: Order, offer: Offer): boolean =>
  order.offers.some((other) => other.id !== offer.id && other.visitNo === offer.visitNo && visitOf(order).no === offer.visitNo && other.technicianId === offer.technicianId && !other.alone && isFinal(other))

const isFinal = ({ state, reason }: Offer): boolean => state === 'declined' || state === 'expired' || (state === 'withdrawn' && !reason?.startsWith('调度'))

function placeNow({ position, positionAt, slots, base }: TechnicianDocument, now: number, settings: Settings): Place {
  if (position && positionAt && now - positionAt.getTime() <= settings.dispatch.positionFreshMinutes * MINUTE) return placeOf(position)
  const job = slots.find(({ from, to, heldUntil }) => from.getTime() <= now && now <= to.getTime() && (heldUntil === null || heldUntil.getTime() > now))
  return job ? job.place : placeOf(base)
}

const dayOf = (at: Date): number => Math.floor((at.getTime() + 8 * HOUR) / DAY)

/** On one of the days on which it could be done. */
function hasRoom({ slots, dailyCapacity }: TechnicianDocument, order: Order, now: number): boolean {
  const soonest = new Date(Math.max(order.wanted.from.getTime(), now))
  const latest = order.wanted.to.getTime() > now ? order.wanted.to : new Date(now + 3 * DAY)
  for (let day = dayOf(soonest); day <= dayOf(latest); day += 1) {
    const booked = slots.filter(({ from, orderId, heldUntil }) => orderId !== order._id && dayOf(from) === day && (heldUntil === null || heldUntil.getTime() > now))
    if (booked.length < dailyCapacity) return true
  }
  return false
}

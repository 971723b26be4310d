/**
 * R05, R10, R52: nobody is offered an order whom it may not be offered to. Written anew from the words of the standard, not from the product's own code (when they could come is the city model's sum), and
 * looked up in the database at the very moment that the offer went out.
 */
import { metresBetween, type Place } from '../../../cloudfunctions/domain/geography'
import { type Offer, type Order, visitOf } from '../../../cloudfunctions/domain/order'
import type { Settings } from '../../../cloudfunctions/domain/settings'
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { placeOf, type TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'
import { firstStart } from '../../support/city/rules'
import type { Day, Whose } from '../../support/city/rules'
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
  const owesCall = technician.claim && technician.claim.orderId !== order._id && (technician.claim.until === null || technician.claim.until.getTime() > now)
  // Whoever came the last time is asked alone, for half an hour, on duty or not and whatever call they owe (R15, R33).
  if (offer.alone) return owesCall || canCome(technician, order, now, settings, 'own') ? null : '那天来不了'
  if (owesCall) return '手上有单等着打电话'
  if (fellBefore(order, offer)) return '这一趟已经派过，没有接'
  if (!technician.onDuty) return '不在岗'
  const metres = metresBetween(placeNow(technician, now, settings), order.place)
  const farthest = technician.radiusMetres * order.dispatch.radiusFactor * (order.emergency ? settings.dispatch.emergencyRadiusFactor : 1)
  if (metres > farthest + 1) return `太远：${Math.round(metres)} 米`
  return canCome(technician, order, now, settings, 'asked') ? null : '来不了：请了假、不在班次里、排满了，或者路上赶不及'
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

/** Whether they could come within the time wanted: no leave, in a shift, room in the day, and time to ride from the job before and to the one after (R05, R52). Whoever is asked alone may go beyond their shifts. */
function canCome(technician: TechnicianDocument, order: Order, now: number, settings: Settings, whose: Whose): boolean {
  const { slots, shifts, leave, dailyCapacity, onDuty } = technician
  const minutes = order.items.reduce((sum, item) => sum + item.minutes * item.quantity, 0) || settings.dispatch.jobMinutes
  const live = slots.filter(({ heldUntil }) => heldUntil === null || heldUntil.getTime() > now)
  const day: Day = {
    mostADay: dailyCapacity, onDuty, leave: leave.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })), shifts: shifts.map(({ weekday, from, to }) => ({ weekday, from: sinceMidnight(from), to: sinceMidnight(to) })),
    bookings: live.map(({ orderId, from, to, place, finishedAt }) => ({ order: orderId, from: from.getTime(), to: to.getTime(), spot: placeOf(place), isDone: Boolean(finishedAt) })),
  }
  return firstStart(day, { id: order._id, spot: order.place, lasts: minutes * MINUTE, from: order.wanted.from.getTime(), to: order.wanted.to.getTime() }, now, whose) !== null
}

const sinceMidnight = (clock: string): number => Number(clock.slice(0, 2)) * HOUR + Number(clock.slice(3)) * MINUTE

import { shortName, SYSTEM, technicianActor } from '../draft'
import type { Draft } from '../draft'
import { wantedText } from '../eligibility'
import type { OrderEvent } from '../event'
import { personOf } from '../order'
import type { Offer, Person } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { nextWaveNow } from './night'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** Offers of an order to technicians: made, seen, declined, ended (R05, R08). Every one is kept. */

export const openOffers = (draft: Draft): Offer[] => draft.order.offers.filter((offer) => offer.state === 'open')

/** The last offer of the present visit to a technician, open or not. */
export const offerOf = (draft: Draft, technicianId: string): Offer | undefined => draft.order.offers.filter((offer) => offer.technicianId === technicianId && offer.visitNo === draft.visit.no).at(-1)

export const endOffer = (offer: Offer, state: Offer['state'], at: Date, reason: string | null = null): void => {
  offer.state = state
  offer.endedAt = at
  offer.reason = reason
}

/** Who is asked, and from how far they would come. */
export interface Asked {
  person: Person
  distanceMetres: number
}

/** One wave of offers goes out, to last so long. */
export const offerTo = (draft: Draft, chosen: readonly Asked[], lastsMs: number, alone = false): void => {
  const { order, visit } = draft
  order.dispatch.wave += 1
  draft.deadline('dispatch.next_wave', draft.later(lastsMs))
  // One that would end at night stays open till the next can go.
  const endsAt = draft.dueAt('dispatch.next_wave')
  for (const { person, distanceMetres } of chosen) {
    draft.remember(person)
    const id = `${visit.no}.${order.offers.length + 1}`
    order.offers.push({ id, visitNo: visit.no, wave: order.dispatch.wave, technicianId: person.id, distanceMetres, sentAt: draft.now, endsAt, seenAt: null, state: 'open', endedAt: null, reason: null, alone })
    draft.messageTechnician(`offer:${id}`, person, 'offer', { distance: distanceText(distanceMetres), wanted: wantedText(order.wanted, draft.now) })
  }
  draft.tell('wave_sent', SYSTEM, { wave: String(order.dispatch.wave), names: chosen.map(({ person, distanceMetres }) => `${shortName(person)}（${distanceText(distanceMetres)}）`).join('、') })
}

/** 1.2 公里, 400 米 */
export const distanceText = (metres: number): string => (metres < 950 ? `${Math.max(100, Math.round(metres / 100) * 100)} 米` : `${(metres / 1_000).toFixed(1)} 公里`)

export const seeOffer = (draft: Draft, event: Of<'see_offer'>): Outcome => {
  const offer = offerOf(draft, event.technicianId)
  if (!offer) return refuse('NOT_FOUND', '没有这张单')
  if (offer.state !== 'open') return refuseEnded(offer)
  if (offer.seenAt) return SAME
  offer.seenAt = draft.now
  return null
}

/** R08 */
export const decline = (draft: Draft, event: Of<'decline'>): Outcome => {
  const offer = offerOf(draft, event.technicianId)
  if (!offer) return refuse('NOT_FOUND', '没有这张单')
  if (offer.state === 'declined') return SAME
  if (offer.state !== 'open') return refuseEnded(offer)
  const person = personOf(draft.order, event.technicianId)
  endOffer(offer, 'declined', draft.now, event.reason)
  draft.deed('declined', event.technicianId, offer.sentAt)
  draft.order.dispatch.excluded = [...new Set([...draft.order.dispatch.excluded, event.technicianId])]
  draft.tell('offer_declined', person ? technicianActor(person) : SYSTEM, { name: shortName(person), reason: event.reason }, true)
  if (draft.order.status === 'dispatching' && openOffers(draft).length === 0) nextWaveNow(draft)
  return null
}

/** Why an offer that is over can be taken no more. */
export const refuseEnded = (offer: Offer): Refusal => {
  switch (offer.state) {
    case 'lost':
      return refuse('TAKEN', '这单刚被另一位师傅抢走了')
    case 'declined':
      return refuse('OFFER_OVER', '这单您说过不接了')
    case 'expired':
      return refuse('OFFER_OVER', '这一轮的时间过了，已经请了别的师傅')
    default:
      return refuse('OFFER_OVER', '这单已经收回了')
  }
}

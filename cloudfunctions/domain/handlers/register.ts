import { shortName } from '../draft'
import type { Draft } from '../draft'
import { wantedText } from '../eligibility'
import type { OrderEvent } from '../event'
import { personOf } from '../order'
import type { Person } from '../order'
import { SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { nextWaveNow } from './night'
import { distanceText, endOffer, openOffers } from './offers'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** R52 the register says something else of a technician than the order knows: another WeChat account, or that they are suspended. */
export const heedRegister = (draft: Draft, event: Of<'heed_register'>): Outcome => {
  const person = personOf(draft.order, event.personId)
  const outcomes = person ? [changeAccount(draft, person, event), event.suspended && withdrawOffers(draft, person, event)] : []
  return outcomes.includes(true) ? null : SAME
}

/** The old account hears nothing more (R39); an offer that rang there rings again. */
const changeAccount = (draft: Draft, person: Person, { openid, suspended, by }: Of<'heed_register'>): boolean => {
  const { order } = draft
  if (person.openid === openid) return false
  const moved = { ...person, openid }
  order.people = order.people.map((known) => (known.id === person.id ? moved : known))
  order.outbox = order.outbox.flatMap((entry) => {
    if (entry.kind !== 'message' || entry.to.role !== 'technician' || entry.to.openid !== person.openid) return [entry]
    return openid === null ? [] : [{ ...entry, to: { ...entry.to, openid } }]
  })
  for (const offer of suspended ? [] : openOffers(draft).filter((each) => each.technicianId === person.id)) {
    draft.messageTechnician(`offer:${offer.id}:${order.version + 1}`, moved, 'offer', { distance: distanceText(offer.distanceMetres), wanted: wantedText(order.wanted, draft.now) })
  }
  draft.tell('account_changed', by, { name: shortName(person) }, true)
  return true
}

/** Nobody waits for somebody who may not come: without another open offer the next wave goes at once, as when all have declined (R08). */
const withdrawOffers = (draft: Draft, person: Person, { by }: Of<'heed_register'>): boolean => {
  const own = openOffers(draft).filter((offer) => offer.technicianId === person.id)
  if (own.length === 0) return false
  for (const offer of own) endOffer(offer, 'withdrawn', draft.now, '停单了')
  draft.tell('offer_withdrawn', by, { name: shortName(person) }, true)
  if (draft.order.status === 'dispatching' && openOffers(draft).length === 0) nextWaveNow(draft)
  return true
}

import { shortName, SYSTEM, technicianActor } from '../draft'
import type { Draft } from '../draft'
import { whenOf } from '../eligibility'
import type { OrderEvent } from '../event'
import type { Person, Slot, Visit } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { callWhen, startCallClock } from './call-clock'
import { freeHelpers } from './crew'
import { startDispatch } from './dispatch'
import { noteLateNotice } from './late-notice'
import { distanceText, endOffer, offerOf, openOffers, refuseEnded } from './offers'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** Who has the order: claimed, assigned by hand, given back, taken back (R06, R07, R09, R10). */

/** R06 the first claim wins. */
export const claim = (draft: Draft, event: Of<'claim'>): Outcome => {
  const { visit } = draft
  if (visit.technicianId === event.technician.id) return SAME
  const offer = offerOf(draft, event.technician.id)
  if (!offer) return refuse('NOT_FOUND', '没有这张单')
  if (offer.state !== 'open') return refuseEnded(offer)
  const distance = distanceText(offer.distanceMetres)
  endOffer(offer, 'claimed', draft.now)
  for (const other of openOffers(draft)) endOffer(other, 'lost', draft.now)
  take(draft, event.technician, event.slot, 'claimed')
  draft.tell('claimed', technicianActor(event.technician), { name: shortName(event.technician), distance })
  draft.deed('claimed', event.technician.id, draft.now)
  return null
}

/** Staff assign or reassign by hand, with a reason (R07). */
export const assign = (draft: Draft, event: Of<'assign'>): Outcome => {
  if (draft.visit.technicianId === event.technician.id) return SAME
  // A helper who is now in charge is told that, and not to stay away (R47).
  draft.visit.helpers = draft.visit.helpers.filter((id) => id !== event.technician.id)
  if (draft.visit.technicianId) {
    draft.messageTechnician(`reassigned:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '这单调度另派了师傅', page: 'pages/jobs/jobs' }, { mustReach: true })
    release(draft, event.reason)
  }
  for (const other of openOffers(draft)) endOffer(other, 'withdrawn', draft.now, '调度手动派单')
  const id = `${draft.visit.no}.${draft.order.offers.length + 1}`
  draft.order.offers.push({
    id, visitNo: draft.visit.no, wave: draft.order.dispatch.wave, technicianId: event.technician.id, distanceMetres: event.distanceMetres,
    sentAt: draft.now, endsAt: null, seenAt: null, state: 'claimed', endedAt: draft.now, reason: event.reason, alone: false,
  })
  draft.order.dispatch.excluded = draft.order.dispatch.excluded.filter((id) => id !== event.technician.id)
  take(draft, event.technician, event.slot, 'assigned')
  draft.tell('assigned', event.by, { name: shortName(event.technician), reason: event.reason })
  draft.deed('assigned', event.technician.id, draft.now)
  draft.messageTechnician(`assigned:${draft.order.version + 1}`, event.technician, 'call_reminder', { what: `调度派给您，${callWhen(draft)}打给业主` })
  return null
}

/** The technician has the order: five minutes to the call (R10). */
const take = (draft: Draft, person: Person, slot: Slot, why: 'claimed' | 'assigned'): void => {
  const { order, visit } = draft
  draft.remember(person)
  order.status = 'claimed'
  visit.state = 'claimed'
  visit.technicianId = person.id
  visit.claimedAt = draft.now
  startCallClock(draft, why)
  draft.stopClock('wave', 'dissatisfaction', 'absent')
  draft.closeTodos(['nobody_claims', 'taken_back', 'return_choice', 'call_me', 'rebook_call'])
  draft.put(`confirm:${visit.no}:${order.version + 1}`, { kind: 'confirm_hold', technicianId: person.id, slot, awaitsCall: true })
  draft.messageHomeowner(`claimed:${order.version + 1}`, 'claimed', { name: shortName(person), staffNumber: person.staffNumber, when: callWhen(draft) })
}

/** R09 */
export const giveBack = (draft: Draft, event: Of<'give_back'>): Outcome => {
  const person = draft.technician
  draft.tell('given_back', person ? technicianActor(person) : SYSTEM, { name: shortName(person), reason: event.reason })
  draft.deed('given_back', draft.visit.technicianId, draft.visit.claimedAt)
  // Nobody comes at the agreed time: said too late, it is a delay told too late (R12), unless the money was missing (R13).
  const { appointmentAt, clockStoppedAt } = draft.visit
  if (appointmentAt && !clockStoppedAt) noteLateNotice(draft, appointmentAt)
  draft.messageHomeowner(`given_back:${draft.order.version + 1}`, 'order_closed', { what: `${shortName(person)}来不了，正给您另找` }, { mustReach: appointmentAt !== null })
  release(draft, event.reason)
  startDispatch(draft)
  return null
}

/** The verdict `call.take_back` (R10): no outcome by 15:00. */
export const takeBack = (draft: Draft): void => {
  const person = draft.technician
  const { takeBackMinutes } = draft.settings.call
  draft.tell('taken_back', SYSTEM, { name: shortName(person) })
  draft.deed('taken_back', draft.visit.technicianId, draft.visit.claimedAt)
  draft.closeTodos(['late_call'])
  draft.todo('taken_back', 'dispatcher', `${takeBackMinutes} 分钟没有结果，已收回重派`, `${draft.order.number} ${shortName(person)} ${person?.staffNumber ?? ''}`, { urgent: false })
  draft.messageTechnician(`taken_back:${draft.order.version + 1}`, person, 'order_closed', { what: `${takeBackMinutes} 分钟没有结果，这单收回了`, page: 'pages/jobs/jobs' })
  draft.messageHomeowner(`taken_back:${draft.order.version + 1}`, 'order_closed', { what: '没及时跟您定下时间，正换一位师傅' })
  release(draft, `${takeBackMinutes} 分钟没有结果`)
  startDispatch(draft)
}

/** The technician no longer has the order, and is not asked again. */
export const release = (draft: Draft, reason: string): void => {
  const { order, visit } = draft
  if (!visit.technicianId) return
  const offer = offerOf(draft, visit.technicianId)
  if (offer && offer.state === 'claimed') endOffer(offer, 'withdrawn', draft.now, reason)
  order.dispatch.excluded = [...new Set([...order.dispatch.excluded, visit.technicianId])]
  // Whoever comes next is asked for the time that the homeowner expects.
  order.wanted = whenOf(order)
  draft.free(visit.technicianId)
  freeHelpers(draft, '换了负责的师傅，这单不用去了')
  Object.assign(visit, {
    technicianId: null, formerTechnicianId: visit.technicianId, claimedAt: null, call: null, appointmentAt: null, agreedAt: null, clockStoppedAt: null, onTheWayAt: null, arrivedAt: null, arrival: null, noShow: null, reachedAt: null, delay: null, waiting: null,
  } satisfies Partial<Visit>)
  visit.steps = []
  visit.door = { triesLeft: draft.settings.arrival.doorCodeTries, openedAt: null, releasedBy: null }
  draft.stopClock('call', 'no_answer', 'appointment', 'clock_stopped', 'delay', 'no_show', 'parts')
  draft.closeTodos(['late_call', 'no_answer', 'wrong_number', 'late_arrival', 'not_arrived', 'door_locked', 'unpaid', 'delay_unanswered', 'parts_overdue'])
}

import { shortName, SYSTEM, technicianActor } from '../draft'
import type { Draft } from '../draft'
import { needOf, wantedText } from '../eligibility'
import type { OrderEvent } from '../event'
import { startCallClock } from './call-clock'
import { isHeldByNight, outsideTheNight } from './night'
import { freeHelpers } from './crew'
import { personOf } from '../order'
import type { Offer, Person, Slot, Visit } from '../order'
import { rankNearest } from '../ranking'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { clockText, MINUTE } from '../shanghai'
import type { Technician } from '../technician'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** The search for a technician begins, or begins again: waves count from 1 (R07). An ordinary one that begins at night waits for the morning, and the homeowner is told (R55). */
export const startDispatch = (draft: Draft, alone: string | null = null): void => {
  const { order, visit } = draft
  order.status = 'dispatching'
  visit.state = 'dispatching'
  order.dispatch = { ...order.dispatch, wave: 0, startedAt: draft.now, alone, staffAlerted: false, radiusFactor: 1, explained: [] }
  draft.deadline('dispatch.next_wave', draft.now)
  if (!isHeldByNight(draft)) return
  const at = clockText(outsideTheNight(draft))
  draft.tell('held_by_night', SYSTEM, { at })
  draft.messageHomeowner(`night:${order.version + 1}`, 'order_closed', { what: `夜里先收下，早上 ${at} 给您派师傅` })
}

/** Whether the next wave must be told which technicians are near. */
export const waveNeedsTechnicians = (draft: Draft): boolean => draft.order.dispatch.alone === null && draft.order.dispatch.wave < draft.settings.dispatch.maxWaves

/** The step `dispatch.next_wave` (R05, R07): the next two are offered it, or staff are asked. */
export const sendNextWave = (draft: Draft, technicians: readonly Technician[]): void => {
  const { order, visit, settings } = draft
  draft.forget(['dispatch.next_wave'])
  const alone = personOf(order, order.dispatch.alone)
  order.dispatch.alone = null
  if (alone?.openid) {
    offerTo(draft, [{ person: alone, distanceMetres: lastDistance(draft, alone) }], settings.returnVisit.aloneMinutes * MINUTE, true)
    // Asked alone first is no wave: all of R05's waves follow.
    order.dispatch.wave = 0
    return
  }

  const open = openOffers(draft)
  const excluded = [...order.dispatch.excluded, ...open.map((offer) => offer.technicianId)]
  const ranking =
    order.dispatch.wave < settings.dispatch.maxWaves ? rankNearest(technicians, needOf(order, settings), excluded, draft.now, settings) : { chosen: [], explained: order.dispatch.explained }
  order.dispatch.explained = ranking.explained
  if (ranking.chosen.length === 0) {
    seekStaff(draft)
    return
  }
  for (const offer of open) {
    endOffer(offer, 'expired', draft.now)
    draft.deed('let_run_out', offer.technicianId, offer.sentAt)
  }
  order.dispatch.excluded = [...new Set(excluded)]
  const waveMs = (order.emergency ? settings.dispatch.emergencyWaveMinutes : settings.dispatch.waveMinutes) * MINUTE
  offerTo(
    draft,
    ranking.chosen.map(({ technician, distanceMetres }) => ({ person: personFrom(technician), distanceMetres })),
    waveMs,
  )
  visit.state = 'dispatching'
}

/** What the order remembers of a technician. */
export const personFrom = (technician: Technician): Person => ({
  id: technician._id,
  openid: technician.openid,
  name: technician.name,
  staffNumber: technician.staffNumber,
  photo: technician.photo,
  stars: technician.stars,
  jobs: technician.jobs,
  skills: technician.skills,
})

const offerTo = (draft: Draft, chosen: { person: Person; distanceMetres: number }[], lastsMs: number, alone = false): void => {
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

/** Nobody is left to ask: staff are alerted once, the last offers stay open till they act, the homeowner is told (R07). */
const seekStaff = (draft: Draft): void => {
  const { order } = draft
  order.status = 'seeking_staff'
  for (const offer of openOffers(draft)) offer.endsAt = null
  if (order.dispatch.staffAlerted) return
  order.dispatch.staffAlerted = true
  draft.tell('nobody_claims', SYSTEM)
  draft.todo('nobody_claims', 'dispatcher', '没有师傅接单，请手动派', `${order.number} ${order.category.name} ${order.district}，已请过 ${order.dispatch.wave} 轮`)
  draft.messageHomeowner(`nobody:${order.version + 1}`, 'order_closed', { what: '还在给您找师傅，调度员正亲自安排' })
}

export const openOffers = (draft: Draft): Offer[] => draft.order.offers.filter((offer) => offer.state === 'open')

const offerOf = (draft: Draft, technicianId: string): Offer | undefined => draft.order.offers.filter((offer) => offer.technicianId === technicianId && offer.visitNo === draft.visit.no).at(-1)

export const endOffer = (offer: Offer, state: Offer['state'], at: Date, reason: string | null = null): void => {
  offer.state = state
  offer.endedAt = at
  offer.reason = reason
}

const lastDistance = (draft: Draft, person: Person): number => draft.order.offers.filter((offer) => offer.technicianId === person.id).at(-1)?.distanceMetres ?? 0

/** 1.2 公里, 400 米 */
export const distanceText = (metres: number): string => (metres < 1_000 ? `${Math.max(100, Math.round(metres / 100) * 100)} 米` : `${(metres / 1_000).toFixed(1)} 公里`)

export const seeOffer = (draft: Draft, event: Of<'see_offer'>): Outcome => {
  const offer = offerOf(draft, event.technicianId)
  if (!offer) return refuse('NOT_FOUND', '没有这张单')
  if (offer.state !== 'open') return refuseEnded(offer)
  if (offer.seenAt) return SAME
  offer.seenAt = draft.now
  return null
}

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
  take(draft, event.technician, event.slot)
  draft.tell('claimed', technicianActor(event.technician), { name: shortName(event.technician), distance })
  draft.deed('claimed', event.technician.id, draft.now)
  return null
}

const refuseEnded = (offer: Offer): Refusal => {
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

/** The technician has the order: five minutes to the call (R10). */
const take = (draft: Draft, person: Person, slot: Slot): void => {
  const { order, visit } = draft
  draft.remember(person)
  order.status = 'claimed'
  visit.state = 'claimed'
  visit.technicianId = person.id
  visit.claimedAt = draft.now
  startCallClock(draft)
  draft.stopClock('wave', 'dissatisfaction', 'absent')
  draft.closeTodos(['nobody_claims', 'taken_back', 'return_choice', 'call_me', 'rebook_call'])
  draft.put(`confirm:${visit.no}:${order.version + 1}`, { kind: 'confirm_hold', technicianId: person.id, slot, awaitsCall: true })
  draft.messageHomeowner(`claimed:${order.version + 1}`, 'claimed', { name: shortName(person), staffNumber: person.staffNumber })
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
  if (draft.order.status === 'dispatching' && openOffers(draft).length === 0) draft.deadline('dispatch.next_wave', draft.now)
  return null
}

/** R09 */
export const giveBack = (draft: Draft, event: Of<'give_back'>): Outcome => {
  const person = draft.technician
  draft.tell('given_back', person ? technicianActor(person) : SYSTEM, { name: shortName(person), reason: event.reason })
  draft.deed('given_back', draft.visit.technicianId, draft.visit.claimedAt)
  draft.messageHomeowner(`given_back:${draft.order.version + 1}`, 'order_closed', { what: `${shortName(person)}来不了，正给您另找` })
  release(draft, event.reason)
  startDispatch(draft)
  return null
}

/** The verdict `call.take_back` (R10): no outcome by 15:00. */
export const takeBack = (draft: Draft): void => {
  const person = draft.technician
  draft.tell('taken_back', SYSTEM, { name: shortName(person) })
  draft.deed('taken_back', draft.visit.technicianId, draft.visit.claimedAt)
  draft.closeTodos(['late_call'])
  draft.todo('taken_back', 'dispatcher', '15 分钟没有结果，已收回重派', `${draft.order.number} ${shortName(person)} ${person?.staffNumber ?? ''}`, { urgent: false })
  draft.messageTechnician(`taken_back:${draft.order.version + 1}`, person, 'order_closed', { what: '15 分钟没有结果，这单收回了', page: 'pages/jobs/jobs' })
  draft.messageHomeowner(`taken_back:${draft.order.version + 1}`, 'order_closed', { what: '没及时跟您定下时间，正换一位师傅' })
  release(draft, '15 分钟没有结果')
  startDispatch(draft)
}

/** The technician no longer has the order, and is not asked again. */
export const release = (draft: Draft, reason: string): void => {
  const { order, visit } = draft
  if (!visit.technicianId) return
  const offer = offerOf(draft, visit.technicianId)
  if (offer && offer.state === 'claimed') endOffer(offer, 'withdrawn', draft.now, reason)
  order.dispatch.excluded = [...new Set([...order.dispatch.excluded, visit.technicianId])]
  draft.put(`free:${visit.no}:${order.version + 1}:${visit.technicianId}`, { kind: 'free_technician', technicianId: visit.technicianId, visitNo: visit.no, at: draft.now, finished: false, awaitsCallOnly: false })
  freeHelpers(draft, '换了负责的师傅，这单不用去了')
  Object.assign(visit, {
    technicianId: null, claimedAt: null, call: null, appointmentAt: null, agreedAt: null, clockStoppedAt: null, onTheWayAt: null, arrivedAt: null, arrival: null, noShow: null, delay: null, waiting: null,
  } satisfies Partial<Visit>)
  visit.steps = []
  visit.door = { triesLeft: draft.settings.arrival.doorCodeTries, openedAt: null, releasedBy: null }
  draft.stopClock('call', 'no_answer', 'appointment', 'clock_stopped', 'delay', 'no_show', 'parts')
  draft.closeTodos(['late_call', 'no_answer', 'wrong_number', 'late_arrival', 'not_arrived', 'door_locked', 'unpaid', 'delay_unanswered', 'parts_overdue', 'helper_out'])
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
  take(draft, event.technician, event.slot)
  draft.tell('assigned', event.by, { name: shortName(event.technician), reason: event.reason })
  draft.deed('assigned', event.technician.id, draft.now)
  draft.messageTechnician(`assigned:${draft.order.version + 1}`, event.technician, 'call_reminder', { what: '调度派给您，5 分钟内打给业主' })
  return null
}

/** Nobody near can come: staff look farther than the technicians' own radius, and waves count from 1 (R07). Whoever said no is not asked again. */
export const widenSearch = (draft: Draft, event: Of<'widen_search'>): Outcome => {
  if (draft.visit.state === 'rebooking' || draft.visit.state === 'choosing') return refuse('WRONG_STATE', '业主还没选好时间或师傅，选好了才找人')
  for (const open of openOffers(draft)) endOffer(open, 'withdrawn', draft.now, '调度放宽了范围')
  draft.closeTodos(['nobody_claims'])
  draft.tell('search_widened', event.by, { factor: String(event.radiusFactor), reason: event.reason }, true)
  startDispatch(draft)
  draft.order.dispatch.radiusFactor = event.radiusFactor
  return null
}

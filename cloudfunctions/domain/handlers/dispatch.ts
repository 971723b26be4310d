import { shortName, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import { eligibility, fittingSlot, needOf } from '../eligibility'
import type { OrderEvent } from '../event'
import { personOf } from '../order'
import type { Person } from '../order'
import { rankNearest } from '../ranking'
import { refuse } from '../refusal'
import type { Outcome } from '../refusal'
import { MINUTE } from '../shanghai'
import type { Technician } from '../technician'
import { nextWaveNow } from './night'
import { endOffer, offerTo, openOffers } from './offers'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** The search for a technician: waves, and staff when nobody is left to ask (R05, R07). */

/** The search for a technician begins, or begins again: waves count from 1 (R07). An ordinary one that begins at night waits for the morning, and the homeowner is told (R55). */
export const startDispatch = (draft: Draft, alone: string | null = null): void => {
  const { order, visit } = draft
  order.status = 'dispatching'
  visit.state = 'dispatching'
  order.dispatch = { ...order.dispatch, wave: 0, startedAt: draft.now, alone, staffAlerted: false, radiusFactor: 1, explained: [] }
  nextWaveNow(draft)
}

/** Whether the next wave must be told which technicians are near, and of whoever is to be asked alone. */
export const waveNeedsTechnicians = (draft: Draft): boolean => draft.order.dispatch.alone !== null || draft.order.dispatch.wave < draft.settings.dispatch.maxWaves

/** The step `dispatch.next_wave` (R05, R07): the next two are offered it, or staff are asked. */
export const sendNextWave = (draft: Draft, technicians: readonly Technician[]): void => {
  const { order, visit, settings } = draft
  draft.forget(['dispatch.next_wave'])
  if (askAlone(draft, technicians)) return

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

/** Whoever came the last time is asked before anybody else, on duty or not (R15, R33); nobody waits for someone who cannot come. Whether they were asked. */
const askAlone = (draft: Draft, technicians: readonly Technician[]): boolean => {
  const { order, settings } = draft
  const { alone } = order.dispatch
  order.dispatch.alone = null
  if (alone === null) return false
  const technician = technicians.find(({ _id }) => _id === alone)
  const verdict = technician && eligibility(technician, needOf(order, settings), draft.now, settings, 'hand')
  // A call that they owe somebody else takes minutes; they have longer than that to answer.
  const hasRoom = (of: Technician) => fittingSlot(of, needOf(order, settings), draft.now, settings, 'self').fits
  if (technician && (verdict?.eligible || (verdict?.cause === 'call' && hasRoom(technician)))) {
    offerTo(draft, [{ person: personFrom(technician), distanceMetres: Math.round(verdict.distanceMetres) }], settings.returnVisit.aloneMinutes * MINUTE, true)
    // Asked alone first is no wave: all of R05's waves follow.
    order.dispatch.wave = 0
    return true
  }
  const name = shortName(personOf(order, alone))
  draft.tell('same_cannot_come', SYSTEM, { name })
  draft.messageHomeowner(`same_cannot_come:${order.version + 1}`, 'order_closed', { what: `${name}这几天来不了，正给您另找师傅` })
  return false
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

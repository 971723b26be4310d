import { byTechnician, shortName } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { personOf, previousVisit, visitOf } from '../order'
import type { Order, Visit } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import type { Settings } from '../settings'
import { after, clockText, later, MINUTE, momentText, monthDayText } from '../shanghai'
import { latestStandard } from '../standards'
import { windowRefusal } from './appointment'
import { freeHelpers } from './crew'
import { startDispatch } from './dispatch'
import { newVisit } from './new-visit'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** R15 nobody opens: the technician phones, and says what came of it. The waiting counts from the first call that nobody answered. */
export const recordDoorCall = (draft: Draft, event: Of<'record_door_call'>): Outcome => {
  const { visit } = draft
  if (visit.door.openedAt) return refuse('WRONG_STATE', '门已经开了')
  const dialled = doorCallWithoutOutcome(visit)
  if (!dialled) return refuse('WRONG_STATE', '先从这里拨出电话，再记结果')
  if (event.answered) {
    contact(draft)
    draft.tell('door_answered', byTechnician(draft), { name: draft.technicianName })
    return null
  }
  const since = visit.noShow?.since ?? dialled
  const noteFrom = after(later(visit.appointmentAt ?? since, since), draft.settings.absence.waitMinutes * MINUTE)
  visit.noShow = { since, calls: [...(visit.noShow?.calls ?? []), dialled], noteFrom }
  draft.deadline('absence.note', later(noteFrom, draft.now))
  draft.tell('door_unanswered', byTechnician(draft), { name: draft.technicianName })
  draft.messageHomeowner(`door_call:${draft.order.version + 1}`, 'on_the_way', { what: '在门口等您，电话没人接，请回个话' })
  return null
}

/** The last dial from the door whose outcome nobody has told yet; what was dialled before somebody was reached counts no more. */
export const doorCallWithoutOutcome = ({ call, arrivedAt, noShow, reachedAt }: Visit): Date | null => {
  const last = call?.dials.at(-1)
  if (!last || !arrivedAt || last < arrivedAt) return null
  const known = noShow?.calls.at(-1) ?? reachedAt
  return known && last <= known ? null : last
}

/** Somebody was reached: nothing counts towards a note any more, and a new one takes a new call. */
const contact = (draft: Draft): void => {
  draft.visit.noShow = null
  draft.visit.reachedAt = draft.now
  draft.stopClock('no_show')
}

/** R15 the homeowner says from their phone that they are there, or nearly. */
export const sayAtHome = (draft: Draft, event: Of<'say_at_home'>): Outcome => {
  if (!draft.visit.noShow) return SAME
  contact(draft)
  draft.tell('at_home', event.by, {})
  draft.messageTechnician(`at_home:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '业主说马上开门，请再等等' })
  return null
}

/** R15 the note is left: the visit closes as absent, no blame to anybody, and another one waits to be booked. */
export const leaveNote = (draft: Draft, _event: Of<'leave_note'>): Outcome => {
  const { visit, order, settings } = draft
  if (!visit.noShow) return refuse('WRONG_STATE', `先打电话，没人接再等 ${settings.absence.waitMinutes} 分钟`)
  const left = Math.ceil((visit.noShow.noteFrom.getTime() - draft.now.getTime()) / MINUTE)
  if (draft.now < visit.noShow.noteFrom) return refuse('TOO_EARLY', `还要等 ${left} 分钟，${clockText(visit.noShow.noteFrom)} 起可以留言离开`)
  const note = noteText(order, settings, draft.now)
  visit.absent = { at: draft.now, note }
  visit.state = 'absent'
  draft.stopClock('appointment', 'delay', 'no_show')
  draft.closeTodos(['late_arrival', 'not_arrived', 'door_locked', 'delay_unanswered', 'far_check_in'])
  draft.tell('note_left', byTechnician(draft), { name: draft.technicianName })
  draft.deed('absent', visit.technicianId)
  draft.free(visit.technicianId)
  freeHelpers(draft, '业主不在家，这趟不用去了')
  draft.messageHomeowner(`note:${order.version + 1}`, 'order_closed', { what: '师傅来过，您不在家，请再约时间' })
  const standard = latestStandard(visit.standard.id)
  order.visits.push({ ...newVisit(visit.no + 1, visit.kind, { id: standard.id, version: standard.version }, settings.arrival.doorCodeTries), state: 'rebooking' })
  order.status = 'dispatching'
  order.dispatch = { ...order.dispatch, wave: 0, alone: null, excluded: [] }
  draft.startClock('absent')
  return null
}

/** The note that the technician leaves at the door when they go at `leftAt`, in the company's words. */
export const noteText = (order: Order, settings: Settings, leftAt: Date): string => {
  const visit = visitOf(order)
  const technician = personOf(order, visit.technicianId)
  const came = visit.arrivedAt ?? leftAt
  return [
    `您好，我是${settings.company}的${shortName(technician)}（工号 ${technician?.staffNumber ?? ''}）。`,
    `约好 ${clockText(visit.appointmentAt ?? came)} 来修“${order.title}”，${monthDayText(came)} ${clockText(came)} 我到您家门口，打电话没人接，等到 ${clockText(leftAt)} 先离开了。`,
    `这趟不收费。在微信里打开这张单就能再约，或打 ${settings.hotline}，我们再来。`,
  ].join('\n')
}

/** R15 booked again in one tap: the same technician is asked alone first, or whoever is nearest. */
export const rebook = (draft: Draft, event: Of<'rebook'>): Outcome => {
  const { visit, order } = draft
  if (visit.state !== 'rebooking') return refuse('WRONG_STATE', '这次上门不用再约')
  const wrong = windowRefusal(draft, event.wanted)
  if (wrong) return wrong
  order.wanted = event.wanted
  draft.stopClock('absent')
  draft.closeTodos(['rebook_call'])
  draft.tell('rebooked', event.by, { who: event.by.role === 'staff' ? '客服' : '您', when: momentText(event.wanted.from, draft.now) })
  const last = personOf(order, previousVisit(order)?.technicianId ?? null)
  startDispatch(draft, event.same && last?.openid ? last.id : null)
  return null
}

/** The verdict `absence.rebook`. */
export const rebookOverdue = (draft: Draft): void => {
  draft.todo('rebook_call', 'customer_service', '上次没人在家，还没再约，请打电话', `${draft.order.number} ${draft.order.title}`, { urgent: false })
}

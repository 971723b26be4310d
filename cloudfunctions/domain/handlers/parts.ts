import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { DAY, dayText } from '../shanghai'
import type { Call, MissingPart, Visit } from '../order'
import { startCallClock } from './call-clock'
import { freeHelpers } from './crew'
import { noteLateNotice } from './late-notice'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** 阀芯、软管 2 个 */
export const partsText = (parts: readonly MissingPart[]): string => parts.map(({ name, quantity }) => (quantity > 1 ? `${name} ${quantity} 个` : name)).join('、')

/**
 * R45, R12 parts are not there: the visit keeps its technician and stands still, the clocks of call and arrival with it, and the homeowner sees the new date. The technician's
 * time is theirs again until the parts have come. It is a delay of ours like any other: the homeowner has been phoned before (R10), and an agreed visit is called off an hour ahead
 * or it goes on record (R12). Told again, it is a new date.
 */
export const waitForParts = (draft: Draft, event: Of<'wait_for_parts'>): Outcome => {
  const { visit, order, settings } = draft
  const wrong = (message: string) => refuse('INVALID_INPUT', message, { expectedAt: message })
  if (event.expectedAt <= draft.now) return wrong('到货时间要在现在之后')
  if (event.expectedAt > draft.later(settings.appointment.mostDaysAhead * DAY)) return wrong(`到货时间最多写 ${settings.appointment.mostDaysAhead} 天内`)
  if (visit.waiting) return tellNewDate(draft, visit.waiting, event)
  if (event.by.role === 'technician' && order.status === 'claimed' && !hasDialled(visit.call)) return refuse('WRONG_STATE', '先打电话告诉业主缺什么，再记等配件')
  // Whoever waits for the money is expected by nobody (R13).
  if (event.by.role === 'technician' && visit.appointmentAt && !visit.clockStoppedAt) noteLateNotice(draft, visit.appointmentAt)
  const isExpected = visit.appointmentAt !== null
  visit.waiting = { since: draft.now, parts: event.parts, reason: event.reason, expectedAt: event.expectedAt }
  visit.state = 'waiting_parts'
  visit.appointmentAt = null
  visit.agreedAt = null
  visit.clockStoppedAt = null
  visit.delay = null
  order.status = 'waiting_parts'
  draft.stopClock('call', 'no_answer', 'appointment', 'clock_stopped', 'delay')
  draft.closeTodos(['late_call', 'no_answer', 'late_arrival', 'not_arrived', 'unpaid', 'delay_unanswered'])
  draft.deadline('parts.expected', event.expectedAt)
  draft.free(visit.technicianId)
  freeHelpers(draft, '等配件，这趟先不去')
  tellParts(draft, event, '等配件，', { homeowner: isExpected, technician: true })
  return null
}

/** What is missing and when it comes, for everybody whom it concerns. The day first: WeChat shows no more than twenty letters. */
const tellParts = (draft: Draft, { parts, reason, expectedAt, by }: Of<'wait_for_parts'>, news: string, mustReach: { homeowner: boolean; technician: boolean }): void => {
  const day = dayText(expectedAt, draft.now)
  const names = partsText(parts)
  const key = `parts:${draft.order.version + 1}`
  draft.tell('parts_waited', by, { parts: names, reason, day })
  draft.messageHomeowner(key, 'order_closed', { what: `${news}${day}到货：${names}。到了再约您` }, { mustReach: mustReach.homeowner })
  if (by.role === 'staff') draft.messageTechnician(key, draft.technician, 'order_closed', { what: `${news}${day}到货：${names}。到了再约业主` }, { mustReach: mustReach.technician })
}

const hasDialled = (call: Call | null): boolean => call !== null && call.dials.length > 0

/** They come on another day than was said: the old one is forgotten, and whoever waits hears of it. */
const tellNewDate = (draft: Draft, waiting: NonNullable<Visit['waiting']>, event: Of<'wait_for_parts'>): Outcome => {
  const { parts, reason, expectedAt } = event
  if (waiting.expectedAt.getTime() === expectedAt.getTime() && waiting.reason === reason && partsText(waiting.parts) === partsText(parts)) return SAME
  Object.assign(waiting, { parts, reason, expectedAt })
  draft.closeTodos(['parts_overdue'])
  draft.deadline('parts.expected', expectedAt)
  tellParts(draft, event, '配件改到', { homeowner: false, technician: false })
  return null
}

/** The parts have come: the technician phones for a new time. */
export const partsArrived = (draft: Draft, event: Of<'parts_arrived'>): Outcome => {
  const { visit, order } = draft
  if (!visit.waiting) return SAME
  visit.waiting = null
  visit.state = 'claimed'
  order.status = 'claimed'
  draft.stopClock('parts')
  draft.closeTodos(['parts_overdue'])
  startCallClock(draft, 'parts')
  draft.tell('parts_came', event.by, {})
  draft.messageHomeowner(`parts_came:${order.version + 1}`, 'order_closed', { what: '配件到了，师傅马上约您' })
  draft.messageTechnician(`parts_came:${order.version + 1}`, draft.technician, 'call_reminder', { what: '配件到了，请打给业主约时间', page: `technician/call/call?id=${order._id}` })
  return null
}

/** The verdict `parts.expected`. */
export const partsOverdue = (draft: Draft): void => {
  const { waiting } = draft.visit
  if (!waiting) return
  draft.todo('parts_overdue', 'dispatcher', '配件该到了，请催一催，告诉业主', `${draft.order.number} ${draft.order.title}`, { subject: String(waiting.expectedAt.getTime()), words: `${partsText(waiting.parts)}：${waiting.reason}` })
}

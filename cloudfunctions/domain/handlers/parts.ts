import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { DAY, dayText } from '../shanghai'
import type { Call, Visit } from '../order'
import { startCallClock } from './call-clock'
import { freeHelpers } from './crew'
import { noteLateNotice } from './late-notice'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

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
  visit.waiting = { since: draft.now, reason: event.reason, expectedAt: event.expectedAt }
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
  const day = dayText(event.expectedAt, draft.now)
  draft.tell('parts_waited', event.by, { reason: event.reason, day })
  draft.messageHomeowner(`parts:${order.version + 1}`, 'order_closed', { what: `等配件，${day}到货，到了再约您` }, { mustReach: isExpected })
  if (event.by.role === 'staff') draft.messageTechnician(`parts:${order.version + 1}`, draft.technician, 'order_closed', { what: `等配件，${day}到货，到了再约业主` }, { mustReach: true })
  return null
}

const hasDialled = (call: Call | null): boolean => call !== null && call.dials.length > 0

/** They come on another day than was said: the old one is forgotten, and whoever waits hears of it. */
const tellNewDate = (draft: Draft, waiting: NonNullable<Visit['waiting']>, event: Of<'wait_for_parts'>): Outcome => {
  if (waiting.expectedAt.getTime() === event.expectedAt.getTime() && waiting.reason === event.reason) return SAME
  Object.assign(waiting, { reason: event.reason, expectedAt: event.expectedAt })
  draft.closeTodos(['parts_overdue'])
  draft.deadline('parts.expected', event.expectedAt)
  const day = dayText(event.expectedAt, draft.now)
  const key = `parts:${draft.order.version + 1}`
  draft.tell('parts_waited', event.by, { reason: event.reason, day })
  draft.messageHomeowner(key, 'order_closed', { what: `配件改到${day}到货，到了再约您` })
  if (event.by.role === 'staff') draft.messageTechnician(key, draft.technician, 'order_closed', { what: `配件改到${day}到货，到了再约业主` })
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
  draft.todo('parts_overdue', 'dispatcher', '配件该到了，请催一催，告诉业主', `${draft.order.number} ${draft.order.title}`, { subject: String(draft.visit.waiting?.expectedAt.getTime() ?? 0), words: draft.visit.waiting?.reason ?? '' })
}

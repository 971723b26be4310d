import { byTechnician, shortName } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import type { Actor, Slot, TimeWindow, Visit } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { clockText, dateText, DAY, MINUTE, momentText, spanText } from '../shanghai'
import { release } from './assignment'
import { moveHelpers } from './crew'
import { startDispatch } from './dispatch'
import { isInTime, noteLateNotice } from './late-notice'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** What reminds of a visit before anybody has set out for it. */
export const BEFORE_SETTING_OUT = ['appointment.soon', 'appointment.day_before', 'payment.reminder', 'arrival.check', 'arrival.reminder'] as const

/** Whether a visit can be at that time at all: in the future, and not too far in it. */
export const timeRefusal = (draft: Draft, at: Date | null): Refusal | null => {
  const wrong = (message: string) => refuse('INVALID_INPUT', message, { at: message })
  const { mostDaysAhead } = draft.settings.appointment
  if (!at) return wrong('请选约好的上门时间')
  if (at <= draft.now) return wrong('上门时间要在现在之后')
  return at > draft.later(mostDaysAhead * DAY) ? wrong(`上门时间最多约到 ${mostDaysAhead} 天内`) : null
}

/** A time agreed on the phone (R10, R11). */
export const schedule = (draft: Draft, at: Date, slot: Slot, helpersOut: readonly string[]): void => {
  setTime(draft, at, slot, helpersOut)
  draft.visit.state = 'scheduled'
  draft.order.status = 'scheduled'
  const when = momentText(at, draft.now)
  draft.tell('appointed', byTechnician(draft), { name: draft.technicianName, when })
  tellTime(draft, 'appointment', `${draft.technicianName} ${when} 上门，提前 ${spanText(draft.settings.arrival.earlyMinutes)}到`)
}

/** T and everything that counts from it: old deadlines are forgotten, what is already past is not made (R12, R13), the crew's time is theirs. */
const setTime = (draft: Draft, at: Date, slot: Slot, helpersOut: readonly string[]): void => {
  const { visit, order } = draft
  visit.appointmentAt = at
  visit.agreedAt = draft.now
  visit.clockStoppedAt = null
  draft.stopClock('clock_stopped', 'no_show')
  draft.startClock('appointment', at)
  draft.closeTodos(['late_arrival', 'not_arrived', 'unpaid'])
  if (visit.technicianId) draft.put(`confirm:${visit.no}:${order.version + 1}`, { kind: 'confirm_hold', technicianId: visit.technicianId, slot, awaitsCall: false })
  moveHelpers(draft, slot, helpersOut)
}

/** The homeowner is told of a time, in one sentence. */
const tellTime = (draft: Draft, id: string, what: string, options: { mustReach?: boolean } = {}): void => {
  const at = draft.visit.appointmentAt
  if (at) draft.messageHomeowner(`${id}:${draft.order.version + 1}`, 'appointment', { what, at: wechatTime(at) }, options)
}

/** The technician must know of it: they would come at the wrong time. */
const tellTechnician = (draft: Draft, id: string, what: string): void => draft.messageTechnician(`${id}:${draft.order.version + 1}`, draft.technician, 'order_closed', { what }, { mustReach: true })

/** 2026年11月22日 14:30, from which the `time` field of a message is made. */
export const wechatTime = (moment: Date): string => {
  const [year, month, day] = dateText(moment).split('.')
  return `${year}年${Number(month)}月${Number(day)}日 ${clockText(moment)}`
}

/**
 * R12 somebody on our side cannot keep the time: the new one stands at once, provisionally, and the homeowner agrees or books anew. A technician who says so less than an hour
 * ahead has broken a rule; it is passed on all the same.
 */
export const tellDelay = (draft: Draft, event: Of<'tell_delay'>): Outcome => {
  const { visit, order } = draft
  const from = visit.appointmentAt
  if (!from) return refuse('WRONG_STATE', '还没约好上门时间')
  if (visit.clockStoppedAt) return refuse('WRONG_STATE', '业主还没付款，您的钟停着，不用说晚到')
  if (event.at.getTime() === from.getTime()) return SAME
  const wrong = timeRefusal(draft, event.at) ?? (event.at < from ? refuse('INVALID_INPUT', '新的时间要比原来约的晚', { at: '新的时间要比原来约的晚' }) : null)
  if (wrong) return wrong
  const byUs = event.by.role === 'technician' ? 'technician' : 'staff'
  const inTime = byUs === 'technician' ? noteLateNotice(draft, from) : isInTime(draft, from)
  if (byUs === 'technician' && inTime) draft.deed('delay_told', visit.technicianId, from)
  setTime(draft, event.at, event.slot, event.helpersOut ?? [])
  if (order.status === 'on_the_way') draft.forget(BEFORE_SETTING_OUT)
  // What the homeowner was asked before stands no more; they have as long for this one.
  draft.closeTodos(['delay_unanswered'])
  visit.delay = { from, to: event.at, toldAt: draft.now, by: byUs, reason: event.reason, inTime, answeredAt: null }
  draft.startClock('delay')
  // Asked by an office that opens after the new time, the question would be of no use.
  if (draft.dueAt('delay.unanswered') >= event.at) draft.deadline('delay.unanswered', draft.later(draft.settings.arrival.delayAnswerMinutes * MINUTE), '', event.at)
  const when = momentText(event.at, draft.now)
  draft.tell('delay_told', event.by, { name: byUs === 'technician' ? draft.technicianName : '客服', when, reason: event.reason })
  tellTime(draft, 'delay', `要晚到，改到${when}，您看行不行`)
  if (byUs === 'staff') tellTechnician(draft, 'delay', `上门改到${when}`)
  return null
}

/** R12 the homeowner agrees to the new time. */
export const agreeDelay = (draft: Draft, event: Of<'agree_delay'>): Outcome => {
  const { delay } = draft.visit
  if (!delay) return refuse('WRONG_STATE', '上门时间没有改过')
  if (event.at.getTime() !== delay.to.getTime()) return refuse('CONFLICT', `师傅又改了时间，现在是${momentText(delay.to, draft.now)}，请看过再答复`)
  if (delay.answeredAt) return SAME
  answerDelay(draft)
  const when = momentText(delay.to, draft.now)
  draft.tell('delay_agreed', event.by, { when })
  draft.messageTechnician(`delay_agreed:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: `业主同意改到${when}` })
  return null
}

/** Whatever the homeowner decided: nobody waits for their answer any more. */
export const answerDelay = (draft: Draft): void => {
  const { delay } = draft.visit
  if (delay) delay.answeredAt ??= draft.now
  draft.stopClock('delay')
  draft.closeTodos(['delay_unanswered'])
}

/** R12 the homeowner, or staff for them, moves the visit. Whoever was on the way or at the door comes again then; whatever is late by the old time alone is forgotten. */
export const moveAppointment = (draft: Draft, event: Of<'move_appointment'>): Outcome => {
  const { visit, order } = draft
  const from = visit.appointmentAt
  if (!from) return refuse('WRONG_STATE', '还没约好上门时间，师傅会先给您打电话')
  if (event.at.getTime() === from.getTime()) return visit.delay && !visit.delay.answeredAt ? agreeDelay(draft, { type: 'agree_delay', at: event.at, by: event.by }) : SAME
  const wrong = timeRefusal(draft, event.at) ?? tooSoon(draft, event.at, from) ?? (event.by.role === 'staff' ? null : beforeTheyCan(draft, event.at))
  if (wrong) return wrong
  setTime(draft, event.at, event.slot, event.helpersOut ?? [])
  answerDelay(draft)
  // Staff agreed with them on an earlier time: what was announced binds nobody any more.
  if (visit.delay && event.at < visit.delay.to) visit.delay = null
  Object.assign(visit, { state: 'scheduled', onTheWayAt: null, arrivedAt: null, arrival: null, noShow: null, reachedAt: null } satisfies Partial<Visit>)
  order.status = 'scheduled'
  const when = momentText(event.at, draft.now)
  draft.tell('appointment_moved', event.by, { who: event.by.role === 'staff' ? '客服' : '您', when, reason: event.reason ? `：${event.reason}` : '' })
  tellTechnician(draft, 'moved', `业主改时间了，${when} 上门`)
  if (event.by.role === 'staff') tellTime(draft, 'moved', `上门改到${when}`, { mustReach: true })
  return null
}

/** An earlier time leaves the technician the hour that they would owe the homeowner. */
const tooSoon = (draft: Draft, at: Date, from: Date): Refusal | null => {
  const { noticeMinutes } = draft.settings.arrival
  if (at > from || at >= draft.later(noticeMinutes * MINUTE)) return null
  const message = `提前上门要留 ${spanText(noticeMinutes)}给师傅，请选晚一点的时间`
  return refuse('INVALID_INPUT', message, { at: message })
}

/** Who said that they come later cannot be had earlier; staff may have agreed otherwise with them on the phone. */
const beforeTheyCan = ({ visit: { delay }, now }: Draft, at: Date): Refusal | null => {
  if (!delay || at >= delay.to) return null
  const message = `师傅要到${momentText(delay.to, now)}才来得了，请选那以后的时间`
  return refuse('INVALID_INPUT', message, { at: message })
}

/** Whether the homeowner may have somebody else: the technician is late, or asked for another time (R12). */
const mayAskAnother = (draft: Draft): boolean => {
  const { delay, appointmentAt, clockStoppedAt } = draft.visit
  // Whoever waits for the money is not late (R13).
  if (clockStoppedAt) return false
  return (delay !== null && delay.answeredAt === null) || (appointmentAt !== null && draft.now > appointmentAt)
}

/** R12 books anew: somebody else, at a time that suits the homeowner. */
export const askAnother = (draft: Draft, event: Of<'ask_another'>): Outcome => {
  if (!mayAskAnother(draft)) return refuse('WRONG_STATE', noReasonFor(draft, event.by))
  const wrong = windowRefusal(draft, event.wanted)
  if (wrong) return wrong
  answerDelay(draft)
  draft.tell('asked_another', event.by, { who: whoOf(event.by), name: shortName(draft.technician), reason: event.reason })
  draft.messageTechnician(`another:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '业主另请师傅了，这单不用去了', page: 'pages/jobs/jobs' }, { mustReach: true })
  release(draft, event.reason)
  draft.order.wanted = event.wanted
  startDispatch(draft)
  return null
}

const noReasonFor = ({ visit, settings }: Draft, by: Actor): string => {
  if (visit.clockStoppedAt) return '还没付款，师傅在等，不算晚到'
  return by.role === 'staff' ? '师傅没有晚到，要换人用 assignOrder 派别的师傅' : `师傅没有晚到，要换人请打客服 ${settings.hotline}`
}

const whoOf = (by: Actor): string => (by.role === 'staff' ? '客服' : '您')

/** Whether somebody can be asked to come in that window. */
export const windowRefusal = (draft: Draft, wanted: TimeWindow): Refusal | null => {
  const wrong = (message: string) => refuse('INVALID_INPUT', message, { wanted: message })
  const { mostDaysAhead } = draft.settings.appointment
  if (wanted.from >= wanted.to) return wrong('想约的时间，结束要在开始之后')
  if (wanted.to <= draft.now) return wrong('想约的时间已经过了，请另选')
  return wanted.to > draft.later(mostDaysAhead * DAY) ? wrong(`最多约到 ${mostDaysAhead} 天内`) : null
}

/** The verdict `delay.unanswered`. */
export const delayUnanswered = (draft: Draft): void => {
  const { delay } = draft.visit
  if (!delay || delay.answeredAt) return
  draft.todo('delay_unanswered', 'customer_service', '改了上门时间，业主没答复，请打电话', `${draft.order.number} ${draft.technicianName} ${momentText(delay.from, draft.now)} 改到${momentText(delay.to, draft.now)}`, {
    subject: String(delay.toldAt.getTime()),
  })
}

import { SYSTEM, technicianActor } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import type { Call } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { owed, paymentMissing } from './money-gate'
import { after, atClock, clockText, dateText, dayStart, DAY, HOUR, MINUTE, momentText } from '../shanghai'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

const CALL_DEADLINES = ['call.reminder', 'call.breach', 'call.take_back', 'call.retry', 'call.retry_missed'] as const
export const ARRIVAL_DEADLINES = ['arrival.check', 'arrival.reminder', 'arrival.alert', 'arrival.breach'] as const
const APPOINTMENT_DEADLINES = ['appointment.day_before', 'appointment.soon', 'payment.reminder', 'payment.overdue', ...ARRIVAL_DEADLINES] as const

/** Dials closer together are one call. */
const SAME_CALL_MS = 5_000

/** In time = dialled from the app within 5:00 of claiming (R10). */
export const dial = (draft: Draft, _event: Of<'dial'>): Outcome => {
  const { visit } = draft
  if (!visit.call) return refuse('WRONG_STATE', '这张单没有要打的电话')
  const last = visit.call.dials.at(-1)
  // Pressed again and again: one call.
  if (last && draft.now.getTime() - last.getTime() < SAME_CALL_MS) return SAME
  visit.call.dials.push(draft.now)
  draft.forget(['call.reminder', 'call.breach'])
  if (visit.call.unanswered > 0 && visit.call.outcome === null && isRetry(draft)) {
    // The retry is made; an outcome must follow, as after the first dial.
    draft.forget(['call.retry', 'call.retry_missed'])
    draft.deadline('call.take_back', draft.later(draft.settings.call.takeBackMinutes * MINUTE))
  }
  draft.closeTodos(['late_call'])
  const person = draft.technician
  if (person) draft.tell('dialled', technicianActor(person), { name: draft.technicianName })
  return null
}

/** A dial before the time of the retry is welcome, but is not the retry (R10). */
const isRetry = (draft: Draft): boolean => {
  const due = draft.order.deadlines.find((deadline) => deadline.id === 'call.retry' || deadline.id === 'call.retry_missed')
  if (!due) return true
  const grace = due.id === 'call.retry_missed' ? draft.settings.call.retryGraceMinutes * MINUTE : 0
  return draft.now.getTime() >= due.dueAt.getTime() - grace
}

/** R10 the outcome of the call: agreed, no answer, wrong number; corrections of what was filed. */
export const recordCall = (draft: Draft, event: Of<'record_call'>): Outcome => {
  const { visit, order } = draft
  const call = visit.call
  if (!call) return refuse('WRONG_STATE', '这张单没有要打的电话')
  const again = order.status === 'scheduled' && visit.clockStoppedAt !== null
  if (order.status !== 'claimed' && !(again && event.outcome === 'agreed')) return refuse('WRONG_STATE', '上门时间已经约好了')
  const opens = call.tryOpensAt
  if (!call.dials.some((moment) => !opens || moment >= opens)) return refuse('WRONG_STATE', '先从这里拨出电话，再记结果')
  const refused = event.outcome === 'agreed' ? agree(draft, event) : event.outcome === 'no_answer' ? noAnswer(draft) : wrongNumber(draft)
  if (!refused) correct(draft, event.corrections)
  return refused
}

const agree = (draft: Draft, event: Of<'record_call'>): Refusal | null => {
  const { visit, order, settings } = draft
  const at = event.appointmentAt
  if (!at || !event.slot) return refuse('INVALID_INPUT', '请选约好的上门时间', { appointmentAt: '请选约好的上门时间' })
  if (at <= draft.now) return refuse('INVALID_INPUT', '上门时间要在现在之后', { appointmentAt: '上门时间要在现在之后' })
  if (at > draft.later(settings.appointment.mostDaysAhead * DAY)) {
    const message = `上门时间最多约到 ${settings.appointment.mostDaysAhead} 天内`
    return refuse('INVALID_INPUT', message, { appointmentAt: message })
  }
  if (visit.call) Object.assign(visit.call, { outcome: 'agreed', outcomeAt: draft.now })
  draft.forget(CALL_DEADLINES)
  draft.closeTodos(['late_call', 'no_answer', 'wrong_number', 'unpaid'])
  draft.put(`confirm:${visit.no}:${order.version + 1}`, { kind: 'confirm_hold', technicianId: event.technicianId, slot: event.slot, awaitsCall: false })
  schedule(draft, at)
  return null
}

/** Sets T and everything that counts from it; what is already past is not made (R12, R13). */
const schedule = (draft: Draft, at: Date): void => {
  const { visit, order, settings } = draft
  visit.appointmentAt = at
  visit.agreedAt = draft.now
  visit.clockStoppedAt = null
  visit.state = 'scheduled'
  order.status = 'scheduled'
  draft.forget(APPOINTMENT_DEADLINES)
  const ahead = (id: Parameters<Draft['deadline']>[0], due: Date, tag = '') => {
    if (due > draft.now) draft.deadline(id, due, tag)
  }
  const eve = atClock(after(dayStart(at), -DAY), settings.appointment.dayBeforeAt)
  ahead('appointment.day_before', eve)
  ahead('appointment.soon', after(at, -settings.appointment.reminderMinutes * MINUTE))
  for (const hours of settings.payment.reminderHours) ahead('payment.reminder', after(at, -hours * HOUR), String(hours))
  ahead('arrival.check', after(at, -settings.arrival.reminderMinutes * MINUTE))
  ahead('arrival.reminder', after(at, -settings.arrival.reminderMinutes * MINUTE))
  ahead('arrival.alert', after(at, -settings.arrival.earlyMinutes * MINUTE))
  ahead('arrival.breach', at)
  const person = draft.technician
  const when = momentText(at, draft.now)
  draft.tell('appointed', person ? technicianActor(person) : SYSTEM, { name: draft.technicianName, when })
  draft.messageHomeowner(`appointment:${order.version + 1}`, 'appointment', { what: `${draft.technicianName} ${when} 上门，提前 10 分钟到`, at: wechatTime(at) })
}

/** 2026年11月22日 14:30, as WeChat's `time` fields want it. */
export const wechatTime = (moment: Date): string => {
  const [year, month, day] = dateText(moment).split('.')
  return `${year}年${Number(month)}月${Number(day)}日 ${clockText(moment)}`
}

/** Tried again 10 and 30 minutes after the first; the third goes to staff. "No answer" frees the technician for other claims. */
const noAnswer = (draft: Draft): Refusal | null => {
  const { visit, order, settings } = draft
  const call = visit.call
  if (!call) return null
  const early = call.unanswered > 0 && draft.hasDeadline('call.retry')
  if (early) {
    call.tryOpensAt = draft.now
    return null
  }
  call.unanswered += 1
  call.tryOpensAt = draft.now
  draft.forget(CALL_DEADLINES)
  const person = draft.technician
  draft.tell('no_answer', person ? technicianActor(person) : SYSTEM, {})
  if (person) draft.put(`free:${visit.no}:${order.version + 1}:${person.id}`, { kind: 'free_technician', technicianId: person.id, visitNo: visit.no, at: draft.now, finished: false, awaitsCallOnly: true })
  draft.messageHomeowner(`no_answer:${order.version + 1}`, 'order_closed', { what: `${draft.technicianName}打您电话没人接，一会儿再打` })
  const first = call.dials[0] ?? draft.now
  const retry = settings.call.retryMinutes[call.unanswered - 1]
  if (retry === undefined) {
    Object.assign(call, { outcome: 'no_answer', outcomeAt: draft.now })
    draft.todo('no_answer', 'dispatcher', '三次电话没人接', `${order.number} ${draft.technicianName}打过三次，请联系业主`, { subject: tryOf(call) })
    return null
  }
  const due = after(first, retry * MINUTE)
  const next = due > draft.now ? due : draft.now
  draft.deadline('call.retry', next)
  draft.deadline('call.retry_missed', after(next, settings.call.retryGraceMinutes * MINUTE))
  return null
}

const wrongNumber = (draft: Draft): Refusal | null => {
  const { visit, order } = draft
  if (visit.call) Object.assign(visit.call, { outcome: 'wrong_number', outcomeAt: draft.now, tryOpensAt: draft.now })
  draft.forget(CALL_DEADLINES)
  const person = draft.technician
  draft.tell('wrong_number', person ? technicianActor(person) : SYSTEM, {})
  if (person) draft.put(`free:${visit.no}:${order.version + 1}:${person.id}`, { kind: 'free_technician', technicianId: person.id, visitNo: visit.no, at: draft.now, finished: false, awaitsCallOnly: true })
  draft.todo('wrong_number', 'customer_service', '电话号码不对', `${order.number} ${draft.technicianName}打不通，请核对业主电话`, { subject: tryOf(visit.call) })
  return null
}

const correct = (draft: Draft, corrections: Of<'record_call'>['corrections']): void => {
  const what: string[] = []
  if (corrections.problem && corrections.problem !== (draft.order.diagnosis || draft.order.problem)) {
    draft.order.diagnosis = corrections.problem
    draft.order.title = titleOf(corrections.problem)
    what.push(`毛病是“${draft.order.title}”`)
  }
  if (corrections.honorific || corrections.room) {
    if (corrections.honorific) what.push('称呼')
    if (corrections.room) what.push('门牌')
    draft.put(`correct:${draft.order.version + 1}`, { kind: 'correct_customer', corrections: { name: null, honorific: corrections.honorific ?? null, phone: null, onSite: null, room: corrections.room ?? null } })
  }
  const person = draft.technician
  if (what.length > 0) draft.tell('corrected', person ? technicianActor(person) : SYSTEM, { what: what.join('、') })
}

/**
 * Staff put right who is to be phoned, after a wrong number or three calls that nobody answered. The technician phones again, with the same time for it as after being
 * assigned (R10).
 */
export const correctContact = (draft: Draft, event: Of<'correct_contact'>): Outcome => {
  const { order, visit } = draft
  const { name, honorific, phone, onSite, room } = event.corrections
  const what = [name !== null && '姓名', honorific !== null && '称呼', phone !== null && '电话', onSite !== null && '在家的人', room !== null && '门牌'].filter((each) => each !== false)
  if (what.length === 0) return refuse('INVALID_INPUT', '请写要改的：姓名、称呼、电话、在家的人或门牌，至少一样')
  draft.put(`correct:${order.version + 1}`, { kind: 'correct_customer', corrections: event.corrections })
  draft.tell('contact_corrected', event.by, { what: what.join('、') })
  const isStuck = order.status === 'claimed' && visit.call !== null && (visit.call.outcome === 'wrong_number' || visit.call.outcome === 'no_answer')
  if (!isStuck || (phone === null && onSite === null)) return null
  draft.closeTodos(['wrong_number', 'no_answer'])
  startCallClock(draft)
  draft.messageTechnician(`call_again:${order.version + 1}`, draft.technician, 'call_reminder', { what: '电话改好了，5 分钟内再打给业主', page: `technician/call/call?id=${order._id}` })
  return null
}

/** From now the technician has five minutes to phone, and fifteen to an outcome (R10). Without `blame` the five minutes are no rule: they did not ask for this call. */
export const startCallClock = (draft: Draft, { blame = true } = {}): void => {
  const { visit, settings } = draft
  visit.call = { since: draft.now, dials: [], outcome: null, outcomeAt: null, unanswered: 0, tryOpensAt: null }
  draft.forget(CALL_DEADLINES)
  draft.deadline('call.reminder', draft.later(settings.call.reminderMinutes * MINUTE))
  if (blame) draft.deadline('call.breach', draft.later(settings.call.breachMinutes * MINUTE))
  draft.deadline('call.take_back', draft.later(settings.call.takeBackMinutes * MINUTE))
}

/** First words of the problem, for lists. */
export const titleOf = (problem: string): string => {
  const first = problem.split(/[，。！？；,.!?;\n]/).find((part) => part.trim().length > 1) ?? problem
  const letters = [...first.trim()]
  return letters.length > 16 ? `${letters.slice(0, 15).join('')}…` : letters.join('')
}

/** The verdict `call.breach`: not dialled within 5:00. */
export const callBreach = (draft: Draft): void => {
  const { visit, order } = draft
  const person = draft.technician
  if (!person) return
  draft.tell('call_late', SYSTEM, { name: draft.technicianName })
  draft.put(`violation:${visit.no}:late_call:${order.version + 1}`, {
    kind: 'violation',
    violation: { id: `${order._id}:${visit.no}:late_call:${visit.call?.since.getTime() ?? 0}`, technicianId: person.id, orderId: order._id, visitNo: visit.no, kind: 'late_call', rule: 'R10', at: draft.now, points: 0 },
  })
  draft.todo('late_call', 'dispatcher', '过了 5 分钟没拨电话', `${order.number} ${draft.technicianName} ${person.staffNumber}，${visit.call ? clockText(visit.call.since) : ''} 起`, { subject: tryOf(visit.call) })
}

/** Tells one try of a call from the next. */
const tryOf = (call: Call | null): string => `${call?.since.getTime() ?? 0}.${call?.unanswered ?? 0}`

export const callRetryMissed = (draft: Draft): void => {
  draft.todo('no_answer', 'dispatcher', '该再打的电话没有打', `${draft.order.number} ${draft.technicianName} ${draft.technician?.staffNumber ?? ''}`, { subject: tryOf(draft.visit.call) })
}

/** The verdict `arrival.check` at T−90: what is due before setting out and unpaid stops the technician's clock (R13). */
export const arrivalCheck = (draft: Draft): void => {
  if (waitsForMoney(draft)) stopClock(draft)
}

/** Nobody who may not set out is late: with a time agreed less than 90 minutes ahead, T−10 and T find the clock still running (R13). */
const waitsForMoney = (draft: Draft): boolean => draft.order.status === 'scheduled' && paymentMissing(draft)

const stopClock = (draft: Draft): void => {
  draft.visit.clockStoppedAt = draft.now
  draft.forget([...ARRIVAL_DEADLINES, 'appointment.soon'])
  // Nobody comes at that time: if it is still unpaid then, staff ask the homeowner.
  if (draft.visit.appointmentAt) draft.deadline('payment.overdue', draft.visit.appointmentAt)
  draft.tell('payment_missing', SYSTEM, {})
  draft.messageHomeowner(`payment_missing:${draft.order.version + 1}`, 'payment', { what: '出发前的款没付，上门时间先放一放', amount: owed(draft), page: `homeowner/quote/quote?id=${draft.order._id}` })
  draft.messageTechnician(`payment_missing:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '业主没付款，先不用出发' })
}

/** The verdict `payment.overdue`: the agreed time has passed and the money has not come. */
export const paymentOverdue = (draft: Draft): void => {
  draft.todo('unpaid', 'customer_service', '约定时间过了还没付款，请问业主', `${draft.order.number} ${owed(draft)}`, { subject: appointmentOf(draft) })
}

/** Paid in time, and told of late (R42): the clock goes on as if it had never stood still, while there is time to come. */
export const restartClock = (draft: Draft): boolean => {
  const { visit, settings } = draft
  const at = visit.appointmentAt
  if (!at || draft.now >= after(at, -settings.arrival.earlyMinutes * MINUTE)) return false
  visit.clockStoppedAt = null
  draft.forget(['payment.overdue'])
  draft.closeTodos(['unpaid'])
  draft.deadline('arrival.alert', after(at, -settings.arrival.earlyMinutes * MINUTE))
  draft.deadline('arrival.breach', at)
  return true
}

/** Tells one agreed time from the next. */
const appointmentOf = (draft: Draft): string => String(draft.visit.appointmentAt?.getTime() ?? 0)

export const arrivalAlert = (draft: Draft): void => {
  if (waitsForMoney(draft)) return stopClock(draft)
  draft.todo('late_arrival', 'dispatcher', '离约定还有 10 分钟，没签到', `${draft.order.number} ${draft.technicianName} ${draft.technician?.staffNumber ?? ''}`, { subject: appointmentOf(draft) })
}

export const arrivalBreach = (draft: Draft): void => {
  if (waitsForMoney(draft)) return stopClock(draft)
  const { visit, order } = draft
  const person = draft.technician
  if (!person || !visit.appointmentAt) return
  draft.tell('arrival_late', SYSTEM, { name: draft.technicianName })
  draft.put(`violation:${visit.no}:late_arrival:${visit.appointmentAt.getTime()}`, {
    kind: 'violation',
    violation: { id: `${order._id}:${visit.no}:late_arrival:${visit.appointmentAt.getTime()}`, technicianId: person.id, orderId: order._id, visitNo: visit.no, kind: 'late_arrival', rule: 'R13', at: draft.now, points: 0 },
  })
  draft.todo('not_arrived', 'dispatcher', '到了约定时间，没签到', `${order.number} ${draft.technicianName} ${person.staffNumber}`, { subject: appointmentOf(draft) })
}

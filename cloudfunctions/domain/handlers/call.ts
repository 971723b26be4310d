import { byTechnician, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import type { Call } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { after, atClock, clockText, countText, later, MINUTE, spanText } from '../shanghai'
import { schedule, timeRefusal } from './appointment'
import { applyRepair, repairRefusal } from './correct-repair'
import { withoutContact } from '../without-contact'
import { callWhen, hasFiveMinutes, startCallClock } from './call-clock'
import { outsideTheNight } from './night'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** Dials closer together are one call. */
const SAME_CALL_MS = 5_000

/** In time = dialled from the app within 5:00 of claiming (R10). */
export const dial = (draft: Draft, _event: Of<'dial'>): Outcome => {
  const { visit } = draft
  if (!visit.call) return refuse('WRONG_STATE', '这张单没有要打的电话')
  const last = visit.call.dials.at(-1)
  // Pressed again and again: one call; but one from the door is another than one from the way there (R15).
  const isFromDoor = visit.arrivedAt !== null && last !== undefined && last < visit.arrivedAt
  if (last && !isFromDoor && draft.now.getTime() - last.getTime() < SAME_CALL_MS) return SAME
  // The first dial tells whether they phoned in time (R10); nobody is blamed for a call that they did not ask for.
  if (visit.call.dials.length === 0 && draft.order.status === 'claimed' && hasFiveMinutes(visit.call.why) && !draft.told('call_late', visit.call.since)) draft.deed('called', visit.technicianId, visit.call.since)
  visit.call.dials.push(draft.now)
  draft.forget(['call.reminder', 'call.breach'])
  if (draft.order.status === 'claimed' && visit.call.unanswered > 0 && visit.call.outcome === null && !draft.hasDeadline('call.take_back') && !draft.hasDeadline('call.retry')) {
    // The time of the retry has come, and it is made (a dial before is welcome, but is not the retry); an outcome must follow within the same time as after claiming, however often they dial again. No clock starts at night (R55).
    draft.stopClock('no_answer')
    visit.call.retryAt = null
    draft.deadline('call.take_back', after(outsideTheNight(draft), draft.settings.call.takeBackMinutes * MINUTE))
  }
  draft.closeTodos(['late_call'])
  draft.tell('dialled', byTechnician(draft), { name: draft.technicianName })
  return null
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
  const unfit = event.corrections.repair && repairRefusal(draft, event.corrections.repair)
  if (unfit) return unfit
  const refused = event.outcome === 'agreed' ? agree(draft, event, call) : event.outcome === 'no_answer' ? noAnswer(draft, call) : wrongNumber(draft, call)
  if (!refused) correct(draft, event.corrections)
  return refused
}

const agree = (draft: Draft, event: Of<'record_call'>, call: Call): Refusal | null => {
  const { appointmentAt: at, slot } = event
  const wrong = timeRefusal(draft, at)
  if (wrong) return wrong
  if (!at || !slot) throw new Error('a time was agreed and nobody held it')
  // Another time, should the money be missing, takes another call (R13).
  Object.assign(call, { outcome: 'agreed', outcomeAt: draft.now, tryOpensAt: draft.now, retryAt: null })
  draft.stopClock('call', 'no_answer')
  draft.closeTodos(['late_call', 'no_answer', 'wrong_number', 'unpaid'])
  schedule(draft, at, slot, event.helpersOut ?? [])
  return null
}

/** Tried again 10 and 30 minutes after the first; the third goes to staff. "No answer" frees the technician for other claims. */
const noAnswer = (draft: Draft, call: Call): Refusal | null => {
  const { order, settings } = draft
  // Tried again before its time: welcome, but not the retry.
  const early = call.unanswered > 0 && call.outcome === null && !draft.hasDeadline('call.take_back')
  call.tryOpensAt = draft.now
  if (early) return null
  call.unanswered += 1
  // After a number that was told to be wrong, too: it is tried again, and so the retry is waited for.
  Object.assign(call, { outcome: null, outcomeAt: null, retryAt: null })
  draft.stopClock('call', 'no_answer')
  draft.tell('no_answer', byTechnician(draft), {})
  freeForOtherClaims(draft)
  draft.messageHomeowner(`no_answer:${order.version + 1}`, 'order_closed', { what: `${draft.technicianName}打您电话没人接，一会儿再打` })
  const retry = settings.call.retryMinutes[call.unanswered - 1]
  if (retry === undefined) {
    Object.assign(call, { outcome: 'no_answer', outcomeAt: draft.now })
    draft.todo('no_answer', 'dispatcher', `${countText(call.unanswered)}次电话没人接`, `${order.number} ${draft.technicianName}打过${countText(call.unanswered)}次，请联系业主`, { subject: tryOf(call) })
    return null
  }
  draft.deadline('call.retry', later(after(firstCall(draft, call), retry * MINUTE), draft.now))
  call.retryAt = draft.dueAt('call.retry')
  draft.deadline('call.retry_missed', after(call.retryAt, settings.call.retryGraceMinutes * MINUTE))
  return null
}

/** When the tries count from: the first call, or, when the night lay between, as if it had been made so that its first retry was due with the morning (R55). */
const firstCall = ({ now, settings, order }: Draft, { dials }: Call): Date => {
  const first = dials[0] ?? now
  const morning = atClock(now, settings.night.to)
  return order.emergency || first >= morning || now < morning ? first : after(morning, -(settings.call.retryMinutes[0] ?? 0) * MINUTE)
}

const wrongNumber = (draft: Draft, call: Call): Refusal | null => {
  Object.assign(call, { outcome: 'wrong_number', outcomeAt: draft.now, tryOpensAt: draft.now, retryAt: null })
  draft.stopClock('call', 'no_answer')
  draft.tell('wrong_number', byTechnician(draft), {})
  freeForOtherClaims(draft)
  draft.messageHomeowner(`wrong_number:${draft.order.version + 1}`, 'order_closed', { what: '师傅打不通您的电话，请改号码' })
  draft.todo('wrong_number', 'customer_service', '电话号码不对', `${draft.order.number} ${draft.technicianName}打不通，请核对业主电话`, { subject: tryOf(call) })
  return null
}

const freeForOtherClaims = (draft: Draft): void => {
  draft.free(draft.visit.technicianId, { awaitsCallOnly: true })
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
  if (corrections.repair) applyRepair(draft, corrections.repair, byTechnician(draft))
  if (what.length > 0) draft.tell('corrected', byTechnician(draft), { what: what.join('、') })
}

/**
 * Staff or the homeowner put right who is to be phoned, after a wrong number or calls that nobody answered. The technician phones again, with the same time for it as after being
 * assigned (R10).
 */
export const correctContact = (draft: Draft, event: Of<'correct_contact'>): Outcome => {
  const { order, visit } = draft
  const { name, honorific, phone, onSite, room } = event.corrections
  const what = [name !== null && '姓名', honorific !== null && '称呼', phone !== null && '电话', onSite !== null && '在家的人', room !== null && '门牌'].filter((each) => each !== false)
  if (what.length === 0) return refuse('INVALID_INPUT', '请写要改的：姓名、称呼、电话、在家的人或门牌，至少一样', { phone: '姓名、称呼、电话、在家的人、门牌，至少写一样' })
  draft.put(`correct:${order.version + 1}`, { kind: 'correct_customer', corrections: event.corrections })
  draft.tell(event.by.role === 'homeowner' ? 'contact_changed' : 'contact_corrected', event.by, { what: what.join('、') })
  if (phone === null && onSite === null) return null
  draft.closeTodos(['wrong_number', 'no_answer'])
  // Nobody was reached under the old number: tries begin anew under the right one.
  const isStuck = order.status === 'claimed' && visit.call !== null && (visit.call.outcome !== null || visit.call.unanswered > 0)
  if (!isStuck) return null
  startCallClock(draft, 'corrected')
  draft.messageTechnician(`call_again:${order.version + 1}`, draft.technician, 'call_reminder', { what: `电话改好了，${callWhen(draft)}再打给业主`, page: `technician/call/call?id=${order._id}` })
  return null
}

/** First words of the problem, for lists. */
export const titleOf = (problem: string): string => {
  const first = withoutContact(problem).split(/[，。！？；,.!?;\n]/).find((part) => part.trim().length > 1) ?? withoutContact(problem)
  const letters = [...first.trim()]
  return letters.length > 16 ? `${letters.slice(0, 15).join('')}…` : letters.join('')
}

/** The verdict `call.breach`: not dialled within 5:00. */
export const callBreach = (draft: Draft): void => {
  const { visit, order, technician } = draft
  if (!technician) return
  draft.tell('call_late', SYSTEM, { name: draft.technicianName })
  draft.deed('called_late', visit.technicianId, visit.call?.since)
  draft.violation('late_call', 'R10', String(visit.call?.since.getTime() ?? 0))
  draft.todo('late_call', 'dispatcher', `过了 ${spanText(draft.settings.call.breachMinutes)}没拨电话`, `${order.number} ${draft.technicianName} ${technician.staffNumber}，${visit.call ? clockText(visit.call.since) : ''} 起`, { subject: tryOf(visit.call) })
}

/** Tells one try of a call from the next. */
const tryOf = (call: Call | null): string => `${call?.since.getTime() ?? 0}.${call?.unanswered ?? 0}`

export const callRetryMissed = (draft: Draft): void => {
  draft.todo('no_answer', 'dispatcher', '该再打的电话没有打', `${draft.order.number} ${draft.technicianName} ${draft.technician?.staffNumber ?? ''}`, { subject: tryOf(draft.visit.call) })
}

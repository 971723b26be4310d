import { byTechnician } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { metresBetween } from '../geography'
import type { StepRecord } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { after, HOUR, lastClockBefore, MINUTE, SECOND, staffedMsBetween } from '../shanghai'
import type { Settings } from '../settings'
import type { Step } from '../standards'
import { answerDelay, BEFORE_SETTING_OUT } from './appointment'
import { ARRIVAL_DEADLINES } from './arrival'
import { changeRefusal } from './change-order'
import { moneyRefusal } from './money-gate'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

export const setOut = (draft: Draft, _event: Of<'set_out'>): Outcome => {
  const { visit, order } = draft
  const unmoney = moneyRefusal(draft.order, ['setting_out'])
  if (unmoney) return unmoney
  const waiting = firstUndone(draft, ['before_setting_out'])
  if (waiting) return refuse('STEP_NOT_READY', `出发前先做好“${waiting.title}”`)
  visit.onTheWayAt = draft.now
  visit.state = 'on_the_way'
  order.status = 'on_the_way'
  draft.forget(BEFORE_SETTING_OUT)
  draft.tell('set_out', byTechnician(draft), { name: draft.technicianName })
  draft.messageHomeowner(`on_the_way:${order.version + 1}`, 'on_the_way', { what: '在路上，到门口先对口令' })
  return null
}

/** R13 checking in records time and, if allowed, place. */
export const arrive = (draft: Draft, event: Of<'arrive'>): Outcome => {
  const { visit, order, settings } = draft
  const distance = event.place ? Math.round(metresBetween(event.place, order.place)) : null
  const far = distance === null || distance > settings.arrival.farMetres
  if (far && event.reason.trim() === '') {
    const message = distance === null ? '没有定位，请写一句原因' : `您离业主家还有 ${distance} 米，请写一句原因`
    return refuse('INVALID_INPUT', message, { reason: message })
  }
  const at = visit.appointmentAt
  const early = at && draft.now <= after(at, -settings.arrival.earlyMinutes * MINUTE)
  const punctuality = !at ? 'not_counted' : early ? 'early' : draft.now <= at ? 'on_time' : 'late'
  visit.arrivedAt = draft.now
  visit.arrival = { punctuality, distanceMetres: distance, reason: event.reason.trim() || null }
  if (punctuality !== 'not_counted') draft.deed(({ early: 'arrived_early', on_time: 'arrived', late: 'arrived_late' } as const)[punctuality], visit.technicianId, at)
  visit.state = 'arrived'
  order.status = 'arrived'
  // Whoever is there has answered whether the new time holds.
  answerDelay(draft)
  draft.forget(ARRIVAL_DEADLINES)
  draft.closeTodos(['late_arrival', 'not_arrived'])
  const minutes = at ? Math.round(Math.abs(at.getTime() - draft.now.getTime()) / MINUTE) : 0
  const text = { early: `比约定早 ${minutes} 分钟`, on_time: '准时', late: `比约定晚 ${minutes} 分钟`, not_counted: '到门口了' }[punctuality]
  draft.tell('arrived', byTechnician(draft), { name: draft.technicianName, punctuality: text })
  draft.messageHomeowner(`arrived:${order.version + 1}`, 'on_the_way', { what: '到门口了，先对口令再开门' })
  if (far) draft.todo('far_check_in', 'dispatcher', '签到的地方不对', `${order.number} ${draft.technicianName}：${distance === null ? '没有定位' : `差 ${distance} 米`}`, { urgent: false, words: event.reason.trim() })
  return null
}

/** What the door code is derived from: one a visit and technician. */
export const doorCodePurpose = (orderId: string, visitNo: number, technicianId: string | null): string => `door:${orderId}:${visitNo}:${technicianId ?? ''}`

export const doorCode = (draft: Draft): string => draft.knowledge.codeFor(doorCodePurpose(draft.order._id, draft.visit.no, draft.visit.technicianId), '0123456789', 4)

/** R14 right person, right door, consent to enter. A wrong code is refused and counted. */
export const enterDoorCode = (draft: Draft, event: Of<'enter_door_code'>): Outcome => {
  const { visit, order } = draft
  if (visit.door.openedAt) return SAME
  if (visit.door.triesLeft <= 0) return refuse('LOCKED', '口令错了太多次，请打给客服放行')
  if (event.code !== doorCode(draft)) {
    visit.door.triesLeft -= 1
    draft.tell('door_wrong', byTechnician(draft), {}, true)
    if (visit.door.triesLeft > 0) return refuse('WRONG_CODE', `口令不对，还能试 ${visit.door.triesLeft} 次`)
    draft.todo('door_locked', 'dispatcher', '口令错了太多次', `${order.number} ${draft.technicianName} ${draft.technician?.staffNumber ?? ''}，请核对人和门牌后放行`)
    return refuse('LOCKED', '口令错了太多次，请打给客服放行')
  }
  openDoor(draft)
  draft.tell('door_opened', byTechnician(draft), {})
  return null
}

const openDoor = (draft: Draft): void => {
  draft.visit.noShow = null
  draft.stopClock('no_show')
  draft.visit.door.openedAt = draft.now
  draft.visit.state = 'working'
  draft.order.status = 'working'
}

export const releaseDoor = (draft: Draft, event: Of<'release_door'>): Outcome => {
  if (draft.visit.door.openedAt) return SAME
  draft.visit.door.releasedBy = event.by.role === 'staff' ? event.by.name : '客服'
  openDoor(draft)
  draft.closeTodos(['door_locked'])
  draft.tell('door_released', event.by, { reason: event.reason })
  draft.messageTechnician(`released:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '客服放行了，可以进门' })
  return null
}

const recordOf = (draft: Draft, stepId: string): StepRecord | undefined => draft.visit.steps.find((record) => record.id === stepId)

/** The first step of these phases, in the order of the standard, that is not done. */
export const firstUndone = (draft: Draft, phases: readonly Step['phase'][]): Step | undefined => draft.standard.steps.find((step) => phases.includes(step.phase) && !recordOf(draft, step.id)?.doneAt)

/** Whether this step's turn has come: every earlier one is done, the door is open, the money is in (R19, R28, R48). */
const turnRefusal = (draft: Draft, step: Step): Refusal | null => {
  const { visit, order } = draft
  const before = draft.standard.steps.slice(0, draft.standard.steps.indexOf(step)).find((earlier) => !recordOf(draft, earlier.id)?.doneAt)
  if (before) return refuse('STEP_NOT_READY', `先做好“${before.title}”，再做“${step.title}”`)
  if (step.phase === 'before_setting_out') return order.status === 'claimed' || order.status === 'scheduled' ? null : refuse('STEP_NOT_READY', `“${step.title}”要在出发前做`)
  if (!visit.arrivedAt) return refuse('STEP_NOT_READY', `到了业主家再做“${step.title}”`)
  if (step.phase === 'at_door') return null
  if (!visit.door.openedAt) return refuse('STEP_NOT_READY', '先对口令，业主开门了再动手')
  return moneyRefusal(draft.order, ['setting_out', 'work'])
}

const theStep = (draft: Draft, event: { stepId: string; visitNo: number }): Step | Refusal => {
  if (event.visitNo !== draft.visit.no) return refuse('WRONG_STATE', '这是上一次上门的步骤')
  const step = draft.standard.steps.find((candidate) => candidate.id === event.stepId)
  if (!step) return refuse('NOT_FOUND', '清单里没有这一步')
  return step
}

const emptyRecord = (id: string): StepRecord => ({ id, startedAt: null, doneAt: null, ticks: [], photos: [], note: '' })

/** A timed step begins; beginning it again does not move its start. */
export const startStep = (draft: Draft, event: Of<'start_step'>): Outcome => {
  const step = theStep(draft, event)
  if ('code' in step) return step
  const record = recordOf(draft, step.id)
  if (record?.doneAt) return refuse('WRONG_STATE', `“${step.title}”已经做好了`)
  if (record?.startedAt) return SAME
  const early = turnRefusal(draft, step)
  if (early) return early
  if (step.minSeconds === 0) return refuse('WRONG_STATE', `“${step.title}”不用计时`)
  draft.visit.steps = [...draft.visit.steps.filter((other) => other.id !== step.id), { ...emptyRecord(step.id), startedAt: draft.now }]
  return null
}

/** Not passable without its evidence (R28, R48). */
export const completeStep = (draft: Draft, event: Of<'complete_step'>): Outcome => {
  const step = theStep(draft, event)
  if ('code' in step) return step
  const record = recordOf(draft, step.id) ?? emptyRecord(step.id)
  if (record.doneAt) return refuse('WRONG_STATE', `“${step.title}”已经做好了`)
  const early = turnRefusal(draft, step)
  if (early) return early
  const unknown = event.ticks.find((id) => !step.ticks.some((tick) => tick.id === id))
  if (unknown) return refuse('INVALID_INPUT', `“${step.title}”里没有“${unknown}”这一项`, { ticks: `没有“${unknown}”这一项` })
  const unticked = step.ticks.find((tick) => !event.ticks.includes(tick.id))
  if (unticked) return refuse('STEP_NOT_READY', `“${unticked.label}”还没打钩`, { ticks: `“${unticked.label}”还没打钩` })
  if (step.photos && event.photos.length < step.photos.min) return refuse('STEP_NOT_READY', `还要拍 ${step.photos.min - event.photos.length} 张“${step.photos.label}”`, { photos: '照片不够' })
  if (!step.photos && event.photos.length > 0) return refuse('INVALID_INPUT', `“${step.title}”不用拍照`, { photos: '这一步不用拍照' })
  if (step.note?.required && event.note.trim() === '') return refuse('STEP_NOT_READY', `请写下“${step.note.label}”`, { note: `请写下“${step.note.label}”` })
  if (step.minSeconds > 0) {
    if (!record.startedAt) return refuse('STEP_NOT_READY', `“${step.title}”要先按开始`)
    const left = Math.ceil((record.startedAt.getTime() + step.minSeconds * SECOND - draft.now.getTime()) / SECOND)
    if (left > 0) return refuse('TOO_EARLY', `“${step.title}”还差 ${Math.floor(left / 60)} 分 ${left % 60} 秒`)
  }
  const visits = [...draft.order.visits, ...draft.order.cancelledVisits]
  const shown = new Set(visits.flatMap((visit) => [...visit.steps, ...visit.redone]).flatMap((other) => other.photos))
  if (event.photos.some((photo) => shown.has(photo))) return refuse('FILE_REFUSED', `“${step.title}”要另拍，别的步骤用过的不算`, { photos: '这张照片别的步骤用过了，请另拍一张' })
  const done: StepRecord = { ...record, doneAt: draft.now, ticks: event.ticks, photos: event.photos, note: event.note.trim() }
  draft.visit.steps = [...draft.visit.steps.filter((other) => other.id !== step.id), done]
  draft.tell('step_done', byTechnician(draft), { step: step.title })
  return null
}

/** Completion: the technician's report that the work is done; follow-up counts from here (R30, R32). */
export const reportCompletion = (draft: Draft, event: Of<'report_completion'>): Outcome => {
  const { visit, order, settings } = draft
  if (event.visitNo !== visit.no) return refuse('WRONG_STATE', '这是上一次上门')
  if (order.status === 'awaiting_acceptance') return SAME
  const money = moneyRefusal(draft.order, ['setting_out', 'work'])
  if (money) return money
  const open = changeRefusal(order)
  if (open) return open
  const undone = firstUndone(draft, ['before_setting_out', 'at_door', 'work'])
  if (undone) return refuse('STEP_NOT_READY', `“${undone.title}”还没做好，不能报完工`)
  visit.completedAt = draft.now
  visit.findings = event.findings
  visit.advice = event.advice
  visit.missing = visit.missing.map((item) => ({ ...item, doneAt: item.doneAt ?? draft.now }))
  visit.state = 'awaiting_acceptance'
  order.status = 'awaiting_acceptance'
  draft.startClock('completion')
  // The last completion counts: what was answered about an earlier one says nothing of this (R30).
  visit.followUp = { sentAt: null, callTaskAt: null, answer: null }
  draft.deadline('follow_up.call_task', followUpTimes(draft.now, settings).callTask)
  draft.tell('completed', byTechnician(draft), { name: draft.technicianName })
  draft.deed('completed', visit.technicianId)
  draft.messageHomeowner(`completed:${order.version + 1}`, 'acceptance', { what: '修好了，您试过再验收', page: `homeowner/acceptance/acceptance?id=${order._id}` }, { mustReach: true })
  return null
}

/**
 * R32: questionnaire 2 h after completion; a call task at hour 20, or an hour before closing the evening before when fewer than two staffed hours
 * would lie between hour 20 and hour 24; alert at hour 24.
 */
export const followUpTimes = (completedAt: Date, settings: Settings): { questionnaire: Date; callTask: Date; breach: Date } => {
  const { followUp, staffedHours } = settings
  const hour20 = after(completedAt, followUp.callTaskHours * HOUR)
  const breach = after(completedAt, followUp.breachHours * HOUR)
  const enough = staffedMsBetween(hour20, breach, staffedHours) >= followUp.leastStaffedHours * HOUR
  return { questionnaire: after(completedAt, followUp.questionnaireHours * HOUR), callTask: enough ? hour20 : lastClockBefore(hour20, closingMinusHour(staffedHours.to)), breach }
}

const closingMinusHour = (closing: string): string => {
  const [hours = '0', minutes = '00'] = closing.split(':')
  return `${String((Number(hours) + 23) % 24).padStart(2, '0')}:${minutes}`
}


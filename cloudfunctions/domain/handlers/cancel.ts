import { homeowner, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { DeadlineId } from '../deadlines'
import type { OrderEvent } from '../event'
import { visitOf } from '../order'
import { fen, yuan } from '../money'
import { refuse } from '../refusal'
import type { Refusal } from '../refusal'
import { after, HOUR, later } from '../shanghai'
import { finishWhenDone } from './closing'
import { release } from './assignment'
import { endOffer, openOffers } from './offers'
import { closeAttemptOf, shelveOpenQuotes } from './put-quote'
import { settlementOf } from './progress'
import { refundPart } from './refund'
import { followUpTimes } from './visit'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** R23 before work all money back, during work what is done and used is settled first; a return visit alone is cancelled, not the order. */
export const cancel = (draft: Draft, event: Of<'cancel'>): Refusal | null => {
  const { order, visit } = draft
  const isReturn = visit.kind !== 'repair'
  if (isReturn && order.status === 'working' && workBegun(draft)) return refuse('WRONG_STATE', `师傅正在返工，要停下请打客服 ${draft.settings.hotline}`)
  // Reported done once: what is missing is done, by right and not by settling (R30, R33).
  if (!isReturn && visit.missing.length > 0) return refuse('WRONG_STATE', `活已经干过一遍，差的师傅接着做；不想让他做了请打客服 ${draft.settings.hotline}`)
  const settlement = settlementOf(order)
  const { settledFen } = settlement
  if (!isReturn && event.settledFen !== settledFen) return refuse('CONFLICT', `现在取消要结 ${yuan(settledFen)}，退 ${yuan(settlement.refundedFen)}，和刚才看到的不一样，请看过再定`, { settledFen: `现在要结 ${yuan(settledFen)}` })
  for (const offer of openOffers(draft)) endOffer(offer, 'withdrawn', draft.now, '工单取消')
  const person = draft.technician
  const staff = event.by.role === 'staff'
  draft.messageTechnician(`cancelled:${order.version + 1}`, person, 'order_closed', { what: staff ? '客服取消了这单，不用去了' : '业主取消了，不用去了', page: 'pages/jobs/jobs' }, { mustReach: true })
  if (staff) draft.messageHomeowner(`cancelled:${order.version + 1}`, 'order_closed', { what: settledFen > 0 && !isReturn ? `客服替您取消了，结了 ${yuan(settledFen)}` : '客服替您取消了，没有收费' }, { mustReach: true })
  release(draft, event.reason)
  visit.state = 'cancelled'
  draft.tell('cancelled', staff ? event.by : homeowner(order), { who: staff ? '客服' : '您', reason: event.reason })
  draft.closeTodos(order.todos.map((todo) => todo.kind).filter((kind) => kind !== 'surplus_payment' && kind !== 'refund_failed' && kind !== 'cash_request'))
  if (isReturn) {
    draft.stopClock('wave', 'dissatisfaction', 'absent')
    // Trips to a closed door belong to what is called off.
    do order.cancelledVisits.push(...order.visits.splice(-1))
    while (visitOf(order).absent)
    resume(draft)
    return null
  }
  order.status = 'cancelled'
  order.deadlines = []
  let refunded = 0
  shelveOpenQuotes(draft, '工单取消')
  // The latest first: what was added last is given back first, each the way it came.
  for (const stage of [...order.stages].reverse()) {
    if (stage.state === 'paid') refunded += refundPart(draft, stage, fen(settlement.refundedFen - refunded), 'cancellation', staff ? '客服取消' : '业主取消')
    else if (stage.state === 'due' || stage.state === 'not_due') {
      stage.state = 'void'
      closeAttemptOf(draft, stage)
    }
  }
  order.cancellation = { at: draft.now, by: staff ? 'staff' : 'homeowner', reason: event.reason, settledFen, refundedFen: fen(refunded) }
  if (settledFen > 0) draft.tell('settled', SYSTEM, { settled: yuan(settledFen), refunded: yuan(refunded) })
  return null
}

/** Whether a step of the work itself has been begun. */
const workBegun = (draft: Draft): boolean =>
  draft.standard.steps.some((step) => step.phase === 'work' && draft.visit.steps.some((record) => record.id === step.id && (record.doneAt || record.startedAt)))

/** The visit before a return that was called off goes on where it stood (R30, R33). */
const resume = (draft: Draft): void => {
  const { order, visit, settings } = draft
  const completedAt = visit.completedAt ?? draft.now
  const ahead = (id: DeadlineId, due: Date) => {
    if (due > draft.now) draft.deadline(id, due)
  }
  if (!visit.acceptedAt) {
    order.status = 'awaiting_acceptance'
    visit.state = 'awaiting_acceptance'
    ahead('acceptance.reminder', after(completedAt, settings.acceptance.reminderHours * HOUR))
    draft.deadline('acceptance.staff', later(draft.now, after(completedAt, settings.acceptance.staffHours * HOUR)))
  } else {
    order.status = 'closing'
    visit.state = 'closing'
  }
  if (visit.followUp && !visit.followUp.answer) {
    const times = followUpTimes(completedAt, settings)
    if (!visit.followUp.sentAt) draft.deadline('follow_up.questionnaire', later(draft.now, times.questionnaire))
    ahead('follow_up.call_task', times.callTask)
    ahead('follow_up.breach', times.breach)
  }
  finishWhenDone(draft)
}

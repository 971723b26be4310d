import { homeowner } from '../draft'
import type { Draft } from '../draft'
import type { DeadlineId } from '../deadlines'
import type { OrderEvent } from '../event'
import { visitOf } from '../order'
import { fen, ZERO } from '../money'
import { refuse } from '../refusal'
import type { Refusal } from '../refusal'
import { after, HOUR, later } from '../shanghai'
import { finishWhenDone } from './closing'
import { release } from './assignment'
import { endOffer, openOffers } from './offers'
import { closeAttemptOf, shelveOpenQuotes } from './put-quote'
import { refundStage } from './refund'
import { followUpTimes } from './visit'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** R23 before work: all money back; a return visit alone is cancelled, not the order. */
export const cancel = (draft: Draft, event: Of<'cancel'>): Refusal | null => {
  const { order, visit } = draft
  if (order.status === 'working' && workBegun(draft)) return refuse('WRONG_STATE', `已经动工了，要停工请打客服 ${draft.settings.hotline}，按做了多少结算`)
  for (const offer of openOffers(draft)) endOffer(offer, 'withdrawn', draft.now, '工单取消')
  const person = draft.technician
  const staff = event.by.role === 'staff'
  draft.messageTechnician(`cancelled:${order.version + 1}`, person, 'order_closed', { what: staff ? '客服取消了这单，不用去了' : '业主取消了，不用去了', page: 'pages/jobs/jobs' }, { mustReach: true })
  if (staff) draft.messageHomeowner(`cancelled:${order.version + 1}`, 'order_closed', { what: '客服替您取消了，没有收费' }, { mustReach: true })
  release(draft, event.reason)
  visit.state = 'cancelled'
  draft.tell('cancelled', staff ? event.by : homeowner(order), { who: staff ? '客服' : '您', reason: event.reason })
  draft.closeTodos(order.todos.map((todo) => todo.kind).filter((kind) => kind !== 'surplus_payment' && kind !== 'refund_failed'))
  if (visit.kind !== 'repair') {
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
  for (const stage of order.stages) {
    if (stage.state === 'paid') refunded += refundStage(draft, stage, 'cancellation', staff ? '客服取消' : '业主取消')
    else if (stage.state === 'due' || stage.state === 'not_due') {
      stage.state = 'void'
      closeAttemptOf(draft, stage)
    }
  }
  order.cancellation = { at: draft.now, by: staff ? 'staff' : 'homeowner', reason: event.reason, settledFen: ZERO, refundedFen: fen(refunded) }
  return null
}

/** Whether a step of the work itself has been begun: until then everything goes back (R23). */
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

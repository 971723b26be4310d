import { DEADLINES, REMINDER_GRACE_MS } from './deadlines'
import type { DeadlineId } from './deadlines'
import type { Draft } from './draft'
import * as absence from './handlers/absence'
import * as appointment from './handlers/appointment'
import * as arrival from './handlers/arrival'
import { takeBack } from './handlers/assignment'
import * as call from './handlers/call'
import { archive } from './handlers/closing'
import { sendNextWave } from './handlers/dispatch'
import * as followUp from './handlers/follow-up'
import { partsOverdue } from './handlers/parts'
import { expireQuote } from './handlers/quote'
import type { Deadline } from './order'
import { remind } from './reminders'

/** What becomes of each deadline of the table when it is due. */

/** How many verdicts of one order a single pass replays: far above what one order can owe, so a defect ends loudly and not in a loop. */
const MOST_VERDICTS = 200

type IdOf<N> = { [K in DeadlineId]: (typeof DEADLINES)[K]['nature'] extends N ? K : never }[DeadlineId]
type VerdictId = IdOf<'verdict'>
export type StepId = IdOf<'step'>
export type ReminderId = IdOf<'reminder'>

const VERDICTS: Record<VerdictId, (draft: Draft) => void> = {
  'call.breach': call.callBreach,
  'call.take_back': takeBack,
  'call.retry_missed': call.callRetryMissed,
  'payment.overdue': arrival.paymentOverdue,
  'arrival.check': arrival.arrivalCheck,
  'arrival.alert': arrival.arrivalAlert,
  'arrival.breach': arrival.arrivalBreach,
  'delay.unanswered': appointment.delayUnanswered,
  'absence.rebook': absence.rebookOverdue,
  'parts.expected': partsOverdue,
  'quote.expiry': expireQuote,
  'acceptance.staff': (draft) => draft.todo('acceptance_call', 'customer_service', `完工 ${draft.settings.acceptance.staffHours} 小时没验收，请打电话`, `${draft.order.number} ${draft.order.title}`, { subject: String(draft.visit.completedAt?.getTime() ?? 0) }),
  'follow_up.call_task': followUp.makeCallTask,
  'follow_up.breach': followUp.followUpBreach,
  'return.choice': followUp.askByPhone,
}

export const STEPS: Record<StepId, (draft: Draft) => void> = {
  'dispatch.next_wave': (draft) => sendNextWave(draft, draft.knowledge.technicians ?? []),
  'follow_up.questionnaire': followUp.sendQuestionnaire,
  'warranty.end': archive,
}

const natureOf = (id: DeadlineId) => DEADLINES[id].nature
const ORDER_IN_TABLE = Object.keys(DEADLINES)

const byTime = (a: Deadline, b: Deadline) => a.dueAt.getTime() - b.dueAt.getTime() || ORDER_IN_TABLE.indexOf(a.id) - ORDER_IN_TABLE.indexOf(b.id)

/** Verdicts that have passed, and reminders that are due, in the order of their times. Returns whether anything happened. */
export const replayVerdicts = (draft: Draft, now: Date): boolean => {
  let count = 0
  for (;;) {
    const due = draft.order.deadlines
      .filter((deadline) => (natureOf(deadline.id) === 'verdict' && deadline.dueAt < now) || (natureOf(deadline.id) === 'reminder' && deadline.dueAt <= now))
      .sort(byTime)[0]
    if (!due) return count > 0
    if (++count > MOST_VERDICTS) throw new Error(`order ${draft.order._id}: verdicts do not end (${due.id})`)
    draft.order.deadlines = draft.order.deadlines.filter((deadline) => deadline !== due)
    draft.now = due.dueAt
    if (natureOf(due.id) === 'verdict') VERDICTS[due.id as VerdictId](draft)
    else if (now.getTime() - due.dueAt.getTime() <= REMINDER_GRACE_MS) remind(draft, due.id as ReminderId)
  }
}

export const dueStep = (draft: Draft): Deadline | null => draft.order.deadlines.filter((deadline) => natureOf(deadline.id) === 'step' && deadline.dueAt <= draft.now).sort(byTime)[0] ?? null

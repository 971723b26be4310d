import { Draft, RECENT_TIMELINE } from './draft'
import type { Knowledge, OrderEvent } from './event'
import * as absence from './handlers/absence'
import * as appointment from './handlers/appointment'
import * as assignment from './handlers/assignment'
import * as call from './handlers/call'
import { cancel } from './handlers/cancel'
import { reportCash } from './handlers/cash'
import * as change from './handlers/change-order'
import * as closing from './handlers/closing'
import { correctRepair } from './handlers/correct-repair'
import * as crew from './handlers/crew'
import * as dispatch from './handlers/dispatch'
import * as offers from './handlers/offers'
import * as followUp from './handlers/follow-up'
import * as parts from './handlers/parts'
import { recordProgress } from './handlers/progress'
import * as quote from './handlers/quote'
import { refundSettled } from './handlers/refund'
import { heedRegister } from './handlers/register'
import * as visit from './handlers/visit'
import { derive } from './derive'
import { stateRefusal } from './lifecycle'
import { visitOf, worksOn } from './order'
import type { Order, Visit } from './order'
import { NOT_IN_CHARGE, refuse, SAME } from './refusal'
import type { Outcome, Refusal } from './refusal'
import { dueStep, replayVerdicts, STEPS } from './due'
import type { StepId } from './due'

/** What was decided. `changed` may carry a refusal too: a wrong door code is refused and counted. */
export type Decision =
  | { kind: 'changed'; order: Order; refusal: Refusal | null }
  | { kind: 'unchanged'; order: Order; refusal: Refusal | null }
  /** A wave is to go: look up the technicians near the order, as it stands by then, and decide again with them. */
  | { kind: 'needs_technicians'; order: Order }

/**
 * The life of an order: pure, and the only way in which an order changes.
 *
 * 1. Verdicts whose time has passed are replayed in order, each at its own time, so what the timer has not yet seen is not lost (R42).
 * 2. The event is decided at `now`.
 * 3. At most one due step is carried out at `now`; what follows counts from then.
 */
export const decide = (before: Order, event: OrderEvent, now: Date, knowledge: Knowledge): Decision => {
  if (event.type !== 'tick' && !before.deadlines.some((deadline) => deadline.dueAt <= now)) {
    const refusal = admit(before, event)
    if (refusal) return { kind: 'unchanged', order: before, refusal }
  }
  const draft = new Draft(structuredClone(before), knowledge, now)
  const woke = replayVerdicts(draft, now)

  draft.now = now
  let refusal: Refusal | null = null
  let acted = false
  if (event.type !== 'tick') {
    const outcome = act(draft, event)
    refusal = outcome.refusal
    acted = outcome.touched
  }

  draft.now = now
  const step = dueStep(draft)
  if (step) {
    if (step.id === 'dispatch.next_wave' && dispatch.waveNeedsTechnicians(draft) && !knowledge.technicians) return { kind: 'needs_technicians', order: draft.order }
    STEPS[step.id as StepId](draft)
  }
  if (!woke && !acted && !step) return { kind: 'unchanged', order: before, refusal }
  return { kind: 'changed', order: seal(draft, now), refusal }
}

/** A handler that refuses has changed nothing, but for the tries that a wrong door code costs. */
const act = (draft: Draft, event: Exclude<OrderEvent, { type: 'tick' }>): { refusal: Refusal | null; touched: boolean } => {
  const tries = draft.visit.door.triesLeft
  const outcome = admit(draft.order, event) ?? handle(draft, event)
  if (outcome === null) return { refusal: null, touched: true }
  if (outcome === SAME) return { refusal: null, touched: false }
  return { refusal: outcome, touched: draft.visit.door.triesLeft !== tries }
}

/** Who may and when: a technician acts on their own visit only, and each event belongs to certain states. */
const admit = (order: Order, event: Exclude<OrderEvent, { type: 'tick' }>): Refusal | null => {
  const offered = event.type === 'see_offer' || event.type === 'decline'
  if ('technicianId' in event && !offered && !mayAct(visitOf(order), event)) return worksOn(visitOf(order), event.technicianId) ? NOT_IN_CHARGE : refuse('NOT_FOUND', '没有这张单')
  return stateRefusal(order, event.type)
}

/** The one in charge; whoever helps takes part in the checklist only (R47). */
const mayAct = (visit: Visit, event: { type: OrderEvent['type']; technicianId: string }): boolean =>
  event.type === 'start_step' || event.type === 'complete_step' ? worksOn(visit, event.technicianId) : visit.technicianId === event.technicianId

const handle = (draft: Draft, event: Exclude<OrderEvent, { type: 'tick' }>): Outcome => {
  switch (event.type) {
    case 'see_offer':
      return offers.seeOffer(draft, event)
    case 'claim':
      return assignment.claim(draft, event)
    case 'decline':
      return offers.decline(draft, event)
    case 'give_back':
      return assignment.giveBack(draft, event)
    case 'assign':
      return assignment.assign(draft, event)
    case 'report_cash':
      return reportCash(draft, event)
    case 'record_progress':
      return recordProgress(draft, event)
    case 'cancel':
      return cancel(draft, event)
    case 'dial':
      return call.dial(draft, event)
    case 'correct_contact':
      return call.correctContact(draft, event)
    case 'correct_repair':
      return correctRepair(draft, event)
    case 'record_call':
      return call.recordCall(draft, event)
    case 'tell_delay':
      return appointment.tellDelay(draft, event)
    case 'agree_delay':
      return appointment.agreeDelay(draft, event)
    case 'move_appointment':
      return appointment.moveAppointment(draft, event)
    case 'ask_another':
      return appointment.askAnother(draft, event)
    case 'record_door_call':
      return absence.recordDoorCall(draft, event)
    case 'say_at_home':
      return absence.sayAtHome(draft, event)
    case 'leave_note':
      return absence.leaveNote(draft, event)
    case 'rebook':
      return absence.rebook(draft, event)
    case 'wait_for_parts':
      return parts.waitForParts(draft, event)
    case 'parts_arrived':
      return parts.partsArrived(draft, event)
    case 'add_helper':
      return crew.addHelper(draft, event)
    case 'remove_helper':
      return crew.removeHelper(draft, event)
    case 'heed_register':
      return heedRegister(draft, event)
    case 'widen_search':
      return dispatch.widenSearch(draft, event)
    case 'send_quote':
      return quote.sendQuote(draft, event)
    case 'send_change':
      return change.sendChange(draft, event)
    case 'withdraw_change':
      return change.withdrawChange(draft, event)
    case 'approve_change':
      return change.approveChange(draft, event)
    case 'refuse_change':
      return change.refuseChange(draft, event)
    case 'confirm_quote':
      return quote.confirmQuote(draft, event)
    case 'decline_quote':
      return quote.declineQuote(draft, event)
    case 'open_payment':
      return quote.openPayment(draft, event)
    case 'payment_received':
      return quote.paymentReceived(draft, event)
    case 'payment_closed':
      return quote.paymentClosed(draft, event)
    case 'refund_settled':
      return refundSettled(draft, event)
    case 'set_out':
      return visit.setOut(draft, event)
    case 'arrive':
      return visit.arrive(draft, event)
    case 'enter_door_code':
      return visit.enterDoorCode(draft, event)
    case 'release_door':
      return visit.releaseDoor(draft, event)
    case 'start_step':
      return visit.startStep(draft, event)
    case 'complete_step':
      return visit.completeStep(draft, event)
    case 'report_completion':
      return visit.reportCompletion(draft, event)
    case 'accept':
      return closing.accept(draft, event)
    case 'report_missing':
      return closing.reportMissing(draft, event)
    case 'sign_card':
      return closing.signCard(draft, event)
    case 'hand_over_parts':
      return closing.handOverParts(draft, event)
    case 'check_out':
      return closing.checkOut(draft, event)
    case 'rate':
      return followUp.rate(draft, event)
    case 'answer_follow_up':
      return followUp.answerFollowUp(draft, event)
    case 'choose_return':
      return followUp.chooseReturn(draft, event)
    default:
      return unreachable(event)
  }
}

const unreachable = (event: never): never => {
  throw new Error(`no handler for ${JSON.stringify(event)}`)
}

/** The finished copy: one version on, with the fields that lists are queried by. */
export const seal = (draft: Draft, now: Date): Order => {
  const { order } = draft
  order.version += 1
  order.updatedAt = now
  order.timeline = order.timeline.slice(-RECENT_TIMELINE)
  return derive(order)
}


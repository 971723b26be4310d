import type { TodoDocument } from '../platform/documents'

/** Which actions settle a to-do, the likeliest first. Each can also be closed by hand, by `closeTodo`; what is only looked into is. */
export const SETTLED_BY: Record<TodoDocument['kind'], readonly string[]> = {
  nobody_claims: ['assignOrder', 'widenSearch'],
  late_call: ['assignOrder', 'closeTodo'],
  taken_back: ['explainOffers', 'closeTodo'],
  no_answer: ['correctContact', 'cancelOrder', 'closeTodo'],
  wrong_number: ['correctContact'],
  late_arrival: ['tellDelay', 'assignOrder', 'closeTodo'],
  not_arrived: ['tellDelay', 'assignOrder', 'closeTodo'],
  far_check_in: ['closeTodo'],
  door_locked: ['releaseDoorCode'],
  quote_declined: ['correctRepair', 'cancelOrder', 'closeTodo'],
  quote_approval: ['approveChange', 'refuseChange'],
  quote_expired: ['cancelOrder', 'closeTodo'],
  unpaid: ['moveAppointment', 'cancelOrder', 'closeTodo'],
  delay_unanswered: ['agreeDelayFor', 'askAnotherFor'],
  rebook_call: ['rebookFor', 'cancelOrder'],
  parts_overdue: ['partsArrived', 'waitForParts'],
  helper_out: ['addHelper', 'closeTodo'],
  acceptance_call: ['recordAcceptance'],
  follow_up_call: ['recordFollowUpCall'],
  follow_up_overdue: ['recordFollowUpCall'],
  return_choice: ['chooseReturnFor'],
  call_me: ['chooseReturnFor'],
  return_owner: ['assignOrder', 'closeTodo'],
  conduct_report: ['closeTodo'],
  bad_answer: ['closeTodo'],
  surplus_payment: ['showOrder', 'closeTodo'],
  refund_failed: ['showOrder', 'closeTodo'],
  payment_mismatch: ['closeTodo'],
  content_review: ['closeTodo'],
  outbox_stuck: ['showOrder', 'closeTodo'],
  sweep_stuck: ['closeTodo'],
  settings_invalid: ['showSettings', 'changeSettings'],
  message_fault: ['changeSettings', 'closeTodo'],
  unreachable: ['closeTodo'],
  application: ['showApplication', 'decideApplication'],
  contest: ['decideContest'],
  cash_request: ['listViolations', 'decideContest', 'closeTodo'],
  certificate_expiring: ['changeTechnician', 'closeTodo'],
  certificate_expired: ['changeTechnician', 'closeTodo'],
  register_broken: ['changeTechnician', 'closeTodo'],
  double_booked: ['moveAppointment', 'assignOrder', 'closeTodo'],
}

/** What of an example only whoever settles it can know: left for them to write. */
const OPEN: ReadonlySet<string> = new Set(['reason', 'note', 'staffNumber', 'prices'])

/** The input of such an action for this to-do, made from the action's example. */
export const settlingInput = ({ _id, orderId, orderNumber }: Pick<TodoDocument, '_id' | 'orderId' | 'orderNumber'>, example: unknown): Record<string, unknown> => {
  const [kind, subject = ''] = _id.split(':')
  const order = /^SF/.test(orderNumber) ? orderNumber : orderId
  const known: Record<string, unknown> = {
    todo: _id, ...(order ? { order } : {}), ...(kind === 'application' ? { application: subject } : {}), ...(kind === 'contest' ? { violation: _id.slice('contest:'.length) } : {}),
  }
  return Object.fromEntries(Object.entries(example as Record<string, unknown>).map(([key, value]) => [key, known[key] ?? (OPEN.has(key) ? '' : value)]))
}

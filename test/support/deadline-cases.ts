import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import type { OrderEvent } from '../../cloudfunctions/domain/event'
import type { Order } from '../../cloudfunctions/domain/order'
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { at, Life, MONDAY_9, O, plus } from './life'

/** An order for which a deadline stands, the moment at which the service standard wants it, and what shows that it fell. */
export interface DeadlineCase {
  when: string
  due: Date
  begin(): Life
  /** What whoever it waits for does. */
  act(life: Life, moment: Date): OrderEvent
  /** The moments at which it fell. */
  falls(life: Life): Date[]
}

const home = { role: 'homeowner', id: 'wx-home' } as const
const staff = { role: 'staff', id: 'lu-min', name: '陆敏' } as const
/** Tuesday 14:00: everything before a visit lies after this morning. */
const T = plus(MONDAY_9, 29 * HOUR)
/** Monday 14:00. */
const TODAY = plus(MONDAY_9, 5 * HOUR)

// Lives up to the point where the deadline stands.
const claimed = (): Life => {
  const life = new Life()
  life.claim('t1')
  return life
}
const dialled = (): Life => claimed().do({ type: 'dial', technicianId: 't1' }, at(MONDAY_9, '1:00'))
const unanswered = (): Life => {
  const life = claimed().do({ type: 'dial', technicianId: 't1' }, at(MONDAY_9, '2:00'))
  life.record('no_answer', at(MONDAY_9, '2:30'))
  return life
}
const agreed = (when = T): Life => claimed().agree(when)
/** So late that the quote's own deadlines come before the visit. */
const agreedForFriday = (): Life => agreed(plus(MONDAY_9, 4 * DAY))
const paid = (when = T): Life => agreed(when).pay()
const packed = (when = T): Life => paid(when).steps('before_setting_out')
const onTheWay = (when = T): Life => {
  const life = packed(when)
  // Two hours of riding, so that nothing before the visit is left to remind of.
  return life.do({ type: 'set_out', technicianId: 't1' }, plus(when, -121 * MINUTE))
}
const delayed = (): Life => paid(TODAY).do({ type: 'tell_delay', at: plus(TODAY, HOUR), slot: new Life().slot(plus(TODAY, HOUR)), reason: '上一家没修完', by: { role: 'technician', id: 't1', name: '' } }, plus(TODAY, -3 * HOUR))
const atClosedDoor = (): Life =>
  onTheWay(TODAY)
    .do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(TODAY, -15 * MINUTE))
    .do({ type: 'dial', technicianId: 't1' }, plus(TODAY, -5 * MINUTE))
    .do({ type: 'record_door_call', technicianId: 't1', answered: false })
const noteLeft = (): Life => atClosedDoor().do({ type: 'leave_note', technicianId: 't1' }, plus(TODAY, 30 * MINUTE))
const completed = (): Life => {
  const life = paid(TODAY)
  life.now = plus(TODAY, -15 * MINUTE)
  return life.visitDone()
}
/** `visitDone` waits for the two minutes of the test run. */
const COMPLETED_AT = completed().now
const dissatisfied = (): Life => completed().do({ type: 'rate', visitNo: 1, stars: 1, tags: [], comment: '' }, plus(COMPLETED_AT, HOUR))
const waitingForParts = (): Life => dialled().do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: T, by: staff })
const inWarranty = (): Life => completed().close()

// What whoever it waits for does.
const dial = (): OrderEvent => ({ type: 'dial', technicianId: 't1' })
const agree = (life: Life, moment: Date): OrderEvent => ({ type: 'record_call', technicianId: 't1', outcome: 'agreed', appointmentAt: plus(moment, 3 * HOUR), slot: life.slot(plus(moment, 3 * HOUR)), corrections: {} })
const setOut = (): OrderEvent => ({ type: 'set_out', technicianId: 't1' })
const arrive = (): OrderEvent => ({ type: 'arrive', technicianId: 't1', place: O, reason: '' })
const move = (life: Life): OrderEvent => ({ type: 'move_appointment', at: plus(T, 3 * DAY), slot: life.slot(plus(T, 3 * DAY)), reason: '', by: home })
const accept = (): OrderEvent => ({ type: 'accept', visitNo: 1, by: home, note: '' })
const answer = (): OrderEvent => ({ type: 'answer_follow_up', visitNo: 1, satisfied: true, answers: [{ id: 'holds', yes: true }], conductProper: true, stars: null, comment: '', choice: null, by: home })
const pay = ({ order }: Life, moment: Date): OrderEvent => {
  const stage = order.stages.at(-1)
  if (!stage?.openAttempt) throw new Error('no payment is open')
  return { type: 'payment_received', outTradeNo: stage.openAttempt, stageId: stage.id, amountFen: stage.amountFen, transactionId: 'tx', paidAt: moment }
}
/** Whoever is to pay has confirmed and opened the payment. */
const aboutToPay = (life: Life): Life => life.do({ type: 'confirm_quote', version: 1 }).do({ type: 'open_payment', stageId: 'S1' })

// What shows that it fell.
const todo = (kind: string) => (life: Life) => life.out('todo').flatMap(({ todo }) => (todo.kind === kind ? [todo.at] : []))
const violation = (kind: string) => (life: Life) => life.out('violation').flatMap(({ violation }) => (violation.kind === kind ? [violation.at] : []))
const told = (kind: Order['timeline'][number]['kind']) => (life: Life) => life.told(kind).map((entry) => entry.at)
/** After a take-back waves count from 1 again. */
const secondWave = (life: Life) => life.told('wave_sent').flatMap(({ at: sentAt, data }) => (data['wave'] === '2' ? [sentAt] : []))
/** A message with these words; reminders only, since a reminder comes some time after what it reminds of. */
const message = (role: 'homeowner' | 'technician', template: string, words = '', since = plus(MONDAY_9, SECOND)) => (life: Life) =>
  life.out('message').flatMap(({ to, template: sent, blanks, at: sentAt }) => (to.role === role && sent === template && (blanks['what'] ?? '').includes(words) && sentAt > since ? [sentAt] : []))

const one = (row: Omit<DeadlineCase, 'when'> & { when?: string }): DeadlineCase => ({ when: '', ...row })

export const CASES: Record<DeadlineId, DeadlineCase[]> = {
  'dispatch.next_wave': [
    one({ when: 'three minutes', due: at(MONDAY_9, '3:00'), begin: () => new Life(), act: (life) => ({ type: 'claim', technician: life.person('t1'), slot: life.slot(TODAY) }), falls: secondWave }),
    one({ when: 'an emergency, one minute (R50)', due: at(MONDAY_9, '1:00'), begin: () => new Life(undefined, { emergency: true }), act: (life) => ({ type: 'claim', technician: life.person('t2'), slot: life.slot(TODAY) }), falls: secondWave }),
  ],
  'call.reminder': [one({ when: 'at 4:00', due: at(MONDAY_9, '4:00'), begin: claimed, act: dial, falls: message('technician', 'call_reminder') })],
  'call.breach': [one({ when: 'after 5:00', due: at(MONDAY_9, '5:00'), begin: claimed, act: dial, falls: violation('late_call') }), one({ when: 'the alert', due: at(MONDAY_9, '5:00'), begin: claimed, act: dial, falls: todo('late_call') })],
  'call.take_back': [one({ when: 'no outcome by 15:00', due: at(MONDAY_9, '15:00'), begin: dialled, act: agree, falls: told('taken_back') })],
  'call.retry': [one({ when: 'ten minutes after the first', due: at(MONDAY_9, '12:00'), begin: () => unanswered().do(dial(), at(MONDAY_9, '2:40')), act: agree, falls: message('technician', 'call_reminder', '再打一次') })],
  'call.retry_missed': [one({ when: 'five minutes after it was due', due: at(MONDAY_9, '17:00'), begin: unanswered, act: dial, falls: todo('no_answer') })],
  'appointment.day_before': [one({ when: 'the day before at 20:00', due: plus(MONDAY_9, 11 * HOUR), begin: paid, act: move, falls: message('homeowner', 'appointment') })],
  'appointment.soon': [one({ when: 'two hours ahead', due: plus(T, -2 * HOUR), begin: packed, act: setOut, falls: message('homeowner', 'appointment', '', plus(T, -3 * HOUR)) })],
  'payment.reminder': [
    one({ when: 'a day before', due: plus(T, -DAY), begin: () => aboutToPay(agreed()), act: pay, falls: (life) => message('homeowner', 'payment', '请付款')(life).filter((moment) => moment < plus(T, -4 * HOUR)) }),
    one({ when: 'three hours before', due: plus(T, -3 * HOUR), begin: () => aboutToPay(agreed()), act: pay, falls: message('homeowner', 'payment', '请付款', plus(T, -4 * HOUR)) }),
  ],
  'payment.overdue': [one({ when: 'at the time that was agreed', due: T, begin: () => aboutToPay(agreed()).tick(plus(T, -80 * MINUTE)), act: pay, falls: todo('unpaid') })],
  'arrival.check': [one({ when: 'unpaid at T−90', due: plus(T, -90 * MINUTE), begin: () => aboutToPay(agreed()), act: pay, falls: told('payment_missing') })],
  'arrival.reminder': [one({ when: 'at T−90', due: plus(T, -90 * MINUTE), begin: packed, act: setOut, falls: message('technician', 'appointment') })],
  'arrival.alert': [one({ when: 'not there at T−10', due: plus(T, -10 * MINUTE), begin: onTheWay, act: arrive, falls: todo('late_arrival') })],
  'arrival.breach': [one({ when: 'not there at T', due: T, begin: onTheWay, act: arrive, falls: violation('late_arrival') }), one({ when: 'the alert', due: T, begin: onTheWay, act: arrive, falls: todo('not_arrived') })],
  'delay.unanswered': [one({ when: 'no reply in 30 minutes', due: plus(TODAY, -150 * MINUTE), begin: delayed, act: ({ visit }) => ({ type: 'agree_delay', at: visit.delay?.to ?? TODAY, by: home }), falls: todo('delay_unanswered') })],
  'absence.note': [one({ when: 'T and thirty minutes', due: plus(TODAY, 30 * MINUTE), begin: atClosedDoor, act: () => ({ type: 'say_at_home', by: home }), falls: message('technician', 'order_closed', '可以留言离开') })],
  'absence.rebook': [one({ when: 'not booked again in 48 hours', due: plus(TODAY, 30 * MINUTE + 48 * HOUR), begin: noteLeft, act: (_life, moment) => ({ type: 'rebook', wanted: { from: plus(moment, HOUR), to: plus(moment, 3 * HOUR) }, same: false, by: home }), falls: todo('rebook_call') })],
  'parts.expected': [one({ when: 'when they were to come', due: T, begin: waitingForParts, act: () => ({ type: 'parts_arrived', by: staff }), falls: todo('parts_overdue') })],
  'quote.reminder': [one({ when: 'a day after it was sent', due: plus(MONDAY_9, DAY), begin: agreedForFriday, act: () => ({ type: 'confirm_quote', version: 1 }), falls: message('homeowner', 'quote') })],
  'quote.expiry': [one({ when: 'three days after it was sent', due: plus(MONDAY_9, 3 * DAY), begin: agreedForFriday, act: () => ({ type: 'confirm_quote', version: 1 }), falls: todo('quote_expired') })],
  'acceptance.reminder': [one({ when: 'a day after completion', due: plus(COMPLETED_AT, DAY), begin: completed, act: accept, falls: message('homeowner', 'acceptance', '请您验收', plus(COMPLETED_AT, SECOND)) })],
  'acceptance.staff': [one({ when: 'three days after completion', due: plus(COMPLETED_AT, 3 * DAY), begin: completed, act: accept, falls: todo('acceptance_call') })],
  'follow_up.questionnaire': [one({ when: 'two hours after completion', due: plus(COMPLETED_AT, 2 * HOUR), begin: completed, act: answer, falls: message('homeowner', 'follow_up') })],
  'follow_up.call_task': [one({ when: 'twenty hours after completion', due: plus(COMPLETED_AT, 20 * HOUR), begin: completed, act: answer, falls: todo('follow_up_call') })],
  'follow_up.breach': [one({ when: 'a day after completion', due: plus(COMPLETED_AT, DAY), begin: completed, act: answer, falls: todo('follow_up_overdue') })],
  'return.choice': [one({ when: 'two hours without a choice', due: plus(COMPLETED_AT, 3 * HOUR), begin: dissatisfied, act: () => ({ type: 'choose_return', visitNo: 2, choice: 'another', by: home }), falls: todo('return_choice') })],
  'warranty.end': [one({ when: 'two years after acceptance', due: new Date(`2028${COMPLETED_AT.toISOString().slice(4)}`), begin: inWarranty, act: () => ({ type: 'rate', visitNo: 1, stars: 1, tags: [], comment: '' }), falls: ({ order }) => (order.status === 'archived' ? [order.updatedAt] : []) })],
}

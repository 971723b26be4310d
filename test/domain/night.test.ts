/** Night and staffed hours (R55). */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { homeownerState } from '../../cloudfunctions/domain/views/state'
import { dial, due, scheduled, tellDelay, violations } from '../support/agreed-life'
import { Life, MONDAY_9, plus } from '../support/life'

describe('R55 night', () => {
  const TEN_PM = plus(MONDAY_9, 13 * HOUR)
  const SEVEN = plus(MONDAY_9, 22 * HOUR)
  const filedAt = (when: Date, change = {}) => new Life(undefined, { wanted: { from: plus(MONDAY_9, 26 * HOUR), to: plus(MONDAY_9, 28 * HOUR) }, ...change }, when)

  test.each([
    ['21:59:59', plus(TEN_PM, -SECOND), true],
    ['22:00', TEN_PM, false],
    ['03:00', plus(TEN_PM, 5 * HOUR), false],
    ['06:59:59', plus(SEVEN, -SECOND), false],
    ['07:00', SEVEN, true],
  ])('R55 filed at %s', (_clock, when, goes) => {
    const life = filedAt(when)
    expect(life.order.offeredTo.length).toBe(goes ? 2 : 0)
    expect(life.told('held_by_night')).toHaveLength(goes ? 0 : 1)
    if (goes) return
    expect(homeownerState(life.order, life.reading()).fact).toMatch(/^收到了，[今明]早 7:00 派师傅$/)
    life.tick(plus(SEVEN, -SECOND))
    expect(life.order.offeredTo).toEqual([])
    life.tick(SEVEN)
    expect(life.offered()).toEqual(['t1', 't2'])
  })

  test('R55 R50 emergencies run on: offered, claimed, phoned and breached at night', () => {
    const life = filedAt(plus(TEN_PM, 3 * HOUR), { emergency: true })
    expect(life.offered()).toEqual(['t1', 't2'])
    life.claim('t1')
    life.tick(plus(life.now, 5 * MINUTE + SECOND))
    expect(life.out('violation')).toHaveLength(1)
  })

  test('R55 a wave that would end at night stays open till the morning; claimed at night, the call is due from 7:00', () => {
    const life = filedAt(plus(TEN_PM, -MINUTE))
    expect(life.order.offers[0]?.endsAt).toEqual(SEVEN)
    life.claim('t1', plus(TEN_PM, HOUR))
    expect(due(life)).toMatchObject({ 'call.reminder': plus(SEVEN, 4 * MINUTE), 'call.breach': plus(SEVEN, 5 * MINUTE), 'call.take_back': plus(SEVEN, 15 * MINUTE) })
    life.tick(plus(SEVEN, 5 * MINUTE))
    expect(violations(life)).toEqual([])
    life.tick(plus(SEVEN, 5 * MINUTE + SECOND))
    expect(violations(life)).toEqual(['late_call 23:05:00'])
  })

  test('R55 given back at night: dispatched again at 7:00 without them', () => {
    const life = filedAt(plus(TEN_PM, -MINUTE))
    life.claim('t1', plus(TEN_PM, HOUR))
    life.do({ type: 'give_back', technicianId: 't1', reason: '病了' }, plus(TEN_PM, 2 * HOUR))
    expect(life.offered()).toEqual([])
    expect(life.tick(SEVEN).offered()).toEqual(['t2', 't3'])
  })

  test('R55 no retry by night: unanswered at 21:55, phoned again at 7:00', () => {
    const life = filedAt(plus(TEN_PM, -10 * MINUTE))
    life.claim('t1')
    life.do(dial, plus(TEN_PM, -5 * MINUTE))
    life.record('no_answer', plus(TEN_PM, -5 * MINUTE))
    expect(due(life)).toMatchObject({ 'call.retry': SEVEN, 'call.retry_missed': plus(SEVEN, 5 * MINUTE) })
  })

  test('R55 a reminder that the night would hold until after its visit is not made', () => {
    const half = plus(MONDAY_9, 22.5 * HOUR)
    expect(due(scheduled(half))['appointment.soon']).toBeUndefined()
    expect(due(scheduled(half))['appointment.day_before']).toBeDefined()
    expect(due(scheduled(plus(half, HOUR)))['appointment.soon']).toEqual(plus(half, 30 * MINUTE))
  })

  test.each([
    ['20:59:59', plus(MONDAY_9, 12 * HOUR - SECOND), plus(MONDAY_9, 12 * HOUR - SECOND)],
    ['21:00', plus(MONDAY_9, 12 * HOUR), plus(MONDAY_9, 23 * HOUR)],
    ['21:45', plus(MONDAY_9, 12.75 * HOUR), plus(MONDAY_9, 23 * HOUR)],
    ['07:30', plus(MONDAY_9, 22.5 * HOUR), plus(MONDAY_9, 23 * HOUR)],
  ])('R55 what waits for the office and falls at %s', (_clock, falls, expected) => {
    const life = scheduled(plus(MONDAY_9, 3 * 24 * HOUR), { wanted: { from: plus(MONDAY_9, 72 * HOUR), to: plus(MONDAY_9, 74 * HOUR) } })
    life.do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: falls, by: { role: 'staff', id: 'lu-min', name: '陆敏' } })
    expect(due(life)['parts.expected']).toEqual(expected)
    const emergency = scheduled(plus(MONDAY_9, 72 * HOUR), { emergency: true, wanted: { from: plus(MONDAY_9, 72 * HOUR), to: plus(MONDAY_9, 74 * HOUR) } })
    emergency.do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: falls, by: { role: 'staff', id: 'lu-min', name: '陆敏' } })
    expect(due(emergency)['parts.expected']).toEqual(falls)
  })

  test('R10 R55 the retry falls due at 21:58 and is made at 22:01: nobody says that it was not, and its outcome has time till the morning', () => {
    const life = filedAt(plus(TEN_PM, -15 * MINUTE))
    life.claim('t1')
    life.do(dial, plus(TEN_PM, -12 * MINUTE))
    life.record('no_answer', plus(TEN_PM, -11 * MINUTE))
    expect(due(life)).toMatchObject({ 'call.retry': plus(TEN_PM, -2 * MINUTE) })
    life.do(dial, plus(TEN_PM, MINUTE))
    expect(due(life)['call.retry_missed']).toBeUndefined()
    expect(due(life)).toMatchObject({ 'call.take_back': plus(SEVEN, 15 * MINUTE) })
    expect(life.tick(plus(SEVEN, 15 * MINUTE)).todos()).not.toContain('no_answer')
  })

  test('R55 reminders and questionnaires wait for 8:00; what is about a visit in the morning does not come too late', () => {
    const eight = plus(MONDAY_9, 23 * HOUR)
    const life = scheduled(plus(MONDAY_9, 24.5 * HOUR))
    expect(due(life)).toMatchObject({ 'appointment.soon': eight, 'arrival.reminder': eight })
    const early = scheduled(plus(eight, 0))
    expect(due(early)['arrival.reminder']).toEqual(plus(eight, -90 * MINUTE))
    const done = scheduled(plus(MONDAY_9, 11.5 * HOUR))
    done.now = plus(MONDAY_9, 11 * HOUR)
    done.visitDone()
    expect(due(done)['follow_up.questionnaire']).toEqual(eight)
  })

  test.each([
    ['to 23:00 the same evening: at 21:15, since the office opens when all is over', plus(MONDAY_9, 14 * HOUR), plus(MONDAY_9, 12.25 * HOUR)],
    ['to 8:00, when the office opens: at 21:15 too', plus(MONDAY_9, 23 * HOUR), plus(MONDAY_9, 12.25 * HOUR)],
    ['to the next afternoon: at 8:00', plus(MONDAY_9, 30 * HOUR), plus(MONDAY_9, 23 * HOUR)],
  ])('R12 R55 told at 20:45 that the visit moves %s the office asks', (_case, to, asked) => {
    const life = scheduled(plus(MONDAY_9, 13 * HOUR))
    expect(tellDelay(life, plus(MONDAY_9, 11.75 * HOUR), to)).toBeNull()
    expect(due(life)['delay.unanswered']).toEqual(asked)
    expect(life.tick(plus(asked, SECOND)).todos()).toContain('delay_unanswered')
  })
})

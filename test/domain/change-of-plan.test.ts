/** What does not go as agreed: late, moved, somebody else, a wider search (R07, R12, R13). */
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { homeownerButtons } from '../../cloudfunctions/domain/views/homeowner-buttons'
import { homeownerState, technicianState } from '../../cloudfunctions/domain/views/state'
import { atTheDoor, dial, due, home, move, onTheWay, open, scheduled, staff, T, tellDelay, violations } from '../support/agreed-life'
import { at, Life, MONDAY_9, O, plus } from '../support/life'

describe('R12 a delay is told an hour ahead', () => {
  test.each([
    ['12:59:59', -HOUR - SECOND, []],
    ['13:00 exactly', -HOUR, []],
    ['13:00:01', -HOUR + SECOND, ['late_notice 05:00:01']],
    ['13:01', -59 * MINUTE, ['late_notice 05:01:00']],
    ['14:00', 0, ['late_notice 06:00:00']],
  ])('R12 told at %s for 14:00', (_when, ms, expected) => {
    const life = scheduled()
    expect(tellDelay(life, plus(T, ms), plus(T, HOUR))).toBeNull()
    expect(violations(life)).toEqual(expected)
    expect(life.visit).toMatchObject({ appointmentAt: plus(T, HOUR), delay: { from: T, to: plus(T, HOUR), inTime: expected.length === 0, answeredAt: null } })
  })

  test('R12 the old deadlines stop and the new time’s stand at once; the figure goes by the new T', () => {
    const life = onTheWay()
    life.tick(plus(T, -10 * MINUTE + SECOND))
    expect(open(life)).toEqual(['late_arrival'])
    tellDelay(life, plus(T, -5 * MINUTE), plus(T, HOUR))
    expect(open(life)).toEqual([])
    expect(due(life)).toMatchObject({ 'arrival.alert': plus(T, 50 * MINUTE), 'arrival.breach': plus(T, HOUR), 'delay.unanswered': plus(T, 25 * MINUTE) })
    expect(due(life)['arrival.check']).toBeUndefined()
    life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, 49 * MINUTE))
    expect(life.visit.arrival?.punctuality).toBe('early')
    expect(violations(life)).toEqual(['late_notice 05:55:00'])
    expect(due(life)['delay.unanswered']).toBeUndefined()
  })

  test('R12 told after T: passed on; the late arrival is on record already, and only that', () => {
    const life = onTheWay()
    expect(tellDelay(life, plus(T, 3 * MINUTE), plus(T, 30 * MINUTE))).toBeNull()
    expect(violations(life)).toEqual(['late_arrival 06:00:00'])
    expect(open(life)).toEqual([])
  })

  test('R12 a time agreed 20 minutes ahead: told before T−10 is in time, later is not', () => {
    for (const [ms, inTime] of [[-11 * MINUTE, true], [-10 * MINUTE, true], [-10 * MINUTE + SECOND, false]] as const) {
      const life = new Life()
      life.claim('t1', plus(T, -21 * MINUTE))
      life.now = plus(T, -20 * MINUTE)
      life.agree(T).pay()
      tellDelay(life, plus(T, ms), plus(T, HOUR))
      expect(violations(life).length).toBe(inTime ? 0 : 1)
    }
  })

  test('R12 the homeowner agrees: nobody is asked to phone; agreed twice is once', () => {
    const life = scheduled()
    tellDelay(life, plus(T, -2 * HOUR), plus(T, HOUR))
    expect(homeownerState(life.order, life.reading())).toMatchObject({ turn: 'yours', word: '待答复' })
    expect(homeownerButtons(life.order, life.now)).toMatchObject({ main: { act: 'agree_delay' }, more: expect.arrayContaining([expect.objectContaining({ act: 'ask_another' }), expect.objectContaining({ act: 'move_appointment' })]) as unknown })
    life.do({ type: 'agree_delay', at: plus(T, HOUR), by: home })
    const version = life.order.version
    life.do({ type: 'agree_delay', at: plus(T, HOUR), by: home })
    expect(life.order.version).toBe(version)
    life.tick(plus(T, -HOUR))
    expect(open(life)).toEqual([])
    expect(life.order.attention).not.toContain('to_confirm')
  })

  test.each([
    ['29:59', 30 * MINUTE - SECOND, 0],
    ['30:00', 30 * MINUTE, 0],
    ['30:01', 30 * MINUTE + SECOND, 1],
    ['90:00, the clock stood still', 90 * MINUTE, 1],
  ])('R12 no reply at %s', (_when, ms, count) => {
    const life = scheduled()
    const told = plus(T, -3 * HOUR)
    tellDelay(life, told, plus(T, HOUR))
    life.tick(plus(told, ms)).tick(plus(told, ms))
    expect(open(life)).toEqual(count ? ['delay_unanswered'] : [])
    expect(life.out('todo').filter((entry) => entry.todo.kind === 'delay_unanswered')).toHaveLength(count)
  })

  test('R12 told again after half an hour without an answer: what staff were asked about stands no more, the homeowner has half an hour for the new time', () => {
    const life = scheduled()
    const [told, again] = [plus(T, -4 * HOUR), plus(T, -3 * HOUR)]
    tellDelay(life, told, plus(T, HOUR))
    tellDelay(life, again, plus(T, 2 * HOUR))
    expect(open(life)).toEqual([])
    expect(open(life.tick(plus(again, 30 * MINUTE + SECOND)))).toEqual(['delay_unanswered'])
    expect(life.out('todo').filter((entry) => entry.todo.kind === 'delay_unanswered').map((entry) => entry.todo.at)).toEqual([plus(told, 30 * MINUTE), plus(again, 30 * MINUTE)])
  })

  test('R12 a delay of ours, told by staff, is nobody’s violation, and the technician hears of it', () => {
    const life = scheduled()
    tellDelay(life, plus(T, -5 * MINUTE), plus(T, HOUR), staff)
    expect(violations(life)).toEqual([])
    expect(life.out('message').some((entry) => entry.to.openid === 'wx-t1' && entry.blanks['what']?.includes('上门改到'))).toBe(true)
  })

  test('R12 bad input: earlier than agreed, in the past, too far ahead, and a clock that stands still', () => {
    const life = scheduled()
    expect(tellDelay(life, plus(T, -3 * HOUR), plus(T, -HOUR))).toMatchObject({ code: 'INVALID_INPUT', fields: { at: expect.stringContaining('晚') as unknown } })
    expect(tellDelay(life, plus(T, HOUR), plus(T, 30 * MINUTE))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(tellDelay(life, plus(T, HOUR), plus(T, 90 * DAY))).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('60 天') as unknown })
    const unpaid = new Life()
    unpaid.claim('t1')
    unpaid.agree(T).tick(plus(T, -80 * MINUTE))
    expect(tellDelay(unpaid, plus(T, -70 * MINUTE), plus(T, HOUR))).toMatchObject({ code: 'WRONG_STATE' })
  })
})

describe('R12 R13 the homeowner moves the visit', () => {
  test('R13 moved to 16:00 at 13:58: the alert is withdrawn, no violation, the figure is by the new T', () => {
    const life = onTheWay().tick(plus(T, -9 * MINUTE))
    expect(open(life)).toEqual(['late_arrival'])
    expect(move(life, plus(T, -2 * MINUTE), plus(T, 2 * HOUR))).toBeNull()
    expect(open(life)).toEqual([])
    expect(life.order.status).toBe('scheduled')
    life.tick(plus(T, HOUR))
    expect(violations(life)).toEqual([])
    life.do({ type: 'set_out', technicianId: 't1' }, plus(T, 90 * MINUTE)).do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, 110 * MINUTE))
    expect(life.visit.arrival?.punctuality).toBe('early')
  })

  test('R12 what was due by the old time is forgotten, whatever the timer did not see', () => {
    const life = scheduled()
    move(life, plus(T, -3 * HOUR), plus(T, DAY))
    expect(due(life)).toMatchObject({ 'arrival.breach': plus(T, DAY), 'arrival.alert': plus(T, DAY - 10 * MINUTE), 'appointment.day_before': plus(T, 6 * HOUR) })
    life.tick(plus(T, 2 * HOUR))
    expect([violations(life), open(life)]).toEqual([[], []])
  })

  test('R12 into the past, too near for an earlier time, or after somebody opened the door: refused', () => {
    const life = scheduled()
    expect(move(life, plus(T, -3 * HOUR), plus(T, -4 * HOUR))).toMatchObject({ code: 'INVALID_INPUT', fields: { at: expect.stringContaining('现在之后') as unknown } })
    expect(move(life, plus(T, -3 * HOUR), plus(T, -150 * MINUTE))).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('1 小时') as unknown })
    expect(move(life, plus(T, -3 * HOUR), plus(T, -2 * HOUR))).toBeNull()
    const working = atTheDoor(plus(T, -12 * MINUTE))
    working.do({ type: 'enter_door_code', technicianId: 't1', code: working.doorCode })
    expect(move(working, T, plus(T, DAY))).toMatchObject({ code: 'WRONG_STATE' })
  })

  test('R12 another time answers a delay; the same time agrees to it', () => {
    const life = scheduled()
    tellDelay(life, plus(T, -2 * HOUR), plus(T, HOUR))
    move(life, plus(T, -110 * MINUTE), plus(T, 3 * HOUR))
    expect(life.visit.delay?.answeredAt).not.toBeNull()
    const other = scheduled()
    tellDelay(other, plus(T, -2 * HOUR), plus(T, HOUR))
    move(other, plus(T, -110 * MINUTE), plus(T, HOUR))
    expect(other.told('delay_agreed')).toHaveLength(1)
  })

  test('R12 somebody else: while a delay waits or the technician is late, and not otherwise', () => {
    const another = { type: 'ask_another', wanted: { from: plus(T, 2 * HOUR), to: plus(T, 4 * HOUR) }, reason: '等不了', by: home } as const
    const life = scheduled()
    expect(life.try(another, plus(T, -HOUR))).toMatchObject({ code: 'WRONG_STATE' })
    expect(life.try(another, T)).toMatchObject({ code: 'WRONG_STATE' })
    expect(life.try(another, plus(T, SECOND))).toBeNull()
    expect(life.order).toMatchObject({ status: 'dispatching', wanted: another.wanted, assigned: [] })
    expect(life.order.dispatch.excluded).toContain('t1')
    expect(life.offered()).toEqual(['t2', 't3'])
    expect(life.out('deed').filter((entry) => entry.deed.kind === 'given_back')).toEqual([])
    expect(scheduled().try({ ...another, wanted: { from: plus(T, 3 * HOUR), to: plus(T, 2 * HOUR) } }, plus(T, SECOND))).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('R07 staff widen the search', () => {
  test('R07 farther than their own radius, waves from 1; who declined is not asked again', () => {
    const life = new Life([])
    life.tick(at(MONDAY_9, '1:00'))
    expect(life.order.status).toBe('seeking_staff')
    life.do({ type: 'widen_search', radiusFactor: 2, reason: '附近没人', by: staff })
    expect(life.order.dispatch.radiusFactor).toBe(2)
    expect(open(life)).toEqual(['nobody_claims'])
  })
})

describe('R12 what was said binds only as long as it stands', () => {
  test('R12 agreeing names the time that was seen: another one was told meanwhile', () => {
    const life = scheduled()
    tellDelay(life, plus(T, -3 * HOUR), plus(T, HOUR))
    tellDelay(life, plus(T, -2 * HOUR), plus(T, 3 * HOUR))
    expect(life.try({ type: 'agree_delay', at: plus(T, HOUR), by: home })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('17:00') as unknown })
    expect(life.visit.delay?.answeredAt).toBeNull()
    expect(life.try({ type: 'agree_delay', at: plus(T, 3 * HOUR), by: home })).toBeNull()
  })

  test('R12 staff agreed on an earlier time with the technician: the homeowner is bound by the later one no more', () => {
    const life = scheduled()
    tellDelay(life, plus(T, -4 * HOUR), plus(T, 3 * HOUR))
    expect(move(life, plus(T, -4 * HOUR), plus(T, HOUR))).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('17:00') as unknown })
    expect(move(life, plus(T, -4 * HOUR), plus(T, HOUR), staff)).toBeNull()
    expect(life.visit.delay).toBeNull()
    expect(move(life, plus(T, -4 * HOUR), plus(T, 2 * HOUR))).toBeNull()
  })

  test('R12 R13 whoever waits for the money is not late: no other technician for that', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).tick(plus(T, -80 * MINUTE))
    expect(life.visit.clockStoppedAt).not.toBeNull()
    const another = { type: 'ask_another', wanted: { from: plus(T, 2 * HOUR), to: plus(T, 4 * HOUR) }, reason: '等不了', by: home } as const
    expect(life.try(another, plus(T, MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
  })
})

describe('R12 R13 what both sides see once it is late', () => {
  test('R12 whoever said that they come later cannot be had earlier; staff may have agreed otherwise', () => {
    const life = scheduled()
    tellDelay(life, plus(T, -2 * HOUR), plus(T, HOUR))
    expect(move(life, plus(T, -2 * HOUR), plus(T, 30 * MINUTE))).toMatchObject({ code: 'INVALID_INPUT', fields: { at: expect.stringContaining('15:00') as unknown } })
    expect(move(life, plus(T, -2 * HOUR), plus(T, 30 * MINUTE), staff)).toBeNull()
  })

  test('R12 arriving answers the delay: nothing waits for the homeowner’s word any more', () => {
    const life = onTheWay()
    tellDelay(life, plus(T, -5 * MINUTE), plus(T, HOUR))
    life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, 40 * MINUTE))
    expect(life.visit.delay?.answeredAt).toEqual(plus(T, 40 * MINUTE))
  })

  test.each([
    ['T', 0, '在路上', '在路上'],
    ['T+1 s', SECOND, '超时', '超时'],
  ])('R13 on the way at %s: both pages say whether it is late', (_when, ms, his, hers) => {
    const life = onTheWay()
    expect(technicianState(life.order, life.reading(plus(T, ms))).word).toBe(his)
    expect(homeownerState(life.order, life.reading(plus(T, ms))).word).toBe(hers)
  })

  test('R13 past the time the telephone comes first', () => {
    const life = onTheWay()
    expect(homeownerButtons(life.order, plus(T, SECOND)).main?.act).toBe('call_hotline')
    expect(homeownerButtons(life.order, T).main).toBeNull()
  })

  test('R10 nobody has phoned by 5:00: the homeowner’s page promises it no more', () => {
    const life = new Life()
    life.claim('t1')
    const claimed = life.now
    expect(homeownerState(life.order, life.reading(plus(claimed, 5 * MINUTE))).sentence).toBe('5 分钟内给您打电话')
    life.tick(plus(claimed, 5 * MINUTE + SECOND))
    expect(homeownerState(life.order, life.reading())).toMatchObject({ turn: 'urgent', word: '超时' })
  })

  test('R15 while the homeowner has yet to choose a time, staff do not search', () => {
    const life = atTheDoor(T)
    life.do(dial, T)
    life.do({ type: 'record_door_call', technicianId: 't1', answered: false }, T)
    life.do({ type: 'leave_note', technicianId: 't1' }, plus(T, 31 * MINUTE))
    expect(life.try({ type: 'widen_search', radiusFactor: 2, reason: '附近没人', by: staff }, plus(T, 32 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
  })
})

test('R12 R15 a wished window ends within what can be booked: no later than any day that is offered', () => {
  const life = onTheWay()
  const late = plus(T, MINUTE)
  const ask = (to: Date) => life.try({ type: 'ask_another', wanted: { from: plus(T, DAY), to }, reason: '师傅没按时到', by: home }, late)
  expect(ask(new Date('9999-12-31T00:00:00Z'))).toMatchObject({ code: 'INVALID_INPUT', fields: { wanted: expect.stringContaining('最多约到') as unknown } })
  expect(ask(plus(T, DAY + 2 * HOUR))).toBeNull()
})

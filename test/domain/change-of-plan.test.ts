/** What does not go as agreed: late, moved, nobody at home, parts missing, night (R12, R13, R15, R45, R47, R55). T is 14:00 of a Monday. */
import { visitOf } from '../../cloudfunctions/domain/order'
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { standardOf } from '../../cloudfunctions/domain/standards'
import { homeownerButtons } from '../../cloudfunctions/domain/views/homeowner'
import { homeownerState, technicianState } from '../../cloudfunctions/domain/views/state'
import { at, Life, MONDAY_9, O, plus } from '../support/life'

const T = plus(MONDAY_9, 5 * HOUR)
const home = { role: 'homeowner', id: 'wx-home' } as const
const staff = { role: 'staff', id: 'lu-min', name: '陆敏' } as const
const technician = { role: 'technician', id: 't1', name: 't师傅' } as const
const dial = { type: 'dial', technicianId: 't1' } as const

const scheduled = (t = T, filing = {}): Life => {
  const life = new Life(undefined, filing)
  life.claim('t1')
  return life.agree(t).pay()
}
const onTheWay = (): Life => {
  const life = scheduled()
  life.now = plus(T, -50 * MINUTE)
  return life.steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
}
const atTheDoor = (when: Date): Life => onTheWay().do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, when)

const tellDelay = (life: Life, when: Date, to: Date, by: typeof technician | typeof staff = technician) => life.try({ type: 'tell_delay', at: to, slot: life.slot(to), reason: '上一家没修完', by }, when)
const move = (life: Life, when: Date, to: Date, by: typeof home | typeof staff = home) => life.try({ type: 'move_appointment', at: to, slot: life.slot(to), reason: '', by }, when)
const violations = (life: Life) => life.out('violation').map((entry) => `${entry.violation.kind} ${entry.violation.at.toISOString().slice(11, 19)}`)
const due = (life: Life) => Object.fromEntries(life.order.deadlines.map((deadline) => [deadline.id, deadline.dueAt]))
const open = (life: Life) => life.order.todos.map((todo) => todo.kind)

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
    expect(homeownerState(life.order, life.now)).toMatchObject({ turn: 'yours', word: '待答复' })
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
    expect(move(life, plus(T, -3 * HOUR), plus(T, -150 * MINUTE))).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('60 分钟') as unknown })
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

describe('R15 nobody at home', () => {
  const call = (life: Life, when: Date, answered = false) => life.do(dial, when).do({ type: 'record_door_call', technicianId: 't1', answered }, plus(when, 20 * SECOND))
  const leave = (life: Life, when: Date) => life.try({ type: 'leave_note', technicianId: 't1' }, when)

  test.each([
    ['checked in 13:50, unanswered from 13:55: note at 14:30', -5 * MINUTE, 30 * MINUTE],
    ['checked in 13:50, first unanswered call 14:10: note at 14:40', 10 * MINUTE, 40 * MINUTE],
  ])('R15 %s', (_story, called, noteAt) => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, called))
    expect(life.visit.noShow).toMatchObject({ since: plus(T, called), noteFrom: plus(T, noteAt) })
    // More calls change nothing: the first counts.
    call(life, plus(T, called + 5 * MINUTE))
    expect(leave(life, plus(T, noteAt - SECOND))).toMatchObject({ code: 'TOO_EARLY' })
    expect(technicianState(life.order, life.now)).toMatchObject({ word: '没人开门' })
    life.tick(plus(T, noteAt))
    expect(life.out('message').filter((entry) => entry.blanks['what']?.includes('可以留言离开'))).toHaveLength(1)
    expect(leave(life, plus(T, noteAt))).toBeNull()
    expect(life.order).toMatchObject({ status: 'dispatching', assigned: [], offeredTo: [], visits: [{ state: 'absent', technicianId: 't1' }, { no: 2, kind: 'repair', state: 'rebooking' }] })
    expect(violations(life)).toEqual([])
    const note = life.order.visits[0]?.absent?.note ?? ''
    expect(note).toMatch(/t师傅.*工号 t1/s)
    expect(note).toContain('不收费')
    expect(note).not.toMatch(/林|1380|梧桐/)
    expect(life.out('free_technician').at(-1)).toMatchObject({ technicianId: 't1', finished: false })
  })

  test('R15 reached on the phone, or “马上开门” in the app: the waiting begins anew', () => {
    const answered = call(call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE)), plus(T, 10 * MINUTE), true)
    expect(answered.visit.noShow).toBeNull()
    expect(leave(answered, plus(T, 45 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
    expect(call(answered, plus(T, 50 * MINUTE)).visit.noShow?.noteFrom).toEqual(plus(T, 80 * MINUTE))
    const said = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE)).do({ type: 'say_at_home', by: home }, plus(T, 5 * MINUTE))
    expect(said.visit.noShow).toBeNull()
    expect(due(said)['absence.note']).toBeUndefined()
  })

  test('R15 a call from before the door, or one told of twice, is no call from the door', () => {
    const life = onTheWay().do(dial, plus(T, -20 * MINUTE)).do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, -10 * MINUTE))
    expect(life.try({ type: 'record_door_call', technicianId: 't1', answered: false }, T)).toMatchObject({ code: 'WRONG_STATE' })
    call(life, plus(T, MINUTE))
    expect(life.try({ type: 'record_door_call', technicianId: 't1', answered: false }, plus(T, 2 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
  })

  test('R15 the door opens after all: nothing of the waiting is left', () => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE))
    life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })
    expect(life.visit.noShow).toBeNull()
    expect(due(life)['absence.note']).toBeUndefined()
    expect(life.order.status).toBe('working')
  })

  const absent = (): Life => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE))
    leave(life, plus(T, 31 * MINUTE))
    return life
  }
  const wanted = { from: plus(T, 3 * HOUR), to: plus(T, 5 * HOUR) }

  test('R15 booked again in one tap: the same technician is asked alone first, what was paid stays paid', () => {
    const life = absent().do({ type: 'rebook', wanted, same: true, by: home }, plus(T, HOUR))
    expect(life.offered()).toEqual(['t1'])
    expect(life.order).toMatchObject({ wanted, offers: expect.arrayContaining([expect.objectContaining({ visitNo: 2, technicianId: 't1', alone: true })]) as unknown, stages: [{ state: 'paid' }] })
    expect(life.claim('t1')).toBeNull()
    life.agree(plus(T, 4 * HOUR)).visitDone()
    expect(life.order.status).toBe('awaiting_acceptance')
  })

  test('R15 whoever is nearest; not claimed alone in 30 minutes, R05’s waves follow without them', () => {
    expect(absent().do({ type: 'rebook', wanted, same: false, by: home }, plus(T, HOUR)).offered()).toEqual(['t1', 't2'])
    const alone = absent().do({ type: 'rebook', wanted, same: true, by: home }, plus(T, HOUR)).tick(plus(T, 90 * MINUTE))
    expect(alone.offered()).toEqual(['t2', 't3'])
  })

  test('R15 not booked again in 48 hours: customer service phones, once; cancelled: all of it goes back', () => {
    const life = absent()
    const since = life.now
    life.tick(plus(since, 48 * HOUR))
    expect(open(life)).toEqual([])
    life.tick(plus(since, 48 * HOUR + SECOND)).tick(plus(since, 60 * HOUR))
    expect(open(life)).toEqual(['rebook_call'])
    life.do({ type: 'cancel', reason: '不修了', by: home })
    expect(life.order).toMatchObject({ status: 'cancelled', todos: [], deadlines: [], cancellation: { settledFen: 0, refundedFen: 31_400 } })
  })
})

describe('R45 waiting for parts pauses the right clocks', () => {
  const expectedAt = plus(T, DAY)
  const wait = (life: Life, when = life.now) => life.do({ type: 'wait_for_parts', reason: '阀芯没货', expectedAt, by: technician }, when)

  test('R45 call and arrival stand still, the quote’s and the homeowner’s go on', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T)
    wait(life, plus(T, -4 * HOUR))
    expect(Object.keys(due(life)).sort()).toEqual(['parts.expected', 'quote.expiry', 'quote.reminder'])
    expect(life.order).toMatchObject({ status: 'waiting_parts', assigned: ['t1'] })
    life.tick(plus(T, 2 * HOUR))
    expect([violations(life), open(life)]).toEqual([[], []])
    expect(homeownerState(life.order, life.now)).toMatchObject({ turn: 'paused', fact: expect.stringContaining('明天') as unknown })
  })

  test('R45 they came: the technician phones within the same fifteen minutes, and nobody blames them for the five', () => {
    const life = wait(scheduled()).do({ type: 'parts_arrived', by: staff }, plus(T, 20 * HOUR))
    expect(life.order.status).toBe('claimed')
    expect(Object.keys(due(life)).sort()).toEqual(['call.reminder', 'call.take_back'])
    life.agree(plus(T, 26 * HOUR))
    expect(life.order.status).toBe('scheduled')
  })

  test('R45 overdue parts reach the dispatcher once, in staffed hours', () => {
    const night = plus(MONDAY_9, 14 * HOUR)
    const life = scheduled().do({ type: 'wait_for_parts', reason: '阀芯没货', expectedAt: night, by: staff })
    expect(due(life)['parts.expected']).toEqual(plus(MONDAY_9, 23 * HOUR))
    life.tick(plus(MONDAY_9, 23 * HOUR)).tick(plus(MONDAY_9, 23 * HOUR + SECOND)).tick(plus(MONDAY_9, 25 * HOUR))
    expect(open(life)).toEqual(['parts_overdue'])
  })

  test('R45 a date in the past is refused', () => {
    expect(scheduled().try({ type: 'wait_for_parts', reason: '阀芯没货', expectedAt: MONDAY_9, by: technician }, plus(MONDAY_9, HOUR))).toMatchObject({ code: 'INVALID_INPUT', fields: { expectedAt: expect.any(String) as unknown } })
  })
})

describe('R47 more than one technician', () => {
  const add = (life: Life, id: string) => life.try({ type: 'add_helper', technician: life.person(id), slot: life.slot(visitOf(life.order).appointmentAt ?? T), by: technician })
  const withHelper = (): Life => {
    const life = scheduled()
    add(life, 't3')
    return life
  }

  test('R47 one is in charge, the helper takes part in the checklist and in nothing else', () => {
    const life = withHelper()
    expect(life.order).toMatchObject({ assigned: ['t1', 't3'], workedBy: ['t1', 't3'] })
    expect(life.try({ type: 'give_back', technicianId: 't3', reason: '累' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(life.try({ type: 'set_out', technicianId: 't3' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(life.try({ type: 'set_out', technicianId: 't4' })).toMatchObject({ code: 'NOT_FOUND' })
    life.steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' }).do({ type: 'arrive', technicianId: 't1', place: O, reason: '' })
    life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode }).steps('at_door')
    const step = standardOf(life.visit.standard).steps.find((each) => each.phase === 'work')
    life.do({ type: 'complete_step', technicianId: 't3', visitNo: 1, stepId: step?.id ?? '', ticks: step?.ticks.map((tick) => tick.id) ?? [], photos: Array.from({ length: step?.photos?.min ?? 0 }, (_, index) => `helper-${index}`), note: '' })
    expect(life.visit.steps.some((record) => record.id === step?.id && record.doneAt)).toBe(true)
  })

  test('R47 no time agreed, the one in charge again, twice the same: refused, refused, once', () => {
    const early = new Life()
    early.claim('t1')
    expect(add(early, 't3')).toMatchObject({ code: 'WRONG_STATE' })
    const life = scheduled()
    expect(add(life, 't1')).toMatchObject({ code: 'WRONG_STATE' })
    add(life, 't3')
    const version = life.order.version
    expect(add(life, 't3')).toBeNull()
    expect(life.order.version).toBe(version)
  })

  test('R47 the visit moves: helpers whose day has room come along, others are let go and staff look for somebody else', () => {
    const life = withHelper()
    add(life, 't4')
    const to = plus(T, 2 * HOUR)
    life.do({ type: 'move_appointment', at: to, slot: life.slot(to), helpersOut: ['t3'], reason: '', by: home }, plus(T, -3 * HOUR))
    expect(life.visit.helpers).toEqual(['t4'])
    expect(open(life)).toEqual(['helper_out'])
    expect(life.out('confirm_hold').filter((entry) => entry.slot.from.getTime() === to.getTime()).map((entry) => entry.technicianId)).toEqual(['t1', 't4'])
  })

  test('R47 R39 given back, taken back or cancelled: the helper’s time is free and the job is gone from their list', () => {
    const life = withHelper().do({ type: 'give_back', technicianId: 't1', reason: '车坏了' })
    expect(life.visit.helpers).toEqual([])
    expect(life.out('free_technician').map((entry) => entry.technicianId)).toEqual(expect.arrayContaining(['t1', 't3']))
    expect(life.order.assigned).toEqual([])
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
    expect(homeownerState(life.order, life.now).fact).toContain('夜里')
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
    expect(technicianState(life.order, plus(T, ms)).word).toBe(his)
    expect(homeownerState(life.order, plus(T, ms)).word).toBe(hers)
  })

  test('R13 past the time the telephone comes first', () => {
    const life = onTheWay()
    expect(homeownerButtons(life.order, plus(T, SECOND)).main?.act).toBe('call_technician')
    expect(homeownerButtons(life.order, T).main).toBeNull()
  })

  test('R10 nobody has phoned by 5:00: the homeowner’s page promises it no more', () => {
    const life = new Life()
    life.claim('t1')
    const claimed = life.now
    expect(homeownerState(life.order, plus(claimed, 5 * MINUTE)).sentence).toBe('5 分钟内给您打电话')
    life.tick(plus(claimed, 5 * MINUTE + SECOND))
    expect(homeownerState(life.order, life.now)).toMatchObject({ turn: 'urgent', word: '超时' })
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

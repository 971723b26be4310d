/** The call to the homeowner, and what comes of it (R10), in the rules. */
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { claimed, dial, messaged, T, violations } from '../support/claimed-life'
import { at, fourTechnicians, Life, MONDAY_9, plus } from '../support/life'

describe('R10 the call within five minutes, as the table of examples has it', () => {
  test('R10 dialled 3:10, agreed 6:30: nothing is raised', () => {
    const life = claimed().do(dial, at(MONDAY_9, '3:10'))
    expect(life.record('agreed', at(MONDAY_9, '6:30'), T)).toBeNull()
    life.tick(at(MONDAY_9, '20:00'))
    expect(violations(life)).toEqual([])
    expect(life.order.status).toBe('scheduled')
    expect(messaged(life, '还有 1 分钟')).toBe(false)
  })

  test('R10 dialled 4:59 without an outcome: reminded at 4:00, no violation, taken back at 15:00', () => {
    const life = claimed().tick(at(MONDAY_9, '4:00')).do(dial, at(MONDAY_9, '4:59'))
    expect(messaged(life, '还有 1 分钟')).toBe(true)
    life.tick(at(MONDAY_9, '15:00'))
    expect(life.order.status).toBe('claimed')
    life.tick(at(MONDAY_9, '15:01'))
    expect(violations(life)).toEqual([])
    expect(life.visit.technicianId).toBeNull()
    expect(life.order.status).toBe('dispatching')
    expect(life.offered()).toEqual(['t2', 't3'])
  })

  test('R10 dialled at 5:00 exactly is in time', () => {
    expect(violations(claimed().tick(at(MONDAY_9, '5:00')).do(dial, at(MONDAY_9, '5:00')))).toEqual([])
  })

  test('R10 dialled 5:01, outcome 7:00: violation and alert, not taken back', () => {
    const life = claimed().tick(at(MONDAY_9, '4:00')).do(dial, at(MONDAY_9, '5:01'))
    expect(violations(life)).toEqual(['late_call 2026-11-23T01:05:00.000Z'])
    expect(life.todos()).toContain('late_call')
    expect(life.record('agreed', at(MONDAY_9, '7:00'), T)).toBeNull()
    life.tick(at(MONDAY_9, '16:00'))
    expect(life.visit.technicianId).toBe('t1')
  })

  test('R10 R42 timer asleep 3:30–40:00, dialled 6:00: the dial raises the violation dated 5:00; no late reminder', () => {
    const life = claimed().do(dial, at(MONDAY_9, '6:00'))
    expect(violations(life)).toEqual(['late_call 2026-11-23T01:05:00.000Z'])
    expect(life.told('call_late')[0]?.at).toEqual(at(MONDAY_9, '5:00'))
    life.record('agreed', at(MONDAY_9, '8:00'), T)
    life.tick(at(MONDAY_9, '40:00'))
    expect(life.visit.technicianId).toBe('t1')
    expect(messaged(life, '还有 1 分钟')).toBe(false)
  })

  test('R10 R42 nothing at all, timer asleep until 40:00: breach dated 5:00, taken back dated 15:00, the new wave goes at 40:00', () => {
    const life = claimed().tick(at(MONDAY_9, '40:00'))
    expect(violations(life)).toEqual(['late_call 2026-11-23T01:05:00.000Z'])
    expect(life.told('taken_back')[0]?.at).toEqual(at(MONDAY_9, '15:00'))
    const open = life.order.offers.filter((offer) => offer.state === 'open')
    expect(open.map((offer) => offer.technicianId)).toEqual(['t2', 't3'])
    expect(open[0]?.sentAt).toEqual(at(MONDAY_9, '40:00'))
    expect(open[0]?.wave).toBe(1)
  })

  test('R10 no answer at 2:00, 12:00 and 32:00: staff at 32:00; the technician is free after the first', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    life.record('no_answer', at(MONDAY_9, '2:00'))
    expect(life.out('free_technician')).toMatchObject([{ awaitsCallOnly: true }])
    expect(life.order.deadlines.find((deadline) => deadline.id === 'call.retry')?.dueAt).toEqual(at(MONDAY_9, '12:00'))
    life.do(dial, at(MONDAY_9, '12:00'))
    life.record('no_answer', at(MONDAY_9, '12:00'))
    expect(life.order.deadlines.find((deadline) => deadline.id === 'call.retry')?.dueAt).toEqual(at(MONDAY_9, '32:00'))
    expect(life.todos()).toEqual([])
    life.do(dial, at(MONDAY_9, '32:00'))
    life.record('no_answer', at(MONDAY_9, '32:00'))
    expect(life.todos()).toEqual(['no_answer'])
    expect(violations(life)).toEqual([])
    expect(life.tick(at(MONDAY_9, '90:00')).visit.technicianId).toBe('t1')
  })

  test('R10 a retry not made within five minutes goes to staff', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    life.record('no_answer', at(MONDAY_9, '2:00'))
    expect(life.tick(at(MONDAY_9, '17:00')).todos()).toEqual([])
    expect(life.tick(at(MONDAY_9, '17:01')).todos()).toEqual(['no_answer'])
  })

  test('R10 an outcome needs a dial of its own', () => {
    const life = claimed()
    expect(life.record('agreed', at(MONDAY_9, '1:00'), T)?.code).toBe('WRONG_STATE')
    life.do(dial, at(MONDAY_9, '2:00'))
    life.record('no_answer', at(MONDAY_9, '2:30'))
    expect(life.record('no_answer', at(MONDAY_9, '2:40'))?.code).toBe('WRONG_STATE')
  })

  test('R10 a time in the past or in a year is refused, naming the field', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    expect(life.record('agreed', at(MONDAY_9, '3:00'), at(MONDAY_9, '2:59'))).toMatchObject({ code: 'INVALID_INPUT', fields: { at: '上门时间要在现在之后' } })
    expect(life.record('agreed', at(MONDAY_9, '3:00'), plus(MONDAY_9, 365 * 24 * HOUR))?.code).toBe('INVALID_INPUT')
  })

  test('R10 wrong number: staff; nobody is taken back for it', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    life.record('wrong_number', at(MONDAY_9, '3:00'))
    expect(life.todos()).toEqual(['wrong_number'])
    expect(life.tick(at(MONDAY_9, '60:00')).visit.technicianId).toBe('t1')
  })

  test('R40 another technician cannot dial, and learns nothing', () => {
    expect(claimed().try({ type: 'dial', technicianId: 't2' })?.code).toBe('NOT_FOUND')
  })

  test('R07 R09 after a give-back staff are told again that nobody claims', () => {
    const life = new Life([fourTechnicians()[0]!])
    life.tick(at(MONDAY_9, '3:01'))
    expect(life.order.status).toBe('seeking_staff')
    life.claim('t1', at(MONDAY_9, '4:00'))
    life.do({ type: 'give_back', technicianId: 't1', reason: '有急事' }, at(MONDAY_9, '5:00'))
    life.tick(at(MONDAY_9, '8:01'))
    const told = life.out('todo').map((entry) => entry.todo).filter((todo) => todo.kind === 'nobody_claims')
    expect(new Set(told.map((todo) => todo.id)).size).toBe(2)
    expect(life.order.todos).toHaveLength(1)
  })

  test('R10 a third no answer is told of, though staff closed the missed retry by hand', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    life.record('no_answer')
    life.tick(at(MONDAY_9, '17:01'))
    for (const clock of ['20:00', '40:00']) {
      life.do(dial, at(MONDAY_9, clock))
      life.record('no_answer')
    }
    const ids = life.out('todo').map((entry) => entry.todo).filter((todo) => todo.kind === 'no_answer').map((todo) => todo.id)
    // Two retries that were missed, and the third call that nobody answered.
    expect(new Set(ids).size).toBe(3)
  })

  test('R10 a retry dialled without an outcome is taken back, and never hangs', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    life.record('no_answer', at(MONDAY_9, '2:00'))
    life.do(dial, at(MONDAY_9, '12:00')).tick(at(MONDAY_9, '27:01'))
    expect(life.visit.technicianId).toBeNull()
  })

  test('R10 a retry dialled again and again without an outcome is taken back fifteen minutes after its first dial', () => {
    const life = claimed().do(dial, at(MONDAY_9, '2:00'))
    life.record('no_answer', at(MONDAY_9, '2:00'))
    for (const moment of ['12:00', '20:00', '26:00']) life.do(dial, at(MONDAY_9, moment))
    life.tick(at(MONDAY_9, '27:01'))
    expect(life.told('taken_back').map((entry) => entry.at)).toEqual([at(MONDAY_9, '27:00')])
  })

  test('R10 three dials within one minute are one try', () => {
    const life = claimed()
    for (const moment of ['1:00', '1:20', '1:40']) {
      life.do(dial, at(MONDAY_9, moment))
      life.record('no_answer', at(MONDAY_9, moment))
    }
    expect(life.todos()).toEqual([])
    expect(life.visit.call?.unanswered).toBe(1)
    expect(life.tick(at(MONDAY_9, '16:01')).todos()).toEqual(['no_answer'])
  })

  test('R07 R10 the next technician who is late is told of again', () => {
    const life = claimed().tick(at(MONDAY_9, '5:01')).do({ type: 'give_back', technicianId: 't1', reason: '车坏了' }, at(MONDAY_9, '6:00'))
    life.claim('t2', at(MONDAY_9, '7:00'))
    life.tick(at(MONDAY_9, '12:01'))
    expect(life.todos().filter((kind) => kind === 'late_call')).toHaveLength(2)
  })
})

import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { technicianButtons } from '../../cloudfunctions/domain/views/technician'
import { at, fourTechnicians, knowledge, Life, MONDAY_9, O, plus } from '../support/life'

/** Claimed by t1 at 0:00 = Monday 09:00. */
const claimed = () => {
  const life = new Life()
  life.claim('t1')
  return life
}
const dial = { type: 'dial', technicianId: 't1' } as const
const violations = (life: Life) => life.out('violation').map((entry) => `${entry.violation.kind} ${entry.violation.at.toISOString()}`)
const messaged = (life: Life, what: string) => life.out('message').some((entry) => entry.blanks['what']?.includes(what))
const T = plus(MONDAY_9, 5 * HOUR)
const buttons = (life: Life) => technicianButtons(life.order, life.visit.technicianId ?? '', { now: life.now, ...knowledge(), categoryName: (code) => code, urlOf: () => '' })

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
})

describe('R13 arriving ten minutes before T = 14:00', () => {
  const ready = () => {
    const life = claimed()
    life.agree(T).pay().steps('before_setting_out')
    return life
  }
  const arriveAt = (clock: string, place: typeof O | null = O, reason = '') => {
    const life = ready().do({ type: 'set_out', technicianId: 't1' }, plus(T, -30 * MINUTE))
    const refusal = life.try({ type: 'arrive', technicianId: 't1', place, reason }, at(T, clock))
    return { life, refusal }
  }

  test.each([
    ['-12:00', false, false, 'early'],
    ['-10:00', false, false, 'early'],
    ['-5:00', true, false, 'on_time'],
    ['0:00', true, false, 'on_time'],
    ['7:00', true, true, 'late'],
  ])('R13 checked in at T%s: alert %s, violation %s, figure %s', (offset, alert, violation, figure) => {
    const minutes = Number(offset.split(':')[0])
    const { life } = (() => {
      const made = ready().do({ type: 'set_out', technicianId: 't1' }, plus(T, -30 * MINUTE))
      made.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, minutes * MINUTE))
      return { life: made }
    })()
    expect(life.todos().includes('late_arrival')).toBe(alert)
    expect(violations(life).length === 1).toBe(violation)
    expect(life.visit.arrival?.punctuality).toBe(figure)
  })

  test.each([
    [-1, false, false],
    [0, false, false],
    [1, true, false],
  ])('R13 the alert at T−10, %i s', (seconds, alert, violation) => {
    const life = ready().tick(plus(T, -10 * MINUTE + seconds * 1000))
    expect(life.todos().includes('late_arrival')).toBe(alert)
    expect(violations(life).length === 1).toBe(violation)
  })

  test('R13 the violation after T, once, however often the timer looks', () => {
    const life = ready().tick(T)
    expect(violations(life)).toEqual([])
    life.tick(plus(T, 1000)).tick(plus(T, 2000)).tick(plus(T, HOUR))
    expect(violations(life)).toEqual(['late_arrival 2026-11-23T06:00:00.000Z'])
  })

  test('R13 further than 500 m or without a position needs a reason', () => {
    expect(arriveAt('0:00', null).refusal).toMatchObject({ code: 'INVALID_INPUT', fields: { reason: '没有定位，请写一句原因' } })
    const far = { longitude: O.longitude, latitude: O.latitude + 0.01 }
    expect(arriveAt('0:00', far).refusal?.message).toContain('1112 米')
    const { life, refusal } = arriveAt('0:00', far, '地下室没信号')
    expect(refusal).toBeNull()
    expect(life.todos()).toContain('far_check_in')
  })

  test('R13 payment due before setting out still missing at T−90: the clock stands still, nothing is counted', () => {
    const life = claimed()
    life.agree(T)
    life.tick(plus(T, -90 * MINUTE + 1000))
    expect(life.visit.clockStoppedAt).not.toBeNull()
    life.tick(plus(T, HOUR))
    expect(violations(life)).toEqual([])
    expect(life.todos()).not.toContain('late_arrival')
    life.pay()
    // Paid later: T is agreed again, by a call like the first one.
    expect(life.order.status).toBe('claimed')
    expect(messaged(life, '请再约上门时间')).toBe(true)
    expect(life.try({ type: 'set_out', technicianId: 't1' })?.code).toBe('WRONG_STATE')
    life.agree(plus(T, 3 * HOUR))
    expect(life.visit.clockStoppedAt).toBeNull()
  })

  test('R10 R13 while the money is missing another time takes another call, and the button says so', () => {
    const life = claimed().do(dial, at(MONDAY_9, '1:00'))
    life.record('agreed', at(MONDAY_9, '2:00'), T)
    life.tick(plus(T, -90 * MINUTE + 1000))
    const later = plus(T, 3 * HOUR)
    expect(life.record('agreed', plus(T, -80 * MINUTE), later)).toMatchObject({ code: 'WRONG_STATE', message: '先从这里拨出电话，再记结果' })
    expect(buttons(life)).toMatchObject({ main: { act: 'dial' } })
    life.do(dial, plus(T, -79 * MINUTE))
    expect(buttons(life)).toMatchObject({ main: { act: 'record_call', label: '再约时间' } })
    expect(life.record('agreed', plus(T, -78 * MINUTE), later)).toBeNull()
    expect(life.visit).toMatchObject({ appointmentAt: later, clockStoppedAt: null })
  })

  test('R12 R13 a deadline already past when T is set is not made', () => {
    const life = claimed()
    life.agree(at(MONDAY_9, '20:00'))
    const ids = life.order.deadlines.map((deadline) => deadline.id)
    expect(ids).not.toContain('arrival.check')
    expect(ids).toEqual(expect.arrayContaining(['arrival.alert', 'arrival.breach']))
  })

  test('R11 reminders: the day before at 20:00 and two hours ahead', () => {
    const life = claimed()
    const wednesday = plus(MONDAY_9, 53 * HOUR)
    life.agree(wednesday)
    const due = (id: string) => life.order.deadlines.find((deadline) => deadline.id === id)?.dueAt.toISOString()
    expect(due('appointment.day_before')).toBe('2026-11-24T12:00:00.000Z')
    expect(due('appointment.soon')).toBe(plus(wednesday, -2 * HOUR).toISOString())
  })
})

describe('R10 R13 what a strict reading found', () => {
  test('R13 a time agreed less than 90 minutes ahead, unpaid: the clock stops at T−10, nobody is blamed', () => {
    const life = claimed()
    const soon = plus(MONDAY_9, 60 * MINUTE)
    life.agree(soon).tick(plus(soon, HOUR))
    expect(violations(life)).toEqual([])
    expect(life.todos()).toEqual(['unpaid'])
    expect(life.visit.clockStoppedAt).not.toBeNull()
  })

  test.each([
    [0, []],
    [1, ['unpaid']],
  ])('R13 never paid: staff ask the homeowner once the agreed time has passed, T%i s', (seconds, todos) => {
    const life = claimed()
    life.agree(T).tick(plus(T, -80 * MINUTE)).tick(plus(T, seconds * 1000))
    expect(life.todos()).toEqual(todos)
    life.pay()
    expect(life.order.todos).toEqual([])
  })

  test('R10 R13 paid late: the call to agree anew has outcomes, retries and a take-back, and never hangs', () => {
    const paidLate = () => {
      const life = claimed()
      life.agree(T).tick(plus(T, -80 * MINUTE))
      life.now = plus(T, -60 * MINUTE)
      return life.pay()
    }
    const unanswered = paidLate().do(dial, plus(T, -58 * MINUTE))
    expect(unanswered.record('no_answer')).toBeNull()
    expect(unanswered.order.deadlines.map((deadline) => deadline.id)).toEqual(expect.arrayContaining(['call.retry', 'call.retry_missed']))
    const silent = paidLate().tick(plus(T, -45 * MINUTE + 1000))
    expect(silent.order.status).toBe('dispatching')
    expect(silent.told('taken_back').map((entry) => entry.at)).toEqual([plus(T, -45 * MINUTE)])
    // They did not ask for this call: no violation after five minutes.
    expect(violations(silent)).toEqual([])
  })

  test.each([
    [-95, 'scheduled'],
    [-90, 'scheduled'],
    [-89, 'claimed'],
  ])('R13 R42 whether it was paid in time is decided by when it was paid (T%i min), not by when we were told', (minutes, status) => {
    const life = claimed()
    life.agree(T).do({ type: 'confirm_quote', version: 1 }).do({ type: 'open_payment', stageId: 'S1' }).tick(plus(T, -85 * MINUTE))
    expect(life.visit.clockStoppedAt).toEqual(plus(T, -90 * MINUTE))
    const stage = life.order.stages[0]!
    life.do({ type: 'payment_received', outTradeNo: `${stage.openAttempt}`, stageId: 'S1', amountFen: stage.amountFen, transactionId: 'tx', paidAt: plus(T, minutes * MINUTE) }, plus(T, -80 * MINUTE))
    expect(life.order.status).toBe(status)
    if (status !== 'scheduled') return
    life.tick(plus(T, 1000))
    expect(life.todos()).toEqual(['late_arrival', 'not_arrived'])
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

  test('R13 R19 a declined or expired instant quote stops the clock too', () => {
    const life = claimed()
    life.agree(T).do({ type: 'decline_quote', version: 1, reason: '贵' }).tick(plus(T, HOUR))
    expect(violations(life)).toEqual([])
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

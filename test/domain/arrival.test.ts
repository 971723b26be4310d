/** Arriving in time, and waiting for the money (R13), in the rules. */
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { buttons, claimed, dial, messaged, T, violations } from '../support/claimed-life'
import { at, filing, Life, MONDAY_9, O, plus } from '../support/life'

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

  test('R13 R17b a quote from the door of a visit that was moved keeps nobody from coming, and no clock stands still for it', () => {
    const life = new Life(undefined, { items: [{ code: 'leak-find', name: '找漏水点', unit: '次', quantity: 1, pricing: 'on_site', minutes: 60 }], quote: null })
    life.claim('t1')
    life.agree(T).steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' }, plus(T, -HOUR)).do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, -15 * MINUTE))
    life.do({ type: 'send_quote', technicianId: 't1', lines: filing().quote!.lines, priceBookVersion: 1, note: '' })
    const later = plus(T, 4 * HOUR)
    life.do({ type: 'move_appointment', at: later, slot: life.slot(later), helpersOut: [], reason: '', by: { role: 'staff', id: 'lu-min', name: '陆敏' } })
    life.tick(plus(later, -80 * MINUTE))
    expect(life.visit.clockStoppedAt).toBeNull()
    life.steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' }).do({ type: 'confirm_quote', version: 1 })
    expect(life.order.stages).toMatchObject([{ before: 'work' }])
    life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' })
    expect(life.tick(plus(later, HOUR)).todos()).toEqual([])
  })

  test('R13 R19 a declined or expired instant quote stops the clock too', () => {
    const life = claimed()
    life.agree(T).do({ type: 'decline_quote', version: 1, reason: '贵' }).tick(plus(T, HOUR))
    expect(violations(life)).toEqual([])
  })
})

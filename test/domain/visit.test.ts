import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { standardOf } from '../../cloudfunctions/domain/standards'
import { at, Life, MONDAY_9, O, plus } from '../support/life'

const T = plus(MONDAY_9, 5 * HOUR)
const scheduled = () => {
  const life = new Life()
  life.claim('t1')
  return life.agree(T)
}
const atTheDoor = () => {
  const life = scheduled().pay().steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
  return life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, -12 * MINUTE))
}
const inside = () => {
  const life = atTheDoor()
  return life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })
}
const complete = (life: Life, stepId: string, change: object = {}) => {
  const step = standardOf(life.visit.standard).steps.find((candidate) => candidate.id === stepId)!
  return life.try({
    type: 'complete_step', technicianId: 't1', visitNo: life.visit.no, stepId, ticks: step.ticks.map((tick) => tick.id), photos: Array.from({ length: step.photos?.min ?? 0 }, (_, i) => `${stepId}-${i}`), note: '', ...change,
  })
}

describe('R17 R19 nothing starts before it is confirmed and paid', () => {
  test('R17 priced at once and pushed: quote 1 is there with the order', () => {
    const life = new Life()
    expect(life.order.quotes).toMatchObject([{ version: 1, state: 'sent', totalFen: 31400 }])
    expect(life.out('message').map((entry) => entry.template)).toContain('quote')
  })

  test('R19 an unconfirmed or unpaid order cannot be set out for', () => {
    const life = scheduled().steps('before_setting_out')
    expect(life.try({ type: 'set_out', technicianId: 't1' })?.code).toBe('QUOTE_NOT_CONFIRMED')
    life.do({ type: 'confirm_quote', version: 1 })
    expect(life.try({ type: 'set_out', technicianId: 't1' })).toMatchObject({ code: 'UNPAID', message: expect.stringContaining('¥314.00') })
  })

  test('R24 the kit is ticked before setting out', () => {
    expect(scheduled().pay().try({ type: 'set_out', technicianId: 't1' })).toMatchObject({ code: 'STEP_NOT_READY', message: expect.stringContaining('出门前点齐东西') })
  })

  test('R22 a quote expires at 72 h, at T and T+1 s', () => {
    const life = new Life([])
    expect(life.tick(plus(MONDAY_9, 72 * HOUR)).order.quotes[0]?.state).toBe('sent')
    expect(life.try({ type: 'confirm_quote', version: 1 }, plus(MONDAY_9, 72 * HOUR + 1))?.code).toBe('QUOTE_NOT_CONFIRMED')
    expect(life.order.quotes[0]?.state).toBe('expired')
  })

  test('R23 paid twice by a confused thumb: the first counts, the second is refunded by itself, once', () => {
    const life = scheduled().pay()
    const second = { type: 'payment_received', outTradeNo: 'SF11230001S1A2', stageId: 'S1', amountFen: life.order.stages[0]!.amountFen, transactionId: 'tx-2', paidAt: life.now } as const
    life.do(second).do(second)
    expect(life.order.stages[0]?.payment?.transactionId).toBe('tx-1')
    expect(life.out('refund')).toMatchObject([{ outTradeNo: 'SF11230001S1A2', amountFen: 31400 }])
    expect(life.todos()).toContain('surplus_payment')
  })

  test('R23 the same notification twice changes nothing', () => {
    const life = scheduled().pay()
    const { version } = life.order
    life.do({ type: 'payment_received', outTradeNo: life.order.stages[0]!.payment!.outTradeNo, stageId: 'S1', amountFen: life.order.stages[0]!.amountFen, transactionId: 'tx-1', paidAt: life.now })
    expect(life.order.version).toBe(version)
  })

  test.each(['scheduled', 'on_the_way', 'arrived'])('R23 cancelled when %s: settled 0, all money back, one refund', (state) => {
    const life = scheduled().pay().steps('before_setting_out')
    if (state !== 'scheduled') life.do({ type: 'set_out', technicianId: 't1' })
    if (state === 'arrived') life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' })
    life.do({ type: 'cancel', settledFen: 0, reason: '不修了', by: { role: 'homeowner', id: 'wx-home' } })
    expect(life.order).toMatchObject({ status: 'cancelled', cancellation: { settledFen: 0, refundedFen: 31400 }, deadlines: [], offeredTo: [], assigned: [] })
    expect(life.out('refund')).toHaveLength(1)
  })

  test('R23 paid at the moment of cancelling: cancelled, all money back, one refund', () => {
    const life = scheduled().do({ type: 'confirm_quote', version: 1 }).do({ type: 'open_payment', stageId: 'S1' })
    const outTradeNo = life.order.stages[0]!.openAttempt!
    life.do({ type: 'cancel', settledFen: 0, reason: '不修了', by: { role: 'homeowner', id: 'wx-home' } })
    expect(life.out('close_payment')).toMatchObject([{ outTradeNo }])
    const paid = { type: 'payment_received', outTradeNo, stageId: 'S1', amountFen: life.order.stages[0]!.amountFen, transactionId: 'tx', paidAt: life.now } as const
    life.do(paid).do(paid)
    expect(life.out('refund')).toHaveLength(1)
    expect(life.order.cancellation?.refundedFen).toBe(31400)
  })
})

describe('R14 the door', () => {
  test('R14 five tries, then only staff can release it', () => {
    const life = atTheDoor()
    const wrong = life.doorCode === '0000' ? '1111' : '0000'
    for (const left of [4, 3, 2, 1]) expect(life.try({ type: 'enter_door_code', technicianId: 't1', code: wrong })?.message).toContain(`还能试 ${left} 次`)
    expect(life.try({ type: 'enter_door_code', technicianId: 't1', code: wrong })?.code).toBe('LOCKED')
    expect(life.todos()).toContain('door_locked')
    expect(life.try({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })?.code).toBe('LOCKED')
    life.do({ type: 'release_door', by: { role: 'staff', id: 'lu-min', name: '陆敏' }, reason: '电话核对过' })
    expect(life.order.status).toBe('working')
  })

  test('R14 no work before the door is open', () => {
    const life = atTheDoor().steps('at_door')
    expect(complete(life, 'protect')).toMatchObject({ code: 'STEP_NOT_READY', message: expect.stringContaining('口令') })
  })
})

describe('R28 R48 the checklist', () => {
  test('R48 steps go in the order of the standard', () => {
    expect(complete(inside(), 'repair')).toMatchObject({ code: 'STEP_NOT_READY', message: expect.stringContaining('出示工牌') })
  })

  test('R48 each gate is not passable without its evidence', () => {
    const life = inside()
    for (const step of standardOf(life.visit.standard).steps.filter((each) => each.phase !== 'before_setting_out')) {
      if (step.ticks.length > 0) expect(complete(life, step.id, { ticks: step.ticks.slice(1).map((tick) => tick.id) })?.code).toBe('STEP_NOT_READY')
      if (step.photos && step.photos.min > 0) expect(complete(life, step.id, { photos: [] })?.code).toBe('STEP_NOT_READY')
      if (step.minSeconds > 0) {
        expect(complete(life, step.id)?.message).toContain('先按开始')
        life.do({ type: 'start_step', technicianId: 't1', visitNo: 1, stepId: step.id })
        life.now = plus(life.now, step.minSeconds * 1000)
      }
      expect(complete(life, step.id)).toBeNull()
      expect(complete(life, step.id)?.code).toBe('WRONG_STATE')
    }
  })

  test('R28 the two-minute test run cannot be shortened, not even by starting it again', () => {
    const life = inside()
    for (const id of ['door', 'protect', 'repair']) expect(complete(life, id)).toBeNull()
    const started = life.now
    const start = { type: 'start_step', technicianId: 't1', visitNo: 1, stepId: 'test' } as const
    life.do(start)
    life.now = at(started, '1:59')
    life.do(start)
    expect(complete(life, 'test')).toMatchObject({ code: 'TOO_EARLY', message: expect.stringContaining('还差 0 分 1 秒') })
    life.now = at(started, '2:00')
    expect(complete(life, 'test')).toBeNull()
  })

  test('R30 completion is not reported over an undone step', () => {
    expect(inside().try({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })?.code).toBe('STEP_NOT_READY')
  })
})

describe('R30 closing', () => {
  const done = () => scheduled().pay().visitDone()

  test('R30 what is missing goes back to work, and the last completion counts', () => {
    const life = done()
    const first = life.visit.completedAt!
    life.do({ type: 'report_missing', visitNo: 1, missing: ['台面没擦'] })
    expect(life.order.status).toBe('working')
    expect(life.order.deadlines.map((deadline) => deadline.id)).not.toContain('follow_up.breach')
    expect(life.try({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })?.message).toContain('试用')
    life.now = plus(life.now, HOUR)
    life.steps('work').do({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })
    expect(life.visit.completedAt!.getTime()).toBeGreaterThan(first.getTime())
    expect(life.visit.missing[0]?.doneAt).toEqual(life.now)
    expect(life.order.deadlines.find((deadline) => deadline.id === 'follow_up.breach')?.dueAt).toEqual(plus(life.now, 24 * HOUR))
  })

  test('R30 nothing is accepted by silence: reminded at 24 h, staff at 72 h', () => {
    const life = done()
    const completed = life.now
    life.tick(plus(completed, 24 * HOUR))
    expect(life.out('message').some((entry) => entry.template === 'acceptance' && entry.blanks['what'] === '修好 24 小时了，请您验收')).toBe(true)
    life.tick(plus(completed, 72 * HOUR + 1000))
    expect(life.todos()).toContain('acceptance_call')
    expect(life.order.status).toBe('awaiting_acceptance')
    life.do({ type: 'accept', visitNo: 1, by: { role: 'staff', id: 'kf', name: '客服' }, note: '电话里同意' })
    expect(life.visit.acceptedBy).toBe('staff')
  })

  test('R30 accept → card signed by both → old parts → check-out → warranty of 24 months from acceptance', () => {
    const life = done()
    life.do({ type: 'accept', visitNo: 1, by: { role: 'homeowner', id: 'wx-home' }, note: '' })
    expect(life.try({ type: 'hand_over_parts', technicianId: 't1', visitNo: 1, handedOver: true, note: '' })?.code).toBe('STEP_NOT_READY')
    expect(life.try({ type: 'check_out', technicianId: 't1', visitNo: 1, toolsCounted: true, nothingLeftBehind: true })?.code).toBe('STEP_NOT_READY')
    life.do({ type: 'sign_card', by: { role: 'technician', id: 't1', name: '' }, file: 'f1', maskedName: '' })
    life.do({ type: 'hand_over_parts', technicianId: 't1', visitNo: 1, handedOver: true, note: '' })
    expect(life.try({ type: 'check_out', technicianId: 't1', visitNo: 1, toolsCounted: false, nothingLeftBehind: true })?.code).toBe('STEP_NOT_READY')
    life.do({ type: 'check_out', technicianId: 't1', visitNo: 1, toolsCounted: true, nothingLeftBehind: true })
    expect(life.order.status).toBe('closing')
    life.do({ type: 'sign_card', by: { role: 'homeowner', id: 'wx-home' }, file: 'f2', maskedName: '林**' })
    expect(life.order.status).toBe('in_warranty')
    expect(life.order.card).toMatchObject({ months: 24, paidFen: 31400 })
    expect(life.order.card!.until.toISOString()).toBe('2028-11-23T01:02:00.000Z')
    expect(life.out('free_technician').filter((entry) => entry.finished)).toHaveLength(1)
    life.tick(plus(life.visit.completedAt!, 2 * HOUR)).tick(plus(life.order.card!.until, 1000))
    expect(life.order.status).toBe('archived')
  })
})

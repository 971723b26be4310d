/** What cancelling costs (R23), at every state, and that money adds up along any life. */
import fc from 'fast-check'
import { changedLines } from '../../cloudfunctions/domain/handlers/change-order'
import { settlementOf, stepsOf } from '../../cloudfunctions/domain/handlers/progress'
import { heldFen } from '../../cloudfunctions/domain/handlers/refund'
import { fen } from '../../cloudfunctions/domain/money'
import type { Fen } from '../../cloudfunctions/domain/money'
import type { LineProgress, Order, QuoteLine } from '../../cloudfunctions/domain/order'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { Life, MONDAY_9, O, plus } from '../support/life'

const home = { role: 'homeowner', id: 'wx-home' } as const
const tech = { role: 'technician', id: 't1', name: 't1某' } as const
const staff = { role: 'staff', id: 'lu-min', name: '陆敏' } as const

const line = (id: string, labour: number, labourSteps: number, material = 0, quantity = 1): QuoteLine => ({
  id, itemCode: id.toLowerCase(), name: `项目${id}`, unit: '个', quantity, material: '', brand: '', maker: '', grade: '', materialFen: fen(material), labourFen: fen(labour), labourSteps, amountFen: fen(labour + material), warrantyMonths: 12,
})
/** ¥268.00 of the worked example. */
const EXAMPLE = [line('L1', 12_000, 2), line('L2', 0, 1, 8_800), line('L3', 6_000, 1)]

const filed = (lines: QuoteLine[]): Life => {
  const life = new Life(undefined, { quote: { lines, priceBookVersion: 1 } })
  life.claim('t1')
  return life.agree(plus(MONDAY_9, 5 * HOUR)).pay()
}
const atTheDoor = (lines = EXAMPLE): Life => {
  const life = filed(lines).steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
  return life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(MONDAY_9, 4 * HOUR))
}
const working = (lines = EXAMPLE): Life => {
  const life = atTheDoor(lines)
  return life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })
}
const record = (life: Life, lines: LineProgress[], reason = '', by: typeof tech | typeof staff = tech) => life.try({ type: 'record_progress', lines, reason, by })
const cancel = (life: Life, settledFen: number) => life.try({ type: 'cancel', settledFen, reason: '不修了', by: home })
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const refunded = (order: Order): number => sum(order.stages.flatMap((stage) => stage.refunds.map(({ amountFen }) => amountFen)))
const paid = (order: Order): number => sum(order.stages.filter(({ payment }) => payment).map(({ amountFen }) => amountFen))

describe('R23 what cancelling costs', () => {
  test('R23 the worked example: one of two steps, the material used, the other line not begun: 6000 + 8800 settled, 12000 back', () => {
    const life = working()
    expect(record(life, [{ lineId: 'L1', steps: 1, materials: 0 }, { lineId: 'L2', steps: 0, materials: 1 }])).toBeNull()
    expect(settlementOf(life.order)).toMatchObject({ paidFen: 26_800, settledFen: 14_800, refundedFen: 12_000, lines: [{ labourFen: 6_000, materialFen: 0 }, { labourFen: 0, materialFen: 8_800 }, { labourFen: 0, materialFen: 0 }] })
    expect(cancel(life, 14_800)).toBeNull()
    expect(life.order).toMatchObject({ status: 'cancelled', deadlines: [], cancellation: { settledFen: 14_800, refundedFen: 12_000 } })
    expect(life.out('refund')).toMatchObject([{ amountFen: 12_000, totalFen: 26_800, reason: '业主取消' }])
    expect(life.told('settled')).toMatchObject([{ data: { settled: '¥148.00', refunded: '¥120.00' } }])
  })

  test.each([['before the technician sets out', () => filed(EXAMPLE)], ['at the door', () => atTheDoor()], ['the door open, nothing begun', () => working()]])('R23 nothing is settled %s', (_, reach) => {
    const life = reach()
    expect(cancel(life, 0)).toBeNull()
    expect(life.order.cancellation).toMatchObject({ settledFen: 0, refundedFen: 26_800 })
  })

  test('R23 before work only materials that cannot go back count, and the homeowner reads why', () => {
    const life = filed(EXAMPLE)
    expect(record(life, [{ lineId: 'L2', steps: 0, materials: 1 }], '', staff)).toMatchObject({ code: 'INVALID_INPUT', fields: { reason: expect.stringContaining('退不了') as string } })
    expect(record(life, [{ lineId: 'L1', steps: 1, materials: 0 }])).toMatchObject({ code: 'INVALID_INPUT', fields: { 'lines.0.steps': expect.any(String) as string } })
    expect(record(life, [{ lineId: 'L2', steps: 0, materials: 1 }], '专门订的，厂家不退', staff)).toBeNull()
    expect(life.told('progress_recorded')[0]?.data['reason']).toContain('厂家不退')
    expect(cancel(life, 8_800)).toBeNull()
    expect(life.order.cancellation).toMatchObject({ settledFen: 8_800, refundedFen: 18_000 })
  })

  test('R23 changed since it was shown: refused with the new sum, and nothing happens', () => {
    const life = working()
    record(life, [{ lineId: 'L1', steps: 1, materials: 0 }])
    expect(cancel(life, 0)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('要结 ¥60.00，退 ¥208.00') as string })
    expect(life.order.status).toBe('working')
    expect(cancel(life, 6_000)).toBeNull()
  })

  test('R23 each line is rounded down to the fen', () => {
    const life = working([line('L1', 1_000, 3), line('L2', 200, 1, 100, 3)])
    record(life, [{ lineId: 'L1', steps: 1, materials: 0 }, { lineId: 'L2', steps: 2, materials: 1 }])
    expect(settlementOf(life.order).settledFen).toBe(333 + 133 + 33)
  })

  test('R23 done is done: with completion reported nothing can be cancelled, nor when something was missing, nor after acceptance', () => {
    const life = working().steps('at_door', 'work').do({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })
    expect(cancel(life, 0)).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('验收') as string })
    life.do({ type: 'report_missing', visitNo: 1, missing: ['还渗水'] })
    expect(cancel(life, 0)).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('师傅接着做') as string })
    life.steps('work').do({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' }).close()
    expect(cancel(life, 0)).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('免费返工') as string })
  })

  test('R23 R47 refused: a line that is not agreed, twice, too many steps, more material than there is, none at all, not theirs', () => {
    const life = working()
    const fields = (lines: LineProgress[]) => Object.keys(record(life, lines)?.fields ?? {})
    expect(fields([{ lineId: 'L9', steps: 1, materials: 0 }])).toEqual(['lines.0.line'])
    expect(fields([{ lineId: 'L1', steps: 1, materials: 0 }, { lineId: 'L1', steps: 2, materials: 0 }])).toEqual(['lines.0.line', 'lines.1.line'].slice(1))
    expect(fields([{ lineId: 'L1', steps: 3, materials: 0 }])).toEqual(['lines.0.steps'])
    expect(fields([{ lineId: 'L2', steps: 0, materials: 2 }])).toEqual(['lines.0.materials'])
    expect(fields([{ lineId: 'L1', steps: 0, materials: 1 }])).toEqual(['lines.0.materials'])
    expect(life.try({ type: 'record_progress', lines: [], reason: '', by: { ...tech, id: 't2' } })).toMatchObject({ code: 'NOT_FOUND' })
    expect(life.order.progress).toEqual([])
  })

  test('R19 R23 what a change order adds cannot be begun before it is paid; over two stages the latest goes back first', () => {
    const life = working()
    life.do({ type: 'send_change', technicianId: 't1', baseVersion: 1, lines: [...EXAMPLE, line('L4', 5_000, 1)], priceBookVersion: 1, reason: '角阀也坏了', photos: ['p'] }).do({ type: 'confirm_quote', version: 2 })
    expect(changedLines(life.order, life.order.quotes[1]!).added).toHaveLength(1)
    expect(record(life, [{ lineId: 'L4', steps: 1, materials: 0 }])).toMatchObject({ fields: { 'lines.0.line': expect.stringContaining('付了再做') as string } })
    expect(record(life, [{ lineId: 'L1', steps: 2, materials: 0 }])).toBeNull()
    life.do({ type: 'open_payment', stageId: 'S2' })
    life.do({ type: 'payment_received', outTradeNo: life.order.stages[1]!.openAttempt!, stageId: 'S2', amountFen: fen(5_000), transactionId: 'tx-2', paidAt: life.now })
    expect(cancel(life, 12_000)).toBeNull()
    expect(life.order.stages.map((stage) => [stage.state, heldFen(stage)])).toEqual([['paid', 12_000], ['refunding', 0]])
    expect(life.out('refund').map(({ amountFen }) => amountFen).sort((a, b) => a - b)).toEqual([5_000, 14_800])
  })
})

describe('R23 money adds up along any life', () => {
  /** One thing that happens during work; what the rules refuse changes nothing. */
  const moves = fc.array(fc.record({ kind: fc.constantFrom('progress', 'add', 'remove', 'confirm', 'decline', 'pay', 'withdraw', 'settle', 'fail'), n: fc.nat(30) }), { maxLength: 25 })
  const lines = fc.array(fc.record({ labour: fc.nat(50_000), steps: fc.integer({ min: 1, max: 7 }), material: fc.nat(50_000), quantity: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 5 })

  const move = (life: Life, kind: string, n: number): void => {
    const { order } = life
    const agreed = order.quotes.find(({ state }) => state === 'confirmed')
    const last = order.quotes.at(-1)
    if (!agreed || !last) throw new Error('nothing agreed')
    const one = agreed.lines[n % agreed.lines.length]!
    const send = (wanted: QuoteLine[]) => life.try({ type: 'send_change', technicianId: 't1', baseVersion: agreed.version, lines: wanted, priceBookVersion: 1, reason: '拆开看不一样', photos: ['p'] })
    const stage = order.stages.at(-1)!
    switch (kind) {
      case 'progress':
        record(life, [{ lineId: one.id, steps: Math.min(n, stepsOf(one)), materials: one.materialFen > 0 ? n % (one.quantity + 1) : 0 }])
        break
      case 'add':
        send([...agreed.lines, line(`L${100 + order.version}`, 100 * n + 1, 1 + (n % 3), 77 * n)])
        break
      case 'remove':
        send(agreed.lines.filter((each) => each !== one))
        break
      case 'confirm':
        life.try({ type: 'confirm_quote', version: last.version })
        break
      case 'decline':
        life.try({ type: 'decline_quote', version: last.version, reason: '不加' })
        break
      case 'withdraw':
        life.try({ type: 'withdraw_change', technicianId: 't1', version: last.version })
        break
      case 'pay': {
        if (life.try({ type: 'open_payment', stageId: stage.id })) break
        const due = life.order.stages.at(-1)!
        life.try({ type: 'payment_received', outTradeNo: due.openAttempt!, stageId: due.id, amountFen: due.amountFen, transactionId: `tx-${order.version}`, paidAt: life.now })
        break
      }
      default: {
        const refund = order.stages.flatMap((each) => each.refunds.map((back) => ({ ...back, stageId: each.id }))).find(({ state }) => state === 'requested')
        if (refund && kind === 'settle') life.try({ type: 'refund_settled', outRefundNo: refund.outRefundNo, stageId: refund.stageId, amountFen: refund.amountFen, succeeded: true })
      }
    }
  }

  test('R23 paid − refunded is what is agreed and paid, and after cancelling what the rules settle; no refund above its payment; all of it whole fen', () => {
    fc.assert(
      fc.property(lines, moves, (shape, happened) => {
        const quoted = shape.map(({ labour, steps, material, quantity }, index) => line(`L${index + 1}`, labour * quantity + 1, steps, material * quantity, quantity))
        const life = working(quoted)
        const holds = () => {
          const { order } = life
          for (const stage of order.stages) {
            expect(Number.isInteger(heldFen(stage)) && heldFen(stage) >= 0).toBe(true)
            if (!stage.payment) expect(stage.refunds).toEqual([])
          }
          const agreed = order.quotes.find(({ state }) => state === 'confirmed')!
          const due = sum(order.stages.filter(({ state }) => state === 'due').map(({ amountFen }) => amountFen))
          const { settledFen, refundedFen, paidFen } = settlementOf(order)
          expect(paid(order) - refunded(order) + due).toBe(agreed.totalFen)
          expect([settledFen + refundedFen, Number.isInteger(settledFen), settledFen <= paidFen]).toEqual([paidFen, true, true])
        }
        for (const { kind, n } of happened) {
          move(life, kind, n)
          holds()
        }
        // By the rule's own words, reckoned apart from the code.
        const { order } = life
        const rule = (order.quotes.find(({ state }) => state === 'confirmed')?.lines ?? []).reduce((total, each) => {
          const done = order.progress.find(({ lineId }) => lineId === each.id)
          const steps: number = done?.steps ?? 0
          return total + Math.floor((each.labourFen * steps) / (each.labourSteps * each.quantity)) + Math.floor((each.materialFen * (done?.materials ?? 0)) / each.quantity)
        }, 0)
        const settled = Math.min(rule, paid(order) - refunded(order)) as Fen
        expect(cancel(life, settled)).toBeNull()
        expect(paid(life.order) - refunded(life.order)).toBe(settled)
        expect(life.order.cancellation?.settledFen).toBe(settled)
        expect(life.order.stages.filter(({ state }) => state === 'due')).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

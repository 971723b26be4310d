/** Change orders (R19, R20, R22, R23): what is found on site after the price was confirmed. */
import * as fc from 'fast-check'
import { changedLines } from '../../cloudfunctions/domain/handlers/change-order'
import { confirmedQuote, differenceFen, dueFen } from '../../cloudfunctions/domain/handlers/money-gate'
import { heldFen } from '../../cloudfunctions/domain/handlers/refund'
import { fen } from '../../cloudfunctions/domain/money'
import type { QuoteLine } from '../../cloudfunctions/domain/order'
import { nextLines, totalFen } from '../../cloudfunctions/domain/price-book'
import type { PriceBook } from '../../cloudfunctions/domain/price-book'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { homeownerButtons } from '../../cloudfunctions/domain/views/homeowner-buttons'
import { homeownerState } from '../../cloudfunctions/domain/views/state'
import { Life, MONDAY_9, O, plus } from '../support/life'

const staff = { role: 'staff', id: 'gu-qing', name: '顾青' } as const
const book: PriceBook = {
  version: 3,
  categories: [{ code: 'plumbing', name: '水路', icon: 'tap', certificate: false, items: [{ code: 'valve', name: '换角阀', unit: '个', pricing: 'on_site', lowFen: fen(5_000), highFen: fen(9_000), material: { description: '角阀', brand: '', maker: '', grade: '', unitFen: fen(3_000) }, labourUnitFen: fen(4_000), labourSteps: 1, minutes: 30, warrantyMonths: 12, includes: [], excludes: [] }] }],
}

/** Inside, paid ¥314.00 for L1 ¥228.00 and L2 ¥86.00. */
const working = (): Life => {
  const life = new Life()
  life.claim('t1')
  life.agree(plus(MONDAY_9, 5 * HOUR)).pay().steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
  life.do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(MONDAY_9, 4 * HOUR))
  return life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })
}

const agreed = (life: Life): readonly QuoteLine[] => confirmedQuote(life.order)?.lines ?? []
type Wanted = { kept?: readonly string[]; valves?: number; offBook?: boolean }
const linesFor = (life: Life, { kept = ['L1', 'L2'], valves = 0, offBook = false }: Wanted): QuoteLine[] =>
  nextLines(agreed(life), life.order.quotes.flatMap(({ lines }) => lines.map(({ id }) => id)), {
    kept: kept.filter((id) => agreed(life).some((line) => line.id === id)).map((id) => ({ id, quantity: 1 })), items: valves > 0 ? [{ code: 'valve', quantity: valves }] : [], offBook: offBook ? [{ name: '老式接头', unit: '个', quantity: 2, material: '' }] : [],
  }, book)
const change = (life: Life, wanted: Wanted) =>
  life.try({ type: 'send_change', technicianId: 't1', baseVersion: confirmedQuote(life.order)?.version ?? 0, lines: linesFor(life, wanted), priceBookVersion: 3, reason: '拆开看，角阀也裂了', photos: ['p1'] })
const finish = (life: Life) => life.steps('at_door', 'work').try({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })
const paySurplus = (life: Life): void => {
  const stage = life.order.stages.at(-1)!
  life.do({ type: 'open_payment', stageId: stage.id })
  life.do({ type: 'payment_received', outTradeNo: life.order.stages.at(-1)!.openAttempt!, stageId: stage.id, amountFen: stage.amountFen, transactionId: `tx-${stage.id}`, paidAt: life.now })
}

describe('R19 found different on site', () => {
  test('R19 what comes on top is confirmed on the homeowner’s phone, paid as a stage of its own, and only then worked on', () => {
    const life = working()
    expect(change(life, { valves: 2 })).toBeNull()
    expect(life.order.quotes.at(-1)).toMatchObject({ version: 2, state: 'sent', totalFen: 45_400, change: { baseVersion: 1 } })
    expect(agreed(life).map(({ id }) => id)).toEqual(['L1', 'L2'])
    expect(life.out('message').filter(({ template, to }) => template === 'quote' && to.role === 'homeowner')).toHaveLength(2)
    expect(homeownerState(life.order, life.reading())).toMatchObject({ turn: 'yours', word: '待确认', fact: '师傅发现新情况，请您看' })
    expect(homeownerButtons(life.order, life.now).main).toEqual({ act: 'view_quote', label: '看加减的项目' })
    life.do({ type: 'confirm_quote', version: 2 })
    expect(life.order.stages).toMatchObject([{ id: 'S1', state: 'paid', amountFen: 31_400 }, { id: 'S2', name: '增加项目', state: 'due', amountFen: 14_000, before: 'work', quoteVersion: 2 }])
    expect(life.try({ type: 'complete_step', technicianId: 't1', visitNo: 1, stepId: 'shoe_covers', ticks: [], photos: [], note: '' })?.code).not.toBeNull()
    expect(finishRefusal(life)).toMatchObject({ code: 'UNPAID', message: expect.stringContaining('¥140.00') as string })
    paySurplus(life)
    expect(finish(life)).toBeNull()
    life.close()
    expect(life.order.card).toMatchObject({ paidFen: 45_400, lines: [{ amountFen: 22_800 }, { amountFen: 8_600 }, { amountFen: 14_000, months: 12 }] })
  })

  test('R23 what is left out goes back by itself, and the rest stays paid', () => {
    const life = working()
    change(life, { kept: ['L1'] })
    life.do({ type: 'confirm_quote', version: 2 })
    expect(life.out('refund')).toMatchObject([{ outRefundNo: `${life.order.stages[0]!.payment!.outTradeNo}R1`, amountFen: 8_600, totalFen: 31_400, reason: '项目减少，差价退回' }])
    expect(life.order.stages).toHaveLength(1)
    expect(life.order.stages[0]).toMatchObject({ state: 'paid', refunds: [{ kind: 'change', amountFen: 8_600, state: 'requested' }], refundedFen: 0 })
    expect(heldFen(life.order.stages[0]!)).toBe(22_800)
    life.do({ type: 'refund_settled', outRefundNo: `${life.order.stages[0]!.payment!.outTradeNo}R1`, stageId: 'S1', amountFen: fen(8_600), succeeded: true })
    expect(life.order.stages[0]).toMatchObject({ state: 'paid', refundedFen: 8_600 })
    expect(finish(life)).toBeNull()
    life.close()
    expect(life.order.card?.paidFen).toBe(22_800)
  })

  test('R19 declined or expired changes nothing: the visit goes on with what was agreed', () => {
    const life = working()
    change(life, { valves: 1 })
    expect(finishRefusal(life)).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED', message: '加减的项目业主还没答复，答复了或撤回了再报完工' })
    life.do({ type: 'decline_quote', version: 2, reason: '先不换' })
    expect(life.todos()).not.toContain('quote_declined')
    change(life, { valves: 2 })
    life.tick(plus(life.now, 72 * HOUR + 1))
    expect(life.order.quotes.map(({ state }) => state)).toEqual(['confirmed', 'declined', 'expired'])
    expect(life.todos()).not.toContain('quote_expired')
    expect(finish(life)).toBeNull()
    expect(life.order.stages).toHaveLength(1)
  })

  test('R22 a change order that was sent never changes: another replaces it; one may be taken back', () => {
    const life = working()
    change(life, { valves: 1 })
    const sent = structuredClone(life.order.quotes[1])
    change(life, { valves: 3 })
    expect(life.order.quotes[1]).toEqual({ ...sent, state: 'replaced', answeredAt: life.now, reason: null })
    expect(life.try({ type: 'confirm_quote', version: 2 })).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
    life.do({ type: 'withdraw_change', technicianId: 't1', version: 3 })
    expect(life.try({ type: 'confirm_quote', version: 3 })).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
    expect(finish(life)).toBeNull()
  })

  test('R19 R23 confirmed and then not wanted: taken back before it is paid, and whoever pays all the same has it back', () => {
    const life = working()
    change(life, { valves: 1 })
    life.do({ type: 'confirm_quote', version: 2 }).do({ type: 'open_payment', stageId: 'S2' })
    const outTradeNo = life.order.stages[1]!.openAttempt!
    life.do({ type: 'withdraw_change', technicianId: 't1', version: 2 })
    expect(life.order.quotes.map(({ state }) => state)).toEqual(['confirmed', 'replaced'])
    expect(life.out('close_payment')).toMatchObject([{ outTradeNo }])
    expect(finish(life)).toBeNull()
    life.do({ type: 'payment_received', outTradeNo, stageId: 'S2', amountFen: fen(7_000), transactionId: 'tx-late', paidAt: life.now })
    expect(life.out('refund')).toMatchObject([{ outTradeNo, amountFen: 7_000, reason: '这笔不用付了' }])
    life.close()
    expect(life.order.card?.paidFen).toBe(31_400)
  })

  test('R22 reminded at 24 h as for any quote', () => {
    const life = working()
    change(life, { valves: 1 })
    const messages = () => life.out('message').filter(({ template }) => template === 'quote').length
    const before = messages()
    life.tick(plus(life.now, 24 * HOUR))
    expect(messages()).toBe(before + 1)
  })

  test('R19 refused: the same as agreed, nothing left, another base, unpaid, nothing confirmed yet, a return visit', () => {
    const life = working()
    expect(change(life, {})).toMatchObject({ code: 'INVALID_INPUT', message: '和确认过的报价一样，没有要改的' })
    expect(change(life, { kept: [] })).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('取消工单') as string })
    expect(life.try({ type: 'send_change', technicianId: 't1', baseVersion: 7, lines: linesFor(life, { valves: 1 }), priceBookVersion: 3, reason: '裂了', photos: [] })).toMatchObject({ code: 'CONFLICT' })
    change(life, { valves: 1 })
    life.do({ type: 'confirm_quote', version: 2 })
    expect(change(life, { valves: 2 })).toMatchObject({ code: 'UNPAID' })
  })
})

describe('R20 off the book', () => {
  test('R20 waits for staff, and the homeowner sees nothing of it before', () => {
    const life = working()
    change(life, { offBook: true })
    expect(life.order.quotes.at(-1)?.state).toBe('pending')
    expect(life.todos()).toContain('quote_approval')
    expect(homeownerState(life.order, life.reading()).word).toBe('施工中')
    expect(life.try({ type: 'confirm_quote', version: 2 })).toMatchObject({ code: 'NOT_FOUND' })
    expect(finishRefusal(life)).toMatchObject({ message: '价目外的项目还在等批价，批了或撤回了再报完工' })
    expect(life.try({ type: 'approve_change', version: 2, prices: [], by: staff })).toMatchObject({ code: 'INVALID_INPUT', message: '“老式接头”还没批价' })
    const price = { lineId: 'L3', materialUnitFen: fen(1_500), labourUnitFen: fen(2_000), warrantyMonths: 6 }
    expect(life.try({ type: 'approve_change', version: 2, prices: [price, { ...price, lineId: 'L1' }], by: staff })).toMatchObject({ code: 'INVALID_INPUT' })
    life.do({ type: 'approve_change', version: 2, prices: [price], by: staff })
    expect(life.order.quotes.at(-1)).toMatchObject({ state: 'sent', totalFen: 31_400 + 7_000, expiresAt: plus(life.now, 72 * HOUR) })
    expect(life.order.todos.map(({ kind }) => kind)).not.toContain('quote_approval')
    life.do({ type: 'confirm_quote', version: 2 })
    expect(dueFen(life.order)).toBe(7_000)
  })

  test('R20 not approved: the technician hears it and the visit goes on', () => {
    const life = working()
    change(life, { offBook: true })
    life.do({ type: 'refuse_change', version: 2, reason: '请业主找厂家', by: staff })
    expect(life.order.quotes.at(-1)?.state).toBe('refused')
    expect(life.try({ type: 'approve_change', version: 2, prices: [], by: staff })).toMatchObject({ code: 'WRONG_STATE' })
    expect(life.out('message').some(({ to, blanks }) => to.role === 'technician' && blanks['what'] === '价目外的项目没有批，照原来的做')).toBe(true)
    expect(finish(life)).toBeNull()
  })
})

test('R19 R22 R23 whatever changes one after another: what is held and due is the confirmed total, no line changes its price, no id is used twice', () => {
  const wanted = fc.record({ keep: fc.subarray(['L1', 'L2', 'L3', 'L4', 'L5']), valves: fc.integer({ min: 0, max: 4 }), answer: fc.constantFrom('confirm', 'decline', 'withdraw', 'none') })
  fc.assert(
    fc.property(fc.array(wanted, { minLength: 1, maxLength: 6 }), (changes) => {
      const life = working()
      for (const { keep, valves, answer } of changes) {
        if (change(life, { kept: keep, valves })) continue
        const { version } = life.order.quotes.at(-1)!
        if (answer === 'confirm') life.do({ type: 'confirm_quote', version })
        if (answer === 'decline') life.do({ type: 'decline_quote', version, reason: '先不做' })
        if (answer === 'withdraw') life.do({ type: 'withdraw_change', technicianId: 't1', version })
        const quote = confirmedQuote(life.order)!
        expect(life.order.quotes.filter(({ state }) => state === 'confirmed')).toHaveLength(1)
        expect(quote.totalFen).toBe(totalFen(quote.lines))
        const held = life.order.stages.reduce((sum, stage) => sum + heldFen(stage), 0)
        expect(held + dueFen(life.order)).toBe(quote.totalFen)
        if (dueFen(life.order) > 0) paySurplus(life)
      }
      const byId = new Map<string, string>()
      for (const { lines } of life.order.quotes) {
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
        for (const line of lines) {
          const is = `${line.itemCode} ${line.amountFen / line.quantity}`
          expect(byId.get(line.id) ?? is).toBe(is)
          byId.set(line.id, is)
        }
      }
      const last = life.order.quotes.at(-1)!
      if (last.change) {
        const { added, removed } = changedLines(life.order, last)
        expect(totalFen(added) - totalFen(removed)).toBe(differenceFen(life.order, last))
      }
    }),
    { numRuns: 150 },
  )
})

/** What completing would be told now; nothing of the visit is done by it. */
function finishRefusal(life: Life) {
  const copy = Object.assign(Object.create(Life.prototype) as Life, life)
  return copy.try({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })
}

/** Change orders through the functions (R19, R20, R22, R23): found on site, priced, confirmed on the homeowner's own phone, paid or paid back. */
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

/** Inside, and paid. */
const working = async (): Promise<Repair> => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.agree()
  await repair.pay()
  await repair.setOut()
  await repair.arrive()
  await repair.openDoor()
  await repair.steps(['at_door'])
  return repair
}

const VALVE = { code: 'tap-cartridge', quantity: 2 }
const keepAll = async (repair: Repair) => ((await repair.job()).quote?.lines ?? []).map(({ id, quantity }) => ({ id, quantity }))
const change = async (repair: Repair, more: object = {}) => ({
  orderId: repair.orderId, baseVersion: (await repair.job()).quote?.version ?? 0, lines: await keepAll(repair), reason: '拆开看，角阀也裂了', photos: [await repair.technician.upload('change', repair.orderId)], ...more,
})
const finish = (repair: Repair) => ({ orderId: repair.orderId, visitNo: 1, findings: '', advice: '' })

test('R19 R23 more is confirmed and paid on the homeowner’s phone before it is done, and the card holds all of it', async () => {
  const repair = await working()
  const { homeowner, technician, orderId } = repair
  const before = (await repair.view()).quote!
  const job = await technician.do('sendChange', await change(repair, { items: [VALVE] }))
  expect(job).toMatchObject({ change: { version: 2, state: 'sent', reason: '拆开看，角阀也裂了', removed: [], added: [{ quantity: 2 }] }, main: { act: 'next_step' } })
  expect(job.more.map(({ act }) => act)).toContain('withdraw_change')
  const seen = await repair.view()
  expect(seen.quote).toMatchObject({ version: 1, totalFen: before.totalFen })
  expect(seen.change).toMatchObject({ version: 2, state: 'sent', totalFen: before.totalFen + job.change!.differenceFen })
  expect(seen.change?.photos[0]?.url).toMatch(/^http/)
  expect(seen).toMatchObject({ state: { turn: 'yours', word: '待确认' }, main: { act: 'view_quote' } })
  expect((await homeowner.do('listOrders', { filter: 'to_confirm' })).orders.map(({ id }) => id)).toEqual([orderId])
  expect((await homeowner.inbox()).filter(({ title }) => title === '报价请您看')).toHaveLength(2)
  expect(await technician.refused('reportCompletion', finish(repair))).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })

  await homeowner.do('confirmQuote', { orderId, quoteVersion: 2 })
  const { visitNo } = await repair.job()
  expect(await technician.refused('completeStep', { orderId, visitNo, stepId: 'protect', ticks: [], photos: [] })).toMatchObject({ code: 'UNPAID' })
  await product.workplace.pay(await repair.startPayment('S2'), { result: 'SUCCESS' })
  expect((await repair.view()).change).toBeNull()
  await repair.steps(['work'])
  await technician.do('reportCompletion', finish(repair))
  await homeowner.do('acceptWork', { orderId, visitNo: 1 })
  expect(await repair.view()).toMatchObject({ card: { paidFen: seen.change?.totalFen, lines: [{}, {}, { amountFen: seen.change!.added[0]!.amountFen }] } })
})

test('R23 less goes back by itself, once, and is there when WeChat Pay has settled it', async () => {
  const repair = await working()
  const { homeowner, technician, orderId } = repair
  await technician.do('sendChange', await change(repair, { items: [VALVE] }))
  await homeowner.do('confirmQuote', { orderId, quoteVersion: 2 })
  const surplus = await repair.startPayment('S2')
  await product.workplace.pay(surplus, { result: 'SUCCESS' })
  const lines = (await repair.view()).quote!.lines
  const [first, second, valves] = [lines[0]!, lines[1]!, lines[2]!]
  await technician.do('sendChange', await change(repair, { lines: [{ id: first.id, quantity: first.quantity }, { id: second.id, quantity: second.quantity }, { id: valves.id, quantity: 1 }] }))
  const view = await repair.view()
  expect(view.change).toMatchObject({ version: 3, differenceFen: -valves.amountFen / 2, added: [{ id: valves.id, quantity: 1 }], removed: [{ id: valves.id, quantity: 2 }] })
  await homeowner.do('confirmQuote', { orderId, quoteVersion: 3 })
  await homeowner.do('confirmQuote', { orderId, quoteVersion: 3 })
  await product.advance(5 * 60_000)
  expect((await product.find('refunds', { orderId })).map(({ _id, amountFen, state }) => ({ _id, amountFen, state }))).toEqual([{ _id: `${surplus}R1`, amountFen: valves.amountFen / 2, state: 'succeeded' }])
  const order = await repair.order()
  expect(order.stages.reduce((sum, { amountFen, refundedFen }) => sum + amountFen - refundedFen, 0)).toBe(order.quotes.find(({ state }) => state === 'confirmed')?.totalFen)
  expect((await repair.told()).filter((kind) => kind === 'refunded')).toHaveLength(1)
  const { text } = await product.staffDo<{ text: string }>('showOrder', { order: repair.number })
  expect(text).toContain(`退 ¥${(valves.amountFen / 200).toFixed(2)}（项目减少，差价退回，到账）`)
})

test('R20 off the book: the estimator prices it first; nobody else may; the homeowner sees nothing before', async () => {
  const repair = await working()
  const { homeowner, technician, orderId, number } = repair
  await technician.do('sendChange', await change(repair, { offBook: [{ name: '老式铜接头', unit: '个', quantity: 2 }] }))
  expect(await repair.view()).toMatchObject({ change: null, quote: { version: 1 } })
  expect(await homeowner.refused('confirmQuote', { orderId, quoteVersion: 2 })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await product.todos(orderId)).toContain('quote_approval')
  // The estimator reads what there is to price, by the ids that the action asks for.
  const { text } = await product.staffDo<{ text: string }>('showOrder', { order: number }, { operator: 'bai-ning' })
  expect(text).toMatch(/加减项目第 2 版（等批价）：.*L\d 老式铜接头 × 2 个 没有价.*｜现场：拆开看，角阀也裂了/)
  const prices = [{ line: (await repair.job()).change!.added[0]!.id, materialUnitFen: 1_500, labourUnitFen: 2_000, warrantyMonths: 6 }]
  expect(await product.staff('approveChange', { order: number, prices }, { operator: 'lu-min' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  for (const [wrong, field] of [[{ ...prices[0]!, materialUnitFen: -1 }, 'materialUnitFen'], [{ ...prices[0]!, labourUnitFen: 20.5 }, 'labourUnitFen'], [{ ...prices[0]!, materialUnitFen: 0, labourUnitFen: 0 }, 'labourUnitFen'], [{ ...prices[0]!, line: 'L1' }, 'line']] as const) {
    expect(await product.staff('approveChange', { order: number, prices: [wrong] }, { operator: 'bai-ning' })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: expect.objectContaining(field === 'line' ? {} : { [`prices.0.${field}`]: expect.any(String) as unknown }) as unknown } })
  }
  await product.staffDo('approveChange', { order: number, prices }, { operator: 'bai-ning' })
  expect((await repair.view()).change).toMatchObject({ state: 'sent', differenceFen: 7_000 })
  expect(await product.todos(orderId)).not.toContain('quote_approval')
  expect((await technician.inbox()).some(({ text }) => text.includes('价批好了'))).toBe(true)
})

test('R19 R20 wrong change orders are refused by field, in words, and nothing changes', async () => {
  const repair = await working()
  const { technician } = repair
  const good = await change(repair, { items: [VALVE] })
  const before = await repair.order()
  const refused = async (input: object, fields: Record<string, unknown>) => expect(await technician.refused('sendChange', { ...good, ...input })).toMatchObject({ fields })
  const sentence = expect.stringMatching(/[\u4e00-\u9fff]/) as unknown
  await refused({ lines: [{ id: 'L9', quantity: 1 }] }, { 'lines.0.id': sentence })
  await refused({ lines: [...good.lines, good.lines[0]] }, { [`lines.${good.lines.length}.id`]: sentence })
  await refused({ items: [{ code: 'no-such-item', quantity: 1 }] }, { 'items.0.code': '价目里没有这个项目' })
  await refused({ items: [VALVE, VALVE] }, { 'items.1.code': sentence })
  await refused({ items: [{ code: 'angle-valve-replace', quantity: 1 }] }, { 'items.0.code': expect.stringContaining('原来那一行') as unknown })
  await refused({ offBook: [{ name: '上门费', unit: '次', quantity: 1 }] }, { 'offBook.0.name': expect.stringContaining('上门和勘察不收费') as unknown })
  await refused({ photos: [] }, { photos: '请拍一张现场的照片' })
  await refused({ reason: '裂' }, { reason: sentence })
  await refused({ items: [], lines: good.lines }, { items: '和确认过的报价一样' })
  expect(await technician.refused('sendChange', { ...good, baseVersion: 4 })).toMatchObject({ code: 'CONFLICT' })
  expect(await technician.refused('sendChange', { ...good, photos: [await technician.upload('step', repair.orderId)] })).toMatchObject({ code: 'FILE_REFUSED' })
  expect((await repair.order()).version).toBe(before.version)
})

test('R19 a change order that is confirmed and declined at the same moment ends one way', async () => {
  const repair = await working()
  const { homeowner, technician, orderId } = repair
  await technician.do('sendChange', await change(repair, { items: [VALVE] }))
  const answers = await Promise.all([
    homeowner.call('confirmQuote', { orderId, quoteVersion: 2 }), homeowner.call('declineQuote', { orderId, quoteVersion: 2, reason: '先不换' }), technician.call('withdrawChange', { orderId, version: 2 }),
  ])
  expect(answers.some(({ ok }) => ok)).toBe(true)
  const order = await repair.order()
  const confirmed = order.quotes.filter(({ state }) => state === 'confirmed')
  expect(confirmed).toHaveLength(1)
  const due = order.stages.filter(({ state }) => state === 'due').reduce((sum, { amountFen }) => sum + amountFen, 0)
  expect(due + order.stages.filter(({ state }) => state === 'paid').reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(confirmed[0]?.totalFen)
})

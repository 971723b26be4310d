/** What cancelling costs, through the functions (R23): recorded on site, shown line by line, confirmed with the sum that was shown. */
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const paid = async (): Promise<Repair> => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.agree()
  await repair.pay()
  return repair
}
const working = async (): Promise<Repair> => {
  const repair = await paid()
  await repair.setOut()
  await repair.arrive()
  await repair.openDoor()
  return repair
}

test('R23 cancelled during work: shown line by line, refused when it changed meanwhile, and the rest goes back the way it came', async () => {
  const repair = await working()
  const { homeowner, technician, orderId } = repair
  const [first, second] = (await repair.view()).quote!.lines
  const total = (await repair.view()).quote!.totalFen
  await technician.do('recordProgress', { orderId, lines: [{ line: first!.id, steps: 0, materials: first!.quantity }] })
  const shown = await homeowner.do('previewCancel', { orderId })
  expect(shown).toMatchObject({ settledFen: first!.materialFen, refundedFen: total - first!.materialFen, paidFen: total })
  expect(shown.lines.map(({ id, labourSettledFen, materialSettledFen }) => [id, labourSettledFen, materialSettledFen])).toEqual([[first!.id, 0, first!.materialFen], [second!.id, 0, 0]])
  expect(shown.lines[0]?.text).toContain(`料用了 ${first!.quantity}/${first!.quantity}`)
  expect((await repair.view()).more.map(({ act }) => act)).toContain('cancel')

  await technician.do('recordProgress', { orderId, lines: [{ line: first!.id, steps: first!.quantity, materials: first!.quantity }] })
  expect(await homeowner.refused('cancelOrder', { orderId, reason: '不修了', settledFen: shown.settledFen })).toMatchObject({ code: 'CONFLICT' })
  expect(await homeowner.refused('cancelOrder', { orderId, reason: '不修了' })).toMatchObject({ code: 'CONFLICT' })
  const { settledFen, refundedFen } = await homeowner.do('previewCancel', { orderId })
  expect(settledFen).toBe(first!.amountFen)
  await homeowner.do('cancelOrder', { orderId, reason: '不修了', settledFen })
  await product.sweep()
  const order = await repair.order()
  expect(order).toMatchObject({ status: 'cancelled', cancellation: { settledFen, refundedFen } })
  expect(order.stages.flatMap(({ refunds }) => refunds.map(({ amountFen, kind }) => [amountFen, kind]))).toEqual([[refundedFen, 'cancellation']])
  expect(await homeowner.refused('previewCancel', { orderId })).toMatchObject({ code: 'WRONG_STATE' })
})

test('R23 before work nothing, but what was ordered for this order alone and cannot go back, recorded by staff with why', async () => {
  const repair = await paid()
  const { homeowner, orderId, number } = repair
  expect(await homeowner.do('previewCancel', { orderId })).toMatchObject({ settledFen: 0 })
  const line = (await repair.view()).quote!.lines.find(({ materialFen }) => materialFen > 0)!
  expect(await product.staff('recordProgress', { order: number, lines: [{ line: line.id, steps: 1, materials: 0 }], reason: '师傅来电' })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { 'lines.0.steps': '开了门动了工，才能记做到第几步' } } })
  await product.staffDo('recordProgress', { order: number, lines: [{ line: line.id, steps: 0, materials: line.quantity }], reason: '专门订的，厂家不退' })
  expect((await repair.view()).timeline[0]?.text).toContain('厂家不退')
  expect(await homeowner.do('previewCancel', { orderId })).toMatchObject({ settledFen: line.materialFen })
  expect(await product.staff('cancelOrder', { order: number, reason: '业主来电' })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  await product.staffDo('cancelOrder', { order: number, reason: '业主来电', settledFen: line.materialFen })
  expect((await repair.view()).status).toBe('cancelled')
})

test('R23 with completion reported nothing can be cancelled: the answer says what can be done', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.complete()
  expect(await repair.homeowner.refused('previewCancel', { orderId: repair.orderId })).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('还差什么') as string })
  await repair.close()
  expect(await repair.homeowner.refused('previewCancel', { orderId: repair.orderId })).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('免费返工') as string })
})

/** R21 technicians never take cash: a request for it is reported in one tap, and nothing anywhere can record a cash payment. */
import { helpOf } from '../support/every-action'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const reported = async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { homeowner, orderId } = repair
  expect(await homeowner.refused('reportCash', { orderId, visitNo: 1 })).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('还没有师傅') as string })
  await repair.claim()
  const shown = await homeowner.do('reportCash', { orderId, visitNo: 1 })
  await homeowner.do('reportCash', { orderId, visitNo: 1 })
  await product.sweep()
  return { repair, shown }
}
const open = async (id: string) => (await product.staffDo<{ violations: { violation: string; kind: string }[] }>('listViolations', {})).violations.find(({ violation }) => violation.startsWith(id))!

test('R21 reported once a visit: a violation and an urgent to-do for staff; the technician sees and hears nothing of it', async () => {
  const { repair, shown } = await reported()
  const { technician, orderId } = repair
  expect(shown.more.map(({ act }) => act)).not.toContain('report_cash')
  expect(await open(orderId)).toMatchObject({ kind: 'cash_request' })
  const todos = await product.workplace.db('todos', { orderId, kind: 'cash_request' })
  expect(todos).toMatchObject([{ urgent: true, state: 'open', role: 'manager' }])
  const told = JSON.stringify([await technician.do('getRecord', {}), await repair.job(), await technician.do('listMessages', {})])
  expect(told).not.toMatch(/现金|cash/)
  expect(await technician.refused('contestViolation', { violationId: (await open(orderId)).violation, reason: '我没有要过现金' })).toMatchObject({ code: 'NOT_FOUND' })
})

test.each([[false, 'upheld'], [true, 'withdrawn']])('R21 staff decide: withdraw %s, and only what is upheld reaches the technician', async (withdraw, state) => {
  const { repair } = await reported()
  const { technician, orderId } = repair
  const { violation } = await open(orderId)
  await product.staffDo('decideContest', { violation, withdraw, reason: '和双方都核实过' })
  await product.sweep()
  expect(await product.workplace.db('violations', { _id: violation })).toMatchObject([{ points: 3, contest: { state } }])
  expect(await product.workplace.db('todos', { orderId, kind: 'cash_request' })).toMatchObject([{ state: 'closed' }])
  const record = await technician.do('getRecord', {})
  expect([record.violations.map(({ text }) => text), record.points]).toEqual(withdraw ? [[], 0] : [['向业主要现金'], 3])
  expect(JSON.stringify(await technician.do('listMessages', {})).includes('现金')).toBe(!withdraw)
})

test('R21 a technician who lost the job to a cancelling can still be reported', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.homeowner.do('cancelOrder', { orderId: repair.orderId, reason: '师傅说给现金便宜' })
  await repair.homeowner.do('reportCash', { orderId: repair.orderId, visitNo: 1 })
  await product.sweep()
  expect(await open(repair.orderId)).toMatchObject({ kind: 'cash_request' })
})

test('R21 no field of any action can say that something was paid in cash', async () => {
  const [homeowner, technician] = [product.homeowner(), await product.technician(product.area())]
  const helps = [await helpOf((event) => homeowner.send(event)), await helpOf((event) => technician.send(event)), (await product.staffDo<{ actions: { name: string; input: unknown }[] }>('help', {})).actions]
  const inputs = helps.flatMap((actions) => actions.map(({ name, input }) => [name, JSON.stringify(input)] as const))
  expect(inputs.length).toBeGreaterThan(80)
  expect(inputs.filter(([, input]) => /cash|现金|payMethod|paymentMethod|付款方式|已收款/i.test(input)).map(([name]) => name)).toEqual([])
})

/** A quote unanswered, declined, and made at the door (R17b, R19, R22), through the functions. */
import { HOUR, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

test('R22 unanswered: reminded at 24 h, expired after 72 h, customer service see it; an expired quote cannot be confirmed', async () => {
  const repair = await Repair.file(product, { near: 0 })
  const filed = (await product.now()).getTime()
  const quotes = async () => (await repair.homeowner.inbox()).filter((message) => message.title === '报价请您看').length
  await product.moveTo(new Date(filed + 24 * HOUR))
  expect(await quotes()).toBe(2)
  await product.moveTo(new Date(filed + 72 * HOUR))
  expect((await repair.order()).quotes[0]?.state).toBe('sent')
  await product.moveTo(new Date(filed + 72 * HOUR + SECOND))
  expect((await repair.order()).quotes[0]?.state).toBe('expired')
  expect(await product.todos(repair.orderId)).toContain('quote_expired')
  expect(await repair.homeowner.refused('confirmQuote', { orderId: repair.orderId, quoteVersion: 1 })).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
})

test('R22 a quote that was declined is not confirmed, and no other version exists', async () => {
  const repair = await Repair.file(product, { near: 0 })
  const { homeowner, orderId } = repair
  await homeowner.do('declineQuote', { orderId, quoteVersion: 1, reason: '比价目贵' })
  expect(await homeowner.refused('confirmQuote', { orderId, quoteVersion: 1 })).toMatchObject({ code: 'WRONG_STATE' })
  expect(await homeowner.refused('confirmQuote', { orderId, quoteVersion: 2 })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await product.todos(orderId)).toContain('quote_declined')
})

test('R17b, R19 quoted at the door from the price book: no work before it is confirmed and paid, then the same visit goes on', async () => {
  const repair = await Repair.file(product, { near: 1, items: [{ code: 'leak-find', quantity: 1 }] })
  const { orderId, technician, homeowner } = repair
  expect((await repair.view()).quote).toBeNull()
  await repair.claim()
  await repair.agree()
  await repair.setOut()
  await repair.arrive()
  await repair.openDoor()
  await repair.steps(['at_door'])
  const { visitNo } = await repair.job()
  const protect = { orderId, visitNo, stepId: 'protect', ticks: ['valuables', 'consent_to_move', 'covered', 'mat'], photos: [await technician.upload('step', orderId)] }
  expect(await technician.refused('completeStep', protect)).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
  expect(await technician.refused('sendQuote', { orderId, items: [{ code: 'no-such-item', quantity: 1 }] })).toMatchObject({ code: 'INVALID_INPUT', fields: { 'items.0.code': expect.any(String) as unknown } })
  await technician.do('sendQuote', { orderId, items: [{ code: 'tap-cartridge', quantity: 1 }] })
  expect((await homeowner.do('listOrders', { filter: 'to_confirm' })).orders.map((order) => order.id)).toEqual([orderId])
  expect(await technician.refused('completeStep', protect)).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
  await repair.confirm()
  expect(await technician.refused('completeStep', protect)).toMatchObject({ code: 'UNPAID' })
  await product.workplace.pay(await repair.startPayment(), { result: 'SUCCESS' })
  await technician.do('completeStep', protect)
  expect((await repair.order()).status).toBe('working')
})

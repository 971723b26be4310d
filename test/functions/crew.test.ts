/** Helpers added, let go and put in charge by staff and by the one in charge (R47), through the functions. */
import { SECOND } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import type { TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const numberOf = async (technician: TechnicianPhone) => (await technician.document()).staffNumber

/** A time is agreed, and somebody else is near who could help. */
const scheduled = async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.agree()
  const helper = await product.technician(north(repair.homeowner.home, 2))
  return { repair, helper }
}

test.each([
  ['suspended', { suspended: true, suspendedReason: '证件待核' }, 'SUSPENDED'],
  ['on leave', { leave: [{ id: 'l1', from: new Date('2030-01-01T00:00:00Z'), to: new Date('2030-12-31T00:00:00Z'), reason: '看病' }] }, 'BUSY'],
] as const)('R47 a dry run refuses whom the real one refuses: %s', async (_what, change, code) => {
  const { repair } = await scheduled()
  const other = await product.technician(north(repair.homeowner.home, 2), change as never)
  const input = { order: repair.number, staffNumber: await numberOf(other) }
  const [dry, real] = [await product.staff('addHelper', input, { dryRun: true }), await product.staff('addHelper', input)]
  expect(dry).toMatchObject({ ok: false, error: { code } })
  expect(real).toMatchObject({ ok: false, error: dry.ok ? {} : { code, message: dry.error.message } })
})

test('R47 a dry run before a time is agreed, for the homeowner’s own account, for a number that nobody has: refused as in earnest', async () => {
  const { repair, helper } = await scheduled()
  const early = await Repair.file(product, { near: 1 })
  await early.claim()
  const own = await product.technician(north(repair.homeowner.home, 2), { openid: repair.homeowner.openid })
  for (const input of [{ order: early.number, staffNumber: await numberOf(helper) }, { order: repair.number, staffNumber: await numberOf(own) }, { order: repair.number, staffNumber: '99zz' }]) {
    const [dry, real] = [await product.staff('addHelper', input, { dryRun: true }), await product.staff('addHelper', input)]
    expect(dry.ok).toBe(false)
    expect(real).toMatchObject({ ok: false, error: dry.ok ? {} : { code: dry.error.code, message: dry.error.message } })
  }
})

test('R47 a helper who is put in charge hears that, and not to stay away; their day holds the visit once', async () => {
  const { repair, helper } = await scheduled()
  await product.staffDo('addHelper', { order: repair.number, staffNumber: await numberOf(helper) })
  const before = (await helper.inbox()).length
  await product.advance(SECOND)
  await product.staffDo('assignOrder', { order: repair.number, staffNumber: await numberOf(helper), reason: '赵师傅病了' })
  const told = (await helper.inbox()).slice(0, -before)
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('调度派给您')])
  expect(await repair.visit()).toMatchObject({ technicianId: helper.id, helpers: [] })
  expect(await helper.document()).toMatchObject({ claim: { orderId: repair.orderId }, slots: [{ orderId: repair.orderId, heldUntil: null }] })
})

test('R47 R04 whoever does not help cannot be let go: refused with a sentence; the same request again is answered as before', async () => {
  const { repair, helper } = await scheduled()
  const { technician, orderId } = repair
  const remove = (helperId: string, requestId?: string) => technician.call('removeHelper', { orderId, helperId, reason: '一个人就够了' }, requestId)
  expect(await remove(helper.id)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', message: '他不是这单的帮手，不用去掉' } })
  await technician.do('addHelper', { orderId, staffNumber: await numberOf(helper) })
  expect(await remove(helper.id, 'remove-once-01')).toMatchObject({ ok: true })
  expect(await remove(helper.id, 'remove-once-01')).toMatchObject({ ok: true })
  expect(await remove(helper.id)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})

test('R47 R04 whoever helps already is added once more though suspended, or busy, by now: answered as it is, and nothing changes', async () => {
  const { repair, helper } = await scheduled()
  const staffNumber = await numberOf(helper)
  await repair.technician.do('addHelper', { orderId: repair.orderId, staffNumber })
  await product.staffDo('suspendTechnician', { staffNumber, suspended: true, reason: '证件待核' })
  const before = await product.everything()
  expect(await repair.technician.do('addHelper', { orderId: repair.orderId, staffNumber })).toMatchObject({ orderId: repair.orderId })
  expect(await product.staff('addHelper', { order: repair.number, staffNumber })).toMatchObject({ ok: true })
  expect(await product.changedSince(before)).toEqual([])
})

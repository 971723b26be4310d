/** Many hands at once (R04, R06): whatever comes first, the end is one that the rules allow. All of it through real functions in threads of their own. Two hands: `pairs.test.ts`. */
import { MINUTE } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import type { Product, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const CONTENDERS = 20
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '4' } })
let home: ReturnType<Product['area']>
let crew: TechnicianPhone[]

beforeAll(async () => {
  await product.staffDo('changeSettings', { settings: { dispatch: { offersPerWave: CONTENDERS, dailyCapacity: 50 } } })
  await product.advance(11_000)
  home = product.area()
  crew = await Promise.all(Array.from({ length: CONTENDERS }, (_, n) => product.technician(north(home, 1 + n / 10), { dailyCapacity: 50 })))
})

const codes = (answers: { ok: boolean; error?: { code: string } }[]) => answers.map((answer) => (answer.ok ? 'OK' : (answer.error?.code ?? '')))

test.each([1, 2, 3])('R06 twenty technicians press claim at once (%i): one gets it, nineteen read that it is taken, and nobody’s day keeps a hold', async (round) => {
  const now = (await product.now()).getTime()
  const wanted = { from: new Date(now + round * 180 * MINUTE).toISOString(), to: new Date(now + (round * 180 + 60) * MINUTE).toISOString() }
  const { orderId } = await product.homeowner(home).file({ wanted })
  expect((await product.order(orderId)).offeredTo).toHaveLength(CONTENDERS)
  const answers = codes(await Promise.all(crew.map((technician) => technician.call('claimOffer', { orderId }))))
  expect(answers.filter((code) => code === 'OK')).toHaveLength(1)
  expect(answers.filter((code) => code === 'TAKEN')).toHaveLength(CONTENDERS - 1)
  const winner = crew[answers.indexOf('OK')]!
  expect((await product.order(orderId)).visits[0]?.technicianId).toBe(winner.id)
  for (const technician of crew) {
    const { claim, slots } = await technician.document()
    expect(slots.filter((slot) => slot.orderId === orderId)).toHaveLength(technician === winner ? 1 : 0)
    expect(claim?.orderId === orderId).toBe(technician === winner)
    expect(slots.every((slot) => slot.heldUntil === null)).toBe(true)
  }
  await winner.do('giveBack', { orderId, reason: '让给别人' })
  await product.staffDo('cancelOrder', { order: orderId, reason: '试完了' })
})

test('R04 the same request many times at once is carried out once', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.technician.do('dial', { orderId: repair.orderId })
  const at = new Date((await product.now()).getTime() + 200 * MINUTE).toISOString()
  const answers = await Promise.all(Array.from({ length: 6 }, () => repair.technician.call('recordCall', { orderId: repair.orderId, outcome: 'agreed', at }, 'record-once-01')))
  expect(codes(answers).filter((code) => code === 'OK').length).toBeGreaterThanOrEqual(1)
  expect((await repair.told()).filter((kind) => kind === 'appointed')).toHaveLength(1)
  expect(await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'agreed', at }, 'record-once-01')).toMatchObject({ appointment: { at } })
  const { slots, claim } = await repair.technician.document()
  expect([slots.length, claim, slots[0]?.heldUntil]).toEqual([1, null, null])
})

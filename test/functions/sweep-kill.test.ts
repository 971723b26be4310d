/** The machine dies again and again in the middle of a sweep, an hour's worth of deadlines being due (R38, R42): in the end each has fallen, and each once. SEED=new makes other choices. */
import { MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { demandAgreement } from '../support/agreement'
import { randomFrom, SEED } from '../support/random'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

const REPAIRS = 8
const DEATHS = 4

jest.setTimeout(120_000)
const random = randomFrom(SEED)
const product = withProduct({ env: { FUNCTION_CONCURRENCY: '2' } })

/** What a sweep has still to do: orders with something due, and outboxes. */
const left = async (): Promise<number> => {
  const [orders, now] = await Promise.all([product.find('orders', {}), product.now()])
  return orders.reduce((sum, { deadlines, outbox }) => sum + outbox.length + deadlines.filter(({ dueAt }) => dueAt < now).length, 0)
}

/** Dies once the sweep has begun to get somewhere. Gives whether it was cut off in the middle. */
const dieInASweep = async (): Promise<boolean> => {
  const before = await left()
  let answered = false
  const sweep = product.sweep().then(() => (answered = true), () => undefined)
  // Deciding leaves more to do in outboxes, working them off leaves less: any change is progress.
  while (!answered && (await left()) === before) await new Promise((resolve) => setTimeout(resolve, 1))
  await new Promise((resolve) => setTimeout(resolve, random(20)))
  await product.reboot()
  await sweep
  return !answered && (await left()) > 0
}

const file = async (): Promise<Repair> => {
  const repair = await Repair.file(product, { near: 4 })
  await Promise.all(repair.technicians.map(async (technician) => (await technician.allow('offer'), technician.allow('offer'))))
  return repair
}

test(`R07 R10 R41 R42 a timer that dies half-way through loses nothing and doubles nothing (SEED=${SEED})`, async () => {
  const [claimed, dialled, offered] = await Promise.all([1, 2, 3].map(() => Promise.all(Array.from({ length: REPAIRS }, file))))
  const begun = (await product.now()).getTime()
  for (const repair of [...claimed!, ...dialled!]) await repair.claim()
  for (const { technician, orderId } of dialled!) await technician.do('dial', { orderId })
  await product.sleepTo(new Date(begun + 40 * MINUTE))
  let cutOff = 0
  for (let death = 0; death < DEATHS; death += 1) {
    if (await dieInASweep()) cutOff += 1
    // Leases of whoever died end.
    await product.sleepTo(new Date(begun + 40 * MINUTE + (death + 1) * 21 * SECOND))
  }
  expect(cutOff).toBeGreaterThan(0)
  await product.sweep()
  await product.advance(25 * SECOND)
  await product.sweep()

  const all = [...claimed!, ...dialled!, ...offered!]
  await demandAgreement(product, all)
  const sent = (await product.workplace.messages()).filter(({ page, result }) => page.includes('offer') && result.errcode === 0).map(({ to }) => to)
  for (const repair of all) {
    const count = (kind: string, told: readonly string[]) => told.filter((other) => other === kind).length
    const [order, told, violations] = [await repair.order(), await repair.told(), await product.violations(repair.orderId)]
    const isOffered = offered!.includes(repair)
    expect([count('wave_sent', told), count('taken_back', told), count('call_late', told)]).toEqual([2, isOffered ? 0 : 1, claimed!.includes(repair) ? 1 : 0])
    expect(violations.map(({ kind, at }) => [kind, at.getTime() - begun])).toEqual(claimed!.includes(repair) ? [['late_call', 5 * MINUTE]] : [])
    expect(order.timeline.filter(({ kind }) => kind === 'taken_back').map(({ at }) => at.getTime() - begun)).toEqual(isOffered ? [] : [15 * MINUTE])
    // WeChat was asked once for each offer at most; the inbox has each.
    for (const { id, openid } of repair.technicians) {
      const offers = order.offers.filter(({ technicianId }) => technicianId === id).length
      expect(sent.filter((to) => to === openid).length).toBeLessThanOrEqual(offers)
      expect(await product.find('messages', { orderId: repair.orderId, openid, template: 'offer' })).toHaveLength(offers)
    }
  }
})

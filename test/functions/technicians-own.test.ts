/** What a technician finds on their own pages: jobs in hand and done, offers beside a call, what goes on their record (R05, R10, R36, R45, R52), through the functions. */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { HomeownerPhone, Product } from '../support/product'
import { Repair } from '../support/repair'

jest.setTimeout(120_000)
let product: Product
beforeAll(async () => {
  product = await Product.start()
})
beforeEach(() => product.byDay())
afterAll(() => product?.stop())

test('R36 R52 a violation comes into the technician’s inbox and leads to the record; opening the job has not read it; what is decided of a contest comes too', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { technician, orderId } = repair
  await repair.claim()
  await product.sleepTo(new Date((await product.now()).getTime() + 5 * MINUTE + SECOND))
  await product.sweep()
  const told = () => product.find('messages', { openid: technician.openid, template: 'register' })
  expect(await told()).toMatchObject([{ text: `违规记了一条：接单后没按时打电话，${repair.number}`, page: 'technician/record/record', read: false }])
  await technician.do('markRead', { orderId })
  const { unread } = await technician.do('openJobs', {})
  expect([unread, (await told())[0]?.read]).toEqual([1, false])
  // Once, however often the timer looks.
  await product.sweep()
  expect(await told()).toHaveLength(1)

  const [violation] = await product.violations(orderId)
  await technician.do('contestViolation', { violationId: violation!._id, reason: '用座机打的，业主能作证' })
  await product.staffDo('decideContest', { violation: violation!._id, withdraw: true, reason: '通话记录对得上' })
  const decided = (await told()).find(({ text }) => text.startsWith('违规异议'))
  expect(decided).toMatchObject({ text: '违规异议：撤销，不算：通话记录对得上', page: 'technician/record/record', read: false })
})

test('R52 工单 holds what is in hand, by time, and behind it what is done', async () => {
  const homeowner = product.homeowner()
  const technician = await product.technician(homeowner.home)
  const later = Repair.of(product, homeowner, [technician], await homeowner.file())
  await later.claim()
  await later.agree(new Date((await product.now()).getTime() + 7 * HOUR))
  const sooner = Repair.of(product, homeowner, [technician], await homeowner.file())
  await sooner.claim()
  const at = await sooner.agree()
  const list = async (filter: 'in_hand' | 'done') => (await technician.do('listJobs', { filter })).jobs.map((job) => job.orderId)
  expect([await list('in_hand'), await list('done')]).toEqual([[sooner.orderId, later.orderId], []])
  await sooner.pay()
  await product.moveTo(new Date(at.getTime() - 40 * MINUTE))
  await sooner.work()
  await sooner.close()
  expect([await list('in_hand'), await list('done')]).toEqual([[later.orderId], [sooner.orderId]])
  await technician.do('giveBack', { orderId: later.orderId, reason: '时间赶不上' })
  // Given back: not theirs any more, to see or to list (R39).
  expect([await list('in_hand'), await list('done')]).toEqual([[], [sooner.orderId]])
  expect(await homeowner.do('openHome', {})).toMatchObject({ isTechnician: false, technician: null })
  // Whoever opens 工单 before anything else is known for what they are too.
  const theirs = new HomeownerPhone(product, technician.openid, homeowner.home)
  expect([(await homeowner.do('listOrders', {})).isTechnician, (await theirs.do('listOrders', {})).isTechnician]).toEqual([false, true])
})

test('R05 R10 until the outcome of a call is told the offers say which one comes first, as the claim would be refused; nobody answered: they are free', async () => {
  const homeowner = product.homeowner()
  const technician = await product.technician(homeowner.home)
  const first = await homeowner.file()
  const second = await homeowner.file()
  const seen = async () => [(await technician.do('openJobs', {})).callFirst, (await technician.do('seeOffer', { orderId: second.orderId })).callFirst]
  expect(await seen()).toEqual([null, null])
  await technician.do('claimOffer', { orderId: first.orderId })
  expect(await seen()).toEqual([first.orderId, first.orderId])
  await technician.do('dial', { orderId: first.orderId })
  expect(await seen()).toEqual([first.orderId, first.orderId])
  expect(await technician.refused('claimOffer', { orderId: second.orderId })).toMatchObject({ code: 'BUSY' })
  await technician.do('recordCall', { orderId: first.orderId, outcome: 'no_answer' })
  expect(await seen()).toEqual([null, null])
  expect(await technician.do('claimOffer', { orderId: second.orderId })).toMatchObject({ orderId: second.orderId })
})

test.each([
  [[], 'parts'],
  [[{ name: ' ', quantity: 1 }], 'parts.0.name'],
  [[{ name: '阀芯', quantity: 0 }], 'parts.0.quantity'],
  [Array.from({ length: 6 }, () => ({ name: '阀芯', quantity: 1 })), 'parts'],
])('R45 parts that are not well named are refused: %j', async (parts, field) => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.technician.do('dial', { orderId: repair.orderId })
  const expectedAt = new Date((await product.now()).getTime() + 24 * HOUR).toISOString()
  expect(await repair.technician.refused('waitForParts', { orderId: repair.orderId, parts, reason: '门店没货', expectedAt })).toMatchObject({ code: 'INVALID_INPUT', fields: { [field]: expect.stringMatching(/配件|数量/) as unknown } })
})

/** What was filed is put right, and what that does to those who were asked, whose day it is, and who may claim (R05, R06, R10, R15, R47, R55), through the real SDKs. */
import { dayStart, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

const product = withProduct({ byDay: true })

const slotOf = async (repair: Repair, technician = repair.technician) => (await technician.document()).slots.filter(({ orderId }) => orderId === repair.orderId).map(({ from, to, heldUntil }) => [from, (to.getTime() - from.getTime()) / MINUTE, heldUntil])
const minutes = (repair: Repair) => repair.order().then(({ items }) => items.reduce((sum, item) => sum + item.minutes * item.quantity, 0))
const many = { items: [{ code: 'angle-valve-replace', quantity: 12 }], reason: '业主来电，十二个角阀都换' }

describe('R05 R10 more to do once the time is agreed', () => {
  test('R05 the technician’s day, and the helper’s, hold the longer visit; rehearsed, nothing is held', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const t = await repair.agree()
    const helper = await product.technician(north(repair.homeowner.home, 2))
    const { staffNumber } = await helper.document()
    await product.staffDo('addHelper', { order: repair.number, staffNumber })
    const before = await slotOf(repair)
    await product.staffDo('correctRepair', { order: repair.number, ...many }, { dryRun: true })
    expect(await slotOf(repair)).toEqual(before)
    await product.staffDo('correctRepair', { order: repair.number, ...many })
    const longer = await minutes(repair)
    expect(longer).toBeGreaterThan(before[0]?.[1] as number)
    expect([await slotOf(repair), await slotOf(repair, helper)]).toEqual([[[t, longer, null]], [[t, longer, null]]])
  })

  test('R05 no room for it: refused with the reason, and neither the order nor anybody’s day has changed', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const t = await repair.agree()
    const next = await Repair.file(product, { near: 0, homeowner: product.homeowner(repair.homeowner.home) })
    const { staffNumber } = await repair.technician.document()
    await product.staffDo('assignOrder', { order: next.number, staffNumber, reason: '顺路' })
    await next.agree(new Date(t.getTime() + 2.5 * HOUR), repair.technician)
    const before = [await repair.order(), await slotOf(repair)]
    for (const dryRun of [true, false]) expect(await product.staff('correctRepair', { order: repair.number, ...many }, { dryRun })).toMatchObject({ ok: false, error: { code: 'BUSY', message: expect.stringContaining('另有一家') as unknown } })
    expect([await repair.order(), await slotOf(repair)]).toEqual(before)
  })
})

describe('R05 R06 who claims is judged as they are then', () => {
  test.each([
    ['the skill was taken from the register', { skills: ['electrical'] }, '不会这一类'],
    ['the certificate has run out since', { certificates: [{ category: 'plumbing', name: '水暖工证', expiresAt: new Date('2020-01-01T00:00:00Z') }] }, '证件过期'],
  ])('R05 %s: refused, and the offer stays open for who may', async (_what, change, reason) => {
    const repair = await Repair.file(product, { near: 2 })
    await product.db.collection('technicians').doc(repair.technician.id).update(change)
    expect(await repair.technician.refused('claimOffer', { orderId: repair.orderId })).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining(reason) as unknown })
    expect((await repair.technician.document()).slots).toEqual([])
    await repair.claim(repair.technicians[1])
    expect((await repair.visit()).technicianId).toBe(repair.technicians[1]!.id)
  })
})

test('R10 R55 claimed at night, the claim keeps its technician from another until the call that begins at 7:00 has an outcome', async () => {
  const evening = new Date(dayStart(await product.now()).getTime() + 22 * HOUR - 2 * MINUTE)
  await product.moveTo(evening)
  const repair = await Repair.file(product, { near: 1, wanted: { from: new Date(evening.getTime() + 16 * HOUR).toISOString(), to: new Date(evening.getTime() + 18 * HOUR).toISOString() } })
  await product.moveTo(new Date(evening.getTime() + 30 * MINUTE))
  await repair.claim()
  const seven = new Date(evening.getTime() + 9 * HOUR + 2 * MINUTE)
  expect((await repair.technician.document()).claim).toMatchObject({ orderId: repair.orderId, until: new Date(seven.getTime() + 20 * MINUTE) })
  await product.moveTo(new Date(seven.getTime() - HOUR))
  const urgent = await Repair.file(product, { near: 0, homeowner: product.homeowner(repair.homeowner.home), emergency: true })
  expect((await urgent.order()).offeredTo).toEqual([])
  await product.moveTo(new Date(seven.getTime() + 14 * MINUTE))
  await repair.agree(new Date(seven.getTime() + 8 * HOUR))
  expect((await repair.technician.document()).claim).toBeNull()
})

test('R15 R33 whoever is suspended meanwhile is not asked alone: the others are asked at once', async () => {
  const repair = await Repair.file(product, { near: 2 })
  await repair.claim()
  const t = await repair.agree()
  await repair.pay()
  await product.moveTo(new Date(t.getTime() - HOUR))
  await repair.setOut()
  await product.moveTo(new Date(t.getTime() - 10 * MINUTE))
  await repair.arrive()
  await repair.technician.do('dial', { orderId: repair.orderId })
  await repair.technician.do('recordDoorCall', { orderId: repair.orderId, answered: false })
  await product.moveTo(new Date(t.getTime() + 30 * MINUTE))
  await repair.technician.do('leaveNote', { orderId: repair.orderId })
  const { staffNumber } = await repair.technician.document()
  await product.staffDo('suspendTechnician', { staffNumber, suspended: true, reason: '证件待核' })
  const at = (hours: number) => new Date(t.getTime() + hours * HOUR).toISOString()
  const other = repair.technicians[1]!
  await other.do('reportPosition', { position: north(repair.homeowner.home, 2) })
  await repair.homeowner.do('rebook', { orderId: repair.orderId, wanted: { from: at(2), to: at(3) }, same: true })
  expect((await repair.order()).offeredTo).toEqual([other.id])
  expect(await repair.told()).toContain('same_cannot_come')
})

test('R10 R41 a number put right after a missed retry: five minutes from then, late reaches the dispatcher', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.technician.do('dial', { orderId: repair.orderId })
  await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'no_answer' })
  await product.advance(16 * MINUTE)
  expect(await product.todos(repair.orderId)).toContain('no_answer')
  await product.staffDo('correctContact', { order: repair.number, phone: '139 0000 1111' })
  expect(await product.todos(repair.orderId)).not.toContain('no_answer')
  await product.advance(5 * MINUTE + SECOND)
  expect(await product.todos(repair.orderId)).toContain('late_call')
})

test('R39 R41 what the homeowner typed of where they live is in no offer', async () => {
  const repair = await Repair.file(product, { near: 1, problem: '打 138 0000 6621，梧桐里 6 幢 2 单元 1102，龙头漏水' })
  const { offers } = await repair.technician.do('openJobs', {})
  expect(offers).toHaveLength(1)
  expect(JSON.stringify([offers, await repair.technician.inbox()])).not.toMatch(/138 0000|6 幢|1102/)
})

describe('R10 what was filed turns out to be something else', () => {
  const on = async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    await repair.technician.do('dial', { orderId: repair.orderId })
    const at = new Date((await product.now()).getTime() + 3 * HOUR).toISOString()
    return { repair, record: (items: { code: string; quantity: number }[]) => ({ orderId: repair.orderId, outcome: 'agreed' as const, at, corrections: { items } }) }
  }

  test('R10 R17 items and price change together: the new quote replaces the old one, before anybody confirmed it', async () => {
    const { repair, record } = await on()
    const job = await repair.technician.do('recordCall', record([{ code: 'angle-valve-replace', quantity: 3 }]))
    expect(job.items).toMatchObject([{ code: 'angle-valve-replace', quantity: 3 }])
    const order = await repair.order()
    expect(order.quotes.map((quote) => quote.state)).toEqual(['replaced', 'sent'])
    expect(order.quotes[1]?.lines).toMatchObject([{ itemCode: 'angle-valve-replace', quantity: 3 }])
    await repair.pay()
    expect(await product.staff('correctRepair', { order: repair.number, items: [{ code: 'tap-replace', quantity: 1 }], reason: '业主来电' })).toMatchObject({ ok: false, error: { code: 'WRONG_STATE' } })
  })

  test('R10 another trade than the technician’s, an unknown item, items of two trades: refused by field, nothing changes', async () => {
    const { repair, record } = await on()
    const before = await repair.order()
    expect(await repair.technician.refused('recordCall', record([{ code: 'socket-replace', quantity: 1 }]))).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('退单') as unknown })
    expect(await repair.technician.refused('recordCall', record([{ code: 'no-such-item', quantity: 1 }]))).toMatchObject({ code: 'INVALID_INPUT', fields: { 'corrections.items.0.code': '价目里没有这个项目' } })
    expect(await repair.technician.refused('recordCall', record([{ code: 'tap-replace', quantity: 1 }, { code: 'socket-replace', quantity: 1 }]))).toMatchObject({ fields: { 'corrections.items.1.code': expect.stringContaining('不属于') as unknown } })
    expect(await repair.order()).toEqual(before)
  })

  test('R10 staff correct the trade while nobody has it: whoever is asked next has that skill', async () => {
    const homeowner = product.homeowner()
    const [plumber, electrician] = await Promise.all([product.technician(homeowner.home), product.technician(homeowner.home, { skills: ['electrical'], certificates: [{ category: 'electrical', name: '电工证', expiresAt: new Date('2040-01-01T00:00:00Z') }] })])
    const { orderId, number } = await homeowner.file()
    expect((await product.order(orderId)).offeredTo).toEqual([plumber.id])
    await product.staffDo('correctRepair', { order: number, items: [{ code: 'socket-replace', quantity: 1 }], reason: '业主来电，是插座' })
    expect((await product.order(orderId)).category.code).toBe('electrical')
    expect(await plumber.refused('claimOffer', { orderId })).toMatchObject({ code: 'OFFER_OVER' })
    expect((await product.order(orderId)).offeredTo).toEqual([electrician.id])
  })
})

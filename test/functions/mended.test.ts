/** What was proved broken from outside, and is mended (R05, R10, R39, R41, R42, R52), through the real SDKs. */
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { identityNumber } from '../support/identity-number'
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(60_000)
const product = withProduct({ byDay: true })

const entry = { name: '试用师傅', skills: ['plumbing'], base: { longitude: 120.2, latitude: 30.2 }, district: '江湾区' }

test('R42 R05 one entry of the register that cannot be read holds up nobody: the others are asked, and staff hear which it is', async () => {
  const homeowner = product.homeowner()
  const [broken, sound] = [await product.technician(north(homeowner.home, 0.5)), await product.technician(north(homeowner.home, 1))]
  const { staffNumber } = await broken.document()
  await product.db.collection('technicians').doc(broken.id).update({ certificates: 'none' })
  const { orderId } = await homeowner.file()
  expect((await product.order(orderId)).offeredTo).toEqual([sound.id])
  expect(await product.find('todos', { _id: `register_broken:${broken.id}` })).toMatchObject([{ state: 'open', detail: expect.stringContaining(staffNumber) as unknown }])
})

test('R42 an entry older than shifts and leave is read as one without', async () => {
  const homeowner = product.homeowner()
  const old = await product.technician(north(homeowner.home, 1))
  const { command } = product.db
  await product.db.collection('technicians').doc(old.id).update({ shifts: command.remove(), leave: command.remove(), levels: command.remove() })
  const { orderId } = await homeowner.file()
  expect((await product.order(orderId)).offeredTo).toEqual([old.id])
})

test('R39 asked again under an old requestId, the number is not given out after seven days either', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.complete()
  await repair.technician.do('dial', { orderId: repair.orderId }, 'dial-once-again-1')
  await repair.close()
  await product.advance(8 * DAY)
  expect(await repair.technician.refused('dial', { orderId: repair.orderId })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await repair.technician.refused('dial', { orderId: repair.orderId }, 'dial-once-again-1')).toMatchObject({ code: 'NOT_FOUND' })
})

test('R10 R41 a to-do that staff closed by hand is opened again when the same happens anew', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  const wrong = async () => {
    await repair.technician.do('dial', { orderId: repair.orderId })
    await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'wrong_number' })
  }
  await wrong()
  const [todo] = await product.find('todos', { orderId: repair.orderId, kind: 'wrong_number' })
  await product.advance(MINUTE)
  await product.staffDo('closeTodo', { todo: todo!._id, note: '号码没错，请再打' })
  await product.advance(MINUTE)
  await wrong()
  expect(await product.todos(repair.orderId)).toContain('wrong_number')
})

describe('R05 R10 a correction to a trade whose certificate has run out', () => {
  const on = async () => {
    const homeowner = product.homeowner()
    const both = await product.technician(north(homeowner.home, 1), { skills: ['plumbing', 'electrical'], certificates: [{ category: 'electrical', name: '低压电工证', expiresAt: new Date('2029-01-01T00:00:00Z') }] })
    const repair = Repair.of(product, homeowner, [both], await homeowner.file())
    await repair.claim()
    await both.do('dial', { orderId: repair.orderId })
    return repair
  }
  test('R10 on the phone: refused beside the items, whatever the outcome', async () => {
    const repair = await on()
    const corrections = { items: [{ code: 'socket-replace', quantity: 1 }] }
    const at = new Date((await product.now()).getTime() + 3 * HOUR).toISOString()
    for (const outcome of [{ outcome: 'agreed' as const, at }, { outcome: 'no_answer' as const }]) {
      expect(await repair.technician.refused('recordCall', { orderId: repair.orderId, ...outcome, corrections })).toMatchObject({ code: 'INVALID_INPUT', fields: { 'corrections.items': expect.stringContaining('证件过期') as unknown } })
    }
    expect((await repair.order()).category.code).toBe('plumbing')
  })
  test('R10 by staff: refused, and who it is about is named', async () => {
    const repair = await on()
    expect(await product.staff('correctRepair', { order: repair.number, items: [{ code: 'socket-replace', quantity: 1 }], reason: '是插座' })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', message: expect.stringContaining('请先退单或换师傅') as unknown } })
  })
})

test('R05 a position that was measured too long ago, or by a clock ahead of ours, is refused with the reason; a fresh one counts from when it was measured', async () => {
  const home = product.area()
  const technician = await product.technician(home)
  const now = (await product.now()).getTime()
  const told = (ms: number) => ({ position: { ...home, measuredAt: new Date(now + ms).toISOString() } })
  expect(await technician.refused('reportPosition', told(-30 * MINUTE))).toMatchObject({ code: 'INVALID_INPUT', fields: { 'position.measuredAt': '这是 30 分钟前的位置，请重新定位' } })
  expect(await technician.refused('goOnDuty', told(-3 * HOUR))).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await technician.refused('reportPosition', told(10 * MINUTE))).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('将来') as unknown })
  await technician.do('reportPosition', told(-10 * MINUTE))
  expect((await technician.document()).positionAt).toEqual(new Date(now - 10 * MINUTE))
})

describe('R52 the register', () => {
  test('R52 two enter different people under one staff number: whoever lost can be entered under another', async () => {
    const [first, second] = await Promise.all([951, 952].map((n) => product.staff('addTechnician', { ...entry, name: `第${n}位`, staffNumber: '7001', identityNumber: identityNumber(n) })))
    expect([first!.ok, second!.ok].filter(Boolean)).toHaveLength(1)
    const lost = first!.ok ? 952 : 951
    expect(await product.staff('addTechnician', { ...entry, name: `第${lost}位`, staffNumber: '7002', identityNumber: identityNumber(lost) })).toMatchObject({ ok: true })
    expect(await product.staff('addTechnician', { ...entry, name: '别人', staffNumber: '7003', identityNumber: identityNumber(lost) })).toMatchObject({ ok: false, error: { fields: { identityNumber: expect.any(String) as unknown } } })
  })

  test('R04 R52 another person under a taken number is no repeat, whatever they have in common', async () => {
    await product.staffDo('addTechnician', { ...entry, staffNumber: '7011', identityNumber: identityNumber(953) })
    expect(await product.staff('addTechnician', { ...entry, staffNumber: '7011', identityNumber: identityNumber(954) })).toMatchObject({ ok: false, error: { fields: { staffNumber: '工号有人了' } } })
    expect(await product.staff('addTechnician', { ...entry, staffNumber: '7011', identityNumber: identityNumber(953) })).toMatchObject({ ok: true })
  })

  test('R52 a certificate that is entered near its end is told of at once, in office hours', async () => {
    const soon = new Date((await product.now()).getTime() + 10 * DAY).toISOString()
    await product.staffDo('addTechnician', { ...entry, staffNumber: '7021', identityNumber: identityNumber(955), certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: soon }] })
    await product.sweep()
    expect(await product.find('todos', { kind: 'certificate_expiring' })).toMatchObject([{ detail: expect.stringContaining('7021') as unknown }])
    await product.sweep()
    expect(await product.find('todos', { kind: 'certificate_expiring' })).toHaveLength(1)
  })

  test('R55 R52 a certificate that ends with the day is told of in the morning, not at midnight', async () => {
    const now = await product.now()
    const midnight = new Date(Math.floor((now.getTime() + 8 * HOUR) / DAY) * DAY + 2 * DAY - 8 * HOUR - SECOND)
    await product.staffDo('addTechnician', { ...entry, staffNumber: '7022', identityNumber: identityNumber(956), certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: midnight.toISOString() }] })
    await product.sweep()
    await product.moveTo(new Date(midnight.getTime() + 2 * HOUR))
    expect(await product.find('todos', { kind: 'certificate_expired' })).toEqual([])
    await product.moveTo(new Date(midnight.getTime() + 8 * HOUR + MINUTE))
    expect(await product.find('todos', { kind: 'certificate_expired' })).toMatchObject([{ detail: expect.stringContaining('7022') as unknown }])
  })
})

test('R41 one old message read closes no call about another that nobody has read', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  const t = await repair.agree()
  await repair.homeowner.do('moveAppointment', { orderId: repair.orderId, at: new Date(t.getTime() + 2 * HOUR).toISOString() })
  await product.advance(31 * MINUTE)
  const kinds = async () => (await product.find('todos', { orderId: repair.orderId, kind: 'unreachable', state: 'open' })).filter(({ _id }) => _id.endsWith(`:${openid}`)).length
  const { openid } = repair.technician
  expect(await kinds()).toBe(1)
  const { messages } = await repair.technician.do('listMessages', {})
  await repair.technician.do('markRead', { ids: [messages.at(-1)!.id] })
  expect(await kinds()).toBe(1)
  await repair.technician.do('markRead', { orderId: repair.orderId })
  expect(await kinds()).toBe(0)
})

test('R41 a to-do whose teller died over it is told by the clock', async () => {
  const repair = await Repair.file(product, { near: 0 })
  const [todo] = await product.find('todos', { orderId: repair.orderId, kind: 'nobody_claims' })
  const now = await product.now()
  await product.db.collection('todos').doc(todo!._id).update({ told: false, toldBy: 'run-that-died', tellingUntil: new Date(now.getTime() + 60_000) })
  await product.sweep()
  expect(await product.find('todos', { _id: todo!._id })).toMatchObject([{ told: false }])
  await product.advance(61 * SECOND)
  expect(await product.find('todos', { _id: todo!._id })).toMatchObject([{ told: true }])
})

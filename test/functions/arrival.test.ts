/** Setting out, arriving, the door (R13, R14), through the functions. T is the agreed time; the numbers are those of the worked examples. */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

/** Agreed and paid, `hours` ahead; the clock is counted from T. */
const scheduled = async ({ hours = 5, paid = true } = {}) => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  const t = await repair.agree(new Date((await product.now()).getTime() + hours * HOUR))
  if (paid) await repair.pay()
  return { repair, orderId: repair.orderId, technician: repair.technician, t, at: (ms: number) => product.moveTo(new Date(t.getTime() + ms)) }
}

const arrivalOf = async (repair: Repair) => (await repair.visit()).arrival
const violations = async (orderId: string) => (await product.violations(orderId)).map(({ kind, at }) => ({ kind, at }))

test.each([
  ['13:48', -12 * MINUTE, 'early', [], 0],
  ['13:50', -10 * MINUTE, 'early', [], 0],
  ['13:55', -5 * MINUTE, 'on_time', ['late_arrival'], 0],
  ['14:00', 0, 'on_time', ['late_arrival'], 0],
  ['14:07', 7 * MINUTE, 'late', ['late_arrival', 'not_arrived'], 1],
])('R13 checked in %s for 14:00', async (_clock, ms, punctuality, alerts, count) => {
  const one = await scheduled()
  await one.at(-HOUR)
  await one.repair.setOut()
  if (ms > -10 * MINUTE) await one.at(-10 * MINUTE + SECOND)
  if (ms > 0) await one.at(SECOND)
  await one.at(ms)
  await one.repair.arrive()
  expect(await arrivalOf(one.repair)).toMatchObject({ punctuality, distanceMetres: 0 })
  expect(await product.todos(one.orderId, false)).toEqual(alerts)
  expect(await violations(one.orderId)).toEqual(count === 0 ? [] : [{ kind: 'late_arrival', at: one.t }])
  // Being there settles what staff were asked to look at; the deadlines are over.
  expect(await product.todos(one.orderId)).toEqual([])
  await one.at(20 * MINUTE)
  expect(await violations(one.orderId)).toHaveLength(count)
})

test('R13 the alert falls after T−10, the violation after T, each once, at its second', async () => {
  const one = await scheduled()
  await one.at(-10 * MINUTE)
  expect(await product.todos(one.orderId)).toEqual([])
  await one.at(-10 * MINUTE + SECOND)
  expect(await product.todos(one.orderId)).toEqual(['late_arrival'])
  await one.at(0)
  expect(await violations(one.orderId)).toEqual([])
  await one.at(SECOND)
  await one.at(30 * SECOND)
  expect(await violations(one.orderId)).toEqual([{ kind: 'late_arrival', at: one.t }])
  expect(await product.todos(one.orderId)).toEqual(['late_arrival', 'not_arrived'])
})

test('R13 unpaid at T−90: reminded three hours ahead, then the clock stands still; paid later, T is agreed again', async () => {
  const one = await scheduled({ paid: false })
  await one.at(-3 * HOUR)
  expect((await one.repair.homeowner.inbox()).map((message) => message.text)).toContainEqual(expect.stringContaining('出发前请付款'))
  await one.at(-90 * MINUTE + SECOND)
  expect((await one.repair.visit()).clockStoppedAt).not.toBeNull()
  await one.at(2 * MINUTE)
  expect(await violations(one.orderId)).toEqual([])
  expect(await product.todos(one.orderId)).toEqual(['unpaid', 'unreachable', 'unreachable'])
  await one.repair.pay()
  await one.repair.steps(['before_setting_out'])
  expect(await one.technician.refused('setOut', { orderId: one.orderId })).toMatchObject({ code: 'WRONG_STATE' })
  const again = await one.repair.agree(new Date((await product.now()).getTime() + 2 * HOUR))
  expect(await one.repair.visit()).toMatchObject({ clockStoppedAt: null, appointmentAt: again })
  await one.repair.setOut()
  const { slots } = await one.technician.document()
  expect(slots).toMatchObject([{ from: again, heldUntil: null }])
})

test('R12 a time so near that its deadlines are past makes none of them', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.pay()
  const t = await repair.agree(new Date((await product.now()).getTime() + 5 * MINUTE))
  expect((await repair.order()).deadlines.filter((deadline) => deadline.id.startsWith('arrival') || deadline.id.startsWith('appointment')).map((deadline) => deadline.id)).toEqual(['arrival.breach'])
  await product.moveTo(new Date(t.getTime() + SECOND))
  expect(await violations(repair.orderId)).toHaveLength(1)
})

test('R13 further than 500 m, or without a position, checking in needs a reason, and staff see it', async () => {
  const one = await scheduled({ hours: 2 })
  await one.repair.setOut()
  const { orderId, technician } = one
  const home = one.repair.homeowner.home
  expect(await technician.refused('arrive', { orderId })).toMatchObject({ code: 'INVALID_INPUT', fields: { reason: expect.any(String) as unknown } })
  expect(await technician.refused('arrive', { orderId, position: north(home, 0.6) })).toMatchObject({ code: 'INVALID_INPUT' })
  await technician.do('arrive', { orderId, position: north(home, 0.6), reason: '小区封了东门，绕路走' })
  expect(await product.todos(orderId)).toEqual(['far_check_in'])
  expect(await arrivalOf(one.repair)).toMatchObject({ distanceMetres: 600, reason: '小区封了东门，绕路走' })
})

test('R13 499 m away needs no reason', async () => {
  const one = await scheduled({ hours: 2 })
  await one.repair.setOut()
  await one.technician.do('arrive', { orderId: one.orderId, position: north(one.repair.homeowner.home, 0.499) })
  expect(await product.todos(one.orderId)).toEqual([])
})

const atTheDoor = async () => {
  const one = await scheduled({ hours: 2 })
  await one.repair.setOut()
  await one.repair.arrive()
  return one
}

test('R14 five wrong codes lock the door, staff are asked, and can release it', async () => {
  const one = await atTheDoor()
  const { orderId, technician } = one
  const right = (await one.repair.view()).doorCode!
  const wrong = right === '0000' ? '1111' : '0000'
  for (const left of [4, 3, 2, 1]) {
    expect(await technician.refused('enterDoorCode', { orderId, code: wrong })).toMatchObject({ code: 'WRONG_CODE', message: expect.stringContaining(String(left)) as unknown })
  }
  expect(await technician.refused('enterDoorCode', { orderId, code: wrong })).toMatchObject({ code: 'LOCKED' })
  expect(await product.todos(orderId)).toEqual(['door_locked'])
  expect(await technician.refused('enterDoorCode', { orderId, code: right })).toMatchObject({ code: 'LOCKED' })
  await product.staffDo('releaseDoorCode', { order: one.repair.number, reason: '电话核对过业主和门牌' }, { operator: 'lu-min' })
  expect(await one.repair.order()).toMatchObject({ status: 'working' })
  expect(await product.todos(orderId)).toEqual([])
})

test('R04 a wrong code whose answer was lost costs one try only', async () => {
  const one = await atTheDoor()
  const { orderId, technician } = one
  const right = (await one.repair.view()).doorCode!
  const wrong = right === '0000' ? '1111' : '0000'
  for (let n = 0; n < 3; n += 1) expect(await technician.refused('enterDoorCode', { orderId, code: wrong }, 'door-try-0001')).toMatchObject({ code: 'WRONG_CODE', message: expect.stringContaining('4') as unknown })
  expect((await one.repair.visit()).door.triesLeft).toBe(4)
  await technician.do('enterDoorCode', { orderId, code: right })
  expect(await one.repair.view()).toMatchObject({ doorCode: null, status: 'working' })
})

test('R14 the door code is seen by the homeowner alone, and only while the door is closed', async () => {
  const repair = await Repair.file(product, { near: 1 })
  expect((await repair.view()).doorCode).toBeNull()
  await repair.claim()
  await repair.agree()
  // R18 no visit stands before it is paid.
  expect((await repair.view()).doorCode).toBeNull()
  await repair.pay()
  const { doorCode } = await repair.view()
  expect(doorCode).toMatch(/^\d{4}$/)
  // Ids may hold the same four digits by chance; no value is the code.
  const values = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(values) : [value])
  expect(values(await repair.job()).filter((value) => String(value) === doorCode)).toEqual([])
})

test('R14 a badge can be checked by anyone; an invented or expired code says so', async () => {
  const technician = await product.technician(product.area(), { name: '周国平', certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: new Date('2030-01-01T00:00:00Z') }] })
  const badge = await technician.do('showBadge', {})
  expect(badge).toMatchObject({ code: expect.stringMatching(/^[A-Z2-9]{8}$/) as unknown, certificates: [{ name: '管道工证' }] })
  const anyone = product.homeowner()
  const typed = `${badge.code.slice(0, 4).toLowerCase()} ${badge.code.slice(4)}`
  expect(await anyone.do('verifyCode', { code: typed })).toMatchObject({ kind: 'badge', genuine: true, technician: { name: '周国平', skills: ['水路'] } })
  expect(await anyone.do('verifyCode', { code: 'ABCD2345' })).toMatchObject({ kind: 'unknown', genuine: false, technician: null })
  await product.advance(10 * MINUTE)
  expect(await anyone.do('verifyCode', { code: badge.code })).toMatchObject({ kind: 'badge', genuine: false, technician: null, sentence: expect.stringContaining('过期') as unknown })
  expect((await technician.do('showBadge', {})).code).not.toBe(badge.code)
})

test('R52 a suspended technician has no badge, and one shown before is good no more', async () => {
  const technician = await product.technician(product.area())
  const { code } = await technician.do('showBadge', {})
  const { staffNumber } = await technician.document()
  await product.staffDo('suspendTechnician', { staffNumber, suspended: true, reason: '等调查' })
  expect(await technician.refused('showBadge', {})).toMatchObject({ code: 'SUSPENDED' })
  expect(await product.homeowner().do('verifyCode', { code })).toMatchObject({ genuine: false, technician: null })
})

/** Who cannot be reached through WeChat is reached another way (R41): read here, else by staff, who hear of it from the robot or find it among their to-dos. */
import { whileStaffed } from '../../cloudfunctions/domain/deadlines'
import { TEMPLATES } from '../../cloudfunctions/domain/messages'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { DAY, dayStart, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

describe('R41 who cannot be reached is reached another way', () => {
  /** A technician whose job is cancelled, and whom WeChat does not reach. */
  const cancelled = async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    await repair.homeowner.do('cancelOrder', { orderId: repair.orderId, reason: '不修了' })
    return { repair, at: await product.now() }
  }
  /** Who is asked to phone somebody: the technician, unless it says whom. */
  const left = async (repair: Repair, openid = repair.technician.openid) => (await product.find('todos', { _id: `unreachable:${repair.orderId}:${openid}`, state: 'open' })).map((todo) => todo.role)

  test('R41 a technician who has not read that the order is cancelled may be on the way: the dispatcher phones', async () => {
    const { repair, at } = await cancelled()
    await product.moveTo(new Date(at.getTime() + 30 * MINUTE))
    expect(await left(repair)).toEqual(['dispatcher'])
  })

  const moved = async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const t = await repair.agree()
    await repair.homeowner.do('moveAppointment', { orderId: repair.orderId, at: new Date(t.getTime() + 2 * 3_600_000).toISOString() })
    return { repair, at: await product.now() }
  }

  test.each([
    ['29:59', 30 * MINUTE - 1_000, []],
    ['30:00', 30 * MINUTE, ['dispatcher']],
    ['30:01', 30 * MINUTE + 1_000, ['dispatcher']],
    ['an hour, the timer slept', 60 * MINUTE, ['dispatcher']],
  ])('R41 the technician has not read that the visit moved, after %s', async (_when, ms, expected) => {
    const { repair, at } = await moved()
    await product.sleepTo(new Date(at.getTime() + ms))
    await Promise.all([product.sweep(), product.sweep()])
    expect(await left(repair)).toEqual(expected)
    await product.sweep()
    expect(await left(repair)).toEqual(expected)
  })

  test('R41 read in time: nobody is asked to phone; read late: the to-do closes by itself', async () => {
    const read = async (repair: Repair) => {
      const { messages } = await repair.technician.do('listMessages', {})
      await repair.technician.do('markRead', { ids: messages.map((message) => message.id) })
    }
    const one = await moved()
    await read(one.repair)
    const other = await moved()
    await product.advance(31 * MINUTE)
    expect([await left(one.repair), await left(other.repair)]).toEqual([[], ['dispatcher']])
    await read(other.repair)
    expect(await left(other.repair)).toEqual([])
  })

  const phoneTodo = async (repair: Repair) => (await product.find('todos', { _id: `unreachable:${repair.orderId}:${repair.technician.openid}` })).map(({ state, detail, told }) => [state, detail.replace(/^.*：/, '').slice(0, 4), told])

  test('R41 read and closed, then the next is not read: staff are asked again, by the same to-do', async () => {
    const { repair } = await moved()
    await product.advance(31 * MINUTE)
    await repair.technician.do('markRead', { orderId: repair.orderId })
    expect(await phoneTodo(repair)).toEqual([['closed', '业主改时', true]])
    await product.advance(MINUTE)
    await repair.homeowner.do('cancelOrder', { orderId: repair.orderId, reason: '不修了' })
    await product.advance(29 * MINUTE)
    expect(await left(repair)).toEqual([])
    await product.advance(2 * MINUTE)
    expect(await phoneTodo(repair)).toEqual([['open', '业主取消', true]])
  })

  test.each([
    ['29:59', 30 * MINUTE - 1_000, []],
    ['30:00', 30 * MINUTE, ['customer_service']],
    ['30:01', 30 * MINUTE + 1_000, ['customer_service']],
  ])('R41 the homeowner has not read the quote that waits for them, after %s', async (_when, ms, expected) => {
    const repair = await Repair.file(product, { near: 1 })
    const { at } = (await product.find('messages', { orderId: repair.orderId, template: 'quote' }))[0]!
    await product.sleepTo(new Date(at.getTime() + ms))
    await product.sweep()
    expect(await left(repair, repair.homeowner.openid)).toEqual(expected)
  })

  test('R41 opening the order’s page has read what is about it; others’ messages stay', async () => {
    const repair = await Repair.file(product, { near: 1 })
    const unread = async () => (await repair.homeowner.do('listMessages', {})).unread
    expect(await unread()).toBeGreaterThan(0)
    await repair.technician.do('markRead', { orderId: repair.orderId })
    expect(await unread()).toBeGreaterThan(0)
    expect(await repair.homeowner.do('markRead', { orderId: repair.orderId })).toEqual({ unread: 0 })
    await product.advance(31 * MINUTE)
    expect(await left(repair, repair.homeowner.openid)).toEqual([])
  })

  test('R41 a quote that was answered on another way needs no call', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.homeowner.do('declineQuote', { orderId: repair.orderId, quoteVersion: 1, reason: '先不修了' })
    await product.advance(31 * MINUTE)
    expect(await left(repair, repair.homeowner.openid)).toEqual([])
  })

  test.each([
    ['07:59:59', -1_000, []],
    ['08:00:00', 0, ['dispatcher']],
    ['08:00:01', 1_000, ['dispatcher']],
  ])('R55 what falls due at night waits for the office: asked at 08:00, seen at %s', async (_when, ms, expected) => {
    const { repair, at } = await cancelled()
    // 23:30 that evening, when the half hour ends.
    const midnight = dayStart(at).getTime() + DAY
    await product.put('messages', { ...(await product.find('messages', { orderId: repair.orderId, openid: repair.technician.openid, read: false })).find(({ escalateAt }) => escalateAt)!, escalateAt: whileStaffed(new Date(midnight - 30 * MINUTE), defaultSettings(), false) })
    await product.sleepTo(new Date(midnight + 8 * 60 * MINUTE + ms))
    await product.sweep()
    expect(await left(repair)).toEqual(expected)
  })

  test('R41 delivered by WeChat: nobody is asked', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const t = await repair.agree()
    await repair.technician.allow('order_closed')
    await repair.homeowner.do('moveAppointment', { orderId: repair.orderId, at: new Date(t.getTime() + 2 * 3_600_000).toISOString() })
    await product.advance(31 * MINUTE)
    expect(await left(repair)).toEqual([])
  })
})

test('R41 more at once than one post holds: what it leaves out is kept too, and posted next', async () => {
  const repairs = await Promise.all(Array.from({ length: 12 }, () => Repair.file(product, { near: 4 })))
  await product.sleepTo(new Date((await product.now()).getTime() + 3 * MINUTE))
  await product.sweep()
  const asked = (await Promise.all(repairs.map(async (repair) => (await Promise.all(repair.technicians.slice(2).map((technician) => technician.document()))).map(({ openid, staffNumber }) => ({ openid, repair, staffNumber }))))).flat()
  const posted = async () => (await product.workplace.messages('staff')).map(({ data }) => String((data as { content: unknown }).content)).join('\n')
  const isPosted = (text: string, { staffNumber, repair }: (typeof asked)[number]) => text.includes(`师傅 ${staffNumber}：${repair.number} ${TEMPLATES.offer.title}`)
  const text = await posted()
  const kept = (await product.find('todos', { kind: 'unreachable', state: 'open' })).map(({ _id }) => _id)
  expect(asked.filter((one) => !isPosted(text, one) && !kept.includes(`unreachable:${one.repair.orderId}:${one.openid}`)).map(({ staffNumber }) => staffNumber)).toEqual([])
  await product.sweep()
  const all = await posted()
  expect(kept.length).toBeGreaterThan(0)
  expect(asked.filter((one) => !isPosted(all, one)).map(({ staffNumber }) => staffNumber)).toEqual([])
})

describe('R41 the robot is down when somebody cannot be reached', () => {
  const robot = (errcode: number, times: number) => product.workplace.post('/__openapi/answers', { api: 'robot.send', errcode, times })
  const unreachable = async (repair: Repair) => (await product.find('todos', { orderId: repair.orderId, kind: 'unreachable' })).map(({ state, urgent, told, role, detail }) => ({ state, urgent, told, role, detail }))
  /** Lines that the robot took. */
  const lines = async (repair: Repair) =>
    (await product.workplace.messages('staff')).filter(({ result }) => result.errcode === 0).flatMap(({ data }) => String((data as { content: unknown }).content).split('\n')).filter((line) => line.includes(repair.number))

  test('R41 it is kept as a to-do, the clock posts it once the robot is back, and reading closes it', async () => {
    await robot(45009, 100)
    const repair = await Repair.file(product, { near: 1 })
    const { staffNumber } = await repair.technician.document()
    const kept = { urgent: true, role: 'dispatcher', detail: expect.stringMatching(new RegExp(`师傅 ${staffNumber}：${repair.number} ${TEMPLATES.offer.title}`)) as unknown }
    expect(await unreachable(repair)).toEqual([{ ...kept, state: 'open', told: false }])
    await product.sweep()
    expect(await unreachable(repair)).toEqual([{ ...kept, state: 'open', told: false }])
    await robot(0, 0)
    await Promise.all([product.sweep(), product.sweep()])
    expect(await unreachable(repair)).toEqual([{ ...kept, state: 'open', told: true }])
    expect(await lines(repair)).toHaveLength(1)
    await repair.technician.do('markRead', { orderId: repair.orderId })
    expect(await unreachable(repair)).toMatchObject([{ state: 'closed' }])
  })

  test('R41 R42 a function that died before it told staff: the clock tells them, once', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const { technician, orderId } = repair
    const now = await product.now()
    const order = await repair.order()
    const entry = { id: `${orderId}:message:dead:1`, attempts: 0, nextAt: new Date(now.getTime() + 20 * SECOND), kind: 'message' as const, to: { role: 'technician' as const, openid: technician.openid }, template: 'call_reminder' as const, blanks: {}, visitNo: 1, at: now, mustReach: false }
    // Written into the inbox by a function that died before it told staff.
    await product.put('messages', { _id: entry.id, openid: technician.openid, role: 'technician', orderId, template: 'call_reminder', at: now, title: TEMPLATES.call_reminder.title, text: '', page: '', read: false, delivery: 'inbox_only', errcode: null, escalateAt: null })
    await product.db.collection('orders').doc(orderId).update({ outbox: product.db.command.set([...order.outbox, entry]), nextWorkAt: entry.nextAt, version: product.db.command.inc(1) })
    await product.advance(20 * SECOND)
    expect((await lines(repair)).filter((line) => line.endsWith(TEMPLATES.call_reminder.title))).toHaveLength(1)
    expect((await repair.order()).outbox).toEqual([])
  })

  test('R41 of several of one kind the first is told, though the robot took none at first', async () => {
    await robot(45009, 100)
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    for (let minute = 0; minute < 8; minute += 1) await product.advance(MINUTE)
    expect(await unreachable(repair)).toMatchObject([{ state: 'open', told: false }])
    await robot(0, 0)
    await product.sweep()
    expect((await lines(repair)).filter((line) => line.includes('请打电话'))).toHaveLength(1)
  })
})

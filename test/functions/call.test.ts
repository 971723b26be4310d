/** Five minutes to the call (R10), and the agreed time (R11), through the functions, second by second. The numbers are those of the worked examples. */
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

/** A claimed order, and the clock as minutes and seconds after the claim. */
const claimed = async (near = 1) => {
  const repair = await Repair.file(product, { near })
  await repair.claim()
  const zero = (await product.now()).getTime()
  const moment = (clock: string) => {
    const [minutes = '0', seconds = '0'] = clock.split(':')
    return new Date(zero + Number(minutes) * MINUTE + Number(seconds) * SECOND)
  }
  return { repair, orderId: repair.orderId, technician: repair.technician, moment, at: (clock: string) => product.moveTo(moment(clock)), asleepTo: (clock: string) => product.sleepTo(moment(clock)) }
}

type Claimed = Awaited<ReturnType<typeof claimed>>

const reminded = async ({ technician }: Claimed) => (await technician.titles()).filter((title) => title === '该打电话了').length
const lateCalls = async ({ orderId }: Claimed) => (await product.violations(orderId)).filter((violation) => violation.kind === 'late_call').map((violation) => violation.at)
const takenBack = async ({ orderId }: Claimed) => (await product.order(orderId)).timeline.filter((entry) => entry.kind === 'taken_back').map((entry) => entry.at)
const dial = ({ technician, orderId }: Claimed) => technician.do('dial', { orderId })
const agree = async ({ technician, orderId }: Claimed, hours = 4) =>
  technician.do('recordCall', { orderId, outcome: 'agreed', at: new Date((await product.now()).getTime() + hours * HOUR).toISOString() })

test('R10 dialled 3:10, agreed 6:30: no reminder, no violation, not taken back', async () => {
  const one = await claimed()
  await one.at('3:10')
  await dial(one)
  await one.at('6:30')
  await agree(one)
  await one.at('16:00')
  expect([await reminded(one), await lateCalls(one), await takenBack(one)]).toEqual([0, [], []])
  expect(await product.todos(one.orderId, false)).toEqual([])
  expect(await one.technician.document()).toMatchObject({ claim: null })
})

test('R10 dialled 4:59 and no outcome: reminded, no violation, taken back after 15:00', async () => {
  const one = await claimed()
  await one.at('4:00')
  await one.at('4:59')
  await dial(one)
  await one.at('15:00')
  expect(await takenBack(one)).toEqual([])
  await one.at('15:01')
  expect([await reminded(one), await lateCalls(one), await takenBack(one)]).toEqual([1, [], [one.moment('15:00')]])
  expect((await product.order(one.orderId)).visits[0]?.technicianId).toBeNull()
  expect(await one.technician.titles()).toContain('工单变动')
})

test('R10 dialled at 5:00 exactly is in time; at 5:01 it is a violation dated 5:00', async () => {
  const exact = await claimed()
  await exact.at('4:00')
  await exact.at('5:00')
  await dial(exact)
  expect([await reminded(exact), await lateCalls(exact)]).toEqual([1, []])
  await agree(exact)

  const late = await claimed()
  await late.at('4:00')
  await late.asleepTo('5:01')
  await dial(late)
  await late.at('7:00')
  await agree(late)
  expect([await reminded(late), await lateCalls(late), await takenBack(late)]).toEqual([1, [late.moment('5:00')], []])
  // Dialling after all settles what staff were asked to look at.
  expect(await product.todos(late.orderId)).toEqual([])
  expect(await product.todos(late.orderId, false)).toEqual(['late_call'])
})

test('R42 the timer slept from 3:30 to 40:00, dialled 6:00, agreed 8:00: no reminder any more; the violation is dated 5:00 and raised by the dial', async () => {
  const one = await claimed()
  await one.asleepTo('6:00')
  await dial(one)
  expect(await lateCalls(one)).toEqual([one.moment('5:00')])
  await one.asleepTo('8:00')
  await agree(one)
  await one.at('40:00')
  expect([await reminded(one), await lateCalls(one), await takenBack(one)]).toEqual([0, [one.moment('5:00')], []])
})

test('R42 nothing at all while the timer slept: violation dated 5:00, taken back dated 15:00, the new wave goes at 40:00', async () => {
  const one = await claimed(2)
  const [, other] = one.repair.technicians
  await one.at('40:00')
  expect([await reminded(one), await lateCalls(one), await takenBack(one)]).toEqual([0, [one.moment('5:00')], [one.moment('15:00')]])
  const order = await product.order(one.orderId)
  expect(order).toMatchObject({ status: 'dispatching', dispatch: { wave: 1, startedAt: one.moment('15:00') }, offeredTo: [other!.id] })
  expect(order.offers.at(-1)?.sentAt).toEqual(one.moment('40:00'))
  await one.at('40:30')
  expect(await lateCalls(one)).toHaveLength(1)
})

test('R10 no answer at 2:00, 12:00 and 32:00: the technician is free for other claims meanwhile, then it goes to staff', async () => {
  const one = await claimed()
  const { technician, orderId } = one
  const noAnswer = async () => {
    await dial(one)
    await technician.do('recordCall', { orderId, outcome: 'no_answer' })
  }
  await one.at('2:00')
  await noAnswer()
  expect((await technician.document()).claim).toBeNull()
  const other = await product.homeowner(one.repair.homeowner.home).file({ wanted: { from: one.moment('600:00').toISOString(), to: one.moment('660:00').toISOString() } })
  await technician.do('claimOffer', { orderId: other.orderId })
  await one.at('12:00')
  await noAnswer()
  await one.at('31:59')
  expect(await product.todos(orderId)).toEqual(['unreachable'])
  await one.at('32:00')
  await noAnswer()
  expect(await product.todos(orderId)).toEqual(['no_answer', 'unreachable'])
  expect([await lateCalls(one), await takenBack(one)]).toEqual([[], []])
  expect((await one.repair.homeowner.inbox()).filter((message) => message.text.includes('没人接'))).toHaveLength(3)
})

test('R10 a retry that is not made within 5 min goes to staff', async () => {
  const one = await claimed()
  await one.at('2:00')
  await dial(one)
  await one.technician.do('recordCall', { orderId: one.orderId, outcome: 'no_answer' })
  await one.at('12:00')
  expect(await reminded(one)).toBe(1)
  await one.at('17:00')
  expect(await product.todos(one.orderId)).toEqual([])
  await one.at('17:01')
  expect(await product.todos(one.orderId)).toEqual(['no_answer'])
})

test('R10 a wrong number goes to customer service; an outcome needs a dial first', async () => {
  const one = await claimed()
  const { technician, orderId } = one
  expect(await technician.refused('recordCall', { orderId, outcome: 'wrong_number' })).toMatchObject({ code: 'WRONG_STATE' })
  await dial(one)
  await technician.do('recordCall', { orderId, outcome: 'wrong_number' })
  expect(await product.find('todos', { orderId, kind: 'wrong_number' })).toMatchObject([{ role: 'customer_service', state: 'open' }])
  expect((await technician.document()).claim).toBeNull()
})

test('R10 staff put a wrong number right: the technician phones the new one, with five minutes for it again', async () => {
  const one = await claimed()
  const { technician, orderId, repair } = one
  await one.at('1:00')
  await dial(one)
  await technician.do('recordCall', { orderId, outcome: 'wrong_number' })
  await one.at('30:00')
  const correct = (input: object) => product.staff('correctContact', { order: repair.number, ...input }, { operator: 'tian-rui' })
  expect(await correct({})).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', message: expect.stringContaining('至少一样') as unknown } })
  expect(await correct({ phone: '12345' })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { phone: expect.stringContaining('11 位手机号') as unknown } } })
  expect(await correct({ phone: '137 0000 8888', room: '3 单元 402' })).toMatchObject({ ok: true })
  expect(await product.todos(orderId)).toEqual(['unreachable'])
  expect((await technician.inbox())[0]).toMatchObject({ title: '该打电话了', text: expect.stringContaining('电话改好了') as unknown })
  expect(await repair.homeowner.do('getOrder', { orderId })).toMatchObject({ contact: { phone: '13700008888' }, place: { address: '梧桐里 6 幢 3 单元 402' } })
  // The number is in no log of ours.
  expect(JSON.stringify(await product.find('audit', { action: 'correctContact' }))).not.toContain('0000 8888')
  expect(JSON.stringify(await product.order(orderId))).not.toContain('13700008888')
  await one.at('35:00')
  expect(await lateCalls(one)).toEqual([])
  expect((await technician.do('dial', { orderId })).phone).toBe('13700008888')
  await agree(one)
  await one.at('50:00')
  expect([await lateCalls(one), await takenBack(one)]).toEqual([[], []])
})

test('R10 a corrected number that is not dialled within 5 min is a violation of its own', async () => {
  const one = await claimed()
  await dial(one)
  await one.technician.do('recordCall', { orderId: one.orderId, outcome: 'wrong_number' })
  await one.at('30:00')
  await product.staffDo('correctContact', { order: one.repair.number, phone: '13700008888' }, { operator: 'tian-rui' })
  await one.at('35:01')
  expect(await lateCalls(one)).toEqual([one.moment('35:00')])
  await one.at('45:01')
  expect(await takenBack(one)).toEqual([one.moment('45:00')])
})

test('R02 R10 what the phone call corrects: title, form of address and door; the customer\'s own words stay as said', async () => {
  const one = await claimed()
  await dial(one)
  const at = new Date((await product.now()).getTime() + 3 * HOUR)
  const job = await one.technician.do('recordCall', { orderId: one.orderId, outcome: 'agreed', at: at.toISOString(), corrections: { problem: '浴室花洒也漏水', honorific: '先生', room: '3 单元 201' } })
  expect(job.title).toBe('浴室花洒也漏水')
  const { problem } = await product.order(one.orderId)
  expect(problem).not.toBe('浴室花洒也漏水')
  expect(await one.repair.homeowner.do('getOrder', { orderId: one.orderId })).toMatchObject({ title: '浴室花洒也漏水', problem, contact: { honorific: '先生' }, place: { address: '梧桐里 6 幢 3 单元 201' } })
})

test('R11 the agreed time: both see it; messages the day before at 20:00 and two hours ahead', async () => {
  const one = await claimed()
  await dial(one)
  const tomorrow = (await product.now()).getTime() + DAY + 5 * HOUR
  await one.technician.do('recordCall', { orderId: one.orderId, outcome: 'agreed', at: new Date(tomorrow).toISOString() })
  const texts = async () => (await one.repair.homeowner.inbox()).filter((message) => message.title === '上门时间').map((message) => message.text)
  expect(await texts()).toHaveLength(1)
  const eve = (await product.order(one.orderId)).deadlines.find((deadline) => deadline.id === 'appointment.day_before')?.dueAt
  expect(eve?.toISOString()).toMatch(/T12:00:00.000Z$/)
  await product.moveTo(eve!)
  expect(await texts()).toHaveLength(2)
  await one.repair.pay()
  await product.moveTo(new Date(tomorrow - 2 * HOUR))
  expect(await texts()).toHaveLength(3)
})

test.each([
  ['the past', -MINUTE, 'INVALID_INPUT'],
  ['more than 60 days ahead', 61 * DAY, 'INVALID_INPUT'],
])('R10 a time in %s is not agreed', async (_what, ms, code) => {
  const one = await claimed()
  await dial(one)
  const at = new Date((await product.now()).getTime() + ms).toISOString()
  expect(await one.technician.refused('recordCall', { orderId: one.orderId, outcome: 'agreed', at: at })).toMatchObject({ code, fields: { at: expect.any(String) as unknown } })
  expect((await one.technician.document()).slots.filter((slot) => slot.heldUntil)).toEqual([])
})

test('R10 R52 suspended meanwhile: what they have in hand stays theirs, and its time can be agreed and moved', async () => {
  const one = await claimed()
  await dial(one)
  await product.staffDo('suspendTechnician', { staffNumber: (await one.technician.document()).staffNumber, suspended: true, reason: '证件待核' })
  await agree(one)
  const later = new Date((await product.now()).getTime() + 6 * HOUR).toISOString()
  await one.repair.homeowner.do('moveAppointment', { orderId: one.orderId, at: later, reason: '' })
  expect((await one.technician.document()).slots).toMatchObject([{ from: new Date(later), heldUntil: null }])
})

test('R05, R10 an agreed time is checked again: one that clashes says with what', async () => {
  const one = await claimed()
  await dial(one)
  await agree(one, 4)
  const second = await Repair.file(product, { near: 0, homeowner: product.homeowner(one.repair.homeowner.home), wanted: { from: one.moment('600:00').toISOString(), to: one.moment('700:00').toISOString() } })
  await one.technician.do('claimOffer', { orderId: second.orderId })
  await one.technician.do('dial', { orderId: second.orderId })
  const clash = new Date((await product.now()).getTime() + 4 * HOUR + 30 * MINUTE).toISOString()
  expect(await one.technician.refused('recordCall', { orderId: second.orderId, outcome: 'agreed', at: clash })).toMatchObject({ code: 'BUSY', message: expect.stringMatching(/\d\d:\d\d 另有一家/) as unknown })
  // The refused time left nothing behind; a free one is taken.
  await one.technician.do('recordCall', { orderId: second.orderId, outcome: 'agreed', at: one.moment('600:00').toISOString() })
  const { slots } = await one.technician.document()
  expect(slots.map((slot) => slot.orderId).sort()).toEqual([one.orderId, second.orderId].sort())
  expect(slots.every((slot) => slot.heldUntil === null)).toBe(true)
})

/** Late, moved, nobody at home, parts, helpers, night (R12, R15, R45, R47, R55), through the functions and the real SDKs. */
import { DAY, dayStart, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import type { TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

/** Agreed and paid, `hours` ahead; the clock is counted from T. */
const scheduled = async ({ hours = 5, near = 1 } = {}) => {
  const repair = await Repair.file(product, { near })
  await repair.claim()
  const t = await repair.agree(new Date((await product.now()).getTime() + hours * HOUR))
  await repair.pay()
  const later = (ms: number) => new Date(t.getTime() + ms).toISOString()
  return { repair, orderId: repair.orderId, number: repair.number, homeowner: repair.homeowner, technician: repair.technician, t, later, at: (ms: number) => product.moveTo(new Date(t.getTime() + ms)) }
}
const kinds = async (orderId: string) => (await product.violations(orderId)).map(({ kind }) => kind).sort()
const slotsOf = async (technician: TechnicianPhone, orderId: string) => (await technician.document()).slots.filter((slot) => slot.orderId === orderId)
const staffNumberOf = async (technician: TechnicianPhone) => (await technician.document()).staffNumber

test('R12 told an hour ahead: the new time stands, the technician’s day moves with it, the homeowner agrees', async () => {
  const one = await scheduled()
  await one.homeowner.allow('appointment')
  await one.at(-HOUR)
  const job = await one.technician.do('tellDelay', { orderId: one.orderId, at: one.later(HOUR), reason: '上一家还没修完' })
  expect(job).toMatchObject({ state: { word: '等答复' }, appointment: { at: one.later(HOUR) }, delay: { answered: false, reason: '上一家还没修完' } })
  expect(await slotsOf(one.technician, one.orderId)).toMatchObject([{ from: new Date(one.later(HOUR)), heldUntil: null }])
  expect(await one.repair.view()).toMatchObject({ state: { turn: 'yours', word: '待答复' }, delay: { to: one.later(HOUR), byTechnician: true }, main: { act: 'agree_delay' } })
  expect((await one.homeowner.inbox())[0]).toMatchObject({ title: '上门时间', text: expect.stringContaining('要晚到') as unknown })
  expect(await one.homeowner.do('agreeDelay', { orderId: one.orderId, at: one.later(HOUR) })).toMatchObject({ delay: null, appointment: { at: one.later(HOUR) } })
  await one.at(0)
  await one.at(SECOND)
  expect([await kinds(one.orderId), await product.todos(one.orderId, false)]).toEqual([[], []])
})

test('R12 told at T−59: passed on and on record; no reply in 30 minutes reaches customer service, once, and the answer settles it', async () => {
  const one = await scheduled()
  await one.at(-59 * MINUTE)
  await one.technician.do('tellDelay', { orderId: one.orderId, at: one.later(2 * HOUR), reason: '堵车' }, 'delay-once-1')
  await one.technician.do('tellDelay', { orderId: one.orderId, at: one.later(2 * HOUR), reason: '堵车' }, 'delay-once-1')
  expect(await kinds(one.orderId)).toEqual(['late_notice'])
  await one.at(-29 * MINUTE)
  expect(await product.todos(one.orderId)).toEqual([])
  await Promise.all([one.at(-29 * MINUTE + SECOND), product.sweep()])
  await one.at(-20 * MINUTE)
  expect(await product.todos(one.orderId)).toEqual(['delay_unanswered'])
  await product.staffDo('agreeDelayFor', { order: one.number, at: one.later(2 * HOUR) })
  expect(await product.todos(one.orderId)).toEqual([])
  expect((await one.repair.told()).filter((kind) => kind === 'delay_told')).toHaveLength(1)
})

test('R12 R05 a new time that the technician’s own day has no room for is refused, and nothing is half done', async () => {
  const one = await scheduled()
  const other = await Repair.file(product, { near: 0, homeowner: product.homeowner(one.homeowner.home), wanted: { from: one.later(3 * HOUR), to: one.later(4 * HOUR) } })
  await one.technician.do('claimOffer', { orderId: other.orderId })
  await one.technician.do('dial', { orderId: other.orderId })
  await one.technician.do('recordCall', { orderId: other.orderId, outcome: 'agreed', at: one.later(3 * HOUR) })
  const before = [await one.repair.order(), await one.technician.document()]
  const clash = one.later(3 * HOUR + 20 * MINUTE)
  expect(await one.technician.refused('tellDelay', { orderId: one.orderId, at: clash, reason: '堵车' })).toMatchObject({ code: 'BUSY', fields: { at: expect.stringContaining('另有一家') as unknown } })
  expect(await one.homeowner.refused('moveAppointment', { orderId: one.orderId, at: clash })).toMatchObject({ code: 'BUSY' })
  expect([await one.repair.order(), await one.technician.document()]).toEqual(before)
  const free = await one.homeowner.do('freeTimes', { orderId: one.orderId })
  const offered = free.days.flatMap((day) => day.times.map((time) => time.at))
  expect(offered).not.toContain(clash)
  expect(free.days.length).toBeGreaterThan(4)
  const to = offered.find((moment) => moment > one.later(6 * HOUR))!
  expect(await one.homeowner.do('moveAppointment', { orderId: one.orderId, at: to })).toMatchObject({ appointment: { at: to } })
  expect(await slotsOf(one.technician, one.orderId)).toMatchObject([{ from: new Date(to) }])
})

test('R12 R13 the homeowner moves it at 13:58: the alert is withdrawn and nobody is late', async () => {
  const one = await scheduled()
  await one.at(-2 * MINUTE)
  expect(await product.todos(one.orderId)).toEqual(['late_arrival'])
  await one.homeowner.do('moveAppointment', { orderId: one.orderId, at: one.later(2 * HOUR), reason: '临时有事' })
  expect(await product.todos(one.orderId)).toEqual([])
  await one.at(HOUR)
  expect(await kinds(one.orderId)).toEqual([])
  expect((await one.technician.inbox())[0]?.text).toContain('业主改时间了')
})

test('R12 the technician is late: the homeowner has somebody else, who has never heard of the first one’s blame', async () => {
  const one = await scheduled({ near: 3 })
  const wanted = { from: one.later(2 * HOUR), to: one.later(4 * HOUR) }
  expect(await one.homeowner.refused('askAnother', { orderId: one.orderId, wanted, reason: '不等了' })).toMatchObject({ code: 'WRONG_STATE' })
  await one.at(5 * MINUTE)
  await Promise.all(one.repair.technicians.map((each) => each.do('reportPosition', { position: north(one.homeowner.home, 1) })))
  expect(await one.homeowner.do('askAnother', { orderId: one.orderId, wanted, reason: '不等了' })).toMatchObject({ status: 'dispatching', wanted })
  expect((await one.repair.offered()).length).toBe(2)
  expect(await one.repair.offered()).not.toContain(one.technician.id)
  expect(await slotsOf(one.technician, one.orderId)).toEqual([])
  expect(await one.technician.refused('getJob', { orderId: one.orderId })).toMatchObject({ code: 'NOT_FOUND' })
})

test('R12 R19 what was paid stays with the order when somebody else is asked, and whoever comes sets out on the same quote', async () => {
  const one = await scheduled({ near: 3 })
  const { stages, quotes } = await one.repair.order()
  expect(stages).toMatchObject([{ state: 'paid' }])
  await one.at(5 * MINUTE)
  await Promise.all(one.repair.technicians.map((each) => each.do('reportPosition', { position: north(one.homeowner.home, 1) })))
  await one.homeowner.do('askAnother', { orderId: one.orderId, wanted: { from: one.later(2 * HOUR), to: one.later(4 * HOUR) }, reason: '不等了' })
  const [next] = one.repair.technicians.slice(1)
  await one.repair.claim(next)
  await one.repair.agree(new Date(one.later(2 * HOUR)), next)
  expect(await one.repair.order()).toMatchObject({ stages, quotes })
  expect(await one.repair.job(next)).toMatchObject({ unpaidFen: 0, quote: { state: 'confirmed' } })
  expect((await one.repair.view()).main?.act).toBe('notify_me')
})

describe('R15 nobody at home', () => {
  const atTheDoor = async () => {
    const one = await scheduled()
    await one.at(-50 * MINUTE)
    await one.repair.setOut()
    await one.at(-10 * MINUTE)
    await one.repair.arrive()
    return { ...one, ring: async (answered = false) => {
      await one.technician.do('dial', { orderId: one.orderId })
      return one.technician.do('recordDoorCall', { orderId: one.orderId, answered })
    } }
  }

  test('R15 unanswered from 13:55: the note at 14:30, no blame, booked again in one tap, the same technician comes', async () => {
    const one = await atTheDoor()
    await one.at(-5 * MINUTE)
    expect(await one.ring()).toMatchObject({ noShow: { noteFrom: one.later(30 * MINUTE) }, state: { word: '没人开门', countdown: { endsAt: one.later(30 * MINUTE) } } })
    expect(await one.repair.view()).toMatchObject({ state: { turn: 'urgent' }, main: { act: 'say_at_home' }, waitingAtDoor: { until: one.later(30 * MINUTE) } })
    await one.at(30 * MINUTE - SECOND)
    expect(await one.technician.refused('leaveNote', { orderId: one.orderId })).toMatchObject({ code: 'TOO_EARLY' })
    await one.at(30 * MINUTE)
    const left = await one.technician.do('leaveNote', { orderId: one.orderId })
    expect(left).toMatchObject({ state: { word: '没人在家' }, note: expect.stringContaining('不收费') as unknown, main: null })
    expect([await kinds(one.orderId), await product.todos(one.orderId)]).toEqual([[], []])
    expect(await slotsOf(one.technician, one.orderId)).toEqual([])
    const view = await one.repair.view()
    expect(view).toMatchObject({ state: { turn: 'yours', word: '待再约' }, main: { act: 'rebook' }, rebook: { note: left.note }, stages: [{ state: 'paid' }] })
    expect((await one.homeowner.inbox())[0]?.text).toContain('再约')
    const option = view.rebook!.options[0]!
    const again = await one.homeowner.do('rebook', { orderId: one.orderId, wanted: { from: option.from, to: option.to }, same: true })
    expect(again.rebook).toBeNull()
    expect(await one.repair.offered()).toEqual([one.technician.id])
    await one.repair.claim()
    await one.repair.agree()
    await one.repair.work()
    expect((await one.repair.close()).status).toBe('in_warranty')
    expect(await one.technician.document()).toMatchObject({ jobs: 1 })
  })

  test('R15 asked again alone, off duty and all', async () => {
    const one = await atTheDoor()
    await one.at(MINUTE)
    await one.ring()
    await one.at(31 * MINUTE)
    await one.technician.do('leaveNote', { orderId: one.orderId })
    await one.technician.do('goOffDuty', {})
    await one.homeowner.do('rebook', { orderId: one.orderId, wanted: { from: one.later(2 * HOUR), to: one.later(4 * HOUR) }, same: true })
    expect(await one.repair.claim()).toMatchObject({ state: { word: '打电话' } })
  })

  test('R15 “马上开门” and an answered call both begin the waiting anew', async () => {
    const one = await atTheDoor()
    await one.at(MINUTE)
    await one.ring()
    expect(await one.homeowner.do('sayAtHome', { orderId: one.orderId })).toMatchObject({ waitingAtDoor: null })
    expect((await one.technician.inbox())[0]?.text).toContain('马上开门')
    await one.at(32 * MINUTE)
    expect(await one.technician.refused('leaveNote', { orderId: one.orderId })).toMatchObject({ code: 'WRONG_STATE' })
    await one.ring()
    expect(await one.ring(true).then((job) => job.noShow, () => 'too soon')).toBe('too soon')
    await one.at(33 * MINUTE)
    expect(await one.ring(true)).toMatchObject({ noShow: null })
  })
})

test('R45 parts: the clocks stand still, the day is free, they come, a new time is agreed', async () => {
  const one = await scheduled()
  const expectedAt = new Date(one.t.getTime() + DAY).toISOString()
  await one.technician.do('waitForParts', { orderId: one.orderId, parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt })
  expect(await slotsOf(one.technician, one.orderId)).toEqual([])
  expect(await one.repair.view()).toMatchObject({ status: 'waiting_parts', state: { turn: 'paused' }, parts: { names: '阀芯', reason: '阀芯没货', expectedAt } })
  await one.at(HOUR)
  // They would wait for nobody at the time that was agreed: staff phone who has not read it (R41).
  expect([await kinds(one.orderId), await product.todos(one.orderId)]).toEqual([[], ['unreachable']])
  await one.homeowner.do('markRead', { orderId: one.orderId })
  await product.byDay()
  await product.moveTo(new Date(Date.parse(expectedAt) + SECOND))
  expect(await product.todos(one.orderId)).toEqual(['parts_overdue'])
  await product.staffDo('partsArrived', { order: one.number })
  expect(await product.todos(one.orderId)).toEqual([])
  await one.repair.agree()
  expect((await one.repair.order()).status).toBe('scheduled')
})

describe('R47 several technicians', () => {
  test('R47 added by the one in charge: their day is held, they see the job, work on the checklist, and nobody else learns of it', async () => {
    const one = await scheduled()
    const [helper, stranger] = await Promise.all([2, 3].map((km) => product.technician(north(one.homeowner.home, km))))
    const job = await one.technician.do('addHelper', { orderId: one.orderId, staffNumber: await staffNumberOf(helper!) })
    expect(job.crew.map((member) => [member.id, member.lead])).toEqual([[one.technician.id, true], [helper!.id, false]])
    expect(await slotsOf(helper!, one.orderId)).toMatchObject([{ from: one.t, heldUntil: null }])
    expect((await helper!.do('openJobs', {})).today).toMatchObject([{ orderId: one.orderId, helping: true }])
    expect(await helper!.do('getJob', { orderId: one.orderId })).toMatchObject({ role: 'helper', contact: { name: '林女士' }, main: null })
    expect(await helper!.refused('giveBack', { orderId: one.orderId, reason: '累' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await helper!.refused('dial', { orderId: one.orderId })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await helper!.refused('tellDelay', { orderId: one.orderId, at: one.later(HOUR), reason: '堵车' })).toMatchObject({ code: 'FORBIDDEN' })
    for (const action of ['getJob', 'leaveNote', 'partsArrived'] as const) expect(await stranger!.refused(action, { orderId: one.orderId })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await stranger!.refused('addHelper', { orderId: one.orderId, staffNumber: '0001' })).toMatchObject({ code: 'NOT_FOUND' })
    expect((await one.repair.view()).helpers.map((each) => each.id)).toEqual([helper!.id])
    await helper!.do('leaveCrew', { orderId: one.orderId, reason: '那天请了假' })
    expect(await slotsOf(helper!, one.orderId)).toEqual([])
    expect(await helper!.refused('getJob', { orderId: one.orderId })).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('R47 R40 the one in charge sees whose number it is before adding: name, number, trades and nothing more; nobody else may ask', async () => {
    const one = await scheduled()
    const [helper, stranger] = await Promise.all([2, 3].map((km) => product.technician(north(one.homeowner.home, km))))
    const staffNumber = await staffNumberOf(helper!)
    const { name } = await helper!.document()
    const found = await one.technician.do('findHelper', { orderId: one.orderId, staffNumber })
    expect(found).toEqual({ name, staffNumber, skills: expect.arrayContaining(['水路']) as unknown })
    expect(await one.technician.refused('findHelper', { orderId: one.orderId, staffNumber: 'zz99zz' })).toMatchObject({ code: 'NOT_FOUND', fields: { staffNumber: expect.stringContaining('没有这个工号') as unknown } })
    expect(await stranger!.refused('findHelper', { orderId: one.orderId, staffNumber })).toMatchObject({ code: 'NOT_FOUND' })
    await one.technician.do('addHelper', { orderId: one.orderId, staffNumber })
    expect(await helper!.refused('findHelper', { orderId: one.orderId, staffNumber })).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('R47 R05 a helper whose own day has no room is BUSY; when the visit moves to such a time, they are let go and the dispatcher hears of it', async () => {
    const one = await scheduled()
    const helper = await product.technician(north(one.homeowner.home, 2))
    const number = await staffNumberOf(helper)
    /** The helper's own job at `ms` after T. */
    const ownJob = async (ms: number) => {
      const own = await Repair.file(product, { near: 0, homeowner: product.homeowner(one.homeowner.home), wanted: { from: one.later(ms), to: one.later(ms + HOUR) } })
      await product.staffDo('assignOrder', { order: own.number, staffNumber: number, reason: '就近' })
      await own.agree(new Date(one.later(ms)), helper)
    }
    await ownJob(20 * MINUTE)
    expect(await product.staff('addHelper', { order: one.number, staffNumber: number })).toMatchObject({ ok: false, error: { code: 'BUSY', fields: { staffNumber: expect.stringContaining('另有一家') as unknown } } })
    await ownJob(DAY + 3 * HOUR)
    await one.homeowner.do('moveAppointment', { orderId: one.orderId, at: one.later(DAY) })
    await product.staffDo('addHelper', { order: one.number, staffNumber: number })
    await one.homeowner.do('moveAppointment', { orderId: one.orderId, at: one.later(DAY - 2 * HOUR) })
    expect(await slotsOf(helper, one.orderId)).toMatchObject([{ from: new Date(one.later(DAY - 2 * HOUR)), heldUntil: null }])
    await one.homeowner.do('moveAppointment', { orderId: one.orderId, at: one.later(DAY + 3 * HOUR) })
    expect(await slotsOf(helper, one.orderId)).toEqual([])
    expect(await product.todos(one.orderId)).toEqual(['helper_out'])
    expect((await one.repair.visit()).helpers).toEqual([])
  })

  test('R47 the job done, the helper’s waiting time counts from there too', async () => {
    const one = await scheduled()
    const helper = await product.technician(north(one.homeowner.home, 2))
    await one.technician.do('addHelper', { orderId: one.orderId, staffNumber: await staffNumberOf(helper) })
    await one.at(-40 * MINUTE)
    await one.repair.work()
    await one.repair.close()
    expect(await helper.document()).toMatchObject({ jobs: 1, freeSince: expect.any(Date) as unknown, slots: [{ orderId: one.orderId, finishedAt: expect.any(Date) as unknown }] })
    expect((await helper.do('listJobs', { filter: 'done' })).jobs.map((job) => job.orderId)).toEqual([one.orderId])
  })
})

test('R07 widened: technicians beyond their own radius are asked, and the offers explain themselves', async () => {
  const homeowner = product.homeowner()
  const far = await product.technician(north(homeowner.home, 10))
  const { orderId, number } = await homeowner.file()
  await product.advance(SECOND)
  expect((await product.order(orderId)).status).toBe('seeking_staff')
  expect(await product.staff('widenSearch', { order: number, radiusFactor: 9, reason: '附近没人' })).toMatchObject({ ok: false, error: { fields: { radiusFactor: expect.stringContaining('3') as unknown } } })
  await product.staffDo('widenSearch', { order: number, radiusFactor: 1.5, reason: '附近没人' })
  expect((await product.order(orderId)).offeredTo).toEqual([far.id])
  expect(await product.todos(orderId)).toEqual([])
})

test('R55 filed at night: one order, told of the morning, dispatched at 7:00 by the timer; an emergency goes at once', async () => {
  const midnight = new Date(dayStart(await product.now()).getTime() + DAY)
  await product.moveTo(midnight)
  const homeowner = product.homeowner()
  const technician = await product.technician(homeowner.home)
  const { orderId } = await homeowner.file({ wanted: { from: new Date(midnight.getTime() + 10 * HOUR).toISOString(), to: new Date(midnight.getTime() + 12 * HOUR).toISOString() } })
  expect((await product.order(orderId)).offeredTo).toEqual([])
  expect((await homeowner.do('getOrder', { orderId })).state.fact).toMatch(/^收到了，[今明]早 7:00 派师傅$/)
  expect((await homeowner.inbox())[0]?.text).toMatch(/[今明]早 7:00/)
  const urgent = product.homeowner(homeowner.home)
  const emergency = await urgent.file({ emergency: true })
  expect((await product.order(emergency.orderId)).offeredTo).toEqual([technician.id])
  await urgent.do('cancelOrder', { orderId: emergency.orderId, reason: '自己关上了' })
  await product.moveTo(new Date(midnight.getTime() + 7 * HOUR - SECOND))
  expect((await product.order(orderId)).offeredTo).toEqual([])
  await product.sleepTo(new Date(midnight.getTime() + 7 * HOUR))
  await Promise.all([product.sweep(), product.sweep()])
  const order = await product.order(orderId)
  expect(order.offers).toHaveLength(1)
  // Their position is from midnight: reckoned from their base now.
  expect(order.offeredTo).toEqual([technician.id])
})

test('R42 staff read the table of deadlines with the figures in force', async () => {
  const { text, deadlines } = await product.staffDo<{ text: string; deadlines: unknown[] }>('showDeadlines', {})
  expect(text).toContain('R12｜判定｜师傅说来不了或要晚｜30 分钟后｜客服｜夜里等上班｜业主没答复：客服打电话')
  expect(deadlines.length).toBeGreaterThan(25)
})

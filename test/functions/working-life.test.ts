/** The register, shifts, leave, the record and what can be contested (R36, R52), through the functions. */
import { DAY, dayStart, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

describe('R52 shifts and leave', () => {
  test('R52 R05 set by the technician: the search goes by them; agreeing a time by hand goes beyond shifts, never into leave', async () => {
    const homeowner = product.homeowner()
    const technician = await product.technician(homeowner.home)
    const nextDay = dayStart(await product.now()).getTime() + DAY
    const tomorrow = (hours: number) => new Date(nextDay + hours * HOUR)
    const weekday = new Date(nextDay + 8 * HOUR).getUTCDay() || 7
    const view = await technician.do('setShifts', { shifts: [{ weekday, from: '09:00', to: '12:00' }] })
    expect(view.shifts).toEqual([{ weekday, from: '09:00', to: '12:00' }])
    const evening = await homeowner.file({ wanted: { from: tomorrow(18).toISOString(), to: tomorrow(20).toISOString() } })
    expect((await product.order(evening.orderId)).offeredTo).toEqual([])
    const morning = await homeowner.file({ wanted: { from: tomorrow(9).toISOString(), to: tomorrow(11).toISOString() } })
    expect((await product.order(morning.orderId)).offeredTo).toEqual([technician.id])
    await technician.do('takeLeave', { from: tomorrow(15).toISOString(), to: tomorrow(17).toISOString(), reason: '接孩子' })
    await technician.do('claimOffer', { orderId: morning.orderId })
    await technician.do('dial', { orderId: morning.orderId })
    const agree = (at: Date) => ({ orderId: morning.orderId, outcome: 'agreed' as const, at: at.toISOString() })
    expect(await technician.refused('recordCall', agree(tomorrow(15)))).toMatchObject({ code: 'BUSY', message: expect.stringContaining('请了假') as unknown })
    await technician.do('recordCall', agree(tomorrow(13)))
    expect(await technician.refused('takeLeave', { from: tomorrow(12).toISOString(), to: tomorrow(14).toISOString(), reason: '看病' })).toMatchObject({ code: 'INVALID_INPUT', fields: { to: expect.stringContaining('13:00 约了一家') as unknown } })
    const month = new Date(nextDay + 8 * HOUR).toISOString().slice(0, 7)
    const { days, leave } = await technician.do('getSchedule', { month })
    expect(days.find((day) => day.date === new Date(nextDay + 8 * HOUR).toISOString().slice(0, 10))).toMatchObject({ onLeave: true, jobs: [{ orderId: morning.orderId, done: false }], room: 7 })
    expect(await technician.do('cancelLeave', { leaveId: leave[0]!.id })).toMatchObject({ leave: [] })
  })

  test('R04 leave asked for twice is one; claimed and taken in the same moment, one of the two is refused', async () => {
    const homeowner = product.homeowner()
    const technician = await product.technician(homeowner.home)
    const from = new Date((await product.now()).getTime() + 5 * HOUR).toISOString()
    const to = new Date((await product.now()).getTime() + 8 * HOUR).toISOString()
    await Promise.all([1, 2].map(() => technician.do('takeLeave', { from, to, reason: '看病' }, 'leave-once-1')))
    expect((await technician.document()).leave).toHaveLength(1)
    expect(await technician.refused('cancelLeave', { leaveId: 'leave-none-1' })).toMatchObject({ code: 'NOT_FOUND', message: '没有这段假，可能已经销了' })
    for (let time = 0; time < 2; time += 1) await technician.do('cancelLeave', { leaveId: 'leave-once-1' }, 'cancel-once-1')
    expect(await technician.refused('cancelLeave', { leaveId: 'leave-once-1' })).toMatchObject({ code: 'NOT_FOUND' })
    const { orderId } = await homeowner.file()
    const [claim, leave] = await Promise.all([technician.call('claimOffer', { orderId }), technician.call('takeLeave', { from, to, reason: '看病' })])
    const { slots, leave: kept } = await technician.document()
    expect([claim.ok, leave.ok].filter(Boolean)).toHaveLength(1)
    expect([slots.length, kept.length]).toEqual([claim.ok ? 1 : 0, leave.ok ? 1 : 0])
  })

  test.each([
    ['setShifts', { shifts: [{ weekday: 1, from: '18:00', to: '09:00' }] }, 'shifts.0.to'],
    ['setShifts', { shifts: [{ weekday: 1, from: '08:00', to: '12:00' }, { weekday: 1, from: '11:00', to: '13:00' }] }, 'shifts.1.from'],
    ['setShifts', { shifts: [{ weekday: 8, from: '08:00', to: '12:00' }] }, 'shifts.0.weekday'],
    ['setShifts', { shifts: [{ weekday: 1, from: '25:00', to: '26:00' }] }, 'shifts.0.from'],
    ['takeLeave', { from: '2030-05-02T00:00:00Z', to: '2030-05-01T00:00:00Z', reason: '有事' }, 'to'],
    ['takeLeave', { from: '2029-05-01T00:00:00Z', to: '2029-05-02T00:00:00Z', reason: '有事' }, 'to'],
    ['setRadius', { radiusMetres: 0 }, 'radiusMetres'],
    ['setRadius', { radiusMetres: 500_000 }, 'radiusMetres'],
  ] as const)('R52 %s %j is refused by name, and nothing changes', async (action, input, field) => {
    const technician = await product.technician(product.area())
    const before = await technician.document()
    const refused = await technician.refused(action, input as never)
    expect([refused.code, Object.keys(refused.fields ?? {})]).toEqual(['INVALID_INPUT', expect.arrayContaining([field])])
    expect(await technician.document()).toEqual(before)
  })
})

describe('R36 R52 the record', () => {
  test('R36 what was done and what was late, each once; a violation contested once, decided by a manager, withdrawn: it no longer counts', async () => {
    const repair = await Repair.file(product, { near: 1 })
    const { technician, orderId } = repair
    await repair.claim()
    await product.advance(5 * MINUTE + SECOND)
    await repair.agree()
    await repair.pay()
    const at = (await repair.visit()).appointmentAt!
    await product.moveTo(new Date(at.getTime() - 40 * MINUTE))
    await repair.work()
    const record = await technician.do('getRecord', {})
    expect(record.counts).toMatchObject({ claimed: 1, called: 0, calledLate: 1, arrivedEarly: 1, arrived: 0, arrivedLate: 0, completed: 1, givenBack: 0 })
    expect([record.callsInTime, record.arrivalsInTime]).toEqual([0, 100])
    expect(record.violations).toMatchObject([{ rule: 'R10', text: '接单后没按时打电话', orderNumber: repair.number, contest: null }])
    const { id } = record.violations[0]!
    const other = await product.technician(product.area())
    expect(await other.refused('contestViolation', { violationId: id, reason: '不是我的也要说' })).toMatchObject({ code: 'NOT_FOUND' })
    await technician.do('contestViolation', { violationId: id, reason: '用座机打的，业主能作证' })
    expect(await technician.refused('contestViolation', { violationId: id, reason: '再说一遍不对' })).toMatchObject({ code: 'WRONG_STATE' })
    expect(await product.todos(orderId)).toEqual(['contest'])
    expect(await product.staffDo('listViolations', {})).toMatchObject({ text: expect.stringContaining('用座机打的') as unknown })
    const byHand = { todo: `contest:${id}`, note: '看过了，没事' }
    for (const operator of ['lu-min', 'gu-lan']) expect(await product.staff('closeTodo', byHand, { operator })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', message: '这件待办要经理用 decideContest 定，定了就自己办结' } })
    expect(await product.todos(orderId)).toEqual(['contest'])
    expect(await product.staff('decideContest', { violation: id, withdraw: true, reason: '属实' }, { operator: 'lu-min' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    await product.staffDo('decideContest', { violation: id, withdraw: true, reason: '业主证实打过' })
    expect(await technician.do('getRecord', {})).toMatchObject({ points: 0, violations: [{ contest: { state: 'withdrawn', decision: '业主证实打过' }, contestableUntil: null }] })
    expect(await product.todos(orderId)).toEqual([])
    expect((await technician.inbox())[0]?.text).toContain('业主证实打过')
  })

  test('R36 withdrawn against upheld at once: one of the two stands, and the other reads by whom and how', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    await product.advance(5 * MINUTE + SECOND)
    const [violation] = await product.violations(repair.orderId)
    await repair.technician.do('contestViolation', { violationId: violation!._id, reason: '用座机打的' })
    const answers = await Promise.all([true, false].map((withdraw) => product.staff('decideContest', { violation: violation!._id, withdraw, reason: '查过通话记录' })))
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'WRONG_STATE', message: expect.stringMatching(/^秦越 今天 .* 答复过了：(维持|撤销，不算)，查过通话记录$/) as unknown } })
    expect((await repair.technician.inbox()).filter(({ text }) => text.includes('查过通话记录'))).toHaveLength(1)
  })

  test('R36 after 15 days nothing can be contested any more: at T, after T', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    await product.advance(5 * MINUTE + SECOND)
    const [violation] = await product.violations(repair.orderId)
    await product.sleepTo(new Date(violation!.at.getTime() + 15 * DAY + SECOND))
    expect(await repair.technician.refused('contestViolation', { violationId: violation!._id, reason: '用座机打的' })).toMatchObject({ code: 'WRONG_STATE' })
  })
})

describe('R52 certificates', () => {
  test('R52 thirty days before one expires staff and technician hear of it once, and when it has; renewed, nothing more', async () => {
    const expiresAt = new Date((await product.now()).getTime() + 40 * DAY)
    const technician = await product.technician(product.area(), { certificates: [{ category: 'plumbing', name: '管道工证', expiresAt }] })
    const kinds = async () => (await product.find('todos', { state: 'open' })).filter((todo) => todo.detail.includes('管道工证')).map((todo) => todo.kind).sort()
    await product.advance(9 * DAY)
    expect(await kinds()).toEqual([])
    await product.advance(2 * DAY)
    await product.sweep()
    expect(await kinds()).toEqual(['certificate_expiring'])
    expect((await technician.inbox())[0]?.text).toContain('管道工证')
    await product.advance(31 * DAY)
    await product.byDay()
    expect(await kinds()).toEqual(['certificate_expired', 'certificate_expiring'])
    const { staffNumber } = await technician.document()
    await product.staffDo('changeTechnician', { staffNumber, changes: { certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: '2039-01-01T00:00:00Z' }] } })
    expect((await technician.document()).certificatesCheckAt).toEqual(new Date('2038-12-02T00:00:00Z'))
  })
})

test('R52 staff change single fields; a dry run says what, and changes nothing; suspension names the jobs in hand', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  const { staffNumber } = await repair.technician.document()
  const dry = await product.staffDo<{ text: string }>('changeTechnician', { staffNumber, changes: { radiusMetres: 5_000 } }, { dryRun: true })
  expect(dry.text).toContain('接单半径：8000 → 5000')
  expect((await repair.technician.document()).radiusMetres).toBe(8_000)
  await product.staffDo('changeTechnician', { staffNumber, changes: { radiusMetres: 5_000, levels: [{ category: 'plumbing', level: 3 }] } })
  expect(await repair.technician.document()).toMatchObject({ radiusMetres: 5_000, levels: [{ category: 'plumbing', level: 3 }] })
  for (const [changes, field] of [[{ radiusMetres: 500_000 }, 'changes.radiusMetres'], [{ skills: ['magic'] }, 'skills.0'], [{ certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: '2020-01-01T00:00:00Z' }] }, 'certificates.0.expiresAt'], [{ base: { longitude: 0, latitude: 0 } }, 'changes.base'], [{ skills: ['plumbing', 'plumbing'] }, 'skills.1'], [{ levels: [{ category: 'plumbing', level: 2 }, { category: 'plumbing', level: 3 }] }, 'levels.1.category'], [{ training: [{ name: '安全', passedAt: '2031-01-01T00:00:00Z' }] }, 'training.0.passedAt'], [{}, 'changes']] as const) {
    expect(await product.staff('changeTechnician', { staffNumber, changes })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { [field]: expect.any(String) as unknown } } })
  }
  const { text } = await product.staffDo<{ text: string }>('suspendTechnician', { staffNumber, suspended: true, reason: '证件待核' })
  expect(text).toContain(repair.number)
  expect(await repair.technician.refused('goOnDuty', { position: repair.homeowner.home })).toMatchObject({ code: 'SUSPENDED' })
})

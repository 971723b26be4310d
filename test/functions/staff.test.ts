/** Staff at the console (R43), through the function. */
import type { ActionAnswer, HelpView } from '../../typings/contract'
import { operators } from '../../local/seed/staff'
import { north } from '../support/product'
import { identityNumber } from '../support/identity-number'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const raw = (event: unknown) => product.workplace.invoke<ActionAnswer<Record<string, unknown>> & { error?: { example?: unknown } }>('staff', event)
const tokenOf = (id: string) => operators.find((operator) => operator._id === id)!.token

test('R43 help lists what there is, who may, and an event to copy', async () => {
  const answer = (await raw({ action: 'help' })) as unknown as { ok: true; data: { actions: (HelpView['actions'][number] & { roles: string[]; example: { action: string; operator: string } })[] } }
  const names = answer.data.actions.map((action) => action.name)
  expect(names).toEqual(expect.arrayContaining(['listTodos', 'closeTodo', 'findOrders', 'showOrder', 'explainOffers', 'assignOrder', 'releaseDoorCode', 'recordFollowUpCall', 'recordAcceptance', 'chooseReturnFor', 'cancelOrder', 'showSettings', 'changeSettings', 'correctContact', 'listTechnicians', 'addTechnician', 'bindTechnician', 'suspendTechnician', 'addOperator']))
  for (const action of answer.data.actions) {
    expect(action.example).toMatchObject({ action: action.name, operator: expect.any(String) as unknown })
    // Every example is understood as it stands, tried without changing anything.
    const tried = await raw({ ...action.example, operator: 'qin-yue', token: tokenOf('qin-yue') })
    if (!tried.ok) expect([action.name, tried.error.code]).toEqual([action.name, expect.stringMatching(/^(NOT_FOUND|WRONG_STATE)$/)])
  }
})

test('R43 the clock tells the console what it does, and does nothing else that it is asked', async () => {
  const clock = (event: unknown) => product.workplace.invoke<ActionAnswer<Record<string, unknown>>>('clock', event)
  expect(await clock({ action: 'help' })).toMatchObject({ ok: true, data: { actions: [{ name: 'sweep', summary: expect.any(String) as unknown }] } })
  expect(await clock({ action: 'sweap' })).toMatchObject({ ok: false, error: { code: 'UNKNOWN_ACTION', message: expect.stringContaining('sweep') as unknown } })
  expect(await clock({ Type: 'Timer', TriggerName: 'sweep' })).toMatchObject({ ok: true, data: { finished: true } })
})

test('R43 a wrong event is answered in Chinese with one that would be right', async () => {
  for (const event of [{}, { action: 'assignOrder' }, { action: 'assignOrder', operator: 'lu-min', token: 'wrong-token-0001', input: {} }, { action: 'assignOrder', operator: 'lu-min', token: tokenOf('lu-min'), input: { order: 7 } }, { action: 'asignOrder', operator: 'lu-min', token: 'x' }, { action: 'listTodos', who: 'me' }]) {
    const answer = await raw(event)
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(/[\u4e00-\u9fff]/) as unknown, example: { action: expect.any(String) as unknown } } })
  }
})

test('R43 a wrong operator and a wrong token are one and the same; nobody else may', async () => {
  const list = (operator: unknown, token: unknown) => raw({ action: 'listTodos', operator, token, input: {} })
  const wrong = [await list('nobody', tokenOf('lu-min')), await list('lu-min', 'wrong'), await list('lu-min', tokenOf('gu-lan'))]
  for (const answer of wrong) expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', message: '员工编号或令牌不对' } })
  expect(await list(undefined, undefined)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(await list({ $ne: 1 }, tokenOf('lu-min'))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
})

test.each([
  ['assignOrder', 'gu-lan', { order: 'SF1123-0001', staffNumber: '0001', reason: '试一试' }],
  ['changeSettings', 'lu-min', { settings: {} }],
  ['addOperator', 'tian-rui', { id: 'new-one', name: '新人', roles: ['manager'], token: 'a-long-enough-token' }],
  ['recordAcceptance', 'lu-min', { order: 'SF1123-0001', note: '业主说好了' }],
])('R43 %s is not for %s', async (action, operator, input) => {
  expect(await product.staff(action, input, { operator })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', message: expect.stringMatching(/来做/) as unknown } })
})

test('R43 a dry run says what would come of it and changes nothing; both are audited, tokens are not', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const before = JSON.stringify(await repair.order())
  const dry = await product.staffDo<{ text: string }>('cancelOrder', { order: repair.number, reason: '业主来电' }, { operator: 'tian-rui', dryRun: true })
  expect(dry.text).toContain('试跑')
  expect(JSON.stringify(await repair.order())).toBe(before)
  await product.staffDo('cancelOrder', { order: repair.number, reason: '业主来电' }, { operator: 'tian-rui' })
  expect(await repair.order()).toMatchObject({ status: 'cancelled', cancellation: { by: 'staff', reason: '业主来电' } })
  const audit = (await product.find('audit', { operator: 'tian-rui', action: 'cancelOrder' })).filter((line) => JSON.stringify(line.input).includes(repair.number))
  expect(audit.map((line) => [line.dryRun, line.code]).sort()).toEqual([[false, 'OK'], [true, 'OK']])
  expect(JSON.stringify(await product.find('audit', {}))).not.toContain(tokenOf('tian-rui'))
})

test('R05 why these two: the last wave’s ranking and every offer, to read', async () => {
  const home = product.area()
  await product.technician(north(home, 0.4), { onDuty: false })
  const suspended = await product.technician(north(home, 0.5), { suspended: true })
  const repair = await Repair.file(product, { near: 2, homeowner: product.homeowner(home) })
  const shown = await product.staffDo<{ text: string }>('explainOffers', { order: repair.number }, { operator: 'lu-min' })
  for (const technician of repair.technicians) expect(shown.text).toContain((await technician.document()).name)
  expect(shown.text).not.toContain((await suspended.document()).name)
})

test('R43 orders are found by number, by phone, by state; to-dos are listed and closed with a note', async () => {
  const repair = await Repair.file(product, { near: 0, contact: { name: '林晓', honorific: '女士', phone: '13777770001' } })
  for (const input of [{ number: repair.number }, { phone: '13777770001' }, { status: 'seeking_staff' }]) {
    expect((await product.staffDo<{ text: string }>('findOrders', input, { operator: 'lu-min' })).text).toContain(repair.number)
  }
  expect(await product.staff('findOrders', { number: repair.number, status: 'closing' })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  expect((await product.staffDo<{ text: string }>('listTodos', { role: 'dispatcher' }, { operator: 'lu-min' })).text).toContain(repair.number)
  const [todo] = await product.find('todos', { orderId: repair.orderId })
  await product.staffDo('closeTodo', { todo: todo!._id, note: '已请周师傅去' }, { operator: 'lu-min' })
  expect(await product.find('todos', { orderId: repair.orderId })).toMatchObject([{ state: 'closed', closedBy: 'lu-min', note: '已请周师傅去' }])
})

test('R52 a technician is added, bound to a WeChat account once, works, and is suspended', async () => {
  const home = product.area()
  const openid = 'oNewTechnician-9001'
  const isFor = (action: string, input: object) => product.staff(action, { staffNumber: '9001', ...input })
  expect(await isFor('addTechnician', { identityNumber: identityNumber(901), name: '新师傅', skills: ['plumbing'], base: home, district: '江湾区' })).toMatchObject({ ok: true })
  expect(await isFor('addTechnician', { identityNumber: identityNumber(902), name: '另一位', skills: ['plumbing'], base: home, district: '江湾区' })).toMatchObject({ ok: false, error: { fields: { staffNumber: '工号有人了' } } })
  // One person, one number: nobody is entered, or applies, with somebody else's.
  expect(await product.staff('addTechnician', { staffNumber: '9002', identityNumber: identityNumber(901), name: '另一位', skills: ['plumbing'], base: home, district: '江湾区' })).toMatchObject({ ok: false, error: { fields: { identityNumber: expect.stringContaining('有人用了') as unknown } } })
  expect(await isFor('addTechnician', { staffNumber: '9003', identityNumber: '110101199001011234', name: '第三位', skills: ['plumbing'], base: home, district: '江湾区' })).toMatchObject({ ok: false, error: { fields: { identityNumber: expect.stringContaining('18 位') as unknown } } })
  const call = (action: string, input: unknown) => product.workplace.invoke<ActionAnswer<Record<string, unknown>>>('technician', { action, input }, openid)
  expect(await call('openJobs', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(await isFor('bindTechnician', { openid })).toMatchObject({ ok: true })
  const taken = await product.technician(product.area())
  expect(await product.staff('bindTechnician', { staffNumber: (await taken.document()).staffNumber, openid })).toMatchObject({ ok: false })
  expect(await call('goOnDuty', { position: home })).toMatchObject({ ok: true, data: { onDuty: true } })
  const first = await product.homeowner(home).file()
  expect(await call('openJobs', {})).toMatchObject({ ok: true, data: { offers: [{ orderId: first.orderId }] } })
  await product.staffDo('suspendTechnician', { staffNumber: '9001', suspended: true, reason: '证件待核' })
  expect(await call('claimOffer', { orderId: first.orderId })).toMatchObject({ ok: false, error: { code: 'SUSPENDED', message: expect.stringContaining('证件待核') as unknown } })
  const second = await product.homeowner(home).file()
  expect((await product.order(second.orderId)).offeredTo).toEqual([])
})

test('⚙ a figure that staff change is in force within ten seconds; a wrong one is named and changes nothing', async () => {
  const homeowner = product.homeowner()
  expect(await product.staff('changeSettings', { settings: { hotline: 7, dispatch: { waveMinutes: -1 } } })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  await product.staffDo('changeSettings', { settings: { hotline: '4000-000-000' } }, { dryRun: true })
  await product.advance(11_000)
  expect((await homeowner.do('openHome', {})).hotline).toBe('4000-555-776')
  await product.staffDo('changeSettings', { settings: { hotline: '4000-000-000' } })
  await product.advance(11_000)
  expect((await homeowner.do('openHome', {})).hotline).toBe('4000-000-000')
  expect((await product.staffDo<{ text: string }>('showSettings', {})).text).toContain('4000-000-000')
})

test('R43 an operator is added by a manager, and may what their role may', async () => {
  const token = 'a-token-of-my-own-0001'
  await product.staffDo('addOperator', { id: 'wang-fang', name: '王芳', roles: ['customer_service'], token })
  expect(await product.staff('addOperator', { id: 'wang-fang', name: '王芳', roles: ['manager'], token })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  expect(await raw({ action: 'listTodos', operator: 'wang-fang', token, input: {} })).toMatchObject({ ok: true })
  expect(await raw({ action: 'changeSettings', operator: 'wang-fang', token, input: { settings: {} } })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(JSON.stringify(await product.find('operators', { _id: 'wang-fang' }))).not.toContain(token)
})

test('R43 the same staff request twice is carried out once', async () => {
  const repair = await Repair.file(product, { near: 0 })
  const other = await product.technician(north(repair.homeowner.home, 3))
  const { staffNumber } = await other.document()
  const assign = () => product.staffDo<{ text: string }>('assignOrder', { order: repair.number, staffNumber, reason: '请他去' }, { operator: 'lu-min', requestId: 'assign-once-01' })
  await assign()
  const { version } = await repair.order()
  expect((await assign()).text).toContain('做过了')
  expect((await repair.order()).version).toBe(version)
  expect((await other.document()).slots).toHaveLength(1)
})

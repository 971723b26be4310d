/** Bad input and strangers (R02, R40, R43): every action with everything that is wrong; each gets its code and a Chinese sentence, and nothing changes. */
import { resolve } from 'node:path'
import type { ActionAnswer, HelpView, HomeownerApi, TechnicianApi } from '../../typings/contract'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { Product } from '../support/product'
import type { HomeownerPhone, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'

jest.setTimeout(180_000)
let product: Product
let repair: Repair
let homeowner: HomeownerPhone
let technician: TechnicianPhone
/** Somebody else's: another homeowner, another technician. */
let strangers: { homeowner: HomeownerPhone; technician: TechnicianPhone }
let help: Record<'homeowner' | 'technician' | 'staff', HelpView['actions']>

beforeAll(async () => {
  product = await Product.start()
  repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  ;({ homeowner, technician } = repair)
  strangers = { homeowner: product.homeowner(), technician: await product.technician(product.area()) }
  const ask = async (send: (event: unknown) => Promise<ActionAnswer<unknown>>) => {
    const answer = (await send({ action: 'help' })) as ActionAnswer<HelpView>
    if (!answer.ok) throw new Error('no help')
    return answer.data.actions
  }
  help = {
    homeowner: await ask((event) => homeowner.send(event)),
    technician: await ask((event) => technician.send(event)),
    staff: await ask((event) => product.workplace.invoke('staff', event)),
  }
})
afterAll(() => product?.stop())

const HOMEOWNER: (keyof HomeownerApi)[] = [
  'openHome', 'priceBook', 'grantUploads', 'fileRepair', 'listOrders', 'getOrder', 'previewCancel', 'freeTimes', 'moveAppointment', 'agreeDelay', 'askAnother', 'sayAtHome',
  'rebook', 'cancelOrder', 'confirmQuote', 'correctContact', 'declineQuote', 'startPayment', 'checkPayment', 'acceptWork',
  'reportMissing', 'signWarrantyCard', 'rateVisit', 'answerFollowUp', 'chooseReturn', 'verifyCode', 'listMessages', 'markRead', 'recordSubscription', 'readPhone', 'applyToJoin', 'myApplication',
]
const TECHNICIAN: (keyof TechnicianApi)[] = [
  'openJobs', 'goOnDuty', 'goOffDuty', 'reportPosition', 'seeOffer', 'claimOffer', 'declineOffer', 'giveBack', 'getJob', 'listJobs', 'dial', 'recordCall', 'tellDelay', 'recordDoorCall', 'leaveNote', 'waitForParts',
  'partsArrived', 'findHelper', 'addHelper', 'removeHelper', 'leaveCrew', 'setOut', 'arrive', 'enterDoorCode', 'startStep',
  'completeStep', 'sendQuote', 'reportCompletion', 'signCard', 'handOverParts', 'checkOut', 'checkReach', 'getSchedule', 'setShifts', 'takeLeave', 'cancelLeave', 'setRadius', 'getRecord',
  'contestViolation', 'showBadge', 'grantUploads', 'listMessages', 'markRead', 'recordSubscription',
]
const EVERY: ['homeowner' | 'technician', string][] = [...HOMEOWNER.map((name): ['homeowner', string] => ['homeowner', name]), ...TECHNICIAN.map((name): ['technician', string] => ['technician', name])]

const phone = (name: 'homeowner' | 'technician') => (name === 'homeowner' ? homeowner : technician)
const exampleOf = (name: 'homeowner' | 'technician', action: string) => structuredClone(help[name].find((each) => each.name === action)!.example) as Record<string, unknown>
/** The example, about the order that is there. */
const aboutTheOrder = (name: 'homeowner' | 'technician', action: string) => {
  const example = exampleOf(name, action)
  return 'orderId' in example ? { ...example, orderId: repair.orderId } : example
}

const chinese = (answer: ActionAnswer<unknown>) => {
  if (answer.ok) throw new Error(`accepted: ${JSON.stringify(answer)}`)
  for (const sentence of [answer.error.message, ...Object.values(answer.error.fields ?? {})]) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
  return answer.error
}

test('help names every action of the contract, in Chinese, each with a schema and an example that validates', async () => {
  expect(help.homeowner.map((action) => action.name).sort()).toEqual([...HOMEOWNER].sort())
  expect(help.technician.map((action) => action.name).sort()).toEqual([...TECHNICIAN].sort())
  for (const action of [...help.homeowner, ...help.technician, ...help.staff]) {
    expect(action.summary).toMatch(/[\u4e00-\u9fff]/)
    expect(action.input).toMatchObject({ type: 'object' })
  }
})

test.each(EVERY)('%s %s: its example is understood', async (name, action) => {
  const answer = await phone(name).send({ action, input: exampleOf(name, action) })
  if (!answer.ok) expect(answer.error.code).not.toMatch(/BAD_REQUEST|UNKNOWN_ACTION|INTERNAL|UNAVAILABLE/)
  if (!answer.ok && answer.error.code === 'INVALID_INPUT') {
    // The demonstration's own dates lie in the past by now, and invented codes are spent; nothing else of it may be wrong.
    expect(Object.keys(answer.error.fields ?? {}).every((field) => ['wanted.from', 'code', 'to'].includes(field))).toBe(true)
  }
})

const WRONG_ENVELOPES: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a list', []],
  ['a text', '"claimOffer"'],
  ['a number', 42],
  ['no action', { input: {} }],
  ['an action that is no text', { action: 7 }],
  ['an empty action', { action: '' }],
  ['a requestId that is none', { action: 'getOrder', input: {}, requestId: '../../x' }],
  ['a requestId that is too short', { action: 'getOrder', input: {}, requestId: 'abc' }],
]

test.each(['homeowner', 'technician', 'staff'] as const)('%s: what is no request is answered so', async (name) => {
  for (const [what, event] of WRONG_ENVELOPES) {
    const answer = name === 'staff' ? await product.workplace.invoke<ActionAnswer<unknown>>('staff', event ?? null) : await phone(name).send(event ?? null)
    const error = chinese(answer)
    expect([what, error.code]).toEqual([what, 'BAD_REQUEST'])
  }
})

test('an unknown action names the nearest', async () => {
  expect(chinese(await technician.send({ action: 'claimOfer', input: {} }))).toMatchObject({ code: 'UNKNOWN_ACTION', message: expect.stringContaining('claimOffer') as unknown })
  expect(chinese(await homeowner.send({ action: 'constructor', input: {} }))).toMatchObject({ code: 'UNKNOWN_ACTION' })
  expect(chinese(await homeowner.send({ action: '__proto__', input: {} }))).toMatchObject({ code: 'UNKNOWN_ACTION' })
  expect(chinese(await homeowner.send({ action: '<script>'.repeat(5_000), input: {} })).message.length).toBeLessThan(200)
  expect(chinese(await product.workplace.invoke('staff', { action: 'asignOrder', operator: 'lu-min', token: 'x' }))).toMatchObject({ code: 'UNKNOWN_ACTION', message: expect.stringContaining('assignOrder') as unknown })
})

/** Wrong values for any field of an example, by what stands there. */
const wrongValues = (value: unknown): unknown[] => {
  switch (typeof value) {
    case 'string':
      return [42, null, {}, 'x'.repeat(20_000)]
    case 'number':
      return ['1', null, Number.MAX_SAFE_INTEGER, -1.5]
    case 'boolean':
      return ['true', null]
    default:
      return Array.isArray(value) ? ['x', {}, Array.from({ length: 200 }, () => value[0] ?? 'x')] : ['x', null, []]
  }
}

test.each(EVERY)('%s %s: wrong types, too long, unknown fields, nothing at all: INVALID_INPUT by field, and nothing changes', async (name, action) => {
  const example = aboutTheOrder(name, action)
  const before = await product.everything()
  const wrong: [string, unknown][] = [
    ['input', 'text'],
    ['input', 7],
    ['input', []],
    ['noSuchField', { ...example, noSuchField: 1 }],
    ...Object.entries(example).flatMap(([field, value]) => wrongValues(value).map((bad): [string, unknown] => [field, { ...example, [field]: bad }])),
  ]
  const answers = await Promise.all(wrong.map(([, input]) => phone(name).send({ action, input })))
  answers.forEach((answer, index) => {
    const [field, input] = wrong[index]!
    if (answer.ok) throw new Error(`${action} took ${JSON.stringify(input).slice(0, 200)}`)
    const error = chinese(answer)
    expect([field, error.code]).toEqual([field, expect.stringMatching(/^(INVALID_INPUT|NOT_FOUND|FILE_REFUSED)$/)])
    if (error.code === 'INVALID_INPUT') expect(Object.keys(error.fields ?? {}).some((path) => path === field || path.startsWith(`${field}.`) || path === 'input')).toBe(true)
  })
  const required = Object.keys(example).length > 0
  if (required && !['listOrders', 'listMessages', 'listJobs', 'getSchedule'].includes(action)) expect(chinese(await phone(name).send({ action }))).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await product.changedSince(before)).toEqual([])
})

const OF_AN_ORDER_H = HOMEOWNER.filter((name) => !['openHome', 'priceBook', 'grantUploads', 'fileRepair', 'listOrders', 'verifyCode', 'listMessages', 'markRead', 'recordSubscription', 'readPhone', 'applyToJoin', 'myApplication'].includes(name))
const OF_AN_ORDER_T = TECHNICIAN.filter((name) => !['openJobs', 'goOnDuty', 'goOffDuty', 'reportPosition', 'listJobs', 'showBadge', 'grantUploads', 'listMessages', 'markRead', 'recordSubscription', 'checkReach', 'getSchedule', 'setShifts', 'takeLeave', 'cancelLeave', 'setRadius', 'getRecord', 'contestViolation'].includes(name))

test.each([...OF_AN_ORDER_H.map((name) => ['homeowner', name] as const), ...OF_AN_ORDER_T.map((name) => ['technician', name] as const)])(
  'R40 %s %s on somebody else’s order: NOT_FOUND, word for word as for one that does not exist',
  async (name, action) => {
    const before = await product.everything()
    const stranger = strangers[name]
    const { sendAs, input } = { sendAs: stranger, input: exampleOf(name, action) }
    const theirs = await sendAs.send({ action, input: { ...input, orderId: repair.orderId }, requestId: 'stranger-0001' })
    const none = await sendAs.send({ action, input: { ...input, orderId: 'o000000000000000000000000000000' }, requestId: 'stranger-0001' })
    const [one, other] = [chinese(theirs), chinese(none)]
    expect(one).toEqual(other)
    expect(one.code).toMatch(/^(NOT_FOUND|FILE_REFUSED)$/)
    expect(await product.changedSince(before)).toEqual([])
  },
)

test.each(EVERY)('R40 %s %s: nobody but its own callers', async (name, action) => {
  const event = { action, input: aboutTheOrder(name, action) }
  const before = await product.everything()
  // A console run, and for the technicians' function a homeowner.
  const console = await product.workplace.invoke<ActionAnswer<unknown>>(name, event)
  expect(chinese(console).code).toBe('FORBIDDEN')
  if (name === 'technician') expect(chinese(await product.workplace.invoke<ActionAnswer<unknown>>(name, event, homeowner.openid)).code).toBe('FORBIDDEN')
  expect(await product.changedSince(before)).toEqual([])
})

/** Runs a built function as the platform would for a caller that no deployed rule kept out. */
const runBuilt = async (name: string, event: unknown, environment: Record<string, string>): Promise<unknown> => {
  const before = { ...process.env }
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined)
  Object.assign(process.env, environment, { WX_CONTEXT_KEYS: Object.keys(environment).filter((key) => key.startsWith('WX_')).join(',') })
  try {
    const built = (await import(resolve(__dirname, '../../dist/cloudfunctions', name, 'index.js'))) as { main(event: unknown): Promise<unknown> }
    return await built.main(event)
  } finally {
    log.mockRestore()
    process.env = before
  }
}

test.each([
  ['a phone', { WX_OPENID: 'oSomebody-01', TCB_SOURCE: 'wx_client' }],
  ['a phone through another function', { WX_OPENID: 'oSomebody-01', TCB_SOURCE: 'wx_client,scf' }],
  ['HTTP', { TCB_SOURCE: 'wx_http' }],
])('R40 staff and clock refuse %s by their own code, should the deployed rule ever be missing', async (_who, environment) => {
  for (const name of ['staff', 'clock']) expect(await runBuilt(name, { action: 'help' }, environment)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
})

test('R40 payment takes HTTP alone; phones’ functions take phones alone', async () => {
  expect(await runBuilt('payment', {}, { WX_OPENID: 'oSomebody-01', TCB_SOURCE: 'wx_client' })).toMatchObject({ statusCode: 403 })
  expect(await runBuilt('payment', {}, { TCB_SOURCE: 'wx_trigger' })).toMatchObject({ statusCode: 403 })
  for (const TCB_SOURCE of ['wx_http', 'wx_trigger']) {
    for (const name of ['homeowner', 'technician']) expect(await runBuilt(name, { action: 'help' }, { WX_OPENID: homeowner.openid, TCB_SOURCE })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  }
  for (const name of ['staff', 'clock', 'payment']) await expect(product.workplace.invoke(name, { action: 'help' }, homeowner.openid)).rejects.toMatchObject({ status: 403 })
})

/** How an order gets there, and what can be done with it then: everything else cannot. */
const STATES: Record<string, { reach: (one: Repair) => Promise<unknown>; allowed: (keyof HomeownerApi | keyof TechnicianApi)[] }> = {
  'claimed, not phoned yet': { reach: (one) => one.claim(), allowed: ['cancelOrder', 'confirmQuote', 'correctContact', 'declineQuote', 'startPayment', 'previewCancel', 'claimOffer', 'giveBack', 'dial', 'startStep', 'completeStep', 'sendQuote'] },
  'agreed and paid': { reach: async (one) => { await one.claim(); await one.agree(); await one.pay() }, allowed: ['moveAppointment', 'previewCancel', 'cancelOrder', 'confirmQuote', 'correctContact', 'claimOffer', 'dial', 'giveBack', 'tellDelay', 'waitForParts', 'findHelper', 'addHelper', 'removeHelper', 'startStep', 'completeStep', 'setOut'] },
  'at the door': { reach: async (one) => { await one.claim(); await one.agree(); await one.pay(); await one.setOut(); await one.arrive() }, allowed: ['moveAppointment', 'previewCancel', 'cancelOrder', 'sayAtHome', 'confirmQuote', 'correctContact', 'claimOffer', 'dial', 'recordDoorCall', 'findHelper', 'addHelper', 'removeHelper', 'startStep', 'completeStep', 'enterDoorCode'] },
  'waiting for parts': { reach: async (one) => { await one.claim(); await one.agree(); await one.technician.do('waitForParts', { orderId: one.orderId, parts: [{ name: '阀芯', quantity: 1 }], reason: '没货', expectedAt: new Date((await one.product.now()).getTime() + 48 * HOUR).toISOString() }) }, allowed: ['previewCancel', 'cancelOrder', 'confirmQuote', 'correctContact', 'declineQuote', 'startPayment', 'claimOffer', 'dial', 'giveBack', 'waitForParts', 'partsArrived'] },
  'all over': { reach: async (one) => { await one.complete(); await one.close() }, allowed: ['rateVisit', 'answerFollowUp', 'chooseReturn', 'claimOffer'] },
}
const READ = ['getOrder', 'getJob', 'freeTimes']
/** What is refused for another reason first: files and payments that are none, offers that are over. */
const OTHERWISE: Record<string, string> = { checkPayment: 'NOT_FOUND', signWarrantyCard: 'FILE_REFUSED', signCard: 'FILE_REFUSED', seeOffer: 'OFFER_OVER', claimOffer: 'OFFER_OVER', declineOffer: 'OFFER_OVER' }

test.each(Object.keys(STATES))('R38 the wrong state is said, and nothing changes: %s', async (state) => {
  const one = await Repair.file(product, { near: 1 })
  const { reach, allowed } = STATES[state]!
  await reach(one)
  const helper = await product.technician(one.homeowner.home)
  const { staffNumber } = await helper.document()
  const before = await product.everything()
  const now = await product.now()
  const at = new Date(now.getTime() + 5 * HOUR).toISOString()
  const changed: Record<string, Record<string, unknown>> = {
    recordCall: { at }, agreeDelay: { at }, tellDelay: { at }, moveAppointment: { at }, waitForParts: { expectedAt: at }, answerFollowUp: { answers: { holds: true } },
    rebook: { wanted: { from: at, to: new Date(now.getTime() + 7 * HOUR).toISOString() } }, findHelper: { staffNumber }, addHelper: { staffNumber }, removeHelper: { helperId: helper.id },
  }
  const wrong: string[] = []
  for (const name of ['homeowner', 'technician'] as const) {
    for (const action of name === 'homeowner' ? OF_AN_ORDER_H : OF_AN_ORDER_T) {
      if ([...READ, ...allowed].includes(action)) continue
      const answer = await one[name].send({ action, input: { ...exampleOf(name, action), orderId: one.orderId, ...changed[action] } })
      if (answer.ok || chinese(answer).code !== (OTHERWISE[action] ?? 'WRONG_STATE')) wrong.push(`${action} ${answer.ok ? 'ok' : `${answer.error.code} ${answer.error.message}`}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await product.changedSince(before)).toEqual([])
})

test('script, emoji and other people’s marks are text like any other', async () => {
  const one = await Repair.file(product, { near: 1 })
  const reason = '<img src=x onerror=alert(1)>😡"\'; DROP TABLE orders; {$gt: ""}'
  await one.technician.do('declineOffer', { orderId: one.orderId, reason })
  expect((await one.order()).offers[0]?.reason).toBe(reason)
  const operator = { $ne: null } as unknown as string
  expect(chinese(await one.homeowner.send({ action: 'getOrder', input: { orderId: operator } })).code).toBe('INVALID_INPUT')
  expect(chinese(await one.homeowner.send({ action: 'verifyCode', input: { code: { $regex: '.*' } } })).code).toBe('INVALID_INPUT')
})

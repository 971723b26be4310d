/** Bad input and strangers (R02, R40, R43): every action with everything that is wrong; each gets its code and a Chinese sentence, and nothing changes. */
import { resolve } from 'node:path'
import type { ActionAnswer, HelpView } from '../../typings/contract'
import { chinese, EVERY, helpOf, HOMEOWNER, OF_AN_ORDER_H, OF_AN_ORDER_T, TECHNICIAN } from '../support/every-action'
import type { HomeownerPhone, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(180_000)
const product = withProduct()
let repair: Repair
let homeowner: HomeownerPhone
let technician: TechnicianPhone
/** Somebody else's: another homeowner, another technician. */
let strangers: { homeowner: HomeownerPhone; technician: TechnicianPhone }
let help: Record<'homeowner' | 'technician' | 'staff', HelpView['actions']>

beforeAll(async () => {
  repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  ;({ homeowner, technician } = repair)
  strangers = { homeowner: product.homeowner(), technician: await product.technician(product.area()) }
  help = {
    homeowner: await helpOf((event) => homeowner.send(event)),
    technician: await helpOf((event) => technician.send(event)),
    staff: await helpOf((event) => product.workplace.invoke('staff', event)),
  }
})

const phone = (name: 'homeowner' | 'technician') => (name === 'homeowner' ? homeowner : technician)
const exampleOf = (name: 'homeowner' | 'technician', action: string) => structuredClone(help[name].find((each) => each.name === action)!.example) as Record<string, unknown>
/** The example, about the order that is there. */
const aboutTheOrder = (name: 'homeowner' | 'technician', action: string) => {
  const example = exampleOf(name, action)
  return 'orderId' in example ? { ...example, orderId: repair.orderId } : example
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

test('script, emoji and other people’s marks are text like any other', async () => {
  const one = await Repair.file(product, { near: 1 })
  const reason = '<img src=x onerror=alert(1)>😡"\'; DROP TABLE orders; {$gt: ""}'
  await one.technician.do('declineOffer', { orderId: one.orderId, reason })
  expect((await one.order()).offers[0]?.reason).toBe(reason)
  const operator = { $ne: null } as unknown as string
  expect(chinese(await one.homeowner.send({ action: 'getOrder', input: { orderId: operator } })).code).toBe('INVALID_INPUT')
  expect(chinese(await one.homeowner.send({ action: 'verifyCode', input: { code: { $regex: '.*' } } })).code).toBe('INVALID_INPUT')
})

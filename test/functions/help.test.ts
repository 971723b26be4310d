/** What the functions say that they can do, from their own tables: schemas, and for staff plain words (R43). */
import * as z from 'zod'
import type { ActionAnswer, HelpView } from '../../typings/contract'
import { Product } from '../support/product'
import { Repair } from '../support/repair'

jest.setTimeout(120_000)

// The SDKs want an environment when they are loaded; nothing here reaches them.
process.env.TCB_ENV ??= 'help'
process.env.UPLOAD_SECRET ??= 'help'
type Table = Record<string, { schema: z.ZodType; example: unknown }>
const tables = async (): Promise<Record<string, Table>> => ({
  homeowner: (await import('../../cloudfunctions/homeowner/actions')).actions,
  technician: (await import('../../cloudfunctions/technician/actions')).actions,
  staff: (await import('../../cloudfunctions/staff/actions')).actions,
})

/** Without what zod adds: its dialect, the range of whole numbers, the keys of a record. Of defaults it leaves out those of fields that are put in order after they are read. */
const plain = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema, (key, value: unknown) => (['$schema', 'propertyNames', 'default'].includes(key) || Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER ? undefined : value)))

let product: Product
beforeAll(async () => {
  product = await Product.start({ env: { FUNCTION_CONCURRENCY: '2' } })
})
afterAll(() => product?.stop())

test('the schema of each action is the one that zod would write', async () => {
  const { inputSchema } = await import('../../cloudfunctions/platform/input-schema')
  for (const [name, table] of Object.entries(await tables())) {
    for (const [action, { schema }] of Object.entries(table)) {
      expect({ [`${name}.${action}`]: plain(inputSchema(schema)) }).toEqual({ [`${name}.${action}`]: plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })) })
    }
  }
})

interface StaffHelp {
  text: string
  actions: (HelpView['actions'][number] & { fields: Record<string, string>; roles: string[] })[]
}

test('R43 staff read every action and every field of it in Chinese, with an event to copy', async () => {
  const { text, actions } = await product.staffDo<StaffHelp>('help', {})
  expect(actions.length).toBeGreaterThan(35)
  for (const { name, summary, fields, example, roles, input } of actions) {
    const lines = Object.entries(fields)
    expect(Object.keys(fields).filter((path) => !/[.[]/.test(path))).toEqual(Object.keys((input as { properties: object }).properties))
    // Its name in Chinese, then what is allowed; nothing that only programmers know.
    for (const [path, line] of lines) expect([name, path, line]).toEqual([name, path, expect.stringMatching(/^[一-鿿]+：(?!文字)\S.*$/)])
    expect(lines.filter(([, line]) => /null|undefined|string|boolean|\\d|，，|：，/.test(line))).toEqual([])
    expect(roles).toContain('经理')
    expect(text).toContain(`${name}  ${summary}`)
    expect(text).toContain(`例：${JSON.stringify(example)}`)
  }
})

test('R43 help of one action is that action alone; an unknown one is named, with the nearest', async () => {
  const { text, actions } = await product.staffDo<StaffHelp>('help', { action: 'assignOrder' })
  expect(actions.map(({ name }) => name)).toEqual(['assignOrder'])
  expect(text).toMatch(/^assignOrder {2}手动派单或换师傅，写明原因（调度、经理）\n {2}order {2}工单号：SF1122-0486 这样\n {2}staffNumber {2}工号：0317 这样\n {2}reason {2}原因：2–100 个字\n {2}例：\{"action":"assignOrder",.*\}$/)
  expect((await product.staffDo<StaffHelp>('help', { action: 'rebookFor' })).actions[0]?.fields).toMatchObject({ 'wanted.from': '开始时间：2026-11-22T14:00:00+08:00 这样', same: '还是原来那位：true 先问上次那位，false 谁都可以，不写就是 true' })
  expect(await product.staff('help', { action: 'asignOrder' })).toMatchObject({ ok: false, error: { code: 'UNKNOWN_ACTION', message: expect.stringContaining('assignOrder') as unknown } })
  expect(await product.staff('help', { action: 7 })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { action: expect.any(String) as unknown } } })
})

test('R43 each kind of to-do names actions that there are', async () => {
  const { SETTLED_BY } = await import('../../cloudfunctions/staff/settled-by')
  const { staff } = await tables()
  for (const [kind, actions] of Object.entries(SETTLED_BY)) {
    expect([kind, actions.length > 0]).toEqual([kind, true])
    expect([kind, actions.filter((action) => !Object.hasOwn(staff!, action))]).toEqual([kind, []])
  }
})

test('R07 R43 a to-do in the list says which actions settle it; its event, with what only staff can know, does', async () => {
  const repair = await Repair.file(product)
  await product.advance(3_600_000)
  const { text, todos } = await product.staffDo<{ text: string; todos: { id: string; kind: string; orderNumber: string; events: { action: string; operator: string; input: Record<string, unknown> }[] }[] }>('listTodos', { role: 'dispatcher' })
  const todo = todos.find(({ kind, orderNumber }) => kind === 'nobody_claims' && orderNumber === repair.number)
  expect(todo?.events.map(({ action }) => action)).toEqual(['assignOrder', 'widenSearch'])
  expect(todo?.events[0]).toMatchObject({ input: { order: repair.number, staffNumber: '', reason: '' } })
  expect(text).toContain(`用 assignOrder 或 widenSearch 办：{"action":"assignOrder"`)
  const { action, input } = todo!.events[1]!
  expect(await product.staff(action, { ...input, reason: '往远处找' })).toMatchObject({ ok: true })
  expect((await product.find('todos', { _id: todo!.id }))[0]).toMatchObject({ state: 'closed' })
})

test('R42 the deadlines that run of one order, of one technician; without either, the table', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  const running = await product.staffDo<{ text: string; running: { id: string; order: string }[] }>('showDeadlines', { order: repair.number })
  expect(running.running.map(({ id }) => id)).toEqual(expect.arrayContaining(['call.breach', 'call.take_back']))
  expect(running.text).toMatch(new RegExp(`^${repair.number}｜[\\s\\S]*R10｜判定｜从“接单、派单或改好电话”算｜告诉调度｜没拨出：记违规，告诉调度`))
  const { staffNumber } = await repair.technician.document()
  expect((await product.staffDo<{ running: { order: string }[] }>('showDeadlines', { staffNumber })).running.every(({ order }) => order === repair.number)).toBe(true)
  expect(await product.staffDo('showDeadlines', { order: repair.number, staffNumber })).toMatchObject({ running: running.running })
  const other = await (await product.technician(repair.homeowner.home)).document()
  expect(await product.staffDo('showDeadlines', { order: repair.number, staffNumber: other.staffNumber })).toMatchObject({ running: [], text: expect.stringContaining('不在这一单上') as unknown })
  expect(await product.staff('showDeadlines', { order: 'SF0101-9999' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  expect(await product.staffDo('showDeadlines', {})).toMatchObject({ deadlines: expect.any(Array) as unknown })
})

test('the functions that people call answer help with the same schemas', async () => {
  const homeowner = product.homeowner()
  const answer = await product.workplace.invoke<ActionAnswer<HelpView>>('homeowner', { action: 'help' }, homeowner.openid)
  expect(answer).toMatchObject({ ok: true, data: { actions: expect.arrayContaining([expect.objectContaining({ name: 'applyToJoin', input: expect.objectContaining({ type: 'object' }) as unknown })]) as unknown } })
})

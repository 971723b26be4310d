/** Messages, the ledger of what people allowed, the robot (R41), through the functions and WeChat's stand-in. */
import { DAY, dateText, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { TEMPLATES } from '../../cloudfunctions/domain/messages'
import { templateId } from '../../local/cloud/variables'
import { readResources } from '../../local/cloud/declarations'
import { resolve } from 'node:path'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const sent = async (openid: string) => (await product.workplace.messages(openid)).map((message) => ({ template: message.template, errcode: message.result.errcode }))
/** How the messages of that title fared with WeChat, the oldest first. */
const deliveries = async (openid: string, title: string) => (await product.find('messages', { openid, title })).sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ delivery }) => delivery)
const credit = async (openid: string, key: string) => (await product.find('credits', { _id: `${openid}:${key}` }))[0]

test('R41 what is declared for the deployment is what the product sends', () => {
  const { subscribeTemplates } = readResources(resolve(__dirname, '../../cloudbase/resources.json'))
  expect(Object.fromEntries(subscribeTemplates.map((one) => [one.name, { title: one.title, fields: one.fields.map(({ key }) => key) }]))).toEqual(
    Object.fromEntries(Object.entries(TEMPLATES).map(([key, one]) => [key, { title: one.title, fields: Object.keys(one.fields) }])),
  )
})

test('R41 allowed once: delivered once; the next is kept in the inbox', async () => {
  const homeowner = product.homeowner()
  await homeowner.allow('claimed')
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  expect(await sent(homeowner.openid)).toEqual([{ template: templateId('claimed'), errcode: 0 }])
  expect(await deliveries(homeowner.openid, '师傅接单了')).toEqual(['sent', 'inbox_only'])
  expect(await credit(homeowner.openid, 'claimed')).toMatchObject({ left: 0 })
})

test('R41 43101: WeChat says nothing is left; the ledger learns it and the inbox has the message', async () => {
  const homeowner = product.homeowner()
  for (let n = 0; n < 3; n += 1) await homeowner.do('recordSubscription', { answers: { claimed: 'accept' } })
  expect(await credit(homeowner.openid, 'claimed')).toMatchObject({ left: 3 })
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  expect(await sent(homeowner.openid)).toEqual([{ template: templateId('claimed'), errcode: 43101 }])
  expect(await credit(homeowner.openid, 'claimed')).toMatchObject({ left: 0 })
  expect(await product.find('messages', { openid: homeowner.openid, template: 'claimed' })).toMatchObject([{ delivery: 'refused', errcode: 43101 }])
})

test('R41 an unknown outcome counts as sent, and is never sent twice', async () => {
  const homeowner = product.homeowner()
  await homeowner.allow('claimed', 'claimed')
  await product.workplace.post('/__openapi/answers', { api: 'subscribeMessage.send', openid: homeowner.openid, errcode: -1 })
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  await product.workplace.post('/__openapi/answers', { api: 'subscribeMessage.send', openid: homeowner.openid, errcode: -1, times: 0 })
  await product.advance(MINUTE)
  expect(await deliveries(homeowner.openid, '师傅接单了')).toEqual(['unknown'])
  expect((await product.workplace.messages(homeowner.openid)).filter((message) => message.template === templateId('claimed'))).toHaveLength(1)
})

test('R41 a refusal that used nothing up gives the credit back', async () => {
  const homeowner = product.homeowner()
  await homeowner.allow('claimed')
  await product.workplace.post('/__openapi/answers', { api: 'subscribeMessage.send', openid: homeowner.openid, errcode: 41030, times: 1 })
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  expect(await credit(homeowner.openid, 'claimed')).toMatchObject({ left: 1, used: [] })
  expect(await product.find('messages', { openid: homeowner.openid, template: 'claimed' })).toMatchObject([{ delivery: 'refused', errcode: 41030 }])
})

test('R41 a technician who has run dry: in the inbox, and staff are told', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { staffNumber } = await repair.technician.document()
  expect(await repair.technician.inbox()).toMatchObject([{ title: '新单提醒' }])
  expect(await deliveries(repair.technician.openid, '新单提醒')).toEqual(['inbox_only'])
  const robot = (await product.workplace.messages('staff')).map((message) => String((message.data as { content: unknown }).content))
  expect(robot.some((line) => line.includes(staffNumber) && line.includes(repair.number))).toBe(true)
  await repair.technician.allow('offer')
  expect(await repair.technician.do('openJobs', {})).toMatchObject({ offerCredits: 1, unread: 1 })
})

test('R41 several reminders of one call that cannot be delivered: staff hear of it once', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await product.advance(4 * MINUTE)
  await repair.technician.do('dial', { orderId: repair.orderId })
  await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'no_answer' })
  for (let minute = 0; minute < 40; minute += 1) await product.advance(MINUTE)
  expect((await product.find('messages', { orderId: repair.orderId, template: 'call_reminder' })).length).toBeGreaterThan(1)
  const lines = (await product.workplace.messages('staff')).flatMap((message) => String((message.data as { content: unknown }).content).split('\n')).filter((line) => line.includes(repair.number))
  expect(lines.filter((line) => line.endsWith(TEMPLATES.offer.title))).toHaveLength(1)
  expect(lines.filter((line) => line.endsWith(TEMPLATES.call_reminder.title))).toHaveLength(1)
})

test('R04 the same answer to WeChat’s question recorded twice adds one', async () => {
  const homeowner = product.homeowner()
  const record = (requestId: string) => homeowner.do('recordSubscription', { answers: { quote: 'accept', claimed: 'reject' } }, requestId)
  await record('subscribe-0001')
  expect(await record('subscribe-0001')).toEqual({ left: { quote: 1 } })
  expect(await record('subscribe-0002')).toEqual({ left: { quote: 2 } })
  await Promise.all(['subscribe-0003', 'subscribe-0003', 'subscribe-0004'].map(record))
  expect(await credit(homeowner.openid, 'quote')).toMatchObject({ left: 4 })
})

test('R41 the inbox: newest first, page by page with none skipped, read and unread, one’s own alone', async () => {
  const homeowner = product.homeowner()
  const stranger = product.homeowner()
  const at = (await product.now()).getTime()
  const message = (n: number, openid: string) => ({
    _id: `page:${openid}:${n}`, openid, role: 'homeowner' as const, orderId: 'o', template: 'quote' as const, at: new Date(at - Math.floor(n / 3) * 1000), title: `第 ${n} 条`, text: '', page: '', read: false,
    delivery: 'inbox_only' as const, errcode: null, escalateAt: null,
  })
  await Promise.all([...Array.from({ length: 47 }, (_, n) => product.put('messages', message(n, homeowner.openid))), product.put('messages', message(0, stranger.openid))])
  const seen: string[] = []
  let before: string | undefined
  for (let page = 0; page < 5; page += 1) {
    const { messages, nextBefore, unread } = await homeowner.do('listMessages', before ? { before } : {})
    expect(unread).toBe(47)
    seen.push(...messages.map((one) => one.id))
    if (!nextBefore) break
    before = nextBefore
  }
  expect(seen).toHaveLength(47)
  expect(new Set(seen).size).toBe(47)
  expect(await homeowner.do('markRead', { ids: [seen[0]!, seen[1]!, `page:${stranger.openid}:0`] })).toEqual({ unread: 45 })
  expect((await stranger.do('listMessages', {})).unread).toBe(1)
})

test('R41 the robot did not take a notice: the to-do is there, and the clock posts it again', async () => {
  await product.workplace.post('/__openapi/answers', { api: 'robot.send', errcode: 45009, times: 1 })
  const repair = await Repair.file(product, { near: 0 })
  await product.sweep()
  expect(await product.find('todos', { orderId: repair.orderId })).toMatchObject([{ kind: 'nobody_claims', told: true }])
  const posts = (await product.workplace.messages('staff')).filter((message) => JSON.stringify(message.data).includes(repair.number))
  expect(posts.map((post) => post.result.errcode)).toEqual([0, 45009])
})

test('R41 the phone number behind WeChat’s button: once, and a spent code says so', async () => {
  const homeowner = product.homeowner()
  const { code } = (await product.workplace.post('/__phonecode', { openid: homeowner.openid, phone: '13912345678' })) as { code: string }
  expect(await homeowner.do('readPhone', { code })).toEqual({ phone: '13912345678' })
  expect(await homeowner.refused('readPhone', { code })).toMatchObject({ code: 'INVALID_INPUT', fields: { code: expect.any(String) as unknown } })
})

test.each([47003, 40037, 41030, 40003, 43107, 45168, -604101])('R41 %i is our fault: the credit comes back, the inbox has it, one to-do a template and day', async (errcode) => {
  // A day on which nobody has heard of it yet.
  await product.advance(DAY)
  const start = await product.now()
  const homeowner = product.homeowner()
  await homeowner.allow('claimed')
  await product.workplace.post('/__openapi/answers', { api: 'subscribeMessage.send', openid: homeowner.openid, errcode, times: 2 })
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  await (await Repair.file(product, { near: 1, homeowner })).claim()
  expect(await credit(homeowner.openid, 'claimed')).toMatchObject({ left: 1, used: [] })
  expect(await deliveries(homeowner.openid, '师傅接单了')).toEqual(['refused', 'refused'])
  expect((await product.find('todos', { kind: 'message_fault' })).filter((todo) => todo._id.startsWith(`message_fault:claimed:${errcode}`) && todo.at >= start)).toHaveLength(1)
})

test('R41 what a person answered to WeChat’s question is remembered: a page can say what to switch on', async () => {
  const technician = await product.technician(product.area())
  await technician.do('recordSubscription', { answers: { offer: 'ban', call_reminder: 'accept' } })
  const reach = await technician.do('checkReach', {})
  expect(reach).toMatchObject({ ok: false, verdict: expect.stringContaining('微信不会响') as unknown })
  expect(reach.lines.find((line) => line.id === 'offers')).toMatchObject({ ok: false, text: expect.stringContaining('关掉') as unknown })
  await technician.do('recordSubscription', { answers: { offer: 'accept' } })
  expect(await technician.do('checkReach', {})).toMatchObject({ ok: true })
})

test.each([
  ['off', '微信里不让我们发消息', 'top_up'],
  ['blocked', '微信现在不让我们发提醒', null],
] as const)('R41 WeChat asked nobody (%s): what was allowed before rings no more, and the page says what can be done', async (refusal, text, act) => {
  const technician = await product.technician(product.area())
  await technician.allow('offer', 'call_reminder')
  await technician.do('recordSubscription', { answers: { offer: refusal, call_reminder: refusal } })
  const reach = await technician.do('checkReach', {})
  expect(reach.verdict).toContain(text)
  expect(reach.lines.filter(({ id }) => id === 'offers' || id === 'calls')).toMatchObject([{ ok: false, text, act }, { ok: false, text, act }])
  expect(await product.find('todos', { kind: 'message_fault', _id: `message_fault:offer:20005:${dateText(await product.now())}` })).toHaveLength(refusal === 'blocked' ? 1 : 0)
})

test('R41 what WeChat did not bring: the inbox asks for that kind again, and the technician sees which was the last and why', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { technician } = repair
  const last = async () => (await technician.do('checkReach', {})).lines.find(({ id }) => id === 'last')
  expect(await last()).toMatchObject({ ok: false, text: expect.stringMatching(/^最近没响的一条：今天 \d{1,2}:\d\d 新单提醒$/) as unknown, hint: expect.stringContaining('用完') as unknown, act: 'open_inbox' })
  expect(await technician.do('listMessages', {})).toMatchObject({ silent: ['offer'] })
  await technician.do('recordSubscription', { answers: { offer: 'accept' } })
  expect(await technician.do('listMessages', {})).toMatchObject({ silent: [] })
  expect(await last()).toMatchObject({ ok: true })
  await product.advance(8 * DAY)
  expect(await last()).toBeUndefined()
})

test('R55 the robot: what is urgent at once, what can wait when the office opens', async () => {
  const posts = async () => (await product.workplace.messages('staff')).map((message) => String((message.data as { content: unknown }).content)).join('\n')
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await repair.agree()
  const eleven = new Date(Math.floor((await product.now()).getTime() / 86_400_000) * 86_400_000 + 15 * 3_600_000)
  await product.moveTo(eleven)
  await repair.homeowner.do('declineQuote', { orderId: repair.orderId, quoteVersion: 1, reason: '贵' })
  await product.advance(MINUTE)
  expect(await product.todos(repair.orderId)).toContain('quote_declined')
  expect(await posts()).not.toMatch(new RegExp(`没有同意报价：${repair.number}`))
  await product.moveTo(new Date(eleven.getTime() + 9 * 3_600_000 - 1_000))
  expect(await posts()).not.toMatch(new RegExp(`没有同意报价：${repair.number}`))
  // Whatever else has waited is told with it, some in each run.
  await product.moveTo(new Date(eleven.getTime() + 9 * 3_600_000))
  await product.advance(2 * MINUTE)
  expect(await posts()).toMatch(new RegExp(`没有同意报价：${repair.number}`))
})

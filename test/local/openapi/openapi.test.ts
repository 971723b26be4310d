/** Calls to WeChat from functions, through wx-server-sdk, and what the phone tells WeChat. */
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

interface Outcome {
  ok?: Record<string, unknown>
  errCode?: number
  errMsg?: string
}

const TEMPLATES = [
  {
    name: 'offer',
    title: '新工单提醒',
    fields: [
      { key: 'thing1', label: '工单' },
      { key: 'time2', label: '时间' },
    ],
  },
]
const DATA = { thing1: { value: '水龙头漏水' }, time2: { value: '2026年11月22日 14:30' } }
let workplace: TestWorkplace
let template: string

const call = (api: string, args: Record<string, unknown>, by = 'wechat'): Promise<Outcome> =>
  workplace.invoke<Outcome>(by, { api, args }, 'oCaller')
const send = (touser: string, more: Record<string, unknown> = {}): Promise<Outcome> =>
  call('subscribeMessage.send', {
    touser,
    templateId: template,
    page: 'pages/orders/orders?id=1',
    data: DATA,
    miniprogramState: 'formal',
    ...more,
  })

beforeAll(async () => {
  const all = ['subscribeMessage.send', 'phonenumber.getPhoneNumber', 'security.msgSecCheck', 'security.mediaCheckAsync', 'wxacode.get']
  workplace = await startTestWorkplace({ wechat: { openapi: all }, identity: {} }, { subscribeTemplates: TEMPLATES, clock: 'frozen' })
  const { list } = (await workplace.get('/__templates')) as { list: { id: string }[] }
  template = list[0]!.id
})
afterAll(() => workplace.stop())

test('R41 WeChat delivers one message for each time the person pressed "allow", then 43101', async () => {
  await expect(send('oA')).resolves.toMatchObject({ errCode: 43101 })
  await workplace.allow('oA', template)
  await workplace.allow('oA', template)
  await expect(send('oA')).resolves.toMatchObject({ ok: { errCode: 0, errMsg: 'openapi.subscribeMessage.send:ok' } })
  await expect(send('oA')).resolves.toHaveProperty('ok')
  await expect(send('oA')).resolves.toMatchObject({ errCode: 43101 })
  const messages = await workplace.messages('oA')
  expect(messages.map((one) => one.result.errcode)).toEqual([43101, 0, 0, 43101])
  expect(messages[1]).toMatchObject({
    to: 'oA',
    channel: 'subscribe',
    template,
    data: DATA,
    page: 'pages/orders/orders?id=1',
    at: await workplace.clock.now(),
  })
})

test('a rejected prompt adds nothing', async () => {
  await workplace.post('/__subscribe', { openid: 'oReject', templates: { [template]: 'reject' } })
  await expect(send('oReject')).resolves.toMatchObject({ errCode: 43101 })
})

test.each([
  ['thing too long', { ...DATA, thing1: { value: '字'.repeat(21) } }],
  ['empty', { ...DATA, thing1: { value: '' } }],
  ['no time', { ...DATA, time2: { value: 'soon' } }],
  ['a key missing', { thing1: DATA.thing1 }],
  ['a key too many', { ...DATA, thing3: { value: 'x' } }],
  ['no value', { ...DATA, thing1: 'x' }],
])('values that WeChat refuses (%s) are answered 47003 and use up nothing', async (_what, data) => {
  await workplace.allow('oValues', template)
  await expect(send('oValues', { data })).resolves.toMatchObject({ errCode: 47003 })
  await expect(send('oValues')).resolves.toHaveProperty('ok')
})

test('an unknown template is answered 40037, missing arguments 47001', async () => {
  await expect(send('oA', { templateId: 'none' })).resolves.toMatchObject({ errCode: 40037 })
  await expect(call('subscribeMessage.send', { touser: 'oA' })).resolves.toMatchObject({ errCode: 47001 })
})

test('answers can be chosen by api, receiver and template, for a number of times', async () => {
  const choose = (body: Record<string, unknown>): Promise<unknown> =>
    workplace.post('/__openapi/answers', { api: 'subscribeMessage.send', ...body })
  await workplace.allow('oChosen', template)
  await choose({ openid: 'oChosen', errcode: 43101, times: 1 })
  await expect(send('oChosen')).resolves.toMatchObject({ errCode: 43101 })
  // A refusal takes what was left with it, as WeChat's does.
  await expect(send('oChosen')).resolves.toMatchObject({ errCode: 43101 })
  await choose({ openid: 'oChosen', errcode: -1 })
  await expect(send('oChosen')).resolves.toMatchObject({ errCode: -1 })
  await choose({ openid: 'oChosen', errcode: -1, times: 0 })
  await workplace.allow('oChosen', template)
  await expect(send('oChosen')).resolves.toHaveProperty('ok')
  await choose({ template, errcode: 0, times: 1 })
  await expect(send('oNobody')).resolves.toHaveProperty('ok')
})

test('a phone number’s code is good once and for five minutes', async () => {
  const issue = async (): Promise<string> =>
    ((await workplace.post('/__phonecode', { openid: 'oA', phone: '13800000001' })) as { code: string }).code
  const get = (code: string): Promise<Outcome> => call('phonenumber.getPhoneNumber', { code })
  const code = await issue()
  await expect(get(code)).resolves.toMatchObject({
    ok: { phoneInfo: { purePhoneNumber: '13800000001', countryCode: '86', watermark: { appid: 'wx0000000000000001' } } },
  })
  await expect(get(code)).resolves.toMatchObject({ errCode: 40029 })
  const late = await issue()
  await workplace.clock.advance(5 * 60_000 + 1)
  await expect(get(late)).resolves.toMatchObject({ errCode: 40029 })
  await expect(workplace.post('/__phonecode', { openid: 'oA', phone: '12345' })).rejects.toMatchObject({ status: 400 })
})

test('R54 texts are passed, kept for review or refused by their words; a chosen answer goes first', async () => {
  const check = (content: string): Promise<Outcome> => call('security.msgSecCheck', { version: 2, scene: 2, openid: 'oA', content })
  await expect(check('厨房水龙头一直滴水')).resolves.toMatchObject({ ok: { result: { suggest: 'pass', label: 100 } } })
  await expect(check('师傅让我加微信')).resolves.toMatchObject({ ok: { result: { suggest: 'review' } } })
  await expect(check('网上赌博')).resolves.toMatchObject({ ok: { result: { suggest: 'risky', label: 20006 } } })
  await expect(check('长'.repeat(2501))).resolves.toMatchObject({ errCode: 40129 })
  await workplace.post('/__openapi/answers', { api: 'security.msgSecCheck', errcode: -1, times: 1 })
  await expect(check('好')).resolves.toMatchObject({ errCode: -1 })
  await expect(
    call('security.mediaCheckAsync', { version: 2, scene: 2, openid: 'oA', mediaType: 2, mediaUrl: 'https://example.com/a.jpg' }),
  ).resolves.toMatchObject({
    ok: { traceId: expect.any(String) as string },
  })
})

test('a function without the permission in config.json is refused with -604101; an unknown api with -604100', async () => {
  const denied = await startTestWorkplace({ wechat: { openapi: ['security.msgSecCheck'] } })
  try {
    await expect(denied.invoke<Outcome>('wechat', { api: 'subscribeMessage.send', args: { touser: 'oA' } }, 'oA')).resolves.toMatchObject({
      errCode: -604101,
    })
    // The console's run is bound by the same list.
    await expect(denied.invoke<Outcome>('wechat', { api: 'subscribeMessage.send', args: { touser: 'oA' } })).resolves.toMatchObject({
      errCode: -604101,
    })
  } finally {
    await denied.stop()
  }
  await expect(call('wxacode.get', {})).resolves.toMatchObject({ errCode: -604100 })
})

describe('the 企业微信 robot', () => {
  let url: string
  beforeAll(async () => {
    const secrets = JSON.parse((await import('node:fs')).readFileSync(`${workplace.dataDir}/secrets.json`, 'utf8')) as { robotKey: string }
    url = `/__robot?key=${secrets.robotKey}`
  })

  test('text and markdown posts reach the staff inbox', async () => {
    await expect(workplace.post(url, { msgtype: 'text', text: { content: '工单无人抢单', mentioned_list: ['@all'] } })).resolves.toEqual({
      errcode: 0,
      errmsg: 'ok',
    })
    await expect(workplace.post(url, { msgtype: 'markdown', markdown: { content: '**预警**' } })).resolves.toMatchObject({ errcode: 0 })
    const [second, first] = await workplace.messages('staff')
    expect(first).toMatchObject({
      to: 'staff',
      channel: 'robot',
      template: 'text',
      data: { content: '工单无人抢单' },
      page: '',
      result: { errcode: 0 },
    })
    expect(second).toMatchObject({ template: 'markdown' })
  })

  test('it refuses a wrong key, an unknown kind, an empty and a too long text, as the real one does', async () => {
    await expect(workplace.post('/__robot?key=none', { msgtype: 'text', text: { content: 'x' } })).resolves.toMatchObject({
      errcode: 93000,
    })
    await expect(workplace.post(url, { msgtype: 'voice' })).resolves.toMatchObject({ errcode: 40008 })
    await expect(workplace.post(url, { msgtype: 'text', text: { content: '' } })).resolves.toMatchObject({ errcode: 44004 })
    await expect(workplace.post(url, { msgtype: 'text', text: { content: '字'.repeat(683) } })).resolves.toMatchObject({ errcode: 44004 })
  })

  test('its answer can be chosen', async () => {
    await workplace.post('/__openapi/answers', { api: 'robot.send', errcode: 45009, times: 1 })
    await expect(workplace.post(url, { msgtype: 'text', text: { content: 'x' } })).resolves.toMatchObject({ errcode: 45009 })
    await expect(workplace.post(url, { msgtype: 'text', text: { content: 'x' } })).resolves.toMatchObject({ errcode: 0 })
  })
})

test('messages and credits survive kill -9', async () => {
  await workplace.allow('oKept', template)
  const before = await workplace.messages()
  await workplace.kill()
  const again = await workplace.again()
  expect(await again.messages()).toEqual(before)
  await expect(
    again.invoke<Outcome>('wechat', { api: 'subscribeMessage.send', args: { touser: 'oKept', templateId: template, data: DATA } }, 'oA'),
  ).resolves.toHaveProperty('ok')
  await again.stop()
})

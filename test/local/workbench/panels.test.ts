import type { MessageDocument } from '../../../cloudfunctions/platform/documents'
import { decodeEjson } from '../../../local/workbench/app/ejson'
import type { InboxRow } from '../../../local/workbench/app/inbox-rows'
import { inboxRows, plainText } from '../../../local/workbench/app/inbox-rows'
import { waveText, whyRows } from '../../../local/workbench/app/offer-words'
import { nextMorning } from '../../../local/workbench/app/clock-bar'
import { firstPhones } from '../../../local/workbench/app/phones/phone-wall'
import { isOpenid } from '../../../local/workbench/app/phones/person-choice'
import { phoneAddress } from '../../../local/workbench/app/phones/phone-slot'
import { people } from '../../../local/seed/people'
import { distanceText, durationText, familyName, secondsText } from '../../../local/workbench/app/words'

const NOW = new Date('2026-11-22T05:02:32Z')
const at = (time: string) => new Date(`2026-11-22T${time}Z`)

describe('why these two', () => {
  const offer = (technicianId: string, more: object = {}) => ({
    id: technicianId,
    visitNo: 1,
    wave: 1,
    technicianId,
    distanceMetres: 1200,
    sentAt: at('05:01:46'),
    endsAt: at('05:04:46'),
    seenAt: null,
    state: 'open',
    endedAt: null,
    reason: null,
    ...more,
  })
  const line = (technicianId: string, result: string, more: object = {}) => ({
    technicianId,
    name: '周国平',
    staffNumber: '0317',
    distanceMetres: 1200,
    stars: 4.9,
    waitingSince: at('04:14:00'),
    result,
    reason: null,
    ...more,
  })
  const ORDER = 'order-1'
  const order = (offers: object[], explained: object[], dispatch: object = {}) =>
    ({
      _id: ORDER,
      offers,
      visits: [{ no: 1 }],
      deadlines: [],
      dispatch: { wave: 1, staffAlerted: false, explained, ...dispatch },
    }) as unknown as Parameters<typeof whyRows>[0] & Parameters<typeof waveText>[0]
  const technicians = [
    { _id: 't1', openid: 'o1', onDuty: true, claim: null },
    { _id: 't2', openid: 'o2', onDuty: true, claim: null },
  ]
  const credits = [{ _id: 'o1:offer', left: 3 }]
  const message = (openid: string, delivery: MessageDocument['delivery'], sentAt = at('05:01:47')) => ({
    openid,
    orderId: ORDER,
    template: 'offer' as const,
    at: sentAt,
    delivery,
  })
  const results = (offers: object[], explained: object[], inbox: ReturnType<typeof message>[] = []) =>
    whyRows(order(offers, explained), technicians, { credits, inbox }, NOW).map(({ result, tone }) => [result, tone])

  test('R05, R07 the wave with its times', () => {
    expect(waveText(order([offer('t1'), offer('t2')], []), NOW)).toBe('第 1 轮，13:01:46 发出，13:04:46 收回')
    expect(waveText(order([offer('t1', { state: 'lost' }), offer('t2', { state: 'claimed' })], []), NOW)).toBe(
      '第 1 轮，13:01:46 发出，已经结束',
    )
    expect(waveText(order([offer('t1', { endsAt: null })], []), NOW)).toBe('第 1 轮，13:01:46 发出，等调度')
    // Waves are counted anew after a give-back: the later one of that number is meant.
    expect(waveText(order([offer('t1', { sentAt: at('04:00:00'), state: 'withdrawn' }), offer('t2')], []), NOW)).toBe('第 1 轮，13:01:46 发出，13:04:46 收回')
    expect(waveText(order([offer('t1', { state: 'claimed', endedAt: at('05:01:46') })], []), NOW)).toBe('第 1 轮，13:01:46 发出，已经结束')
    expect(waveText(order([], [], { wave: 0 }), NOW)).toBe('还没有请过人')
    expect(waveText(order([], [], { wave: 0, staffAlerted: true }), NOW)).toBe('没有人可请，交给调度了')
  })

  test('R55 an order that came at night says when it goes out', () => {
    const held = {
      ...order([], [], { wave: 0 }),
      deadlines: [{ id: 'dispatch.next_wave' as const, visitNo: 1, dueAt: at('23:00:00'), tag: '' }],
    }
    expect(waveText(held, NOW)).toBe('收到了，明早 7:00 派师傅')
    expect(waveText(held, at('23:00:00'))).toBe('还没有请过人')
  })

  test('R05 distance, stars and how long someone has waited', () => {
    expect(whyRows(order([], [line('t1', 'next')]), technicians, { credits, inbox: [] }, NOW)).toEqual([
      {
        technicianId: 't1',
        name: '周国平 0317',
        distance: '1.2',
        stars: '4.9',
        waiting: '48 分',
        eligible: true,
        asked: false,
        result: '下一轮',
        tone: 'plain',
      },
    ])
  })

  test('R06, R08, R41 what became of each offer', () => {
    expect(results([offer('t1', { seenAt: at('05:02:00') })], [line('t1', 'offered')])).toEqual([['已请，在看', 'offered']])
    expect(results([offer('t1')], [line('t1', 'offered')])).toEqual([['已请', 'offered']])
    expect(results([offer('t2')], [line('t2', 'offered')])).toEqual([['已请，没额度', 'warned']])
    // How its message went counts more than what is left after it.
    expect(results([offer('t2')], [line('t2', 'offered')], [message('o2', 'sent')])).toEqual([['已请', 'offered']])
    expect(results([offer('t1')], [line('t1', 'offered')], [message('o1', 'inbox_only')])).toEqual([['已请，没额度', 'warned']])
    expect(results([offer('t1')], [line('t1', 'offered')], [message('o1', 'inbox_only', at('05:00:00'))])).toEqual([['已请', 'offered']])
    expect(results([offer('t1', { state: 'declined' })], [line('t1', 'offered')])).toEqual([['不接', 'plain']])
    expect(
      results([offer('t1', { state: 'claimed' }), offer('t2', { state: 'lost' })], [line('t1', 'offered'), line('t2', 'offered')]),
    ).toEqual([
      ['抢到了', 'offered'],
      ['别人抢到了', 'plain'],
    ])
  })

  test('R05 why someone was not asked', () => {
    expect(results([], [line('t1', 'ineligible', { reason: '证件过期' }), line('t2', 'ineligible', { reason: '有单待拨电话' })])).toEqual([
      ['证件过期', 'plain'],
      ['有单待拨电话', 'late'],
    ])
  })
})

describe('the inbox', () => {
  const message = (id: string, more: object = {}) => ({
    _id: id,
    openid: 'oLin',
    role: 'homeowner',
    orderId: 'o1',
    template: 'claimed',
    at: at('05:01:00'),
    title: '师傅接单了',
    text: '周师傅接了您的单',
    page: 'homeowner/order/order?id=o1',
    read: false,
    delivery: 'sent',
    errcode: 0,
    ...more,
  })
  const sent = (more: object = {}) => ({
    at: '2026-11-22T05:01:30Z',
    to: 'staff',
    channel: 'robot',
    template: 'text',
    data: { content: '【急】过了 5 分钟没拨电话：SF1122-0479' },
    page: '',
    result: { errcode: 0, errmsg: 'ok' },
    ...more,
  })
  const rows = (inbox: object[], log: object[]): InboxRow[] =>
    inboxRows({
      inbox,
      sent: log,
      people: [{ openid: 'oLin', name: '林女士' }],
      templates: [{ id: 'T1', name: 'offer', title: '新单提醒' }],
    } as unknown as Parameters<typeof inboxRows>[0])

  test('R41 says what WeChat delivered and what stands in the app only', () => {
    const found = rows(
      [
        message('a'),
        message('b', { delivery: 'refused', errcode: 43101 }),
        message('c', { delivery: 'inbox_only' }),
        message('d', { delivery: 'unknown' }),
      ],
      [],
    )
    expect(found.map(({ key, delivery }) => [key, delivery]).sort()).toEqual([
      ['a', 'delivered'],
      ['b', 'inbox_only'],
      ['c', 'inbox_only'],
      ['d', 'delivered'],
    ])
    expect(found[0]).toMatchObject({ to: '林女士', text: '师傅接单了：周师傅接了您的单' })
  })

  test('R41 notices to staff must be seen to, unless they only tell whom WeChat could not reach; newest first', () => {
    const found = rows(
      [message('a')],
      [
        sent(),
        sent({ at: '2026-11-22T05:00:00Z', data: { content: '微信提醒不到周师傅 0317：新单提醒\n微信提醒不到陈师傅 0522：新单提醒' } }),
      ],
    )
    expect(found.map(({ to, delivery }) => [to, delivery])).toEqual([
      ['调度群', 'needs_action'],
      ['林女士', 'delivered'],
      ['调度群', 'told'],
    ])
    expect(found[2]!.text).toBe('微信提醒不到周师傅 0317：新单提醒；微信提醒不到陈师傅 0522：新单提醒')
  })

  test('a message that the product keeps in its inbox stands once; one sent by another program stands too', () => {
    const own = sent({
      to: 'oLin',
      channel: 'subscribe',
      template: 'T1',
      page: 'homeowner/order/order?id=o1',
      data: { thing1: { value: '水路' } },
    })
    expect(rows([message('a')], [own])).toHaveLength(1)
    expect(rows([], [own])).toEqual([expect.objectContaining({ to: '林女士', text: '新单提醒：水路', delivery: 'delivered' })])
    expect(rows([], [{ ...own, result: { errcode: 43101, errmsg: '' } }])[0]!.delivery).toBe('inbox_only')
  })

  test('text without markdown', () => {
    expect(plainText({ content: '## **待办**\n> <font color="warning">0479</font> 超时' })).toBe('待办；0479 超时')
    expect(plainText(null)).toBe('')
  })
})

describe('phones', () => {
  test('at first: the homeowner, the two who are offered the order, another homeowner', () => {
    expect(firstPhones([...people])).toEqual(['oDemoLinXiaowen', 'oDemoZhouGuoping0317', 'oDemoChenLi0522', 'oDemoXuWenzhou'])
    expect(firstPhones([])).toEqual(['', '', '', ''])
  })

  test('an address says whose phone it is, where it is and how it looks', () => {
    const plain = { dark: false, large: false, offline: false }
    expect(phoneAddress('oLin', plain, { position: null, page: null })).toBe('/phone/?as=oLin&theme=light')
    expect(
      phoneAddress(
        'oZhou',
        { dark: true, large: true, offline: true },
        { position: { latitude: 29.87, longitude: 123.42 }, page: 'pages/jobs/jobs' },
      ),
    ).toBe('/phone/?as=oZhou&lat=29.87&lng=123.42&theme=dark&font=1.4&network=off#/pages/jobs/jobs')
  })

  test.each([
    ['oLin', true],
    ['a_b-1', true],
    ['', false],
    ['123', false],
    ['-7', false],
    ['有空格 吗', false],
    ['x'.repeat(65), false],
  ])('an OPENID such as %j: %s', (text, fits) => {
    expect(isOpenid(text)).toBe(fits)
  })
})

test('documents are read with their dates and numbers', () => {
  expect(
    decodeEjson({
      at: { $date: '2026-11-22T05:01:46Z' },
      old: { $date: { $numberLong: '-1' } },
      n: { $numberLong: '7' },
      id: { $oid: 'abc' },
      list: [{ $numberDouble: '1.5' }],
      none: null,
      text: 'x',
    }),
  ).toEqual({
    at: at('05:01:46'),
    old: new Date(-1),
    n: 7,
    id: 'abc',
    list: [1.5],
    none: null,
    text: 'x',
  })
})

test('figures in words', () => {
  expect([300, 949, 951, 1799].map(distanceText)).toEqual(['300 米', '950 米', '1.0 公里', '1.8 公里'])
  expect([-5, 0, 48 * 60_000, 80 * 60_000, 120 * 60_000].map(durationText)).toEqual(['0 分', '0 分', '48 分', '1 小时 20 分', '2 小时'])
  expect(secondsText(NOW)).toBe('13:02:32')
  expect(['周国平', '陈立', '欧阳国平'].map(familyName)).toEqual(['周', '陈', '欧阳'])
})

test.each([
  ['2030-01-07T00:59:59Z', '2030-01-07T01:00:00Z'],
  ['2030-01-07T01:00:00Z', '2030-01-08T01:00:00Z'],
  ['2030-01-07T15:30:00Z', '2030-01-08T01:00:00Z'],
  ['2030-01-07T16:30:00Z', '2030-01-08T01:00:00Z'],
])('from %s the next morning at nine is %s', (now, morning) => {
  expect(nextMorning(new Date(now))).toEqual(new Date(morning))
})

import { tabsOf } from '../../../miniprogram/custom-tab-bar/tabs'
import { askedTechnicians, distanceText } from '../../../miniprogram/homeowner/order/asked-technicians/places'
import { filedFacts } from '../../../miniprogram/homeowner/order/filed-repair/filed-facts'
import { orderEveryMs, orderLinks, pageOf, saysTheSame, shownOrder } from '../../../miniprogram/homeowner/order/order-facts'
import { messageRows, messageUrl } from '../../../miniprogram/homeowner/inbox/message-rows'
import { codeIn } from '../../../miniprogram/homeowner/verify/code-text'
import { homeEveryMs } from '../../../miniprogram/pages/home/home-facts'
import { greeting, meRows } from '../../../miniprogram/pages/me/me-rows'
import { cardUrl } from '../../../miniprogram/pages/orders/card-url'
import {
  appended,
  emptyList,
  filterTabs,
  isOrderFilter,
  listEveryMs,
  listStatus,
  refreshed,
  solidCard,
  waitingForPerson,
} from '../../../miniprogram/pages/orders/order-list'
import type { ButtonAct, HomeView, MessageView, OrderCard, OrderView, StageView, TechnicianCard } from '../../../typings/contract'
import answers from '../../support/mock-answers/homeowner.json'

const NOW = Date.parse('2026-11-22T05:20:00.000Z')
const HOME = answers['homeowner.openHome'] as unknown as HomeView
const ORDER = answers['homeowner.getOrder'] as unknown as OrderView
const CARDS = answers['homeowner.listOrders'].orders as unknown as OrderCard[]
const card = (id: string, part: Partial<OrderCard> = {}): OrderCard => ({ ...(CARDS[0] as OrderCard), id, button: null, ...part })

describe('orders in pages', () => {
  test('the next page goes below, an order that moved up is not there twice', () => {
    expect(appended([card('a'), card('b')], [card('b'), card('c')]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('a refresh brings the first page up to date and keeps what was scrolled to', () => {
    const shown = [card('a'), card('b'), card('c')]
    const first = [card('n'), card('a', { title: 'changed' })]
    expect(refreshed(shown, first, false).map(({ id, title }) => [id, title === 'changed'])).toEqual([
      ['n', false],
      ['a', true],
      ['b', false],
      ['c', false],
    ])
    expect(refreshed(shown, first, true).map(({ id }) => id)).toEqual(['n', 'a'])
  })

  test('one solid button a page: the first card that has one', () => {
    const button = { act: 'pay' as const, label: '去付款' }
    expect(solidCard([card('a'), card('b', { button }), card('c', { button })])).toBe('b')
    expect(solidCard([card('a')])).toBe('')
  })

  test('looks again only while we are at work', () => {
    const inTurn = (turn: OrderCard['state']['turn']) => [card('a', { state: { ...card('a').state, turn } })]
    expect(listEveryMs(inTurn('ours'))).toBe(20_000)
    expect(listEveryMs(inTurn('urgent'))).toBe(20_000)
    expect(listEveryMs(inTurn('done'))).toBeNull()
    expect(listEveryMs([])).toBeNull()
  })

  test('the figure on the tab: yours and urgent', () => expect(waitingForPerson(CARDS)).toBe(2))

  test('only an empty list of everything offers to file a repair', () => {
    expect(listStatus([])).toBe('empty')
    expect(listStatus([card('a')])).toBe('ready')
    expect(emptyList('all').button).toBe('我要报修')
    for (const filter of ['to_confirm', 'in_progress', 'to_pay', 'to_rate'] as const) expect(emptyList(filter).button).toBe('')
  })

  test('figures stand on the tabs that wait for the person', () => {
    expect(filterTabs({ toConfirm: 1, toPay: 2, toRate: 3 }).map(({ label, count }) => `${label}${count}`)).toEqual([
      '全部0',
      '待确认1',
      '进行中0',
      '待付款2',
      '待评价3',
    ])
    expect(isOrderFilter('to_pay')).toBe(true)
    expect(isOrderFilter('toString')).toBe(false)
    expect(isOrderFilter(3)).toBe(false)
  })

  test.each<[ButtonAct, string]>([
    ['view_quote', '/homeowner/quote/quote?id=o1'],
    ['accept', '/homeowner/acceptance/acceptance?id=o1'],
    ['sign_card', '/homeowner/warranty-card/warranty-card?id=o1'],
    ['rate', '/homeowner/order/order?id=o1'],
    ['answer_follow_up', '/homeowner/order/order?id=o1'],
  ])('a card’s %s opens %s', (act, url) => expect(cardUrl(act, 'o1')).toBe(url))
})

describe('order', () => {
  const visit = (no: number, acceptedAt: string | null, rated: boolean): OrderView['visits'][number] => ({
    no,
    kind: 'repair',
    state: 'closed',
    technician: null,
    appointmentAt: null,
    arrivedAt: null,
    completedAt: null,
    acceptedAt,
    steps: [],
    missing: [],
    rating: rated ? { stars: 5, tags: [], comment: '', at: '', changeableUntil: '' } : null,
  })

  test.each<[ButtonAct, string | null]>([
    ['confirm_and_pay', '/homeowner/quote/quote?id=o1'],
    ['pay', '/homeowner/quote/quote?id=o1'],
    ['report_missing', '/homeowner/acceptance/acceptance?id=o1'],
    ['view_card', '/homeowner/warranty-card/warranty-card?id=o1'],
    ['file_again', '/homeowner/file-repair/file-repair?category=water'],
    ['cancel', null],
    ['notify_me', null],
    ['call_hotline', null],
  ])('%s leads to %s', (act, url) => expect(pageOf(act, ORDER)).toBe(url))

  test('R31 stars are for the latest accepted visit without any', () => {
    const visits = [visit(1, '2026-11-22T00:00:00.000Z', true), visit(2, '2026-11-22T01:00:00.000Z', false), visit(3, null, false)]
    expect(pageOf('rate', { ...ORDER, visits })).toBe('/homeowner/rating/rating?id=o1&visit=2')
    expect(pageOf('rate', { ...ORDER, visits: [] })).toBe('/homeowner/rating/rating?id=o1&visit=1')
  })

  test('R32 R33 the follow-up and the choice name their visit', () => {
    const followUp = { visitNo: 2, questions: [], sentAt: '', answer: null }
    expect(pageOf('answer_follow_up', { ...ORDER, followUp })).toBe('/homeowner/follow-up/follow-up?id=o1&visit=2')
    expect(pageOf('choose_return', { ...ORDER, returnChoice: { visitNo: 3, technician: null, until: '' } })).toBe(
      '/homeowner/follow-up/follow-up?id=o1&visit=3',
    )
  })

  test('polled by the second while dispatching, by the minute while open, not at rest', () => {
    expect(orderEveryMs({ dispatch: { wave: 1, endsAt: null, offers: [] }, status: 'dispatching' })).toBe(5_000)
    expect(orderEveryMs({ dispatch: null, status: 'working' })).toBe(20_000)
    for (const status of ['in_warranty', 'archived', 'cancelled']) expect(orderEveryMs({ dispatch: null, status })).toBeNull()
    expect(homeEveryMs({ current: null })).toBeNull()
    expect(homeEveryMs({ current: card('a') })).toBe(20_000)
    expect(
      homeEveryMs({ current: card('a', { state: { ...card('a').state, countdown: { startedAt: '', endsAt: '', label: '' } } }) }),
    ).toBe(5_000)
  })

  describe('what is said of the quote', () => {
    const stage = (part: Partial<StageView>): StageView => ({
      id: 's',
      name: '全款',
      amountFen: 31_400,
      state: 'due',
      paidAt: null,
      refundedFen: 0,
      ...part,
    })
    const noteOf = (part: Partial<OrderView>) => orderLinks({ ...ORDER, ...part }, NOW)[0]

    test('before payment', () => expect(noteOf({})).toMatchObject({ title: '报价 ¥314.00', note: '师傅出发前付就行', go: '先看看' }))
    test('paid', () =>
      expect(noteOf({ stages: [stage({ state: 'paid', paidAt: '2026-11-22T05:15:00.000Z' })] })?.note).toBe('今天 13:15 付清，微信支付'))
    test('one of two paid is not settled', () => {
      expect(noteOf({ stages: [stage({ state: 'paid', paidAt: '2026-11-22T05:15:00.000Z' }), stage({ id: 't' })] })?.note).toBe(
        '师傅出发前付就行',
      )
    })
    test('R23 refunded, by the way it came', () => {
      expect(noteOf({ stages: [stage({ state: 'refunding' })] })?.note).toBe('退款在路上，原路退回')
      expect(noteOf({ stages: [stage({ state: 'refunded', refundedFen: 12_000 })] })?.note).toBe('已退 ¥120.00，原路退回')
    })
    test('no quote, no row', () => expect(orderLinks({ ...ORDER, quote: null }, NOW)).toEqual([]))
  })

  test('an answer that says the same draws nothing anew, even when its links were signed again', () => {
    const technician = { id: 'a', name: '周国平', photo: 'https://a/1?sign=1' } as TechnicianCard
    const order: OrderView = {
      ...ORDER,
      dispatch: { wave: 1, endsAt: null, offers: [{ technician, distanceMetres: 1_200, looking: false }] },
    }
    const signedAgain = { ...technician, photo: 'https://a/1?sign=2' }
    expect(
      saysTheSame(order, {
        ...order,
        dispatch: { wave: 1, endsAt: null, offers: [{ technician: signedAgain, distanceMetres: 1_200, looking: false }] },
      }),
    ).toBe(true)
    expect(
      saysTheSame(order, { ...order, dispatch: { wave: 1, endsAt: null, offers: [{ technician, distanceMetres: 1_200, looking: true }] } }),
    ).toBe(false)
    expect(saysTheSame(order, { ...order, version: order.version + 1 })).toBe(false)
    expect(saysTheSame(order, { ...order, main: null })).toBe(false)
  })

  test('what the page does not bind does not cross to it', () => {
    expect(Object.keys(shownOrder(ORDER))).not.toEqual(expect.arrayContaining(['visits']))
    expect(shownOrder(ORDER)).toMatchObject({ number: ORDER.number, timeline: ORDER.timeline, problem: ORDER.problem })
  })

  test('who was asked: the nearest first, the farther ones farther out', () => {
    const offers = [
      { technician: { id: 'b', name: '陈立', photo: '' } as TechnicianCard, distanceMetres: 1_800, looking: false },
      { technician: { id: 'a', name: '周国平', photo: '' } as TechnicianCard, distanceMetres: 1_249, looking: true },
    ]
    const [first, second] = askedTechnicians(offers)
    expect(first).toMatchObject({ id: 'a', name: '周师傅', distance: '1.2 公里', doing: '正在看您的单', degrees: 45 })
    expect(second).toMatchObject({ id: 'b', doing: '已通知', degrees: 135 })
    expect(first?.reach).toBeLessThan(second?.reach ?? 0)
    expect(askedTechnicians(offers.slice(0, 1))[0]?.reach).toBe(0.5)
    expect(distanceText(84)).toBe('80 米')
    expect([distanceText(994), distanceText(996), distanceText(1_000)]).toEqual(['990 米', '1.0 公里', '1.0 公里'])
  })

  test('what was filed is told without empty lines', () => {
    expect(filedFacts({ ...ORDER, requests: '' }).map(({ label }) => label)).toEqual(['修什么', '什么时候', '地址', '联系人'])
    expect(filedFacts({ ...ORDER, emergency: true }).find(({ label }) => label === '什么时候')?.text).toBe('尽快修')
  })
})

describe('inbox', () => {
  const message = (id: string, at: string): MessageView => ({ id, at, title: id, text: '', page: '', read: false })
  test('newest first, each once, the later answer counts', () => {
    const rows = messageRows(
      [
        message('a', '2026-11-22T05:00:00.000Z'),
        message('b', '2026-11-21T05:00:00.000Z'),
        { ...message('a', '2026-11-22T05:00:00.000Z'), read: true },
      ],
      NOW,
    )
    expect(rows.map(({ id, read, when }) => [id, read, when])).toEqual([
      ['a', true, '今天 13:00'],
      ['b', false, '昨天 13:00'],
    ])
  })
  test('R41 what WeChat did not deliver says so', () => {
  })
  test.each([
    ['homeowner/order/order?id=1', '/homeowner/order/order?id=1'],
    ['/pages/home/home', '/pages/home/home'],
    ['', ''],
  ])('%s opens %s', (page, url) => expect(messageUrl(page)).toBe(url))
})

describe('R14 a code, however it was read', () => {
  test.each([
    ['ab12-cd34', 'AB12CD34'],
    [' AB12 CD34 ', 'AB12CD34'],
    ['https://example.com/verify?code=ab12cd34&x=1', 'AB12CD34'],
    ['pages/index?scene=ab12cd34', 'AB12CD34'],
    ['%41b12', 'AB12'],
    ['100%', '100%'],
    ['', ''],
  ])('%s', (text, code) => expect(codeIn(text)).toBe(code))
})

describe('tab bar and 我的', () => {
  const badges = { orders: 2, jobs: 1, me: 0 }
  test('接单 is for technicians only', () => {
    expect(tabsOf(false, badges).map(({ text }) => text)).toEqual(['首页', '工单', '我的'])
    expect(tabsOf(true, badges).map(({ text, badge }) => `${text}${badge}`)).toEqual(['首页0', '接单1', '工单2', '我的0'])
  })
  test('a technician has a badge to show, a homeowner has not', () => {
    const acts = (home: HomeView) => meRows(home).flatMap(({ rows }) => rows.map(({ act }) => act))
    expect(acts({ ...HOME, isTechnician: true })).toContain('badge')
    expect(acts({ ...HOME, isTechnician: false })).not.toContain('badge')
  })
  test('we greet by the name of the last filing', () => {
    expect(greeting(HOME).name).toBe('林女士')
    expect(greeting({ lastContact: null, technician: null }).name).toBe('您好')
  })
  test('R52 a technician is greeted by name and staff number, whatever was filed at home', () => {
    const technician = { name: '周国平', staffNumber: '0317' }
    expect(greeting({ ...HOME, technician })).toEqual({ name: '周国平', second: '工号 0317' })
    expect(greeting({ lastContact: null, technician })).toEqual({ name: '周国平', second: '工号 0317' })
  })
})

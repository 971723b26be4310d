import { quoteRows } from '../../miniprogram/components/quote-lines/quote-rows'
import { TURN_ICONS } from '../../miniprogram/components/state-tag/turn-icons'
import { timelineRows } from '../../miniprogram/components/timeline/timeline-rows'
import type { OrderCard, QuoteView, StateView, TechnicianCard, TimelineLine, Turn } from '../../typings/contract'
import { installWx } from './support/fake-wx'
import { mount } from './support/render'

const NOW = Date.parse('2026-11-22T05:20:00.000Z')
const TECHNICIAN: TechnicianCard = { id: 't1', name: '周国平', staffNumber: '0317', photo: '', stars: 4.9, jobs: 1286, skills: ['水路'] }
const STATE: StateView = { turn: 'ours', word: '已预约', fact: '今天 14:30 上门', sentence: '师傅会提前 10 分钟到楼下', joint: 2 }
const CARD: OrderCard = {
  id: 'o1',
  number: 'SF1122-0486',
  title: '换厨房龙头',
  categoryIcon: 'tap',
  state: { ...STATE, turn: 'yours', word: '待验收' },
  fact: '师傅说修好了',
  sentence: '试过再签字',
  button: { act: 'accept', label: '去验收' },
  technician: TECHNICIAN,
  updatedAt: '2026-11-22T05:00:00.000Z',
}

beforeEach(() => {
  installWx()
  jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout'] })
})
afterEach(() => jest.useRealTimers())

describe('order-card', () => {
  test('says what, where it stands, what comes next', () => {
    expect(mount('components/order-card/order-card', { card: CARD }).text()).toBe('换厨房龙头待验收师傅说修好了试过再签字去验收')
  })

  test('opens by a tap on the card, acts by its button', async () => {
    const card = mount('components/order-card/order-card', { card: CARD }, ['open', 'act'])
    await card.tap('.order')
    expect(card.heard).toEqual({ open: [{ orderId: 'o1' }], act: [] })
    await card.tap('.order__act')
    expect(card.heard.act).toEqual([{ orderId: 'o1', act: 'accept' }])
  })

  test('no button where it is not the reader’s turn', () => {
    const card = mount('components/order-card/order-card', { card: { ...CARD, button: null } })
    expect(card.component.querySelector('.order__act')).toBeUndefined()
  })
})

describe('state-tag: colour never speaks alone', () => {
  test.each(Object.keys(TURN_ICONS) as Turn[])('%s has a glyph of its own and its word', (turn) => {
    const tag = mount('components/state-tag/state-tag', { turn, word: '字' })
    expect(tag.component.data.icon).toBe(TURN_ICONS[turn])
    expect(tag.text()).toBe('字')
    expect(tag.component.querySelector(`.tag--${turn}`)).toBeDefined()
  })
  test('no two share a glyph', () => expect(new Set(Object.values(TURN_ICONS)).size).toBe(Object.keys(TURN_ICONS).length))
})

describe('plate', () => {
  test('R14 a door code stands sign by sign and is read out sign by sign', () => {
    const plate = mount('components/plate/plate', { text: '4877', size: 'code' })
    expect(plate.component.querySelectorAll('.plate')).toHaveLength(4)
    expect(plate.component.data.spoken).toBe('4 8 7 7')
  })
  test('a staff number is one plate', () => {
    const plate = mount('components/plate/plate', { text: '工号 0317', size: 'staff' })
    expect(plate.component.querySelectorAll('.plate')).toHaveLength(1)
    expect(plate.text()).toBe('工号 0317')
  })
})

describe('technician-card', () => {
  test('R11 name, staff number, stars, homes', () => {
    expect(mount('components/technician-card/technician-card', { technician: TECHNICIAN }).text()).toBe('周国平工号 03174.9修过 1286 家')
  })
  test('4 stars are 4.0; without any, none are invented', () => {
    expect(mount('components/technician-card/technician-card', { technician: { ...TECHNICIAN, stars: 4 } }).text()).toContain('4.0')
    expect(mount('components/technician-card/technician-card', { technician: { ...TECHNICIAN, stars: null, jobs: 0 } }).text()).toBe(
      '周国平工号 0317新来的师傅，持证上岗',
    )
  })
  test('the badge opens where there is one', async () => {
    const card = mount('components/technician-card/technician-card', { technician: TECHNICIAN }, ['open'])
    await card.tap('.sf-round')
    expect(card.heard.open).toEqual([{ technician: TECHNICIAN }])
    expect(
      mount('components/technician-card/technician-card', { technician: TECHNICIAN, badge: false }).component.querySelector('.sf-round'),
    ).toBeUndefined()
  })
})

describe('portrait', () => {
  test('a picture that does not load gives way to an icon, a new one is tried again', async () => {
    const portrait = mount('components/portrait/portrait', { photo: 'https://a/x.jpg' })
    const image = portrait.component.querySelector('.portrait__photo')
    image?.dispatchEvent('error')
    await Promise.resolve()
    portrait.set({ broken: true })
    expect(portrait.component.querySelector('.portrait__photo')).toBeUndefined()
    portrait.set({ photo: 'https://a/y.jpg' })
    expect(portrait.component.querySelector('.portrait__photo')).toBeDefined()
  })
})

describe('pipe', () => {
  test('brass is at now, what is past is full', () => {
    const pipe = mount('components/pipe/pipe', { joint: 2, tone: 'ours' })
    expect(pipe.text()).toBe('报修派单上门验收保修')
    expect(pipe.component.querySelectorAll('.pipe__joint--past')).toHaveLength(2)
    expect(pipe.component.querySelectorAll('.pipe__joint--now')).toHaveLength(1)
  })
})

describe('state-header', () => {
  test('the fact before the sentence; a ring only while something runs', () => {
    const header = mount('components/state-header/state-header', { state: STATE })
    expect(header.text()).toBe('今天 14:30 上门师傅会提前 10 分钟到楼下报修派单上门验收保修')
    expect(header.component.querySelector('.header__ring')).toBeUndefined()
    header.set({
      state: { ...STATE, countdown: { startedAt: '2026-11-22T05:19:00.000Z', endsAt: '2026-11-22T05:22:00.000Z', label: '本轮剩' } },
    })
    expect(header.text()).toContain('2:00本轮剩')
    header.unmount()
  })
  test('compact leaves the pipe out', () =>
    expect(mount('components/state-header/state-header', { state: STATE, compact: true }).text()).not.toContain('验收'))
})

describe('timeline', () => {
  const line = (id: string, at: string): TimelineLine => ({ id, at, text: id, by: '系统' })

  test('newest first, whatever order they came in', () => {
    const rows = timelineRows(
      [line('a', '2026-11-22T05:01:00.000Z'), line('c', '2026-11-22T05:06:00.000Z'), line('b', '2026-11-22T05:04:00.000Z')],
      NOW,
    )
    expect(rows.map(({ id, clock, day }) => [id, clock, day])).toEqual([
      ['c', '13:06', ''],
      ['b', '13:04', ''],
      ['a', '13:01', ''],
    ])
  })

  test('days are named once each, as soon as one is not today', () => {
    const rows = timelineRows(
      [
        line('a', '2026-11-22T05:01:00.000Z'),
        line('b', '2026-11-21T05:01:00.000Z'),
        line('c', '2026-11-21T01:01:00.000Z'),
        line('d', '2025-11-02T01:00:00.000Z'),
        line('e', '2026-11-03T01:00:00.000Z'),
      ],
      NOW,
    )
    expect(rows.map(({ day }) => day)).toEqual(['今天', '昨天', '', '11 月 3 日 周二', '2025 年 11 月 2 日 周日'])
  })

  test('a long history opens with a tap', async () => {
    const timeline = mount('components/timeline/timeline', {
      lines: Array.from({ length: 8 }, (_, at) => line(`l${at}`, `2026-11-22T05:0${at}:00.000Z`)),
    })
    expect(timeline.component.querySelectorAll('.timeline__line')).toHaveLength(5)
    expect(timeline.text()).toContain('再看 3 条')
    await timeline.tap('.timeline__more')
    expect(timeline.component.querySelectorAll('.timeline__line')).toHaveLength(8)
  })
})

describe('quote-lines', () => {
  const quote: QuoteView = {
    version: 1,
    state: 'sent',
    lines: [
      {
        id: 'q1',
        name: '换水龙头',
        quantity: 1,
        unit: '个',
        material: '泉源 K2',
        materialFen: 16_800,
        labourFen: 6_000,
        amountFen: 22_800,
        warrantyMonths: 24,
      },
      {
        id: 'q2',
        name: '疏通',
        quantity: 1,
        unit: '处',
        material: '',
        materialFen: 0,
        labourFen: 8_600,
        amountFen: 8_600,
        warrantyMonths: 0,
      },
    ],
    totalFen: 131_400,
    sentAt: '',
    expiresAt: '',
    confirmedAt: null,
  }

  test('R20 every line with quantity, material, labour and warranty; no ¥0.00 anywhere (R16)', () => {
    expect(quoteRows(quote)).toEqual({
      total: '¥1,314.00',
      rows: [
        {
          id: 'q1',
          name: '换水龙头',
          quantity: '× 1 个',
          material: '泉源 K2',
          materialText: '¥168.00',
          labourText: '¥60.00',
          amount: '¥228.00',
          warranty: '保 24 个月',
        },
        {
          id: 'q2',
          name: '疏通',
          quantity: '× 1 处',
          material: '',
          materialText: '',
          labourText: '¥86.00',
          amount: '¥86.00',
          warranty: '',
        },
      ],
    })
    expect(mount('components/quote-lines/quote-lines', { quote }).text()).not.toContain('¥0')
  })
})

describe('page-state', () => {
  test('each state shows its own and nothing else', async () => {
    const page = mount('components/page-state/page-state', { status: 'loading' }, ['retry'])
    expect(page.component.querySelector('.waiting')).toBeDefined()
    page.set({ status: 'error', message: '网络没连上' })
    expect(page.text()).toBe('网络没连上重试')
    await page.tap('.notice__act')
    expect(page.heard.retry).toHaveLength(1)
    page.set({ status: 'empty', message: '还没有工单', button: '我要报修' })
    expect(page.text()).toBe('还没有工单我要报修')
    page.set({ button: '' })
    expect(page.text()).toBe('还没有工单')
    page.set({ status: 'ready' })
    expect(page.text()).toBe('')
  })
})

describe('filter-tabs', () => {
  const tabs = [
    { value: 'all', label: '全部', count: 0 },
    { value: 'to_pay', label: '待付款', count: 120 },
  ]
  test('figures beside the words, and only a change is told', async () => {
    const filter = mount('components/filter-tabs/filter-tabs', { tabs, value: 'all' }, ['change'])
    expect(filter.text()).toBe('全部待付款99+')
    await filter.tap('.filter__tab--on')
    expect(filter.heard.change).toEqual([])
    await filter.tap('.filter__tab--to_pay')
    expect(filter.heard.change).toEqual([{ value: 'to_pay' }])
  })
})

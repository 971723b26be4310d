import type { Order } from '../../../cloudfunctions/domain/order'
import type { City } from '../../../local/workbench/app/city'
import type { House, Stand } from '../../../local/workbench/app/map/drawing'
import { orderNote, technicianNote } from '../../../local/workbench/app/map/explanation'

const NOW = new Date('2030-01-07T02:02:30Z')
const minutesAgo = (count: number) => new Date(NOW.getTime() - count * 60_000)

const line = (technicianId: string, name: string, distanceMetres: number, result: string, more: object = {}) => ({
  technicianId,
  name,
  staffNumber: '0317',
  distanceMetres,
  stars: 4.9,
  waitingSince: minutesAgo(48),
  result,
  reason: null,
  ...more,
})
const offer = (technicianId: string, wave: number, state: string) => ({
  id: `${technicianId}.${wave}`,
  technicianId,
  wave,
  visitNo: 1,
  state,
  sentAt: minutesAgo(1),
  endsAt: new Date(NOW.getTime() + 120_000),
  seenAt: null,
})

const order = {
  _id: 'o1',
  number: 'SF0107-0486',
  title: '厨房龙头关不紧',
  category: { code: 'plumbing' },
  status: 'dispatching',
  todos: [],
  deadlines: [],
  visits: [{ no: 1 }],
  offers: [offer('t0', 1, 'declined'), offer('t1', 2, 'open'), offer('t3', 2, 'open')],
  dispatch: {
    wave: 2,
    staffAlerted: false,
    explained: [
      line('t2', '罗建', 700, 'ineligible', { reason: '有单待拨电话' }),
      line('t4', '何志远', 1_190, 'next', { stars: 4.7 }),
      line('t1', '周国平', 1_200, 'offered'),
      line('t3', '陈立', 1_250, 'offered', { stars: 4.8 }),
      line('t5', '马俊', 5_200, 'ineligible', { reason: '超出接单范围' }),
    ],
  },
} as unknown as Order
const city = { technicians: [], credits: [], inbox: [] } as unknown as City
const stand = (id: string, change: object = {}) =>
  ({
    technician: {
      _id: id,
      name: '唐海',
      staffNumber: '0605',
      onDuty: true,
      suspended: false,
      skills: ['plumbing'],
      radiusMetres: 8_000,
      ...change,
    },
    state: 'free',
  }) as unknown as Stand
const saidOf = (id: string, change: object = {}, selected: Order | null = order) =>
  technicianNote(stand(id, change), selected, city, NOW).lines

describe('why these two were asked', () => {
  test('R05 of an order: its wave, the two, who is nearer and was not asked, who is about as near and comes later', () => {
    const { title, lines } = orderNote({ order } as House, city, NOW)
    expect(title).toContain('SF0107-0486')
    expect(lines.slice(1)).toEqual([
      '第 2 轮，10:01:30 发出，10:04:30 收回',
      '请了周国平 0317（1.2 公里，4.9 分）、陈立 0317（1.3 公里，4.8 分）',
      '罗建 0317 更近，没请：有单待拨电话',
      '何志远 0317 差不多远，排在后面：4.7 分，等了 48 分',
    ])
  })

  test('R05 of a technician whom the ranking names: distance, stars, waiting and how they came out', () => {
    expect(saidOf('t1')).toEqual(['接 8.0 公里内的活', '离 0486 1.2 公里，4.9 分，等了 48 分：已请，没额度'])
    expect(saidOf('t2')[1]).toBe('离 0486 0.7 公里，没请：有单待拨电话')
    expect(saidOf('t4')[1]).toBe('离 0486 1.2 公里，4.7 分，等了 48 分：下一轮')
  })

  test('R05, R07 of one whom it does not name: asked before, off duty, suspended, another trade, too far away', () => {
    expect(saidOf('t0')[1]).toBe('0486 第 1 轮请过：不接')
    expect(saidOf('t9', { onDuty: false })[1]).toBe('0486 没请：不在岗')
    expect(saidOf('t9', { suspended: true })[1]).toBe('0486 没请：停单中')
    expect(saidOf('t9', { skills: ['electrical'] })[1]).toBe('0486 没请：不会这一类')
    expect(saidOf('t9')[1]).toBe('0486 没请：太远')
  })

  test('with no order to speak of only how far they go', () => {
    expect(saidOf('t9', {}, null)).toEqual(['接 8.0 公里内的活'])
  })
})

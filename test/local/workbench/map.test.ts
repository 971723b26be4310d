import fc from 'fast-check'
import { metresBetween } from '../../../cloudfunctions/domain/geography'
import { spot } from '../../../local/seed/city'
import { breachOf } from '../../../local/workbench/app/map/breach'
import type { Box, LabelWish } from '../../../local/workbench/app/map/labels'
import { alongLine, aroundMark, boxAround, placeLabels } from '../../../local/workbench/app/map/labels'
import { fitProjection } from '../../../local/workbench/app/map/projection'
import { technicianState } from '../../../local/workbench/app/map/technician-state'
import { heldUntil, waveEnd, waveRest } from '../../../local/workbench/app/map/wave'

const NOW = new Date('2030-01-07T01:00:00Z')
const FRAME: Box = { x: 0, y: 0, width: 600, height: 300 }
const overlaps = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('projection', () => {
  const corners = [spot(-4000, -2000), spot(4000, 2500), spot(0, 0)]
  const projection = fitProjection(corners, 600, 300, 20)

  test('everything lies inside the margin, north is up and east is right', () => {
    const points = corners.map(projection.toPoint)
    for (const { x, y } of points) {
      expect(x).toBeGreaterThanOrEqual(19.9)
      expect(x).toBeLessThanOrEqual(580.1)
      expect(y).toBeGreaterThanOrEqual(19.9)
      expect(y).toBeLessThanOrEqual(280.1)
    }
    const [southWest, northEast] = points
    expect(northEast!.x).toBeGreaterThan(southWest!.x)
    expect(northEast!.y).toBeLessThan(southWest!.y)
  })

  test('a metre is as long in every direction, and as long as it is on the earth', () => {
    const from = spot(0, 0)
    for (const to of [spot(1200, 0), spot(0, 1200), spot(-800, 895)]) {
      const [a, b] = [projection.toPoint(from), projection.toPoint(to)]
      expect(Math.hypot(a.x - b.x, a.y - b.y) / projection.scale).toBeCloseTo(metresBetween(from, to), -1)
    }
  })

  test('an empty city and a city of one house are drawn too', () => {
    expect(fitProjection([], 600, 300, 20).toPoint({ longitude: 0, latitude: 0 })).toEqual({ x: 300, y: 150 })
    expect(fitProjection([spot(5, 5)], 600, 300, 20).toPoint(spot(5, 5))).toEqual({ x: 300, y: 150 })
  })
})

describe('labels', () => {
  const form = (x: number, y: number, width = 60) => ({ width, height: 16, places: aroundMark({ x, y }, 8, width, 16) })
  const wish = (key: string, x: number, y: number, more: Partial<LabelWish> = {}): LabelWish => ({ key, forms: [form(x, y)], ...more })

  test('a lone label stands above its mark', () => {
    const [placed] = placeLabels([wish('a', 300, 150)], [boxAround({ x: 300, y: 150 }, 16, 16)], FRAME)
    expect(placed).toMatchObject({ key: 'a', x: 300 })
    expect(placed!.y).toBeLessThan(150 - 8)
  })

  test('at the upper edge it stands below; in a corner beside', () => {
    const [top] = placeLabels([wish('a', 300, 6)], [], FRAME)
    expect(top!.y).toBeGreaterThan(6 + 8)
    const [corner] = placeLabels([wish('a', 4, 296)], [], FRAME)
    expect(overlaps(boxAround(corner!, 60, 16), FRAME)).toBe(true)
    expect(corner!.x).toBeGreaterThanOrEqual(30)
  })

  test('labels of neighbours lie neither on each other nor on the marks', () => {
    const at = [
      { x: 300, y: 150 },
      { x: 325, y: 150 },
      { x: 312, y: 172 },
    ]
    const marks = at.map((point) => boxAround(point, 16, 16))
    const placed = placeLabels(
      at.map(({ x, y }, index) => wish(String(index), x, y)),
      marks,
      FRAME,
    ).map((point) => boxAround(point, 60, 16))
    placed.forEach((box, index) => {
      for (const other of [...marks, ...placed.slice(index + 1)]) expect(overlaps(box, other)).toBe(false)
    })
  })

  test('what has no room is left out, the last wish first; what must stand never is', () => {
    const full = [{ x: 0, y: 0, width: 600, height: 300 }]
    expect(placeLabels([wish('place', 300, 150)], full, FRAME)).toEqual([])
    expect(placeLabels([wish('selected', 300, 150, { must: true })], full, FRAME)).toHaveLength(1)
    // Room for one: all that is around the mark but what lies above it is taken.
    const around = [{ x: 0, y: 141, width: 600, height: 159 }]
    expect(placeLabels([wish('first', 300, 150), wish('second', 300, 150)], around, { x: 270, y: 120, width: 60, height: 180 }).map(({ key }) => key)).toEqual(['first'])
  })

  test('a label is written shorter before it is left out', () => {
    const narrow = { x: 270, y: 100, width: 60, height: 100 }
    const [placed] = placeLabels([{ key: 'order', forms: [form(300, 150, 90), form(300, 150, 30)] }], [], narrow)
    expect(placed).toMatchObject({ key: 'order', form: 1 })
    expect(placeLabels([{ key: 'order', forms: [form(300, 150, 90), form(300, 150, 30)] }], [], FRAME)).toMatchObject([{ form: 0 }])
  })

  test('of a crowd no label lies on another or on a mark', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ x: fc.integer({ min: 200, max: 400 }), y: fc.integer({ min: 80, max: 220 }) }), { minLength: 2, maxLength: 30 }), (at) => {
        const marks = at.map((point) => boxAround(point, 16, 16))
        const boxes = placeLabels(at.map(({ x, y }, index) => wish(String(index), x, y)), marks, FRAME).map((point) => boxAround(point, 60, 16))
        const shared = (a: Box, b: Box) => Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) * Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
        boxes.forEach((box, index) => {
          for (const other of [...marks, ...boxes.slice(index + 1)]) expect(shared(box, other)).toBeLessThanOrEqual(0.02 * 60 * 16)
        })
      }),
    )
  })

  test('the words of a line stand beside it, first at its middle', () => {
    const [first] = alongLine({ x: 0, y: 0 }, { x: 100, y: 0 }, 40, 16)
    expect(first).toEqual({ x: 50, y: 11 })
    // Of a steep line as far as it is wide.
    expect(alongLine({ x: 0, y: 0 }, { x: 0, y: 100 }, 40, 16)[0]).toEqual({ x: -23, y: 50 })
  })
})

describe('what a technician is doing', () => {
  const free = { _id: 't1', onDuty: true, claim: null, suspended: false }
  const order = { assigned: [], offeredTo: [], status: 'dispatching', todos: [], deadlines: [], visits: [] } as const
  type Orders = Parameters<typeof technicianState>[1]
  const state = (technician: Parameters<typeof technicianState>[0], orders: unknown[]) => technicianState(technician, orders as Orders, NOW)

  test.each([
    ['off', { ...free, onDuty: false }, [order]],
    ['free', free, [order]],
    ['stopped', { ...free, suspended: true }, [order]],
    ['stopped', { ...free, suspended: true, onDuty: false }, [order]],
    ['busy', { ...free, suspended: true }, [{ ...order, status: 'working', assigned: ['t1'] }]],
    ['offered', free, [{ ...order, offeredTo: ['t1'] }]],
    ['busy', free, [{ ...order, status: 'working', assigned: ['t1'] }]],
    ['calling', { ...free, claim: { orderId: 'o1', visitNo: 1, until: null } }, []],
    ['free', { ...free, claim: { orderId: 'o1', visitNo: 1, until: NOW } }, []],
    ['free', free, [{ ...order, status: 'scheduled', assigned: ['t1'] }]],
    ['busy', free, [{ ...order, status: 'closing', assigned: ['t1'], visits: [{ checkedOutAt: null }] }]],
    ['free', free, [{ ...order, status: 'closing', assigned: ['t1'], visits: [{ checkedOutAt: new Date(0) }] }]],
    ['busy', { ...free, onDuty: false }, [{ ...order, status: 'working', assigned: ['t1'] }]],
    ['late', free, [{ ...order, status: 'claimed', assigned: ['t1'], todos: [{ id: 'x', kind: 'late_call' }] }]],
    ['free', free, [{ ...order, status: 'claimed', assigned: ['t2'], todos: [{ id: 'x', kind: 'late_call' }] }]],
    // R47: who helps keeps no times.
    ['busy', free, [{ ...order, status: 'claimed', assigned: ['t2', 't1'], todos: [{ id: 'x', kind: 'late_call' }] }]],
    ['free', free, [{ ...order, status: 'seeking_staff', todos: [{ id: 'x', kind: 'nobody_claims' }] }]],
  ] as const)('%s', (expected, technician, orders) => {
    expect(state(technician, [...orders])).toBe(expected)
  })
})

describe('what is drawn in red', () => {
  type Shown = Parameters<typeof breachOf>[0]
  const order = { status: 'scheduled', todos: [], deadlines: [] } satisfies Shown
  const todo = (kind: Shown['todos'][number]['kind']) => ({ id: kind, kind, visitNo: 1 })
  const due = (id: Shown['deadlines'][number]['id'], ms: number) => ({ id, visitNo: 1, dueAt: new Date(NOW.getTime() + ms), tag: '' })
  const kind = (change: Partial<Shown>) => breachOf({ ...order, ...change }, NOW)?.kind ?? null

  test('R07, R10, R13 what an order has left for staff, the worst first', () => {
    expect(kind({})).toBeNull()
    expect(kind({ status: 'seeking_staff', todos: [todo('nobody_claims')] })).toBe('nobody_claims')
    expect(kind({ status: 'claimed', todos: [todo('late_call')] })).toBe('late_call')
    expect(kind({ todos: [todo('late_arrival')] })).toBe('late_arrival')
    expect(kind({ todos: [todo('late_arrival'), todo('not_arrived')] })).toBe('not_arrived')
    expect(kind({ todos: [todo('follow_up_call')] })).toBeNull()
  })

  test('R42 a time that has passed is red from then, though the timer has not yet looked; at the moment itself it is kept', () => {
    expect(kind({ status: 'claimed', deadlines: [due('call.breach', 0)] })).toBeNull()
    expect(kind({ status: 'claimed', deadlines: [due('call.breach', -1)] })).toBe('late_call')
    expect(kind({ deadlines: [due('arrival.alert', -1), due('arrival.breach', 600_000)] })).toBe('late_arrival')
    expect(kind({ deadlines: [due('arrival.alert', -600_001), due('arrival.breach', -1)] })).toBe('not_arrived')
    expect(kind({ deadlines: [due('quote.expiry', -1)] })).toBeNull()
  })

  test.each(['in_warranty', 'cancelled', 'archived'] as const)('nothing of an order that is over: %s', (status) => {
    expect(kind({ status, todos: [todo('late_arrival')] })).toBeNull()
  })
})

describe('what remains of a wave', () => {
  test('R07 counted down to its end; the last offers wait for staff', () => {
    const offer = (state: string, endsAt: Date | null) => ({ offers: [{ state, endsAt }] }) as unknown as Parameters<typeof waveEnd>[0]
    expect(waveEnd(offer('expired', NOW))).toBeNull()
    expect(waveEnd(offer('open', null))).toBe('open')
    expect(waveEnd(offer('open', NOW))).toEqual({ at: NOW })
    expect([180_000, 134_000, 133_001, 1, 0, -5_000].map((ms) => waveRest(new Date(NOW.getTime() + ms), NOW))).toEqual([
      '剩 3:00',
      '剩 2:14',
      '剩 2:14',
      '剩 0:01',
      '换下一轮',
      '换下一轮',
    ])
    // R55 asked at a quarter to ten in the evening, they have till the morning.
    expect(waveRest(new Date('2030-01-07T23:00:00Z'), new Date('2030-01-07T13:45:00Z'))).toBe('到 7:00')
  })

  test('R55 an order of the night is held until its first wave', () => {
    const order = (dueAt: Date, offers: object[] = []) =>
      ({ offers, deadlines: [{ id: 'dispatch.next_wave', visitNo: 1, dueAt, tag: '' }] }) as unknown as Parameters<typeof heldUntil>[0]
    const morning = new Date(NOW.getTime() + 60_000)
    expect(heldUntil(order(morning), NOW)).toEqual(morning)
    expect(heldUntil(order(NOW), NOW)).toBeNull()
    expect(heldUntil(order(morning, [{ state: 'open', endsAt: morning }]), NOW)).toBeNull()
  })
})

/** Parts that are not there (R45). */
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { homeownerView } from '../../cloudfunctions/domain/views/homeowner'
import { timelineLines } from '../../cloudfunctions/domain/views/parts'
import { jobView } from '../../cloudfunctions/domain/views/technician'
import { homeownerState, technicianState } from '../../cloudfunctions/domain/views/state'
import { dial, due, open, scheduled, staff, T, technician, violations } from '../support/agreed-life'
import { codeFor, Life, MONDAY_9, plus } from '../support/life'

describe('R45 waiting for parts pauses the right clocks', () => {
  const expectedAt = plus(T, DAY)
  const wait = (life: Life, when = life.now) => life.do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt, by: technician }, when)

  test('R45 call and arrival stand still, the quote’s and the homeowner’s go on', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T)
    wait(life, plus(T, -4 * HOUR))
    expect(Object.keys(due(life)).sort()).toEqual(['parts.expected', 'quote.expiry', 'quote.reminder'])
    expect(life.order).toMatchObject({ status: 'waiting_parts', assigned: ['t1'] })
    life.tick(plus(T, 2 * HOUR))
    expect([violations(life), open(life)]).toEqual([[], []])
    expect(homeownerState(life.order, life.reading())).toMatchObject({ turn: 'paused', fact: expect.stringContaining('明天') as unknown })
  })

  test('R45 they came: the technician phones within the same fifteen minutes, and nobody blames them for the five', () => {
    const life = wait(scheduled()).do({ type: 'parts_arrived', by: staff }, plus(T, 20 * HOUR))
    expect(life.order.status).toBe('claimed')
    expect(Object.keys(due(life))).toEqual(['call.take_back'])
    // Nobody is late, and nobody is reminded of minutes that are no rule.
    life.tick(plus(life.now, 5 * MINUTE + SECOND))
    expect([violations(life), open(life), life.out('message').filter((entry) => entry.blanks['what']?.includes('快打'))]).toEqual([[], [], []])
    expect([homeownerState(life.order, life.reading()), technicianState(life.order, life.reading())]).toMatchObject([{ turn: 'ours', word: '已接单', sentence: '马上给您打电话，约上门时间' }, { turn: 'yours', word: '再约时间' }])
    life.agree(plus(T, 26 * HOUR))
    expect(life.order.status).toBe('scheduled')
  })

  test('R45 what is missing is named apart from why, to the homeowner, to the technician and to staff', () => {
    const life = scheduled().do({ type: 'wait_for_parts', parts: [{ name: '冷热龙头阀芯', quantity: 1 }, { name: '软管', quantity: 2 }], reason: '门店没货，厂家发', expectedAt, by: technician })
    const reading = { now: life.now, settings: defaultSettings(), codeFor, urlOf: (file: string) => file, categoryName: (code: string) => code }
    const known = { names: '冷热龙头阀芯、软管 2 个', reason: '门店没货，厂家发', text: '明天' }
    expect(homeownerView(life.order, null, reading).parts).toEqual({ ...known, expectedAt: expectedAt.toISOString() })
    expect(jobView(life.order, null, life.technicians[0]!, reading).parts).toMatchObject({ ...known, list: [{ name: '冷热龙头阀芯', quantity: 1 }, { name: '软管', quantity: 2 }] })
    for (const reader of ['homeowner', 'technician', 'staff'] as const) expect(timelineLines(life.order, reader)[0]?.text).toBe('等配件：冷热龙头阀芯、软管 2 个，明天到货，门店没货，厂家发')
    expect(life.out('message').at(-1)).toMatchObject({ to: { role: 'homeowner' }, blanks: { what: '等配件，明天到货：冷热龙头阀芯、软管 2 个。到了再约您' } })
    life.tick(plus(expectedAt, SECOND))
    expect(life.out('todo').at(-1)?.todo).toMatchObject({ kind: 'parts_overdue', words: '冷热龙头阀芯、软管 2 个：门店没货，厂家发' })
  })

  test('R45 another part on the same day is news too', () => {
    const life = wait(scheduled())
    const { version } = life.order
    life.do({ type: 'wait_for_parts', parts: [{ name: '软管', quantity: 1 }], reason: '阀芯没货', expectedAt, by: technician })
    expect(life.order.version).toBeGreaterThan(version)
    expect(life.visit.waiting?.parts).toEqual([{ name: '软管', quantity: 1 }])
  })

  test('R10 R45 a wish that has passed is not read out: as soon as can be', () => {
    const life = wait(scheduled()).do({ type: 'parts_arrived', by: staff }, plus(T, 20 * HOUR))
    const reading = { now: life.now, settings: defaultSettings(), codeFor, urlOf: (file: string) => file, categoryName: (code: string) => code }
    const { call } = jobView(life.order, null, life.technicians[0]!, reading)
    expect(call).toMatchObject({ why: 'parts', dueAt: null })
    expect(call?.words.join('')).toContain('想【尽快修】')
  })

  test('R45 overdue parts reach the dispatcher once, in staffed hours', () => {
    const night = plus(MONDAY_9, 14 * HOUR)
    const life = scheduled().do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: night, by: staff })
    expect(due(life)['parts.expected']).toEqual(plus(MONDAY_9, 23 * HOUR))
    life.tick(plus(MONDAY_9, 23 * HOUR)).tick(plus(MONDAY_9, 23 * HOUR + SECOND)).tick(plus(MONDAY_9, 25 * HOUR))
    expect(open(life)).toEqual(['parts_overdue'])
  })

  test('R10 R45 nobody waits for parts whose homeowner was not phoned; staff may say so', () => {
    const claimed = () => {
      const life = new Life()
      life.claim('t1')
      return life
    }
    const waitEvent = (by: typeof technician | typeof staff) => ({ type: 'wait_for_parts' as const, parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt, by })
    const life = claimed()
    expect(life.try(waitEvent(technician), plus(MONDAY_9, MINUTE))).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('先打电话') as unknown })
    life.tick(plus(MONDAY_9, 5 * MINUTE + SECOND))
    expect([violations(life), open(life)]).toEqual([['late_call 01:05:00'], ['late_call']])
    life.do(dial).do(waitEvent(technician))
    expect([life.order.status, violations(life)]).toEqual(['waiting_parts', ['late_call 01:05:00']])
    expect(claimed().do(waitEvent(staff), plus(MONDAY_9, MINUTE)).order.status).toBe('waiting_parts')
  })

  test.each([
    ['an hour ahead', -HOUR, []],
    ['a second later', -HOUR + SECOND, ['late_notice 05:00:01']],
    ['a minute before T', -MINUTE, ['late_notice 05:59:00']],
    ['after T', MINUTE, ['late_arrival 06:00:00']],
  ])('R12 R45 an agreed visit called off for parts %s', (_when, ms, expected) => {
    const life = wait(scheduled(), plus(T, ms))
    expect(violations(life)).toEqual(expected)
    expect(life.out('message').find((entry) => entry.to.role === 'homeowner' && entry.blanks['what']?.includes('等配件'))).toMatchObject({ mustReach: true })
  })

  test('R13 R45 whoever waits for the money is expected by nobody: no delay is told too late', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).tick(plus(T, -80 * MINUTE))
    expect(life.visit.clockStoppedAt).not.toBeNull()
    expect(violations(wait(life, plus(T, -30 * MINUTE)))).toEqual([])
  })

  test('R45 they come on another day: the homeowner sees it, the old day is forgotten, and the technician may phone meanwhile', () => {
    const life = wait(scheduled())
    life.tick(plus(expectedAt, SECOND))
    expect(open(life)).toEqual(['parts_overdue'])
    const tomorrow = plus(expectedAt, DAY)
    life.do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '厂家还没发', expectedAt: tomorrow, by: technician })
    expect([open(life), due(life)['parts.expected'], life.visit.waiting]).toEqual([[], tomorrow, { since: MONDAY_9, parts: [{ name: '阀芯', quantity: 1 }], reason: '厂家还没发', expectedAt: tomorrow }])
    const { version } = life.order
    expect(life.do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '厂家还没发', expectedAt: tomorrow, by: technician }).order.version).toBe(version)
    expect(life.do(dial).order).toMatchObject({ status: 'waiting_parts' })
    expect(Object.keys(due(life))).toEqual(['parts.expected'])
  })

  test('R45 a date in the past is refused', () => {
    expect(scheduled().try({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: MONDAY_9, by: technician }, plus(MONDAY_9, HOUR))).toMatchObject({ code: 'INVALID_INPUT', fields: { expectedAt: expect.any(String) as unknown } })
  })
})

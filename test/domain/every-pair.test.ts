/** Every event in every state (design.md, Tests): decided, never thrown at; heard only where the table of states says so, and refused in words elsewhere. */
import { decide } from '../../cloudfunctions/domain/decide'
import type { EventType, OrderEvent } from '../../cloudfunctions/domain/event'
import { EVENT_LABEL, STATUS_LABEL, WHERE } from '../../cloudfunctions/domain/lifecycle'
import type { OrderStatus } from '../../cloudfunctions/domain/order'
import { DAY, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { tryable } from '../support/explore'
import { knowledge, Life, MONDAY_9, plus } from '../support/life'

const T = plus(MONDAY_9, 5 * HOUR)
const home = { role: 'homeowner', id: 'wx-home' } as const

const claimed = (): Life => {
  const life = new Life()
  life.claim('t1')
  return life
}
const scheduled = (): Life => claimed().agree(T)
const onTheWay = (): Life => {
  const life = scheduled().pay()
  life.now = plus(T, -40 * MINUTE)
  return life.steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
}
const arrived = (): Life => {
  const life = onTheWay()
  return life.do({ type: 'arrive', technicianId: 't1', place: life.order.place, reason: '' })
}
const working = (): Life => {
  const life = arrived()
  return life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })
}
const completed = (): Life => working().steps('at_door', 'work').do({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })

/** A life that stands in each state that this depth of the product knows. */
const LIVES: Partial<Record<OrderStatus, () => Life>> = {
  dispatching: () => new Life(),
  seeking_staff: () => new Life().tick(plus(MONDAY_9, 4 * MINUTE)).tick(plus(MONDAY_9, 8 * MINUTE)).tick(plus(MONDAY_9, 12 * MINUTE)),
  claimed,
  scheduled,
  on_the_way: onTheWay,
  arrived,
  working,
  waiting_parts: () => scheduled().do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: plus(T, DAY), by: { role: 'staff', id: 'lu-min', name: '陆敏' } }),
  awaiting_acceptance: completed,
  closing: () => completed().do({ type: 'accept', visitNo: 1, by: home, note: '' }),
  in_warranty: () => completed().close(),
  archived: () => {
    const life = completed().close()
    // One step a pass: the questionnaire first.
    return life.tick(plus(life.order.card!.until, DAY)).tick(plus(life.order.card!.until, DAY))
  },
  cancelled: () => new Life().do({ type: 'cancel', settledFen: 0, reason: '不修了', by: home }),
}

/** Deciding changes nothing of an order: each life is lived once. */
const lived = new Map(Object.entries(LIVES).map(([status, live]) => [status as OrderStatus, live()]))
const everything: readonly OrderEvent[] = [...lived.values()].flatMap(tryable)

const STATES = Object.keys(STATUS_LABEL) as OrderStatus[]
const EVENTS = Object.keys(EVENT_LABEL) as Exclude<EventType, 'tick'>[]

test.each(Object.keys(LIVES) as OrderStatus[])('a life stands in %s', (status) => expect(lived.get(status)?.order.status).toBe(status))

test('every event is tried, and has its states and its name', () => {
  const tried = new Set(everything.map(({ type }) => type))
  expect(EVENTS.filter((type) => !tried.has(type))).toEqual([])
  expect(Object.keys(WHERE).sort()).toEqual([...EVENTS].sort())
})

describe.each(STATES)('in %s', (status) => {
  // States of later depths are not reached yet: an order that stands there all the same must not break anything.
  const live = (): Life => {
    const known = lived.get(status)
    if (known) return known
    const life = new Life()
    life.order.status = status
    return life
  }

  test.each(EVENTS)(`%s is decided`, (type) => {
    const life = live()
    const before = JSON.stringify(life.order)
    for (const event of everything.filter((each) => each.type === type)) {
      const decision = decide(life.order, event, life.now, knowledge(life.technicians))
      expect(JSON.stringify(life.order)).toBe(before)
      if (decision.kind === 'needs_technicians') throw new Error('asked for technicians that it has')
      if (decision.refusal) expect([decision.refusal.code, decision.refusal.message]).toEqual([expect.stringMatching(/^[A-Z_]+$/), expect.stringMatching(/[\u4e00-\u9fff]/)])
      if (decision.kind === 'changed') expect(decision.order.version).toBe(life.order.version + 1)
      // Heard nowhere else than the table says, with the words of the table.
      if (!WHERE[type].includes(status)) expect(decision.refusal?.code).toMatch(/^(WRONG_STATE|NOT_FOUND)$/)
    }
  })
})

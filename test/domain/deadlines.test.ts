/**
 * Every row of the table of deadlines, a second before it falls, at its moment, a second after, and after a clock that stood still for an hour (R42). When each falls is worked out here from the
 * service standard's own figures, not from the table. A row without a case fails.
 */
import { DEADLINES } from '../../cloudfunctions/domain/deadlines'
import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import type { OrderEvent } from '../../cloudfunctions/domain/event'
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Life, MONDAY_9, plus } from '../support/life'
import { CASES } from '../support/deadline-cases'
import type { DeadlineCase } from '../support/deadline-cases'

const rows = Object.entries(CASES).flatMap(([id, cases]) => cases.map((each): [string, DeadlineId, DeadlineCase] => [`${DEADLINES[id as DeadlineId].rule} ${id}, ${each.when}`, id as DeadlineId, each]))
const natureOf = (id: DeadlineId) => DEADLINES[id].nature

/** When what the deadline does was done, by the order's own record. */
const falls = (life: Life, { falls: of }: DeadlineCase): string[] => of(life).map((moment) => moment.toISOString())
const iso = (moment: Date) => moment.toISOString()

test('R42 every row of the table has its case', () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(DEADLINES).sort())
  for (const cases of Object.values(CASES)) expect(cases.length).toBeGreaterThan(0)
})

describe.each(rows)('%s', (_title, id, row) => {
  /** "In time" includes the due moment itself: a verdict falls after it, a reminder or a step at it. */
  const atMoment = natureOf(id) === 'verdict' ? [] : [iso(row.due)]

  test.each([
    ['T−1 s', -SECOND, [] as string[]],
    ['T', 0, atMoment],
  ])('%s', (_when, ms, expected) => {
    expect(falls(row.begin().tick(plus(row.due, -2 * SECOND)).tick(plus(row.due, ms)), row)).toEqual(expected)
  })

  test('T+1 s: it has fallen, dated at its own time if it is a verdict, when it was carried out if it is a step', () => {
    const life = row.begin().tick(plus(row.due, -SECOND)).tick(plus(row.due, SECOND))
    expect(falls(life, row)).toEqual([iso(natureOf(id) === 'step' ? plus(row.due, SECOND) : row.due)])
  })

  test('the timer looks every second, twice: it falls once', () => {
    const life = row.begin()
    for (const seconds of [-2, -1, 0, 0, 1, 1, 2, 20, 40]) life.tick(plus(row.due, seconds * SECOND))
    expect(falls(life, row)).toEqual([iso(row.due)])
  })

  test('the clock stood still for an hour: a verdict is dated at its own time, a step is carried out now, a reminder is dropped; each once', () => {
    const late = plus(row.due, HOUR)
    const life = row.begin().tick(late).tick(late).tick(plus(late, SECOND))
    expect(falls(life, row)).toEqual({ verdict: [iso(row.due)], step: [iso(late)], reminder: [] }[natureOf(id)])
  })

  test.each([
    ['a second before', -SECOND, true],
    // A reminder goes at its moment, whoever acts in that very moment.
    ['at the very moment', 0, natureOf(id) !== 'reminder'],
  ])('done %s, then the clock runs on for an hour', (_when, ms, isInTime) => {
    const life = row.begin().tick(plus(row.due, -2 * SECOND))
    const moment = plus(row.due, ms)
    expect(life.try(row.act(life, moment), moment)).toBeNull()
    for (const seconds of [0, 1, 61, 3600]) life.tick(plus(row.due, seconds * SECOND))
    expect(falls(life, row)).toEqual(isInTime ? [] : [iso(row.due)])
  })

  test('done a second late while the timer slept: a verdict has fallen all the same, at its own time', () => {
    const life = row.begin().tick(plus(row.due, -2 * SECOND))
    const moment = plus(row.due, SECOND)
    life.try(row.act(life, moment), moment)
    life.tick(plus(row.due, 2 * SECOND))
    // A step that nobody has carried out yet gives way to what comes before it is; a reminder that is a second late still goes.
    expect(falls(life, row)).toEqual(natureOf(id) === 'step' ? [] : [iso(row.due)])
  })
})

describe('R12 R13 a visit that moved forgets the old time', () => {
  const T = plus(MONDAY_9, 29 * HOUR)
  const move: OrderEvent = { type: 'move_appointment', at: plus(T, DAY), slot: new Life().slot(plus(T, DAY)), reason: '', by: { role: 'homeowner', id: 'wx-home' } }
  const moved = (ids: readonly DeadlineId[]) => rows.filter(([, id]) => ids.includes(id))

  test.each(moved(['appointment.day_before', 'appointment.soon', 'arrival.reminder', 'arrival.alert', 'arrival.breach']))('%s', (_title, _id, row) => {
    const life = row.begin().tick(plus(row.due, -2 * SECOND))
    const at = plus(life.visit.appointmentAt ?? T, DAY)
    expect(life.try({ ...move, at, slot: life.slot(at) } as OrderEvent, plus(row.due, -SECOND))).toBeNull()
    life.tick(plus(row.due, SECOND)).tick(plus(row.due, HOUR))
    expect(falls(life, row)).toEqual([])
    // And the new one counts from the new time, as the old one did.
    life.tick(plus(row.due, DAY + SECOND))
    expect(falls(life, row)).toEqual([iso(plus(row.due, DAY))])
  })
})

test('R42 an hour in which everything fell at once: in the order of their times, each once', () => {
  const life = new Life()
  life.claim('t1')
  life.tick(plus(MONDAY_9, HOUR))
  const told = life.order.timeline.map(({ kind, at }) => `${(at.getTime() - MONDAY_9.getTime()) / MINUTE} ${kind}`)
  expect(told.slice(told.indexOf('0 claimed'))).toEqual(['0 claimed', '5 call_late', '15 taken_back', '60 wave_sent'])
})

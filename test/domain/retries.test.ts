/** A call that nobody answered is tried again, each time within five minutes (R10). */
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { technicianState } from '../../cloudfunctions/domain/views/state'
import { jobView } from '../../cloudfunctions/domain/views/technician'
import { dial } from '../support/agreed-life'
import { codeFor, Life, MONDAY_9, plus } from '../support/life'

describe('R10 the technician sees when to try again, and until when', () => {
  const noAnswer = { type: 'record_call', technicianId: 't1', outcome: 'no_answer', appointmentAt: null, slot: null, corrections: {} } as const
  const first = plus(MONDAY_9, MINUTE)
  const retry = plus(first, 10 * MINUTE)
  const unanswered = (): Life => {
    const life = new Life()
    life.claim('t1')
    return life.do(dial, first).do(noAnswer)
  }
  const callOf = (life: Life) => jobView(life.order, null, life.technicians[0]!, { now: life.now, settings: defaultSettings(), codeFor, urlOf: (file) => file, categoryName: (code) => code }).call

  test('R10 before it is due: its hour, and nothing runs', () => {
    const life = unanswered()
    expect(technicianState(life.order, { now: life.now, settings: defaultSettings() })).toMatchObject({ turn: 'yours', fact: '没人接，9:11 再打' })
    expect(technicianState(life.order, { now: life.now, settings: defaultSettings() }).countdown).toBeUndefined()
  })

  test.each([
    ['the timer has looked', (life: Life) => life.tick(retry)],
    ['the timer has not looked yet', (life: Life) => life],
  ])('R10 due, and %s: five minutes run down, and it is said until when', (_when, look) => {
    const life = look(unanswered())
    expect(technicianState(life.order, { now: retry, settings: defaultSettings() })).toMatchObject({ turn: 'yours', fact: '9:16 前再打一次', countdown: { startedAt: retry.toISOString(), endsAt: plus(retry, 5 * MINUTE).toISOString() } })
    expect(callOf(life)).toMatchObject({ retryAt: retry.toISOString(), retryUntil: plus(retry, 5 * MINUTE).toISOString() })
  })

  test('R10 the five minutes have passed: at once, and the office knows', () => {
    const life = unanswered().tick(plus(retry, 5 * MINUTE + SECOND))
    expect(technicianState(life.order, { now: life.now, settings: defaultSettings() })).toMatchObject({ turn: 'urgent', fact: '该再打了，马上打', sentence: expect.stringContaining('已告诉调度') as unknown })
    expect(callOf(life)).toMatchObject({ retryAt: retry.toISOString(), retryUntil: null })
  })

  test('R10 dialled in time: what is wanted now is the outcome', () => {
    const life = unanswered().tick(retry).do(dial, plus(retry, MINUTE))
    expect(technicianState(life.order, { now: life.now, settings: defaultSettings() })).toMatchObject({ turn: 'yours', word: '记结果' })
    expect(callOf(life)).toMatchObject({ retryAt: null, retryUntil: null })
  })
})

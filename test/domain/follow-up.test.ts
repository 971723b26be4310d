import { followUpTimes } from '../../cloudfunctions/domain/handlers/visit'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { DAY, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { askedVisit, homeownerState } from '../../cloudfunctions/domain/views/state'
import { Life, MONDAY_9, plus } from '../support/life'

const T = plus(MONDAY_9, 5 * HOUR)
/** Completed and closed on Monday afternoon. */
const closed = () => {
  const life = new Life()
  life.claim('t1')
  life.agree(T).pay()
  life.now = plus(T, -12 * MINUTE)
  return life.visitDone().close()
}
const answer = (change: object = {}) =>
  ({ type: 'answer_follow_up', visitNo: 1, satisfied: true, answers: [{ id: 'holds', yes: true }], conductProper: true, stars: null, comment: '', choice: null, by: { role: 'homeowner', id: 'wx-home' }, ...change }) as never

describe('R32 follow-up within 24 hours of completion', () => {
  const shanghai = (text: string) => new Date(`${text}+08:00`)

  test.each([
    ['Monday 09:00: one staffed hour would be left, so the evening before', '2026-11-23T09:00', '2026-11-23T20:00'],
    ['Monday 14:00: hour 20', '2026-11-23T14:00', '2026-11-24T10:00'],
    ['Monday 10:00: two staffed hours are enough', '2026-11-23T10:00', '2026-11-24T06:00'],
    ['Monday 09:59', '2026-11-23T09:59', '2026-11-23T20:00'],
    ['Monday 02:00: no staffed hour would be left', '2026-11-23T02:00', '2026-11-23T20:00'],
    ['Monday 23:00', '2026-11-23T23:00', '2026-11-24T19:00'],
  ])('R32 the call task when completed on %s', (_, completed, task) => {
    const times = followUpTimes(shanghai(completed), defaultSettings())
    expect(times.callTask).toEqual(shanghai(task))
    expect(times.questionnaire).toEqual(plus(shanghai(completed), 2 * HOUR))
    expect(times.breach).toEqual(plus(shanghai(completed), DAY))
  })

  test.each([
    [-1000, 0],
    [0, 1],
    [1000, 1],
  ])('R32 the questionnaire at two hours, %i ms', (ms, count) => {
    const life = closed()
    life.tick(plus(life.visit.completedAt!, 2 * HOUR + ms))
    expect(life.told('questionnaire_sent')).toHaveLength(count)
  })

  test('R32 unanswered: call task at hour 20, alert at 24, each once and in order, though the timer slept', () => {
    const life = closed()
    const completed = life.visit.completedAt!
    life.tick(plus(completed, 30 * HOUR)).tick(plus(completed, 31 * HOUR))
    expect(life.told('follow_up_task').map((entry) => entry.at)).toEqual([plus(completed, 20 * HOUR)])
    expect(life.told('follow_up_overdue').map((entry) => entry.at)).toEqual([plus(completed, 24 * HOUR)])
    expect(life.todos()).toEqual(['follow_up_call', 'follow_up_overdue'])
  })

  test('R32 answered in time raises nothing', () => {
    const life = closed()
    life.tick(plus(life.visit.completedAt!, 2 * HOUR)).do(answer())
    life.tick(plus(life.visit.completedAt!, 30 * HOUR))
    expect(life.todos()).toEqual([])
    expect(life.try(answer())?.code).toBe('WRONG_STATE')
  })
})

describe('R31 stars', () => {
  test('R31 changeable for seven days, and not after', () => {
    const life = closed().do({ type: 'rate', visitNo: 1, stars: 4, tags: ['准时'], comment: '' })
    const rated = life.now
    life.do({ type: 'rate', visitNo: 1, stars: 5, tags: [], comment: '好' }, plus(rated, 7 * DAY))
    expect(life.try({ type: 'rate', visitNo: 1, stars: 3, tags: [], comment: '' }, plus(rated, 7 * DAY + 1))?.code).toBe('WRONG_STATE')
    expect(life.order.visits[0]?.rating?.stars).toBe(5)
    expect(life.out('stars')).toHaveLength(2)
  })
})

describe('R33 not satisfied: a free return visit', () => {
  test('R33 opened at once, waiting for the choice; after two hours staff phone', () => {
    const life = closed().do(answer({ satisfied: false }))
    expect(life.order.visits).toHaveLength(2)
    expect(life.visit).toMatchObject({ kind: 'return', state: 'choosing', standard: { id: 'return-visit' } })
    const opened = life.now
    expect(life.tick(plus(opened, 2 * HOUR)).todos()).toEqual([])
    expect(life.tick(plus(opened, 2 * HOUR + 1)).todos()).toEqual(['return_choice'])
  })

  test('R33 the same technician has it alone for 30 minutes, then the nearest without them', () => {
    const life = closed().do(answer({ satisfied: false, choice: 'same' }))
    const opened = life.now
    expect(life.offered()).toEqual(['t1'])
    expect(life.tick(plus(opened, 30 * MINUTE - 1)).offered()).toEqual(['t1'])
    expect(life.tick(plus(opened, 30 * MINUTE)).offered()).toEqual(['t2', 't3'])
  })

  test('R33 "another" goes to the nearest without the one who came', () => {
    const life = closed().do(answer({ satisfied: false }))
    life.do({ type: 'choose_return', visitNo: 2, choice: 'another', by: { role: 'homeowner', id: 'wx-home' } })
    expect(life.order.dispatch.excluded).toEqual(['t1'])
    expect(life.order.dispatch.explained.map((line) => line.technicianId)).not.toContain('t1')
  })

  test('R33 1–2 stars open one; changed stars open no second', () => {
    const life = closed().do({ type: 'rate', visitNo: 1, stars: 2, tags: [], comment: '' })
    expect(life.order.visits).toHaveLength(2)
    life.do({ type: 'rate', visitNo: 1, stars: 1, tags: [], comment: '' })
    expect(life.order.visits).toHaveLength(2)
  })

  test('R16 R33 the return is free, has its own follow-up, and goes on until satisfied; staff own it from the second', () => {
    const life = closed()
    for (const round of [2, 3, 4]) {
      life.do(answer({ visitNo: round - 1, satisfied: false, choice: 'same' }))
      expect(life.claim('t1')).toBeNull()
      life.agree(plus(life.now, 3 * HOUR)).visitDone().close()
      expect(life.order.stages).toHaveLength(1)
      expect(life.order.status).toBe('in_warranty')
      expect(life.order.deadlines.map((deadline) => deadline.id)).toEqual(expect.arrayContaining(['follow_up.questionnaire', 'follow_up.call_task', 'follow_up.breach', 'warranty.end']))
    }
    expect(life.todos()).toContain('return_owner')
    life.do(answer({ visitNo: 4 }))
    life.tick(plus(life.now, 40 * DAY))
    expect(life.order.status).toBe('in_warranty')
  })

  test('R33 a return visit that is cancelled leaves the order in its warranty, and no money moves', () => {
    const life = closed().do(answer({ satisfied: false, choice: 'same' }))
    life.do({ type: 'cancel', settledFen: 0, reason: '好了', by: { role: 'homeowner', id: 'wx-home' } })
    expect(life.order.status).toBe('in_warranty')
    expect(life.out('refund')).toEqual([])
    expect(life.order.deadlines.map((deadline) => deadline.id)).toEqual(['warranty.end'])
  })
})

describe('R31 R32 R33 what a second reading found', () => {
  /** The return is opened by one star an hour after completion. */
  const rated = (life: Life, stars: 1 | 5, visitNo = 1) => life.do({ type: 'rate', visitNo, stars, tags: [], comment: '讲得明白' })
  const oneStar = () => {
    const life = closed()
    life.now = plus(life.visit.completedAt!, 3 * HOUR)
    return rated(life.tick(life.now), 1)
  }
  const choose = { type: 'choose_return', visitNo: 2, choice: 'same', by: { role: 'homeowner', id: 'wx-home' } } as const
  const returned = (life: Life) => {
    life.do(choose)
    life.claim('t1')
    life.agree(plus(life.now, 5 * HOUR))
    life.now = plus(life.now, 4 * HOUR + 50 * MINUTE)
    return life.visitDone().close()
  }

  test('R31 R33 not satisfied counts though the stars can be changed no more', () => {
    const life = closed()
    rated(life, 5)
    life.now = plus(life.now, 7 * DAY + HOUR)
    life.do(answer({ satisfied: false, stars: 1, choice: 'same' }))
    expect(life.order.visits[0]).toMatchObject({ rating: { stars: 5 }, followUp: { answer: { satisfied: false } } })
    expect(life.visit).toMatchObject({ no: 2, kind: 'return', choice: 'same' })
  })

  test('R31 the words beside the stars stay as they were when the follow-up is answered', () => {
    const life = rated(closed(), 5)
    life.do(answer({ stars: 4, comment: '其实有点慢' }))
    expect(life.visit).toMatchObject({ rating: { stars: 4, comment: '讲得明白' }, followUp: { answer: { comment: '其实有点慢' } } })
  })

  test('R32 R33 after the return only its own questionnaire is asked for', () => {
    const life = oneStar()
    expect(life.told('questionnaire_sent')).toHaveLength(1)
    returned(life)
    rated(life, 5, 2)
    life.tick(plus(life.visit.completedAt!, 2 * HOUR)).do(answer({ visitNo: 2 }))
    expect(askedVisit(life.order)).toBeNull()
    expect(homeownerState(life.order, life.reading()).word).toBe('保修中')
  })

  test('R32 an answer about one visit leaves the call task of another', () => {
    const life = returned(oneStar())
    life.tick(plus(life.visit.completedAt!, 21 * HOUR))
    expect(life.order.todos.map((todo) => [todo.kind, todo.visitNo])).toEqual([['follow_up_call', 2]])
    life.do(answer({ visitNo: 1 }))
    expect(life.order.todos).toHaveLength(1)
    life.do(answer({ visitNo: 2 }))
    expect(life.order.todos).toEqual([])
  })

  test('R33 who comes again may be said with the answer though the return is open already', () => {
    const life = oneStar()
    life.tick(plus(life.now, 2 * HOUR + 1000)).do(answer({ satisfied: false, choice: 'another' }))
    expect(life.visit).toMatchObject({ no: 2, choice: 'another' })
    expect(life.order.todos).toEqual([])
  })

  test('R33 the same or changed stars open no second return, be the first one called off; "not satisfied" does', () => {
    const life = oneStar().do({ type: 'cancel', settledFen: 0, reason: '不用来了', by: { role: 'homeowner', id: 'wx-home' } })
    expect(life.try({ type: 'rate', visitNo: 1, stars: 1, tags: [], comment: '讲得明白' })).toBeNull()
    life.do({ type: 'rate', visitNo: 1, stars: 2, tags: [], comment: '' })
    expect(life.order.visits).toHaveLength(1)
    life.do(answer({ satisfied: false }))
    expect(life.visit).toMatchObject({ kind: 'return', no: 3 })
  })

  test('R32 a return that was called off leaves the times of the follow-up as they were', () => {
    const nine = plus(MONDAY_9, DAY)
    const life = new Life()
    life.claim('t1')
    life.agree(nine).pay()
    life.now = plus(nine, -20 * MINUTE)
    life.visitDone().close()
    const before = life.order.deadlines.filter((deadline) => deadline.id.startsWith('follow_up')).map((deadline) => `${deadline.id} ${deadline.dueAt.toISOString()}`)
    expect(before).toHaveLength(3)
    rated(life, 1).do({ type: 'cancel', settledFen: 0, reason: '不用来了', by: { role: 'homeowner', id: 'wx-home' } })
    const after = life.order.deadlines.filter((deadline) => deadline.id.startsWith('follow_up')).map((deadline) => `${deadline.id} ${deadline.dueAt.toISOString()}`)
    expect(after.sort()).toEqual(before.sort())
  })

  test('R30 R32 answered before "what is missing": the last completion is asked about anew', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).pay()
    life.now = plus(T, -12 * MINUTE)
    life.visitDone().do(answer())
    life.do({ type: 'report_missing', visitNo: 1, missing: ['角阀还在渗水'] }).steps('work')
    life.do({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })
    expect(life.order.deadlines.map((deadline) => deadline.id)).toEqual(expect.arrayContaining(['follow_up.questionnaire', 'follow_up.call_task', 'follow_up.breach']))
  })
})

describe('R32 R33 what a strict reading found', () => {
  test('R33 "it broke again" opens a return visit though the box says satisfied; money questions leave a to-do', () => {
    expect(closed().do(answer({ answers: [{ id: 'holds', yes: false }] })).order.visits).toHaveLength(2)
    const life = closed().do(answer({ answers: [{ id: 'overcharged', yes: true }] }))
    expect(life.order.visits).toHaveLength(1)
    expect(life.todos()).toEqual(['bad_answer'])
  })

  test('R33 R36 improper conduct opens a return visit', () => {
    expect(closed().do(answer({ conductProper: false })).order.visits).toHaveLength(2)
  })

  test('R30 R33 a return called off before acceptance leaves the first visit waiting for acceptance, and a later one can still be opened', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).pay().visitDone().do({ type: 'rate', visitNo: 1, stars: 1, tags: [], comment: '' })
    life.do({ type: 'cancel', settledFen: 0, reason: '算了', by: { role: 'homeowner', id: 'wx-home' } })
    expect(life.order).toMatchObject({ status: 'awaiting_acceptance', cancelledVisits: [{ no: 2 }] })
    expect(life.order.deadlines.map((deadline) => deadline.id)).toEqual(expect.arrayContaining(['acceptance.staff', 'follow_up.breach']))
    life.close()
    life.do(answer({ satisfied: false, choice: 'same' }))
    expect(life.visit.no).toBe(3)
    expect(life.claim('t1')).toBeNull()
  })

  test('R30 R32 after "what is missing" the questionnaire goes out anew', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).pay().visitDone()
    life.tick(plus(life.now, 2 * HOUR)).do({ type: 'report_missing', visitNo: 1, missing: ['台面没擦'] })
    life.steps('work').do({ type: 'report_completion', technicianId: 't1', visitNo: 1, findings: '', advice: '' })
    life.tick(plus(life.now, 2 * HOUR))
    expect(new Set(life.out('message').filter((entry) => entry.template === 'follow_up').map((entry) => entry.id)).size).toBe(2)
  })
})

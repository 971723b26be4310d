/** Nobody at home (R15). */
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { technicianState } from '../../cloudfunctions/domain/views/state'
import { jobView } from '../../cloudfunctions/domain/views/technician'
import { atTheDoor, dial, due, home, onTheWay, open, T, violations } from '../support/agreed-life'
import type { Life } from '../support/life'
import { codeFor, O, plus } from '../support/life'

describe('R15 nobody at home', () => {
  const call = (life: Life, when: Date, answered = false) => life.do(dial, when).do({ type: 'record_door_call', technicianId: 't1', answered }, plus(when, 20 * SECOND))
  const leave = (life: Life, when: Date) => life.try({ type: 'leave_note', technicianId: 't1' }, when)

  test.each([
    ['checked in 13:50, unanswered from 13:55: note at 14:30', -5 * MINUTE, 30 * MINUTE],
    ['checked in 13:50, first unanswered call 14:10: note at 14:40', 10 * MINUTE, 40 * MINUTE],
  ])('R15 %s', (_story, called, noteAt) => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, called))
    expect(life.visit.noShow).toMatchObject({ since: plus(T, called), noteFrom: plus(T, noteAt) })
    // More calls change nothing: the first counts.
    call(life, plus(T, called + 5 * MINUTE))
    expect(leave(life, plus(T, noteAt - SECOND))).toMatchObject({ code: 'TOO_EARLY' })
    expect(technicianState(life.order, life.reading())).toMatchObject({ word: '没人开门' })
    life.tick(plus(T, noteAt))
    expect(life.out('message').filter((entry) => entry.blanks['what']?.includes('可以留言离开'))).toHaveLength(1)
    expect(leave(life, plus(T, noteAt))).toBeNull()
    expect(life.order).toMatchObject({ status: 'dispatching', assigned: [], offeredTo: [], visits: [{ state: 'absent', technicianId: 't1' }, { no: 2, kind: 'repair', state: 'rebooking' }] })
    expect(violations(life)).toEqual([])
    const note = life.order.visits[0]?.absent?.note ?? ''
    expect(note).toMatch(/t师傅.*工号 t1/s)
    expect(note).toContain('不收费')
    expect(note).not.toMatch(/林|1380|梧桐/)
    expect(life.out('free_technician').at(-1)).toMatchObject({ technicianId: 't1', finished: false })
  })

  test('R15 reached on the phone, or “马上开门” in the app: the waiting begins anew', () => {
    const answered = call(call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE)), plus(T, 10 * MINUTE), true)
    expect(answered.visit.noShow).toBeNull()
    expect(leave(answered, plus(T, 45 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
    expect(call(answered, plus(T, 50 * MINUTE)).visit.noShow?.noteFrom).toEqual(plus(T, 80 * MINUTE))
    const said = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE)).do({ type: 'say_at_home', by: home }, plus(T, 5 * MINUTE))
    expect(said.visit.noShow).toBeNull()
    expect(due(said)['absence.note']).toBeUndefined()
  })

  test.each([
    ['the homeowner said that they are at home', (life: Life) => life.do({ type: 'say_at_home', by: home }, plus(T, 5 * MINUTE))],
    ['somebody answered', (life: Life) => call(life, plus(T, 5 * MINUTE), true)],
  ])('R15 %s: the calls before count no more, a note takes a new one', (_what, reach) => {
    const life = reach(call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE)))
    expect(life.visit.reachedAt?.getTime()).toBeGreaterThanOrEqual(plus(T, 5 * MINUTE).getTime())
    expect(life.try({ type: 'record_door_call', technicianId: 't1', answered: false }, plus(T, 6 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
    expect(leave(life, plus(T, 45 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
    call(life, plus(T, 50 * MINUTE))
    expect(leave(life, plus(T, 80 * MINUTE - SECOND))).toMatchObject({ code: 'TOO_EARLY' })
    expect(leave(life, plus(T, 80 * MINUTE))).toBeNull()
  })

  test('R15 at a closed door the note is read before it can be left, and the telephone is the one big button', () => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE))
    const job = (now: Date) => jobView(life.order, null, life.technicians[0]!, { now, settings: defaultSettings(), codeFor, urlOf: (file) => file, categoryName: (code) => code })
    const waiting = job(plus(T, 10 * MINUTE))
    expect(waiting).toMatchObject({ main: { act: 'dial' }, more: [{ act: 'enter_code' }], note: null })
    life.do(dial, plus(T, 12 * MINUTE))
    expect(job(life.now)).toMatchObject({ main: { act: 'dial' }, more: [{ act: 'record_door_call' }, { act: 'enter_code' }] })
    const { note } = waiting.noShow!
    expect(job(plus(T, 31 * MINUTE))).toMatchObject({ main: { act: 'leave_note' }, noShow: { note } })
    expect(leave(life, plus(T, 31 * MINUTE))).toBeNull()
    expect(life.order.visits[0]?.absent?.note).toBe(note)
  })

  test('R15 a call from before the door, or one told of twice, is no call from the door', () => {
    const life = onTheWay().do(dial, plus(T, -20 * MINUTE)).do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, plus(T, -10 * MINUTE))
    expect(life.try({ type: 'record_door_call', technicianId: 't1', answered: false }, T)).toMatchObject({ code: 'WRONG_STATE' })
    call(life, plus(T, MINUTE))
    expect(life.try({ type: 'record_door_call', technicianId: 't1', answered: false }, plus(T, 2 * MINUTE))).toMatchObject({ code: 'WRONG_STATE' })
  })

  test('R15 the door opens after all: nothing of the waiting is left', () => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE))
    life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode })
    expect(life.visit.noShow).toBeNull()
    expect(due(life)['absence.note']).toBeUndefined()
    expect(life.order.status).toBe('working')
  })

  const absent = (): Life => {
    const life = call(atTheDoor(plus(T, -10 * MINUTE)), plus(T, MINUTE))
    leave(life, plus(T, 31 * MINUTE))
    return life
  }
  const wanted = { from: plus(T, 3 * HOUR), to: plus(T, 5 * HOUR) }

  test('R15 booked again in one tap: the same technician is asked alone first, what was paid stays paid', () => {
    const life = absent().do({ type: 'rebook', wanted, same: true, by: home }, plus(T, HOUR))
    expect(life.offered()).toEqual(['t1'])
    expect(life.order).toMatchObject({ wanted, offers: expect.arrayContaining([expect.objectContaining({ visitNo: 2, technicianId: 't1', alone: true })]) as unknown, stages: [{ state: 'paid' }] })
    expect(life.claim('t1')).toBeNull()
    life.agree(plus(T, 4 * HOUR)).visitDone()
    expect(life.order.status).toBe('awaiting_acceptance')
  })

  test('R15 whoever is nearest; not claimed alone in 30 minutes, R05’s waves follow without them', () => {
    expect(absent().do({ type: 'rebook', wanted, same: false, by: home }, plus(T, HOUR)).offered()).toEqual(['t1', 't2'])
    const alone = absent().do({ type: 'rebook', wanted, same: true, by: home }, plus(T, HOUR)).tick(plus(T, 90 * MINUTE))
    expect(alone.offered()).toEqual(['t2', 't3'])
  })

  test.each([
    ['suspended', { suspended: true }],
    ['on leave all those days', { leave: [{ id: 'l1', from: plus(T, HOUR), to: plus(T, DAY), reason: '回老家' }] }],
    ['whose certificate has run out', { certificates: [{ category: 'plumbing', name: '水暖工证', expiresAt: plus(T, MINUTE) }] }],
    ['whose day has no room then', { slots: [{ orderId: 'other', visitNo: 1, from: plus(T, 3 * HOUR), to: plus(T, 6 * HOUR), place: O, heldUntil: null, finishedAt: null }] }],
  ])('R15 R33 nobody waits half an hour for somebody who is %s: the others are asked at once, and the homeowner hears why', (_why, change) => {
    const life = absent()
    life.technicians.filter(({ _id }) => _id === 't1').forEach((found) => Object.assign(found, change))
    life.do({ type: 'rebook', wanted, same: true, by: home }, plus(T, HOUR))
    expect(life.offered()).toEqual(['t2', 't3'])
    expect(life.order.dispatch).toMatchObject({ wave: 1, alone: null })
    expect(life.told('same_cannot_come')).toHaveLength(1)
    expect(life.out('message').some((entry) => entry.to.role === 'homeowner' && entry.blanks['what']?.includes('另找师傅'))).toBe(true)
  })

  test('R33 off duty, or with a call to make first, is no reason not to ask who came the last time', () => {
    const life = absent()
    life.technicians.filter(({ _id }) => _id === 't1').forEach((found) => Object.assign(found, { onDuty: false, claim: { orderId: 'other', visitNo: 1, until: plus(T, 2 * HOUR) } }))
    expect(life.do({ type: 'rebook', wanted, same: true, by: home }, plus(T, HOUR)).offered()).toEqual(['t1'])
  })

  test('R15 not booked again in 48 hours: customer service phones, once; cancelled: all of it goes back', () => {
    const life = absent()
    const since = life.now
    life.tick(plus(since, 48 * HOUR))
    expect(open(life)).toEqual([])
    life.tick(plus(since, 48 * HOUR + SECOND)).tick(plus(since, 60 * HOUR))
    expect(open(life)).toEqual(['rebook_call'])
    life.do({ type: 'cancel', settledFen: 0, reason: '不修了', by: home })
    expect(life.order).toMatchObject({ status: 'cancelled', todos: [], deadlines: [], cancellation: { settledFen: 0, refundedFen: 31_400 } })
  })
})

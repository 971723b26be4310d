/** What was filed is put right: the trade, how much there is to do, whom to phone (R05, R10, R47). */
import type { ChosenRepair } from '../../cloudfunctions/domain/chosen-repair'
import { MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { dial, due, open, scheduled, staff, T } from '../support/agreed-life'
import { at, fourTechnicians, Life, MONDAY_9, plus, technician } from '../support/life'

const repair = (code: string, minutes = 60): ChosenRepair => ({
  category: { code, name: code === 'electrical' ? '电路' : '水路', icon: 'tap', certificate: code === 'electrical' }, items: [{ code: `${code}-1`, name: '换一个', unit: '个', quantity: 1, pricing: 'on_site', minutes }], quote: null,
})
const correct = (life: Life, to: ChosenRepair, slot = life.visit.appointmentAt && life.slot(life.visit.appointmentAt), helpersOut: readonly string[] = []) => life.try({ type: 'correct_repair', repair: to, slot, helpersOut, reason: '业主来电', by: staff })

describe('R05 R10 another trade while nobody has it', () => {
  const electricians = () => ['e1', 'e2'].map((id) => technician(id, { skills: ['electrical'], certificates: [{ category: 'electrical', name: '电工证', expiresAt: plus(MONDAY_9, 1e10) }] }))
  const searching = () => new Life([...fourTechnicians(), ...electricians()])

  test('R05 offers to those without the skill are withdrawn, and whoever does it is asked at once, from wave 1', () => {
    const life = searching()
    expect(life.offered()).toEqual(['t1', 't2'])
    expect(correct(life, repair('electrical'))).toBeNull()
    expect(life.offered()).toEqual(['e1', 'e2'])
    expect(life.order.dispatch.wave).toBe(1)
    expect(life.order.offers.filter(({ technicianId }) => technicianId === 't1')).toMatchObject([{ state: 'withdrawn', reason: '改成了电路' }])
    expect(life.claim('t1')).toMatchObject({ code: 'OFFER_OVER' })
    expect(life.claim('e1')).toBeNull()
  })

  test('R07 staff were asked for somebody already: the search goes on by itself, and they are asked no more', () => {
    const life = searching()
    for (const id of ['t1', 't2', 't3', 't4']) life.try({ type: 'decline', technicianId: id, reason: '不会' })
    expect([life.order.status, open(life)]).toEqual(['seeking_staff', ['nobody_claims']])
    correct(life, repair('electrical'))
    expect([life.order.status, life.offered(), open(life)]).toEqual(['dispatching', ['e1', 'e2'], []])
  })

  test('R06 more of the same trade: the offers stand', () => {
    const life = searching()
    correct(life, repair('plumbing', 200))
    expect(life.offered()).toEqual(['t1', 't2'])
  })
})

describe('R05 R10 more to do once the time is agreed', () => {
  test('R05 the longer visit holds its time', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T)
    const slot = { ...life.slot(T), to: plus(T, 200 * MINUTE) }
    expect(correct(life, repair('plumbing', 200), slot)).toBeNull()
    expect(life.out('confirm_hold').at(-1)).toMatchObject({ technicianId: 't1', slot: { from: T, to: plus(T, 200 * MINUTE) } })
  })

  test('R05 nobody held it: the time was agreed meanwhile', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T)
    expect(correct(life, repair('plumbing', 200), null)).toMatchObject({ code: 'CONFLICT' })
    // Less to do gives some of it back.
    expect(correct(life, repair('plumbing', 30), null)).toBeNull()
    expect(life.out('confirm_hold').at(-1)).toMatchObject({ technicianId: 't1', slot: { from: T, to: plus(T, 30 * MINUTE) } })
  })

  test('R47 helpers whose day has no room for it are let go, and staff look for somebody else', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).do({ type: 'add_helper', technician: life.person('t2'), slot: life.slot(T), by: staff })
    correct(life, repair('plumbing', 200), { ...life.slot(T), to: plus(T, 200 * MINUTE) }, ['t2'])
    expect([life.visit.helpers, open(life)]).toEqual([[], ['helper_out']])
    expect(life.out('message').filter((entry) => entry.to.openid === 'wx-t2').at(-1)?.blanks['what']).toContain('要修的变了')
  })
})

describe('R10 the right number', () => {
  const contact = { name: null, honorific: null, phone: '13900001111', onSite: null, room: null }
  const unanswered = () => {
    const life = new Life()
    life.claim('t1')
    life.do({ type: 'dial', technicianId: 't1' }, at(MONDAY_9, '2:00'))
    life.record('no_answer', at(MONDAY_9, '2:30'))
    return life
  }

  test('R10 put right after a retry that was missed: the technician phones anew, and is not forgotten', () => {
    const life = unanswered().tick(at(MONDAY_9, '17:01'))
    expect([open(life), due(life)['call.breach']]).toEqual([['no_answer'], undefined])
    life.do({ type: 'correct_contact', by: staff, corrections: contact }, at(MONDAY_9, '20:00'))
    expect([open(life), due(life)]).toMatchObject([[], { 'call.breach': at(MONDAY_9, '25:00'), 'call.take_back': at(MONDAY_9, '35:00') }])
    life.tick(plus(at(MONDAY_9, '25:00'), SECOND))
    expect(open(life)).toEqual(['late_call'])
  })

  test('R10 put right while a retry waits: tries begin anew under the right number', () => {
    const life = unanswered().do({ type: 'correct_contact', by: staff, corrections: contact }, at(MONDAY_9, '4:00'))
    expect(due(life)).toMatchObject({ 'call.breach': at(MONDAY_9, '9:00') })
    expect(due(life)['call.retry']).toBeUndefined()
  })

  test('R10 told to be wrong, dialled again all the same and unanswered: the retry that is made in time is missed by nobody', () => {
    const life = new Life()
    life.claim('t1')
    life.do(dial, plus(life.now, MINUTE))
    life.record('wrong_number', plus(life.now, MINUTE))
    life.do(dial, plus(life.now, MINUTE))
    life.record('no_answer', plus(life.now, MINUTE))
    const retry = due(life)['call.retry']!
    life.do(dial, retry)
    life.tick(plus(retry, 10 * MINUTE))
    expect(open(life)).toEqual(['wrong_number'])
  })

  test('R10 before anybody phoned the clock goes on as it was', () => {
    const life = new Life()
    life.claim('t1')
    const before = due(life)
    life.do({ type: 'correct_contact', by: staff, corrections: contact }, at(MONDAY_9, '1:00'))
    expect(due(life)).toEqual(before)
    expect(due(scheduled().do({ type: 'correct_contact', by: staff, corrections: contact }))['call.breach']).toBeUndefined()
  })
})

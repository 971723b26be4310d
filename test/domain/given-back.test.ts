/** Somebody else has it, or nobody comes: what the next are asked for, and what stays on record (R05, R09, R12, R13, R47, R52, R55). */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { atTheDoor, home, move, open, scheduled, staff, T, technician, violations } from '../support/agreed-life'
import { at, Life, MONDAY_9, plus } from '../support/life'

const giveBack = (life: Life, when: Date) => life.do({ type: 'give_back', technicianId: 't1', reason: '车坏了' }, when)
const deeds = (life: Life) => life.out('deed').map(({ deed }) => `${deed.kind} ${deed.technicianId}`)
const dial = { type: 'dial', technicianId: 't1' } as const

describe('R05 R12 who comes next is asked for the time that the homeowner expects', () => {
  test('R12 moved to tomorrow and given back: the next are asked for tomorrow', () => {
    const life = scheduled()
    move(life, plus(T, -4 * HOUR), plus(T, 24 * HOUR))
    giveBack(life, plus(T, -3 * HOUR))
    expect(life.order.wanted).toEqual({ from: plus(T, 24 * HOUR), to: plus(T, 26 * HOUR) })
    expect(life.out('message').filter((entry) => entry.template === 'offer').at(-1)?.blanks['wanted']).toBe('明天 14:00–16:00')
  })

  test('R12 somebody else is asked for by the homeowner at a time of theirs: that one stands', () => {
    const wanted = { from: plus(T, 5 * HOUR), to: plus(T, 6 * HOUR) }
    const life = scheduled().tick(plus(T, MINUTE)).do({ type: 'ask_another', wanted, reason: '等不了', by: home })
    expect(life.order.wanted).toEqual(wanted)
  })
})

describe('R09 R12 given back with a time agreed', () => {
  test.each([
    ['an hour ahead', -HOUR, []],
    ['a second later', -HOUR + SECOND, ['late_notice 05:00:01']],
    ['20 minutes ahead', -20 * MINUTE, ['late_notice 05:40:00']],
    ['after T', MINUTE, ['late_arrival 06:00:00']],
  ])('R12 %s', (_when, ms, expected) => {
    const life = giveBack(scheduled(), plus(T, ms))
    expect(violations(life)).toEqual(expected)
    expect(life.out('message').find((entry) => entry.to.role === 'homeowner' && entry.blanks['what']?.includes('另找'))).toMatchObject({ mustReach: true })
  })

  test('R13 not by who waits for the money', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(T).tick(plus(T, -80 * MINUTE))
    expect(violations(giveBack(life, plus(T, -20 * MINUTE)))).toEqual([])
  })
})

describe('R52 the record tells of what was not done', () => {
  test('R10 R52 never phoned: late, once, though it was taken back', () => {
    const life = new Life()
    life.claim('t1')
    life.tick(at(MONDAY_9, '15:01'))
    expect(deeds(life)).toEqual(['claimed t1', 'called_late t1', 'taken_back t1'])
  })

  test('R10 R52 phoned at 6:00: late, and not in time as well; at 4:00: in time', () => {
    for (const [when, expected] of [['6:00', ['claimed t1', 'called_late t1']], ['4:00', ['claimed t1', 'called t1']]] as const) {
      const life = new Life()
      life.claim('t1')
      life.do(dial, at(MONDAY_9, when)).tick(at(MONDAY_9, '7:00'))
      expect(deeds(life)).toEqual(expected)
    }
  })

  test('R13 R52 never came: late', () => {
    const life = scheduled().tick(plus(T, HOUR))
    expect(deeds(life).filter((deed) => deed.startsWith('arrived'))).toEqual(['arrived_late t1'])
    expect(deeds(atTheDoor(plus(T, -11 * MINUTE))).filter((deed) => deed.startsWith('arrived'))).toEqual(['arrived_early t1'])
  })

  test('R45 R52 a call that nobody asked of them in five minutes is no call in time', () => {
    const life = scheduled().do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: plus(T, 20 * HOUR), by: staff }).do({ type: 'parts_arrived', by: staff }, plus(T, 20 * HOUR))
    const before = deeds(life)
    expect(deeds(life.do(dial))).toEqual(before)
  })
})

describe('R10 tries', () => {
  const unanswered = (when = '2:00') => {
    const life = new Life()
    life.claim('t1')
    life.do(dial, at(MONDAY_9, when))
    life.record('no_answer', at(MONDAY_9, when))
    return life
  }

  test('R10 dialled before the retry was due and told of afterwards: it was not the retry', () => {
    const life = unanswered().do(dial, at(MONDAY_9, '9:00'))
    expect(life.record('no_answer', at(MONDAY_9, '13:00'))).toBeNull()
    expect(life.visit.call?.unanswered).toBe(1)
    life.do(dial, at(MONDAY_9, '14:00'))
    life.record('no_answer', at(MONDAY_9, '14:00'))
    expect(life.visit.call?.unanswered).toBe(2)
  })

  test('R10 R55 a night between: the third call comes twenty minutes after the second, as by day', () => {
    const evening = plus(MONDAY_9, 13 * HOUR - 5 * MINUTE)
    const life = new Life(undefined, { wanted: { from: plus(MONDAY_9, 26 * HOUR), to: plus(MONDAY_9, 28 * HOUR) } }, plus(evening, -MINUTE))
    life.claim('t1')
    life.do(dial, evening)
    life.record('no_answer', evening)
    const seven = plus(MONDAY_9, 22 * HOUR)
    life.do(dial, plus(seven, MINUTE))
    life.record('no_answer', plus(seven, MINUTE))
    expect(life.order.deadlines.find(({ id }) => id === 'call.retry')?.dueAt).toEqual(plus(seven, 20 * MINUTE))
  })

  test('R10 R41 the wrong number again, though staff had closed it by hand: they hear of it anew', () => {
    const life = new Life()
    life.claim('t1')
    life.do(dial, at(MONDAY_9, '1:00'))
    life.record('wrong_number', at(MONDAY_9, '1:30'))
    life.do(dial, at(MONDAY_9, '8:00'))
    life.record('wrong_number', at(MONDAY_9, '8:30'))
    expect(life.out('todo').filter(({ todo }) => todo.kind === 'wrong_number').map(({ todo }) => todo.at)).toEqual([at(MONDAY_9, '1:30'), at(MONDAY_9, '8:30')])
    expect(open(life)).toEqual(['wrong_number'])
  })
})

describe('R47 whoever counted on a helper hears that they do not come', () => {
  const withHelper = () => scheduled().do({ type: 'add_helper', technician: { ...new Life().person('t2') }, slot: new Life().slot(T), by: technician })
  const heard = (life: Life, openid: string) => life.out('message').filter((entry) => entry.to.openid === openid).at(-1)

  test('R47 R41 they leave: the one in charge must read it, and the dispatcher asks whether somebody else is wanted', () => {
    const life = withHelper()
    life.do({ type: 'remove_helper', helperId: 't2', reason: '人不舒服', by: { role: 'technician', id: 't2', name: 't师傅' } })
    expect(heard(life, 'wx-t1')).toMatchObject({ mustReach: true, blanks: { what: expect.stringContaining('来不了，人不舒服') as unknown } })
    expect(open(life)).toEqual(['helper_out'])
    // It was their own wish: nobody tells them that they are not needed.
    expect(heard(life, 'wx-t2')?.blanks['what']).toContain('帮手')
    expect(heard(life, 'wx-t2')?.blanks['what']).not.toContain('不用您')
  })

  test('R47 staff take them off: both hear of it', () => {
    const life = withHelper().do({ type: 'remove_helper', helperId: 't2', reason: '一个人就够', by: staff })
    expect([heard(life, 'wx-t1')?.blanks['what'], heard(life, 'wx-t2')?.blanks['what'], open(life)]).toEqual([expect.stringContaining('不来帮手了'), '这单不用您帮手了', []])
  })
})

describe('R55 what is said at night', () => {
  const TEN_PM = plus(MONDAY_9, 13 * HOUR)
  const late = () => new Life(undefined, { wanted: { from: plus(MONDAY_9, 26 * HOUR), to: plus(MONDAY_9, 28 * HOUR) } }, plus(TEN_PM, -MINUTE))

  test('R55 claimed by night: the homeowner reads when they are phoned; assigned by night: the technician too', () => {
    const life = late()
    life.claim('t1', plus(TEN_PM, HOUR))
    expect(life.out('message').find((entry) => entry.template === 'claimed')?.blanks['when']).toBe('明早 7:00 起')
    life.do({ type: 'assign', technician: life.person('t3'), slot: life.slot(life.order.wanted.from), distanceMetres: 900, reason: '就近', by: staff })
    expect(life.out('message').filter((entry) => entry.template === 'call_reminder').at(-1)?.blanks['what']).toBe('调度派给您，明早 7:00 起打给业主')
    const day = new Life()
    day.claim('t1')
    expect(day.out('message').find((entry) => entry.template === 'claimed')?.blanks['when']).toBe('5 分钟内')
  })

  test('R07 R55 both decline by night: the homeowner hears that it goes on at seven, once', () => {
    const life = late()
    life.do({ type: 'decline', technicianId: 't1', reason: '太远' }, plus(TEN_PM, MINUTE))
    expect(life.told('held_by_night')).toHaveLength(0)
    life.do({ type: 'decline', technicianId: 't2', reason: '太远' }, plus(TEN_PM, 2 * MINUTE))
    expect(life.told('held_by_night')).toHaveLength(1)
    expect(life.out('message').filter((entry) => entry.blanks['what']?.includes('明早 7:00 派师傅'))).toHaveLength(1)
  })
})

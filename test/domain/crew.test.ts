/** More than one technician (R47). */
import { visitOf } from '../../cloudfunctions/domain/order'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { standardOf } from '../../cloudfunctions/domain/standards'
import { move, home, open, scheduled, T, technician } from '../support/agreed-life'
import { Life, O, plus } from '../support/life'

describe('R47 more than one technician', () => {
  const add = (life: Life, id: string) => life.try({ type: 'add_helper', technician: life.person(id), slot: life.slot(visitOf(life.order).appointmentAt ?? T), by: technician })
  const withHelper = (): Life => {
    const life = scheduled()
    add(life, 't3')
    return life
  }

  test('R47 one is in charge, the helper takes part in the checklist and in nothing else', () => {
    const life = withHelper()
    expect(life.order).toMatchObject({ assigned: ['t1', 't3'], workedBy: ['t1', 't3'] })
    expect(life.try({ type: 'give_back', technicianId: 't3', reason: '累' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(life.try({ type: 'set_out', technicianId: 't3' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(life.try({ type: 'set_out', technicianId: 't4' })).toMatchObject({ code: 'NOT_FOUND' })
    life.steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' }).do({ type: 'arrive', technicianId: 't1', place: O, reason: '' })
    life.do({ type: 'enter_door_code', technicianId: 't1', code: life.doorCode }).steps('at_door')
    const step = standardOf(life.visit.standard).steps.find((each) => each.phase === 'work')
    life.do({ type: 'complete_step', technicianId: 't3', visitNo: 1, stepId: step?.id ?? '', ticks: step?.ticks.map((tick) => tick.id) ?? [], photos: Array.from({ length: step?.photos?.min ?? 0 }, (_, index) => `helper-${index}`), note: '' })
    expect(life.visit.steps.some((record) => record.id === step?.id && record.doneAt)).toBe(true)
  })

  test('R47 no time agreed, the one in charge again, twice the same: refused, refused, once', () => {
    const early = new Life()
    early.claim('t1')
    expect(add(early, 't3')).toMatchObject({ code: 'WRONG_STATE' })
    const life = scheduled()
    expect(add(life, 't1')).toMatchObject({ code: 'WRONG_STATE' })
    add(life, 't3')
    const version = life.order.version
    expect(add(life, 't3')).toBeNull()
    expect(life.order.version).toBe(version)
  })

  test('R47 the visit moves: helpers whose day has room come along, others are let go and staff look for somebody else', () => {
    const life = withHelper()
    add(life, 't4')
    const to = plus(T, 2 * HOUR)
    life.do({ type: 'move_appointment', at: to, slot: life.slot(to), helpersOut: ['t3'], reason: '', by: home }, plus(T, -3 * HOUR))
    expect(life.visit.helpers).toEqual(['t4'])
    expect(open(life)).toEqual(['helper_out'])
    expect(life.out('confirm_hold').filter((entry) => entry.slot.from.getTime() === to.getTime()).map((entry) => entry.technicianId)).toEqual(['t1', 't4'])
  })

  test('R47 R41 each helper who is lost is looked for, and each who is found answers one; without an agreed time nobody is looked for', () => {
    const life = withHelper()
    add(life, 't4')
    const to = plus(T, 2 * HOUR)
    life.do({ type: 'move_appointment', at: to, slot: life.slot(to), helpersOut: ['t3', 't4'], reason: '', by: home }, plus(T, -3 * HOUR))
    expect(open(life)).toEqual(['helper_out', 'helper_out'])
    add(life, 't2')
    expect(open(life)).toEqual(['helper_out'])
    life.do({ type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: plus(T, 24 * HOUR), by: technician })
    expect(open(life)).toEqual([])
  })

  test('R47 the visit moved while they were being added: time held for the old one is no help', () => {
    const life = scheduled()
    move(life, plus(T, -4 * HOUR), plus(T, 2 * HOUR))
    expect(life.try({ type: 'add_helper', technician: life.person('t2'), slot: life.slot(T), by: technician })).toMatchObject({ code: 'CONFLICT' })
    expect(life.visit.helpers).toEqual([])
  })

  test('R47 R39 given back, taken back or cancelled: the helper’s time is free and the job is gone from their list', () => {
    const life = withHelper().do({ type: 'give_back', technicianId: 't1', reason: '车坏了' })
    expect(life.visit.helpers).toEqual([])
    expect(life.out('free_technician').map((entry) => entry.technicianId)).toEqual(expect.arrayContaining(['t1', 't3']))
    expect(life.order.assigned).toEqual([])
  })
})

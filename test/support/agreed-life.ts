import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { Life, MONDAY_9, O, plus } from './life'

/** Lives of orders around an agreed visit, for what does not go as agreed. T is 14:00 of a Monday; t1 has it. */

export const T = plus(MONDAY_9, 5 * HOUR)
export const home = { role: 'homeowner', id: 'wx-home' } as const
export const staff = { role: 'staff', id: 'lu-min', name: '陆敏' } as const
export const technician = { role: 'technician', id: 't1', name: 't师傅' } as const
export const dial = { type: 'dial', technicianId: 't1' } as const

export const scheduled = (t = T, filing = {}): Life => {
  const life = new Life(undefined, filing)
  life.claim('t1')
  return life.agree(t).pay()
}
export const onTheWay = (): Life => {
  const life = scheduled()
  life.now = plus(T, -50 * MINUTE)
  return life.steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
}
export const atTheDoor = (when: Date): Life => onTheWay().do({ type: 'arrive', technicianId: 't1', place: O, reason: '' }, when)

export const tellDelay = (life: Life, when: Date, to: Date, by: typeof technician | typeof staff = technician) => life.try({ type: 'tell_delay', at: to, slot: life.slot(to), reason: '上一家没修完', by }, when)
export const move = (life: Life, when: Date, to: Date, by: typeof home | typeof staff = home) => life.try({ type: 'move_appointment', at: to, slot: life.slot(to), reason: '', by }, when)
export const violations = (life: Life) => life.out('violation').map((entry) => `${entry.violation.kind} ${entry.violation.at.toISOString().slice(11, 19)}`)
export const due = (life: Life) => Object.fromEntries(life.order.deadlines.map((deadline) => [deadline.id, deadline.dueAt]))
export const open = (life: Life) => life.order.todos.map((todo) => todo.kind)

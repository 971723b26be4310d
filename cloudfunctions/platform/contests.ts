import { OUTBOX_LEASE_MS } from '../domain/draft'
import { after } from '../domain/shanghai'
import { cashTodoId } from '../domain/handlers/cash'
import { CONTEST_LABEL, isHidden, VIOLATION_TEXT } from '../domain/violations'
import type { Contest } from '../domain/violations'
import { _, collection } from './db'
import type { ViolationDocument } from './documents'
import { closeTodo, keepTodo } from './outbox/todos'
import type { LeftTodo } from './outbox/todos'
import type { TechnicianDocument } from './technician-document'
import { tellPerson } from './tell-person'
import { inOutboxLane } from './trips'

/**
 * What a technician says against a violation, and what staff say to that (R36): one guarded write, which also says that something follows from it. Whoever writes does that
 * next, and the clock what a function that died left undone (R42).
 */

const violations = () => collection('violations')

/** Writes a contest, or its decision, over the one that was read; null when that changed meanwhile. */
export const writeContest = async (before: ViolationDocument, contest: Contest, now: Date): Promise<ViolationDocument | null> => {
  const nextWorkAt = after(now, OUTBOX_LEASE_MS)
  const asRead = before.contest ? { 'contest.state': before.contest.state } : { contest: null }
  const written = await violations().update({ _id: before._id, ...asRead }, { contest: _.set(contest), nextWorkAt: _.set(nextWorkAt) })
  return written === 1 ? { ...before, contest, nextWorkAt } : null
}

/** Does what follows from a contest as it stands; done again, it changes nothing more. */
export const finishContest = (violation: ViolationDocument): Promise<void> => inOutboxLane(() => finish(violation))

const finish = async (violation: ViolationDocument): Promise<void> => {
  const { _id, contest, nextWorkAt, technicianId } = violation
  if (!contest || !nextWorkAt) return
  const technician = await collection('technicians').get(technicianId)
  const todo = todoOf(violation, contest, technician)
  // The clock posts it: whoever contests does not wait for the robot.
  if (contest.state === 'open') await keepTodo(todo, contest.at)
  else {
    await closeTodo(todo, { at: contest.decidedAt ?? contest.at, by: contest.decidedBy ?? 'system', note: contest.decision })
    if (technician?.openid && !isHidden(violation)) await tell(violation, contest, technician.openid, nameOf(technician))
  }
  await violations().update({ _id, 'contest.state': contest.state, nextWorkAt }, { nextWorkAt: _.set(null) })
}

const nameOf = ({ name, staffNumber }: TechnicianDocument): string => `${name} ${staffNumber}`

const todoOf = ({ _id, kind, orderId, orderNumber, visitNo, rule }: ViolationDocument, { at }: Contest, technician: TechnicianDocument | null): LeftTodo => {
  const of = { orderId, orderNumber, visitNo, role: 'manager' as const, at }
  const whom = technician ? nameOf(technician) : ''
  if (kind === 'cash_request') return { ...of, _id: cashTodoId(orderId, visitNo), kind: 'cash_request', urgent: true, title: '业主反映师傅要现金，请核实', detail: `${orderNumber} ${whom}` }
  return { ...of, _id: `contest:${_id}`, kind: 'contest', urgent: false, title: '师傅对违规有异议，请核实', detail: `${orderNumber} ${whom}：${rule}` }
}

const tell = ({ _id, kind, orderNumber }: ViolationDocument, { state, decision }: Contest, openid: string, whom: string): Promise<void> => {
  const words = kind === 'cash_request' ? { subject: '违规记了一条', what: `${VIOLATION_TEXT[kind]}，${orderNumber}：${decision}` } : { subject: `违规异议：${CONTEST_LABEL[state]}`, what: decision }
  return tellPerson({ id: `contest:${_id}`, to: { role: 'technician', openid }, ...words, page: 'technician/record/record', whom, mustReach: true })
}

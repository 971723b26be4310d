import type { Application, Decision } from '../domain/application'
import { OUTBOX_LEASE_MS } from '../domain/draft'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after } from '../domain/shanghai'
import { BLANK_REGISTER } from '../domain/technician'
import type { Technician } from '../domain/technician'
import { boundElsewhere, ownerOf } from './bind-account'
import { _, collection, replaceFields } from './db'
import { closeTodo, keepTodo } from './outbox/todos'
import type { LeftTodo } from './outbox/todos'
import { readSettings } from './settings'
import { toDocument } from './technician-document'
import { technicianByNumber } from './technicians'
import { tellPerson } from './tell-person'
import { inOutboxLane } from './trips'

/**
 * Applications change by one guarded write that also says that something follows from it; whoever writes does that next, and the clock what a function that died left undone
 * (R42), as with an order's outbox.
 */

const applications = () => collection('applications')

/** Puts an application in the place of the one that was read; whether it did: not when that was decided or sent again meanwhile. */
export const sendApplication = async (before: Application | null, next: Omit<Application, 'nextWorkAt' | 'firstSentAt'>): Promise<Application | null> => {
  const firstSentAt = before?.state === 'sent' ? before.firstSentAt : next.sentAt
  const sent: Application = { ...next, firstSentAt, nextWorkAt: after(next.sentAt, OUTBOX_LEASE_MS) }
  const written = before ? (await applications().update({ _id: before._id, state: before.state, sentAt: before.sentAt, nextWorkAt: before.nextWorkAt }, replaceFields(before, sent))) === 1 : await applications().add(sent)
  return written ? sent : null
}

/** Decides what was looked at: nothing is written when it was decided or sent again meanwhile. */
export const writeDecision = async (found: Application, state: 'approved' | 'refused', decision: Decision): Promise<Application | null> => {
  const nextWorkAt = after(decision.at, OUTBOX_LEASE_MS)
  const written = await applications().update({ _id: found._id, state: 'sent', sentAt: found.sentAt }, { state: _.set(state), decision: _.set(decision), nextWorkAt: _.set(nextWorkAt) })
  return written === 1 ? { ...found, state, decision, nextWorkAt } : null
}

/** Does what follows from an application as it stands; done again, it changes nothing more. Refuses, and takes the approval back, when the staff number or the account went to somebody else. */
export const finishApplication = (application: Application): Promise<Refusal | null> => inOutboxLane(() => finish(application))

const finish = async (application: Application): Promise<Refusal | null> => {
  const { _id, state, sentAt, nextWorkAt, decision } = application
  if (!nextWorkAt) return null
  const asRead = { _id, state, sentAt, nextWorkAt }
  if (!decision) {
    const todo = todoOf(application)
    // The clock posts it: whoever applies does not wait for the robot.
    if (!(await keepTodo(todo, sentAt))) await collection('todos').update({ _id: todo._id, state: 'open' }, { detail: _.set(todo.detail) })
    await applications().update(asRead, { nextWorkAt: _.set(null) })
    return null
  }
  const taken = state === 'approved' ? await enter(application, decision) : null
  if (taken) {
    await applications().update(asRead, { state: _.set('sent'), decision: _.set(null), nextWorkAt: _.set(null) })
    return taken
  }
  await Promise.all([tell(application, decision), closeTodo(todoOf(application), { at: decision.at, by: decision.by, note: decision.reason })])
  // What proves who they are goes (R39).
  await applications().update(asRead, { nextWorkAt: _.set(null), identityNumber: _.set(''), certificates: _.set(application.certificates.map((each) => ({ ...each, number: '', photo: '' }))) })
  return null
}

/** One to-do an application, however often it is sent before it is decided. */
const todoOf = ({ _id, firstSentAt, sentAt, district, skills, years }: Application): LeftTodo => ({
  _id: `application:${_id}:${firstSentAt.getTime()}`, kind: 'application', orderId: '', orderNumber: '', visitNo: 0, urgent: false, title: '有人报名当师傅，请核实', detail: `${district}，${skills.length} 类，做了 ${years} 年`, role: 'manager', at: sentAt,
})

/** Why they cannot be entered under that number with that account; null when they can, or are entered. */
export const entryRefusal = async (application: Pick<Application, '_id'>, number: string): Promise<Refusal | null> => {
  const [taken, owner] = await Promise.all([technicianByNumber(number), ownerOf(application._id)])
  if (taken && taken.openid !== application._id) return refuse('INVALID_INPUT', `工号 ${number} 已经是${taken.name}的了`, { staffNumber: '工号有人了' })
  return boundElsewhere(`t${number}`, owner)
}

const enter = async (application: Application, { staffNumber, at }: Decision): Promise<Refusal | null> => {
  const refused = await entryRefusal(application, staffNumber)
  if (refused) return refused
  const settings = await readSettings()
  if (await collection('technicians').add(toDocument(technicianFrom(application, staffNumber, settings), at, settings))) return null
  // Entered by an earlier try, or by somebody else this very moment.
  return entryRefusal(application, staffNumber)
}

const technicianFrom = ({ _id, name, phone, photo, skills, certificates, base, district, radiusMetres }: Application, staffNumber: string, { dispatch }: Settings): Technician => ({
  ...BLANK_REGISTER, _id: `t${staffNumber}`, openid: _id, staffNumber, name, phone, photo, skills: skills.map((skill) => skill.category), levels: skills,
  certificates: certificates.map((each) => ({ category: each.category, name: each.name, expiresAt: each.expiresAt })), base, district, radiusMetres, dailyCapacity: dispatch.dailyCapacity, suspended: false, suspendedReason: '', stars: null, jobs: 0,
  onDuty: false, dutySince: null, position: null, positionAt: null, freeSince: null, claim: null, slots: [], slotsVersion: 0,
})

const tell = ({ _id, name, sentAt, state }: Application, { staffNumber, reason }: Decision): Promise<void> => {
  const [subject, what] = state === 'approved' ? ['通过了，欢迎', `工号 ${staffNumber}，到“接单”上岗`] : ['这次没有通过', reason]
  return tellPerson({ id: `application:${_id}:${sentAt.getTime()}`, to: { role: 'homeowner', openid: _id }, subject: `当师傅报名：${subject}`, what, page: 'technician/join/join', whom: `报名的${name}`, mustReach: true })
}

import { shortName } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { personOf, worksOn } from '../order'
import type { Slot } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** More than one technician on a job would be a crowd beyond this. */
const MOST_HELPERS = 8

/** R47 another technician comes along; their time is held for the agreed appointment. */
export const addHelper = (draft: Draft, event: Of<'add_helper'>): Outcome => {
  const { visit, order } = draft
  const { technician: person } = event
  if (worksOn(visit, person.id)) return visit.technicianId === person.id ? refuse('WRONG_STATE', `${shortName(person)}就是这单负责的师傅`) : SAME
  if (!visit.appointmentAt) return refuse('WRONG_STATE', '先约好上门时间，再加帮手')
  if (visit.appointmentAt.getTime() !== event.slot.from.getTime()) return refuse('CONFLICT', '上门时间刚改了，请再点一次')
  if (visit.helpers.length >= MOST_HELPERS) return refuse('WRONG_STATE', `一张单最多 ${MOST_HELPERS} 位帮手`)
  draft.remember(person)
  // Who is found answers one who was lost.
  draft.closeTodos(['helper_out'], null, 1)
  visit.helpers = [...visit.helpers, person.id]
  draft.put(`helper:${visit.no}:${order.version + 1}:${person.id}`, { kind: 'confirm_hold', technicianId: person.id, slot: event.slot, awaitsCall: false })
  draft.tell('helper_added', event.by, { name: shortName(person), lead: draft.technicianName })
  draft.messageTechnician(`helper:${order.version + 1}`, person, 'order_closed', { what: `请您给${draft.technicianName}帮手`, page: `technician/job/job?id=${order._id}` }, { mustReach: true })
  return null
}

export const removeHelper = (draft: Draft, event: Of<'remove_helper'>): Outcome => {
  if (!draft.visit.helpers.includes(event.helperId)) return refuse('NOT_FOUND', '他不是这单的帮手，不用去掉', { helperId: '不是这单的帮手' })
  const { order } = draft
  const { by } = event
  const person = personOf(order, event.helperId)
  const leaves = by.role === 'technician' && by.id === event.helperId
  dismiss(draft, event.helperId, leaves ? null : '这单不用您帮手了')
  draft.tell('helper_removed', by, { name: shortName(person), reason: event.reason })
  // Whoever counted on them hears of it.
  if (by.role !== 'technician' || leaves) draft.messageTechnician(`helper_gone:${order.version + 1}`, draft.technician, 'order_closed', { what: `${shortName(person)}${leaves ? '来不了' : '不来帮手了'}，${event.reason}` }, { mustReach: leaves })
  if (leaves) draft.todo('helper_out', 'dispatcher', '帮手来不了，请问要不要另找', `${order.number} ${shortName(person)}`, { subject: `${event.helperId}.${order.version + 1}` })
  return null
}

/** `what` they read; nothing when it was their own wish. */
const dismiss = (draft: Draft, id: string, what: string | null): void => {
  const { visit, order } = draft
  visit.helpers = visit.helpers.filter((other) => other !== id)
  draft.free(id)
  if (what) draft.messageTechnician(`helper_off:${order.version + 1}`, personOf(order, id), 'order_closed', { what, page: 'pages/jobs/jobs' }, { mustReach: true })
}

/** The visit has no agreed time any more, or another one in charge: nobody else's time is kept for it, and nobody else is looked for. */
export const freeHelpers = (draft: Draft, what: string): void => {
  for (const id of draft.visit.helpers) dismiss(draft, id, what)
  draft.closeTodos(['helper_out'])
}

/** The visit moved: helpers come along when their day has room, else staff find somebody else. */
export const moveHelpers = (draft: Draft, slot: Slot, out: readonly string[], what = '上门时间改了'): void => {
  const { visit, order } = draft
  for (const id of visit.helpers.filter((helper) => out.includes(helper))) {
    dismiss(draft, id, `${what}，您那时排不开，不用去了`)
    draft.todo('helper_out', 'dispatcher', `${what}，帮手来不了，请另找`, `${order.number} ${shortName(personOf(order, id))}`, { subject: `${slot.from.getTime()}.${id}` })
  }
  for (const id of visit.helpers) {
    draft.put(`helper:${visit.no}:${order.version + 1}:${id}`, { kind: 'confirm_hold', technicianId: id, slot, awaitsCall: false })
    draft.messageTechnician(`helper_moved:${order.version + 1}`, personOf(order, id), 'order_closed', { what: `帮手的单${what}，请看一下` }, { mustReach: true })
  }
}

/** The helpers' part is done together with the job: their waiting time counts from here (R05). */
export const finishHelpers = (draft: Draft): void => {
  for (const id of draft.visit.helpers) draft.free(id, { finished: true })
}

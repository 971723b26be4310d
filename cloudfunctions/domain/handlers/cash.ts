import { homeowner } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import type { Order, Visit } from '../order'
import { personOf } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** Whom a report of a visit is about: who has it, or had it. */
export const reportable = ({ technicianId, formerTechnicianId, cashReportedAt }: Visit): string | null => (cashReportedAt ? null : (technicianId ?? formerTechnicianId))

/** The to-do of such a report: also found from the violation alone. */
export const cashTodoId = (orderId: string, visitNo: number): string => `${orderId}:cash_request:${visitNo}.cash`

const visitNumbered = (order: Order, no: number): Visit | undefined => [...order.visits, ...order.cancelledVisits].find((visit) => visit.no === no)

/**
 * R21 the homeowner says that cash was asked for, once a visit, at any time: on the record for staff to decide, who are alerted at once. The technician hears and sees nothing of
 * it before.
 */
export const reportCash = (draft: Draft, event: Of<'report_cash'>): Outcome => {
  const { order, now } = draft
  const visit = visitNumbered(order, event.visitNo)
  if (!visit) return refuse('NOT_FOUND', '没有这一次上门')
  if (visit.cashReportedAt) return SAME
  const technicianId = reportable(visit)
  const person = personOf(order, technicianId)
  if (!technicianId || !person) return refuse('WRONG_STATE', '这次上门还没有师傅，没有谁会要现金')
  visit.cashReportedAt = now
  const id = `${visit.no}:cash_request:${technicianId}:cash`
  draft.put(`violation:${id}`, { kind: 'violation', violation: { id: `${order._id}:${id}`, technicianId, orderId: order._id, orderNumber: order.number, visitNo: visit.no, kind: 'cash_request', rule: 'R21', at: now, points: draft.settings.register.breachPoints } })
  draft.todo('cash_request', 'manager', '业主反映师傅要现金，请核实', `${order.number} ${person.name} ${person.staffNumber}`, { subject: 'cash', visit })
  draft.tell('cash_reported', homeowner(order), {}, true)
  return null
}

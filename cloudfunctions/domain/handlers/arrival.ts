import { SYSTEM } from '../draft'
import type { Draft } from '../draft'
import { yuan } from '../money'
import { after, MINUTE } from '../shanghai'
import { isHeldByMoney, owedFen } from './money-gate'

/** What tells whether the technician comes in time. */
export const ARRIVAL_DEADLINES = ['arrival.check', 'arrival.reminder', 'arrival.alert', 'arrival.breach'] as const

/** The verdict `arrival.check` at T−90: what is due before setting out and unpaid stops the technician's clock (R13). */
export const arrivalCheck = (draft: Draft): void => {
  if (isHeldByMoney(draft.order)) stopForMoney(draft)
}

/** Nobody who may not set out is late: with a time agreed less than 90 minutes ahead, T−10 and T find the clock still running (R13). */

const stopForMoney = (draft: Draft): void => {
  draft.visit.clockStoppedAt = draft.now
  draft.forget([...ARRIVAL_DEADLINES, 'appointment.soon'])
  // Nobody comes at that time: if it is still unpaid then, staff ask the homeowner.
  if (draft.visit.appointmentAt) draft.deadline('payment.overdue', draft.visit.appointmentAt)
  draft.tell('payment_missing', SYSTEM, {})
  draft.messageHomeowner(`payment_missing:${draft.order.version + 1}`, 'payment', { what: '款还没付，师傅先不来，付好再约时间', amount: yuan(owedFen(draft.order)), page: `homeowner/quote/quote?id=${draft.order._id}` }, { mustReach: true })
  draft.messageTechnician(`payment_missing:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '业主没付款，先不用出发' }, { mustReach: true })
}

/** The verdict `payment.overdue`: the agreed time has passed and the money has not come. */
export const paymentOverdue = (draft: Draft): void => {
  draft.todo('unpaid', 'customer_service', '过了约定时间还没付款，请打电话问业主还修不修', `${draft.order.number} ${yuan(owedFen(draft.order))}`, { subject: appointmentOf(draft) })
}

/** Paid in time, and told of late (R42): the clock goes on as if it had never stood still, while there is time to come. */
export const restartClock = (draft: Draft): boolean => {
  const { visit, settings } = draft
  const at = visit.appointmentAt
  if (!at || draft.now >= after(at, -settings.arrival.earlyMinutes * MINUTE)) return false
  visit.clockStoppedAt = null
  draft.stopClock('clock_stopped')
  draft.closeTodos(['unpaid'])
  draft.deadline('arrival.alert', after(at, -settings.arrival.earlyMinutes * MINUTE))
  draft.deadline('arrival.breach', at)
  return true
}

/** Tells one agreed time from the next. */
const appointmentOf = (draft: Draft): string => String(draft.visit.appointmentAt?.getTime() ?? 0)

/** The verdict `arrival.alert` at T−10. */
export const arrivalAlert = (draft: Draft): void => {
  if (isHeldByMoney(draft.order)) return stopForMoney(draft)
  draft.todo('late_arrival', 'dispatcher', `离约定还有 ${draft.settings.arrival.earlyMinutes} 分钟，没签到`, `${draft.order.number} ${draft.technicianName} ${draft.technician?.staffNumber ?? ''}`, { subject: appointmentOf(draft) })
}

/** The verdict `arrival.breach` at T. */
export const arrivalBreach = (draft: Draft): void => {
  if (isHeldByMoney(draft.order)) return stopForMoney(draft)
  const { order, technician } = draft
  if (!technician) return
  draft.tell('arrival_late', SYSTEM, { name: draft.technicianName })
  draft.deed('arrived_late', technician.id, draft.visit.appointmentAt)
  draft.violation('late_arrival', 'R13', appointmentOf(draft))
  draft.todo('not_arrived', 'dispatcher', '到了约定时间，没签到', `${order.number} ${draft.technicianName} ${technician.staffNumber}`, { subject: appointmentOf(draft) })
}

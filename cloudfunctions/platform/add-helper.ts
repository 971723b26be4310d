import { eligibility, needOf, slotAt } from '../domain/eligibility'
import { personFrom } from '../domain/handlers/dispatch'
import { visitOf } from '../domain/order'
import type { Actor, Customer, Order } from '../domain/order'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Technician } from '../domain/technician'
import type { OrderDocument } from './documents'
import { readSettings } from './settings'
import type { TechnicianDocument } from './technician-document'
import { applyWithHold } from './with-hold'
import type { Booked } from './with-hold'

export interface Helper {
  order: OrderDocument
  customer: Customer | null
  /** Who is to come along, as the register has them; null for a staff number that nobody has. */
  document: TechnicianDocument | null
  key: string | null
  by: Actor
  authorise(order: Order): Refusal | null
}

/** Why is no colleague's business. */
const suspended = ({ name, suspendedReason }: Technician, by: Actor): Refusal => {
  const message = by.role === 'staff' ? `${name}停单中：${suspendedReason || '没有写原因'}` : `${name}现在不能接单，请换一位`
  return refuse('SUSPENDED', message, { staffNumber: message })
}

/** R47 another technician comes along: their own day must have room, and is held. Refuses NOT_FOUND for an unknown staff number, BUSY, and whatever the rules refuse. */
export const addHelper = async ({ order, customer, document, key, by, authorise }: Helper): Promise<Booked | Refusal> => {
  const settings = await readSettings()
  if (!document) return refuse('NOT_FOUND', '没有这个工号的师傅', { staffNumber: '没有这个工号' })
  const { appointmentAt } = visitOf(order)
  if (!appointmentAt) return refuse('WRONG_STATE', '先约好上门时间，再加帮手')
  return applyWithHold({
    order,
    customer,
    document,
    key,
    settings,
    awaitsCall: false,
    onDuty: false,
    inHand: false,
    judge: (technician, now) => {
      const need = needOf(order, settings)
      // Whoever helps need not have the trade or be near; suspension and the homeowner's own order are no matter of time.
      const verdict = eligibility(technician, need, now, settings, 'hand')
      if (!verdict.eligible && verdict.cause === 'suspended') return suspended(technician, by)
      if (technician.openid === order.homeownerId) return refuse('INVALID_INPUT', `${technician.name}就是业主本人`, { staffNumber: '是业主本人' })
      const fit = slotAt(technician, need, appointmentAt, now, settings, 'hand')
      const message = `${technician.name}那时排不开${fit.fits ? '' : `：${fit.reason}`}`
      return fit.fits ? fit.slot : refuse('BUSY', message, { staffNumber: message })
    },
    event: (technician, slot) => ({ type: 'add_helper', technician: personFrom(technician), slot, by }),
    authorise,
  })
}

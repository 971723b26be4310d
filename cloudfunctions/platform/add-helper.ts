import { needOf, slotAt } from '../domain/eligibility'
import { personFrom } from '../domain/handlers/dispatch'
import type { OrderEvent } from '../domain/event'
import { visitOf } from '../domain/order'
import type { Actor, Customer, Order, Slot } from '../domain/order'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
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

/** The time that whoever helps would give, or why not: their own day must have room. While no time is agreed the order's own rules refuse. */
export const helperSlot = (order: Order, technician: Technician, by: Actor, now: Date, settings: Settings): Slot | Refusal => {
  const need = needOf(order, settings)
  // Whoever helps need not have the trade or be near.
  if (technician.suspended) return suspended(technician, by)
  if (!technician.openid) return refuse('INVALID_INPUT', `${technician.name}没绑微信，收不到通知`, { staffNumber: '没绑微信' })
  if (technician.openid === order.homeownerId) return refuse('INVALID_INPUT', `${technician.name}就是业主本人`, { staffNumber: '是业主本人' })
  const fit = slotAt(technician, need, visitOf(order).appointmentAt ?? now, now, settings, 'hand')
  const message = `${technician.name}那时排不开${fit.fits ? '' : `：${fit.reason}`}`
  return fit.fits ? fit.slot : refuse('BUSY', message, { staffNumber: message })
}

export const helperAdded = (technician: Technician, slot: Slot, by: Actor): OrderEvent => ({ type: 'add_helper', technician: personFrom(technician), slot, by })

export const NO_SUCH_NUMBER = refuse('NOT_FOUND', '没有这个工号的师傅', { staffNumber: '没有这个工号' })

/** R47 another technician comes along: their own day must have room, and is held. Refuses NOT_FOUND for an unknown staff number, BUSY, and whatever the rules refuse. */
export const addHelper = async ({ order, customer, document, key, by, authorise }: Helper): Promise<Booked | Refusal> => {
  const settings = await readSettings()
  if (!document) return NO_SUCH_NUMBER
  // What is so already is so, whatever their day says by now.
  if (visitOf(order).helpers.includes(document._id)) return { order, customer, replayed: false, written: false }
  return applyWithHold({
    order, customer, document, key, settings, awaitsCall: false, onDuty: false, inHand: false, judge: (technician, now) => helperSlot(order, technician, by, now, settings), event: (technician, slot) => helperAdded(technician, slot, by), authorise,
  })
}

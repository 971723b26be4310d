import { ACTIVE } from '../domain/lifecycle'
import type { Actor } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { _, collection } from './db'
import type { OrderDocument } from './documents'
import { NOT_FOR_LISTS } from './order-list'
import { applyEvent } from './orders'

const MOST_JOBS = 200

/** What a technician has in hand or is asked for. */
export const ordersInHand = async (technicianId: string): Promise<OrderDocument[]> => {
  const orders = collection('orders')
  const found = await Promise.all([
    orders.find({ offeredTo: technicianId }, { order: { updatedAt: 'desc' }, limit: MOST_JOBS, without: NOT_FOR_LISTS }),
    orders.find({ assigned: technicianId, status: _.in([...ACTIVE]) }, { order: { updatedAt: 'desc' }, limit: MOST_JOBS, without: NOT_FOR_LISTS }),
  ])
  return [...new Map(found.flat().map((order) => [order._id, order])).values()]
}

/** Lets an order heed what the register says of a technician at that moment (R52). @throws when it could not be written: whoever calls tries again, or the clock does. */
export const heedRegister = async ({ _id, people, offers }: OrderDocument, technicianId: string, by: Actor): Promise<void> => {
  const technician = await collection('technicians').get(technicianId)
  if (!technician) return
  const { openid, suspended } = technician
  const isMoved = people.some((person) => person.id === technicianId && person.openid !== openid)
  if (!isMoved && !(suspended && offers.some((offer) => offer.technicianId === technicianId && offer.state === 'open'))) return
  const changed = await applyEvent({ orderId: _id, key: null, authorise: () => null, event: () => ({ type: 'heed_register', personId: technicianId, openid, suspended, by }) })
  if (changed instanceof Refusal) throw new Error(`order ${_id}: ${changed.message}`)
}

import { needOf, slotAt } from '../domain/eligibility'
import type { OrderEvent } from '../domain/event'
import { visitOf } from '../domain/order'
import type { Customer, Order, Slot } from '../domain/order'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { DecidedBy } from '../domain/working-hours'
import { _, collection } from './db'
import type { OrderDocument } from './documents'
import { readSettings } from './settings'
import type { TechnicianDocument } from './technician-document'
import { applyWithHold } from './with-hold'
import type { Booked } from './with-hold'

export interface AgreedTime {
  order: OrderDocument
  customer: Customer | null
  /** The technician in charge, read anew. */
  document: TechnicianDocument
  at: Date
  /** What is to be done, when it changes in the same moment: the visit lasts as long as that (R10). */
  items?: Order['items']
  key: string | null
  /** Who reads that there is no room: 您 or the technician's name. */
  whose: string
  /** Whose wish it is: shifts bind the homeowner, not the technician themself or staff. */
  by: DecidedBy
  event(slot: Slot, helpersOut: readonly string[]): OrderEvent
  authorise(order: Order): Refusal | null
}

/**
 * The visit is to be at that time, whoever says so: the technician's day must have room then (R05, R10, R12), and is held before the order is written. Helpers come along
 * whose day has room too (R47). Refuses BUSY, and whatever the rules refuse.
 */
export const agreeTime = async ({ order, customer, document, at, items = order.items, key, whose, by, event, authorise }: AgreedTime): Promise<Booked | Refusal> => {
  const [settings, helpers] = await Promise.all([readSettings(), helpersOf(order)])
  return applyWithHold({
    order,
    customer,
    document,
    key,
    settings,
    helpers,
    awaitsCall: false,
    onDuty: false,
    inHand: true,
    judge: (technician, now) => {
      const fit = slotAt(technician, needOf({ ...order, items }, settings), at, now, settings, by)
      const message = `${whose}那时排不开${fit.fits ? '' : `：${fit.reason}`}，请换个时间`
      return fit.fits ? fit.slot : refuse('BUSY', message, { at: message })
    },
    event: (_technician, slot, helpersOut) => event(slot, helpersOut),
    authorise,
  })
}

const helpersOf = async (order: Order): Promise<TechnicianDocument[]> => {
  const { helpers } = visitOf(order)
  return helpers.length === 0 ? [] : collection('technicians').find({ _id: _.in(helpers) }, { limit: helpers.length })
}

import { needOf, slotAt } from '../domain/eligibility'
import type { OrderEvent } from '../domain/event'
import { visitOf } from '../domain/order'
import type { Order, Slot } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { agreeTime } from '../platform/agree-time'
import { collection } from '../platform/db'
import { reachedByPhone } from '../platform/inbox'
import { replayOf, requestKey } from '../platform/orders'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import type { StaffAnswer, StaffContext } from './staff-action'
import { findTheOrder, rehearse, toldOf } from './the-order'

interface AgreedVisit {
  /** The order as staff name it. */
  ref: string
  /** When the visit is to begin; as agreed when absent. */
  at?: Date
  /** What is to be done then, when that changes: the visit takes as long. */
  items?: Order['items']
  context: StaffContext
  /** The homeowner said it on the phone: they are reached (R41). */
  onPhone?: boolean
}

/** Staff change when a visit begins or how long it takes: the day of the technician, and of who helps, must have room (R05, R10, R12, R47). Refuses BUSY, and whatever the rules refuse. */
export const changeAgreedVisit = async ({ ref, at: wanted, items, context, onPhone = false }: AgreedVisit, event: (slot: Slot, helpersOut: readonly string[]) => OrderEvent): Promise<StaffAnswer | Refusal> => {
  const order = await findTheOrder(ref)
  if (order instanceof Refusal) return order
  const key = requestKey(context.action, context.operator.id, context.requestId)
  const replay = replayOf(order, key)
  if (replay) return replay instanceof Refusal ? replay : toldOf(replay)
  const { technicianId, appointmentAt } = visitOf(order)
  const at = wanted ?? appointmentAt
  const [document, settings] = await Promise.all([technicianId ? collection('technicians').get(technicianId) : null, readSettings()])
  if (!document) return refuse('WRONG_STATE', '这单还没有师傅，先派师傅')
  if (!at) return refuse('WRONG_STATE', '还没约好上门时间')
  if (context.dryRun) {
    return rehearse(order, (read, now) => {
      const fit = slotAt(toTechnician(document), needOf({ ...read, items: items ?? read.items }, settings), at, now, settings, 'hand')
      return fit.fits ? event(fit.slot, []) : refuse('BUSY', `${document.name}那时排不开：${fit.reason}`, { at: `${document.name}那时排不开：${fit.reason}` })
    })
  }
  const changed = await agreeTime({ order, customer: null, document, at, ...(items ? { items } : {}), key, whose: document.name, by: 'hand', event, authorise: () => null })
  if (changed instanceof Refusal) return changed
  if (onPhone) await reachedByPhone(order.homeownerId, order._id)
  return toldOf(changed)
}

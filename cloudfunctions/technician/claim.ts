import { fittingSlot, needOf, unqualified } from '../domain/eligibility'
import { personFrom } from '../domain/handlers/dispatch'
import { visitOf } from '../domain/order'
import type { Order } from '../domain/order'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { pendingClaim } from '../domain/technician'
import type { Technician } from '../domain/technician'
import { openOfferTo } from '../domain/views/technician'
import type { OrderDocument } from '../platform/documents'
import type { TechnicianDocument } from '../platform/technician-document'
import { applyWithHold } from '../platform/with-hold'
import type { Job } from './job'

/** R15, R33 whoever came the last time is asked alone first, on duty or not. */
const isAskedAlone = (order: Order, technicianId: string): boolean => {
  const offer = openOfferTo(order, technicianId)
  return offer !== null && offer.alone && offer.visitNo === visitOf(order).no
}

/** Why they may take nothing now (R52). */
export const suspendedRefusal = ({ suspended, suspendedReason }: Pick<Technician, 'suspended' | 'suspendedReason'>): Refusal | null => (suspended ? refuse('SUSPENDED', `停单中：${suspendedReason || '请联系公司'}`) : null)

/** R06, R05: on duty, not suspended, holding no other claim, with room at that time. */
export const claimFor = (order: OrderDocument, document: TechnicianDocument, key: string | null, settings: Settings): Promise<Job | Refusal> =>
  applyWithHold({
    order,
    document,
    key,
    settings,
    awaitsCall: true,
    onDuty: !isAskedAlone(order, document._id),
    inHand: false,
    judge: (technician, now) => {
      const suspended = suspendedRefusal(technician)
      if (suspended) return suspended
      if (!technician.onDuty && !isAskedAlone(order, technician._id)) return refuse('OFF_DUTY', '您不在岗，先上岗再抢')
      const unfit = unqualified(technician, needOf(order, settings), now)
      if (unfit) return refuse('FORBIDDEN', `这单您不能接：${unfit}`)
      const pending = pendingClaim(technician, now)
      if (pending && pending.orderId !== order._id) return refuse('BUSY', '您有一单还没打电话，打完再抢')
      const fit = fittingSlot(technician, needOf(order, settings), now, settings, isAskedAlone(order, technician._id) ? 'self' : 'offer')
      return fit.fits ? fit.slot : refuse('BUSY', `这个时间您排不开：${fit.reason}`)
    },
    event: (technician, slot) => ({ type: 'claim', technician: personFrom(technician), slot }),
    authorise: () => null,
  })

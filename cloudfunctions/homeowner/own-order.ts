import type { OrderView } from '../../typings/contract'
import type { OrderEvent } from '../domain/event'
import type { Customer, Order } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { homeownerView } from '../domain/views/homeowner'
import type { ActionContext } from '../platform/action'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { withHistory } from '../platform/history'
import { applyEvent, NO_ORDER, requestKey } from '../platform/orders'
import { readingOf } from '../platform/reading'
import { readPriceBook, readSettings } from '../platform/settings'

/** Whose order it is not, learns nothing (R40). */
export const ownedBy =
  (openid: string) =>
  (order: Order): Refusal | null =>
    order.homeownerId === openid ? null : NO_ORDER

export interface OwnOrder {
  order: OrderDocument
  customer: Customer | null
}

/** The caller's own order with the person behind it, in one trip. Refuses NOT_FOUND. */
export const readOwnOrder = async (orderId: string, { caller }: ActionContext): Promise<OwnOrder | Refusal> => {
  // Figures and price book are needed next: read beside, they cost no trip of their own.
  const [order, customer] = await Promise.all([collection('orders').get(orderId), collection('customers').get(orderId), readSettings(), readPriceBook()])
  return order && !ownedBy(openidOf(caller))(order) ? { order, customer } : NO_ORDER
}

export const showOrder = async ({ order: recent, customer }: OwnOrder): Promise<OrderView> => {
  const [order, reading] = await Promise.all([withHistory(recent), readingOf(recent)])
  return homeownerView(order, customer, reading)
}

/** Changes the caller's own order and shows it as it is then. `event` sees the order that it will be decided on. */
export const changeOwnOrder = async (orderId: string, context: ActionContext, event: (own: OwnOrder) => OrderEvent | Refusal | Promise<OrderEvent | Refusal>): Promise<OrderView | Refusal> => {
  const openid = openidOf(context.caller)
  const own = await readOwnOrder(orderId, context)
  if (own instanceof Refusal) return own
  const changed = await applyEvent({
    orderId,
    known: own.order,
    key: requestKey(context.action, openid, context.requestId),
    authorise: ownedBy(openid),
    event: (order) => event({ order, customer: own.customer }),
  })
  return changed instanceof Refusal ? changed : showOrder({ order: changed.order, customer: own.customer })
}

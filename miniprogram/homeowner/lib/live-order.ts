import type { Button, ButtonAct, OrderView } from '../../../typings/contract'
import { call } from '../../lib/cloud'
import type { LiveViewOptions } from '../../lib/live-view'
import { LiveView } from '../../lib/live-view'

const WHILE_WAITING_MS = 5_000
const OTHERWISE_MS = 20_000

/** One order, kept fresh while the page is shown; looked at more often while `waiting()` for something that takes seconds. */
export function liveOrder(
  page: LiveViewOptions<OrderView>['page'],
  orderId: string,
  show: LiveViewOptions<OrderView>['show'],
  waiting: () => boolean = () => false,
): LiveView<OrderView> {
  return new LiveView<OrderView>({
    page,
    fetch: () => call('homeowner', 'getOrder', { orderId }),
    show,
    everyMs: (order) => (order.dispatch || waiting() ? WHILE_WAITING_MS : OTHERWISE_MS),
  })
}

/** The first of these acts that the server offers at this order. */
export function offered(order: OrderView, acts: ButtonAct[]): Button | null {
  return [order.main, ...order.more].find((button) => button !== null && acts.includes(button.act)) ?? null
}

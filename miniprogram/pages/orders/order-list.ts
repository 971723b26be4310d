import type { HomeownerApi, OrderCard } from '../../../typings/contract'
import type { FilterTab } from '../../components/filter-tabs/filter-tabs'
import type { PageStatus } from '../../lib/live-view'

export type OrderFilter = NonNullable<HomeownerApi['listOrders']['input']['filter']>
export type OrderPage = HomeownerApi['listOrders']['data']

const WHILE_WAITING_MS = 20_000
const EMPTY: Record<OrderFilter, string> = {
  all: '还没有工单。家里哪儿坏了，说一声就行，上门和勘察都不收费。',
  to_confirm: '没有等您确认的。师傅报了价，会放在这里。',
  in_progress: '眼下没有正在办的。',
  to_pay: '没有要付的款。师傅不收现金，要付的都会列在这里。',
  to_rate: '没有等您评价的。',
}

export function filterTabs(counts: OrderPage['counts']): FilterTab[] {
  return [
    { value: 'all', label: '全部', count: 0 },
    { value: 'to_confirm', label: '待确认', count: counts.toConfirm },
    { value: 'in_progress', label: '进行中', count: 0 },
    { value: 'to_pay', label: '待付款', count: counts.toPay },
    { value: 'to_rate', label: '待评价', count: counts.toRate },
  ]
}

export function isOrderFilter(value: unknown): value is OrderFilter {
  return typeof value === 'string' && Object.keys(EMPTY).includes(value)
}

/** What stands there instead of a list, and whether it is worth offering to file a repair: only where there is nothing at all. */
export function emptyList(filter: OrderFilter): { message: string; button: string } {
  return { message: EMPTY[filter], button: filter === 'all' ? '我要报修' : '' }
}

export function listStatus(orders: OrderCard[]): PageStatus {
  return orders.length > 0 ? 'ready' : 'empty'
}

/** The next page behind what is shown: an order that moved up in between is not shown twice. */
export function appended(shown: OrderCard[], next: OrderCard[]): OrderCard[] {
  const there = new Set(shown.map(({ id }) => id))
  return [...shown, ...next.filter(({ id }) => !there.has(id))]
}

/** The first page again, with what was scrolled to kept below it: orders that have changed are up to date where both have them. */
export function refreshed(shown: OrderCard[], first: OrderCard[], reachesEnd: boolean): OrderCard[] {
  return reachesEnd ? first : appended(first, shown)
}

/** The id of the card whose button is solid: the first that has one. A page has one solid button. */
export function solidCard(orders: OrderCard[]): string {
  return orders.find(({ button }) => button !== null)?.id ?? ''
}

/** How many wait for the person. */
export function waitingForPerson(orders: OrderCard[]): number {
  return orders.filter(({ state }) => state.turn === 'yours' || state.turn === 'urgent').length
}

/** Looks again while anything is going on. */
export function listEveryMs(orders: OrderCard[]): number | null {
  return orders.some(({ state }) => state.turn === 'ours' || state.turn === 'urgent') ? WHILE_WAITING_MS : null
}

/** What holds for every order, whatever happened to it: read from the database when the day is over. */
import { type Order, visitOf } from '../../../cloudfunctions/domain/order'
import { MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Collections } from '../../../cloudfunctions/platform/documents'

/** Where the day left an order. */
export type End = 'served' | 'in_hand' | 'searching' | 'with_staff' | 'to_be_rebooked' | 'cancelled'

/** Staff's to-dos by id, open or closed. */
export type Todos = ReadonlyMap<string, 'open' | 'closed'>

const SEARCHING: readonly Order['status'][] = ['dispatching', 'seeking_staff']
/** Somebody is there, and it is them who go on. */
const ON_SITE: readonly Order['status'][] = ['arrived', 'working', 'closing']
const AT_REST: readonly Order['status'][] = ['in_warranty', 'archived', 'cancelled']

export function endOf(order: Order, todos: Todos): End {
  if (order.status === 'cancelled') return 'cancelled'
  if (order.status === 'in_warranty' || order.status === 'archived') return 'served'
  if (visitOf(order).state === 'rebooking') return 'to_be_rebooked'
  if (order.todos.some(({ id }) => todos.get(id) === 'open')) return 'with_staff'
  return SEARCHING.includes(order.status) ? 'searching' : 'in_hand'
}

/** What is broken, each with its rule. */
export function brokenIn(order: Collections['orders'], now: number, todos: Todos): string[] {
  return [...winners(order), ...offers(order), ...waiting(order, now, todos)].map((what) => `${what}（${order.number}）`)
}

/** R06 one winner a visit, and it is the one who has the order. */
function winners(order: Order): string[] {
  return order.visits.flatMap((visit) => {
    const won = order.offers.filter((offer) => offer.visitNo === visit.no && offer.state === 'claimed')
    if (won.length > 1) return [`R06 第 ${visit.no} 次上门有 ${won.length} 位抢到`]
    const expected = visit.technicianId
    return won[0]?.technicianId === (expected ?? undefined) ? [] : [`R06 第 ${visit.no} 次上门派给 ${expected ?? '没有人'}，抢到的是 ${won[0]?.technicianId ?? '没有人'}`]
  })
}

/** R07 every offer is open while the search goes on, and has an end afterwards. */
function offers(order: Order): string[] {
  const isSearching = SEARCHING.includes(order.status)
  return order.offers.flatMap((offer) => {
    if (offer.state !== 'open') return offer.endedAt ? [] : [`R07 派单 ${offer.id} 没有写什么时候结束`]
    return isSearching && offer.visitNo === visitOf(order).no ? [] : [`R07 派单 ${offer.id} 还开着`]
  })
}

/** R42, R07 nobody waits unseen: what is not at rest has a deadline ahead, or staff have it among their to-dos. */
function waiting(order: Order, now: number, todos: Todos): string[] {
  const broken: string[] = []
  if (order.outbox.length > 0) broken.push(`R42 发件箱里还有 ${order.outbox.map(({ kind }) => kind).join('、')}`)
  for (const { id, dueAt } of order.deadlines) if (dueAt.getTime() < now - MINUTE) broken.push(`R42 时限 ${id} 过了没有办`)
  for (const { id, kind } of order.todos) if (!todos.has(id)) broken.push(`R41 待办 ${kind} 没有到员工那里`)
  if (AT_REST.includes(order.status)) return broken
  const hasTodo = order.todos.some(({ id }) => todos.get(id) === 'open')
  if (order.status === 'seeking_staff' && !order.todos.some(({ kind }) => kind === 'nobody_claims')) broken.push('R07 没人接，员工不知道')
  if (!hasTodo && order.deadlines.length === 0 && !ON_SITE.includes(order.status)) broken.push(`R42 ${order.status}：没有人会再想起它`)
  return broken
}

/** What holds for every order, whatever happened to it: read from the database when the day is over. */
import { DEADLINES } from '../../../cloudfunctions/domain/deadlines'
import type { DeadlineId } from '../../../cloudfunctions/domain/deadlines'
import { type Order, visitOf } from '../../../cloudfunctions/domain/order'
import { MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Collections } from '../../../cloudfunctions/platform/documents'

/** Where the day left an order. */
export type End = 'served' | 'in_hand' | 'searching' | 'with_staff' | 'to_be_rebooked' | 'cancelled'

/** Staff's to-dos by id, open or closed. */
export type Todos = ReadonlyMap<string, 'open' | 'closed'>

const SEARCHING: readonly Order['status'][] = ['dispatching', 'seeking_staff']
/** Somebody is there, and it is them who go on. */
const ON_SITE = ['arrived', 'working', 'closing'] as const satisfies readonly Order['status'][]
const AT_REST = ['in_warranty', 'archived', 'cancelled'] as const satisfies readonly Order['status'][]
const isOneOf = (states: readonly Order['status'][], status: Order['status']): boolean => states.includes(status)

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

type Waiting = Exclude<Order['status'], (typeof ON_SITE | typeof AT_REST)[number] | 'dispatching'> | 'searching' | 'rebooking' | 'choosing'

/**
 * What brings an order that waits back to somebody's mind, by what it waits for, as the table of deadlines says: a wave, a verdict that takes it back or raises a to-do. A reminder is none: it is sent once, or
 * dropped when it is late; nor is what is about another visit, or about something else of this one.
 */
const REMEMBERED_BY: Partial<Record<Waiting, readonly DeadlineId[]>> = {
  searching: ['dispatch.next_wave'],
  rebooking: ['absence.rebook'],
  choosing: ['return.choice'],
  // Staff have it: see `nobody_claims`.
  seeking_staff: [],
  claimed: ['call.breach', 'call.take_back', 'call.retry_missed'],
  scheduled: ['arrival.alert', 'arrival.breach', 'payment.overdue'],
  on_the_way: ['arrival.alert', 'arrival.breach'],
  waiting_parts: ['parts.expected'],
  awaiting_acceptance: ['acceptance.staff'],
}

const waitsFor = (order: Order): Waiting => {
  const { state } = visitOf(order)
  if (order.status !== 'dispatching') return order.status as Waiting
  return state === 'rebooking' || state === 'choosing' ? state : 'searching'
}

const isRemembered = (order: Order): boolean => {
  const { no } = visitOf(order)
  const rows = REMEMBERED_BY[waitsFor(order)] ?? []
  return order.deadlines.some(({ id, visitNo }) => visitNo === no && DEADLINES[id].nature !== 'reminder' && rows.includes(id))
}

/** R42, R07 nobody waits unseen: what is not at rest has a deadline ahead that is about it, or staff have it among their to-dos. */
function waiting(order: Order, now: number, todos: Todos): string[] {
  const broken: string[] = []
  if (order.outbox.length > 0) broken.push(`R42 发件箱里还有 ${order.outbox.map(({ kind }) => kind).join('、')}`)
  for (const { id, dueAt } of order.deadlines) if (dueAt.getTime() < now - MINUTE) broken.push(`R42 时限 ${id} 过了没有办`)
  for (const { id, kind } of order.todos) if (!todos.has(id)) broken.push(`R41 待办 ${kind} 没有到员工那里`)
  if (isOneOf(AT_REST, order.status)) return broken
  const hasTodo = order.todos.some(({ id }) => todos.get(id) === 'open')
  if (order.status === 'seeking_staff' && !order.todos.some(({ kind }) => kind === 'nobody_claims')) broken.push('R07 没人接，员工不知道')
  if (!hasTodo && !isRemembered(order) && !isOneOf(ON_SITE, order.status)) broken.push(`R42 ${order.status}：没有人会再想起它`)
  return broken
}

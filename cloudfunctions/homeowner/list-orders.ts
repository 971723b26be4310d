import * as z from 'zod'
import type { Attention } from '../domain/order'
import { orderCard } from '../domain/views/homeowner'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { _, collection } from '../platform/db'
import { before } from '../platform/fields'
import { pageBefore } from '../platform/paging'
import { cardReading } from '../platform/reading'
import { technicianByOpenid } from '../platform/register'
import { readPriceBook, readSettings } from '../platform/settings'
import { asOrder, NOT_FOR_LISTS } from '../platform/order-list'

const PAGE = 20

/** 待确认 holds what waits for a word of theirs: a quote to confirm, work to accept. */
const ATTENTION = { all: [], to_confirm: ['to_confirm', 'to_accept'], in_progress: ['in_progress'], to_pay: ['to_pay'], to_rate: ['to_rate'] } as const satisfies Record<string, readonly Attention[]>

const condition = (homeownerId: string, filter: keyof typeof ATTENTION) => {
  const attention: readonly Attention[] = ATTENTION[filter]
  return attention.length === 0 ? { homeownerId } : { homeownerId, attention: attention.length === 1 ? attention[0] : _.in([...attention]) }
}

export const listOrders = defineAction({
  summary: '我的工单，新的在前；filter 筛选，before 接着往前看',
  input: z.strictObject({ filter: z.enum(['all', 'to_confirm', 'in_progress', 'to_pay', 'to_rate']).default('all'), before }),
  example: { filter: 'in_progress' as const },
  run: async ({ filter, before: until }, { caller }) => {
    const homeownerId = openidOf(caller)
    const orders = collection('orders')
    const count = (kind: 'to_confirm' | 'to_pay' | 'to_rate') => orders.count(condition(homeownerId, kind))
    const [page, toConfirm, toPay, toRate, technician, settings] = await Promise.all([
      pageBefore(orders, condition(homeownerId, filter), { by: 'createdAt', before: until, size: PAGE, without: NOT_FOR_LISTS }),
      count('to_confirm'),
      count('to_pay'),
      count('to_rate'),
      technicianByOpenid(homeownerId),
      readSettings(),
      // Needed next: read beside, it costs no trip of its own.
      readPriceBook(),
    ])
    const now = new Date()
    const mine = page.items.map(asOrder)
    const reading = await cardReading(mine.flatMap((order) => order.people))
    return { orders: mine.map((order) => orderCard(order, { now, settings }, reading)), counts: { toConfirm, toPay, toRate }, nextBefore: page.nextBefore, isTechnician: technician !== null }
  },
})

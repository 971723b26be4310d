import type { OrderCard } from '../../typings/contract'
import type { Attention } from '../domain/order'
import { orderCard } from '../domain/views/homeowner'
import { byUrgency, isAtRest } from '../domain/views/state'
import { categoryViews } from '../domain/views/price-book'
import { figuresOf } from '../domain/views/reading'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { _, collection } from '../platform/db'
import { nothing } from '../platform/fields'
import { countUnread } from '../platform/inbox'
import { technicianByOpenid } from '../platform/register'
import { asOrder, NOT_FOR_LISTS } from '../platform/order-list'
import { cardReading } from '../platform/reading'
import { readPriceBook, readSettings } from '../platform/settings'
import { templateIds } from '../platform/templates'

/** What somebody still waits for: an order at rest is none of them. */
const GOING_ON: readonly Attention[] = ['in_progress', 'to_confirm', 'to_pay', 'to_accept', 'to_rate']
/** How many of these are looked at, the latest first. */
const MOST = 20

export const openHome = defineAction({
  summary: '首页：修什么、要多少钱、正在办的单',
  input: nothing,
  example: {},
  run: async (_input, { caller }) => {
    const openid = openidOf(caller)
    const [settings, book, orders, unread, technician, profile] = await Promise.all([
      readSettings(),
      readPriceBook(),
      collection('orders').find({ homeownerId: openid, attention: _.in([...GOING_ON]) }, { order: { createdAt: 'desc' }, limit: MOST, without: NOT_FOR_LISTS }),
      countUnread(openid),
      technicianByOpenid(openid),
      collection('homeowners').get(openid),
    ])
    const now = new Date()
    const shown = orders.map(asOrder)
    const reading = await cardReading(shown.flatMap((order) => order.people))
    const cards = shown.map((order) => orderCard(order, { now, settings }, reading))
    return {
      hotline: settings.hotline,
      categories: categoryViews(book),
      current: mostUrgent(cards),
      waitingForYou: cards.filter((card) => card.state.turn === 'yours' || card.state.turn === 'urgent').length,
      unread,
      isTechnician: technician !== null,
      technician: technician && { name: technician.name, staffNumber: technician.staffNumber },
      lastContact: profile?.lastContact ?? null,
      templates: templateIds(settings),
      night: settings.night,
      figures: figuresOf(settings),
    }
  },
})

const mostUrgent = (cards: readonly OrderCard[]): OrderCard | null =>
  cards.filter((card) => !isAtRest(card.state)).sort((a, b) => byUrgency(a.state, b.state) || (a.updatedAt < b.updatedAt ? 1 : -1))[0] ?? null

import * as z from 'zod'
import type { JobCard } from '../../typings/contract'
import { ACTIVE } from '../domain/lifecycle'
import { visitOf, worksOn } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { jobCard } from '../domain/views/technician'
import { defineAction } from '../platform/action'
import { _, collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { before } from '../platform/fields'
import { asOrder, NOT_FOR_LISTS } from '../platform/order-list'
import { pageBefore } from '../platform/paging'
import { readSettings } from '../platform/settings'
import { seenBy } from './job'
import { nextFirst } from './jobs-view'
import { callingTechnician, readTechnician } from './me'

const PAGE = 20
const MOST_IN_HAND = 60
/** Offers do not show on the card of a job. */
const NOT_FOR_CARDS = [...NOT_FOR_LISTS, 'offers', 'dispatch'] as const

/** Whether the present visit is theirs and they have not left it for good. */
const isInHand = (order: OrderDocument, technicianId: string): boolean => {
  const visit = visitOf(order)
  return worksOn(visit, technicianId) && ACTIVE.includes(order.status) && visit.checkedOutAt === null
}

const cardsOf = async (orders: readonly OrderDocument[], technicianId: string): Promise<JobCard[]> => {
  const now = new Date()
  const settings = await readSettings()
  return orders.flatMap((order) => {
    const seen = seenBy({ ...asOrder(order), offers: [] }, technicianId)
    return seen ? [jobCard(seen, technicianId, { now, settings })] : []
  })
}

/** R52 their own jobs: what is in hand, by time, and what is done, the newest first. */
export const listJobs = defineAction({
  summary: '我的单：手上的（in_hand），按时间；做完的（done），新的在前',
  input: z.strictObject({ filter: z.enum(['in_hand', 'done']).default('in_hand'), before }),
  example: { filter: 'done' as const },
  run: async ({ filter, before: until }, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const orders = collection('orders')
    if (filter === 'in_hand') {
      const [document, mine] = await Promise.all([readTechnician(me), orders.find({ assigned: _id, status: _.in([...ACTIVE]) }, { order: { updatedAt: 'desc' }, limit: MOST_IN_HAND, without: NOT_FOR_CARDS })])
      if (document instanceof Refusal) return document
      return { jobs: (await cardsOf(mine.filter((order) => isInHand(order, _id)), _id)).sort(nextFirst), nextBefore: null }
    }
    const [document, { items, nextBefore }] = await Promise.all([readTechnician(me), pageBefore(orders, { workedBy: _id }, { by: 'createdAt', before: until, size: PAGE, without: NOT_FOR_CARDS })])
    if (document instanceof Refusal) return document
    return { jobs: await cardsOf(items.filter((order) => !isInHand(order, _id)), _id), nextBefore }
  },
})

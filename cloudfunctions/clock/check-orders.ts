import { SYSTEM } from '../domain/draft'
import { after, MINUTE } from '../domain/shanghai'
import { _, collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { heedRegister, ordersInHand } from '../platform/heed-register'
import { NOT_FOR_LISTS } from '../platform/order-list'
import { pageBefore } from '../platform/paging'
import type { TechnicianDocument } from '../platform/technician-document'
import type { Budget } from './budget'
import { eachOf } from './each-of'

const PAGE = 20
const ORDERS = 100
const AT_ONCE = 4
/** When one whose orders could not all be written is tried again. */
const PAUSE_MS = MINUTE

/**
 * Orders of technicians who were suspended or have another WeChat account (R52): what a function that died left undone, offers that were on their way in that moment, and
 * what they worked on earlier, since a return visit may ask them again. Gives how many technicians were looked at.
 */
export const checkOrders = async (budget: Budget): Promise<number> => {
  const due = await collection('technicians').find({ ordersCheckAt: _.lte(new Date()) }, { order: { ordersCheckAt: 'asc' }, limit: PAGE })
  for (const technician of due) {
    const done = !budget.isSpent && (await checkOrdersOf(technician, budget))
    await collection('technicians').update({ _id: technician._id, ordersCheckAt: technician.ordersCheckAt }, { ordersCheckAt: _.set(done ? null : after(new Date(), PAUSE_MS)) })
  }
  return due.length
}

/** Whether all of them were looked at. */
const checkOrdersOf = async ({ _id: technicianId }: TechnicianDocument, budget: Budget): Promise<boolean> => {
  let failed = 0
  const heed = (orders: readonly OrderDocument[]) =>
    eachOf(orders, AT_ONCE, async (order) => {
      try {
        await heedRegister(order, technicianId, SYSTEM)
      } catch (error) {
        failed += 1
        console.error(JSON.stringify({ sweep: 'register', id: order._id, error: String(error) }))
      }
    })
  await heed(await ordersInHand(technicianId))
  let before: Date | undefined
  do {
    const page = await pageBefore(collection('orders'), { workedBy: technicianId }, { by: 'createdAt', before, size: ORDERS, without: NOT_FOR_LISTS })
    await heed(page.items)
    before = page.nextBefore === null ? undefined : new Date(page.nextBefore)
  } while (before && !budget.isSpent)
  return failed === 0 && before === undefined
}

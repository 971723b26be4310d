import * as z from 'zod'
import { OUTBOX_LEASE_MS } from '../domain/draft'
import { ACTIVE } from '../domain/lifecycle'
import { Refusal } from '../domain/refusal'
import { after } from '../domain/shanghai'
import { bindAccount, boundElsewhere, ownerOf } from '../platform/bind-account'
import { _, collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { staffNumber, words } from '../platform/fields'
import { heedRegister, ordersInHand } from '../platform/heed-register'
import { inOutboxLane } from '../platform/trips'
import { staffAction } from './staff-action'
import type { StaffContext } from './staff-action'
import { theTechnician } from './technician-actions'
import { staffActor } from './the-order'

/** Their orders heed the register at once, those that `which` names; what does not succeed the clock does soon (`ordersCheckAt`, an outbox like any other). Gives all that they have in hand. */
const letOrdersHeed = (technicianId: string, context: StaffContext, which: (order: OrderDocument) => boolean = () => true): Promise<OrderDocument[]> =>
  inOutboxLane(async () => {
    const orders = await ordersInHand(technicianId)
    for (const order of orders.filter(which)) {
      await heedRegister(order, technicianId, staffActor(context)).catch((error: unknown) => console.error(JSON.stringify({ register: technicianId, orderId: order._id, error: String(error) })))
    }
    return orders
  })

const isWorkedBy = (technicianId: string) => (order: OrderDocument): boolean => order.assigned.includes(technicianId) && ACTIVE.includes(order.status)
const isOfferedTo = (technicianId: string) => (order: OrderDocument): boolean => order.offeredTo.includes(technicianId)

/** R52: the WeChat account is bound by staff, and to one technician only. What they have in hand and are asked for follows to the new one (R39). */
export const bindTechnician = staffAction({
  summary: '给师傅绑定或换微信账号，手上的单和派单跟着过去',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ staffNumber, openid: z.string().min(10, '微信账号（OPENID）至少 10 位').max(64).describe('师傅的 OPENID，10–64 个字符') }),
  example: { staffNumber: '0731', openid: 'oDemoNewTechnician0731' },
  run: async ({ staffNumber: number, openid }, context) => {
    const [technician, owner] = await Promise.all([theTechnician(number), ownerOf(openid)])
    if (technician instanceof Refusal) return technician
    const taken = boundElsewhere(technician._id, owner)
    if (taken) return taken
    const { _id, name } = technician
    if (context.dryRun) {
      const orders = await ordersInHand(_id)
      return { text: `试跑，什么都没改。会给${name}绑这个微信${orders.length > 0 ? `，跟着过去的单：${numbersOf(orders)}` : ''}`, dryRun: true }
    }
    const conflict = await bindAccount(technician, openid)
    if (conflict) return conflict
    const orders = await letOrdersHeed(_id, context)
    return { text: `绑好了：${name} ${number}${orders.length > 0 ? `，跟着过去的单：${numbersOf(orders)}` : ''}`, orders: orders.map((order) => order.number) }
  },
})

/**
 * Suspension takes effect at once: it is checked again in the write that books a job. Offers are withdrawn, and the search goes on; what they have in hand stays theirs till
 * staff decide, and is listed.
 */
export const suspendTechnician = staffAction({
  summary: '停单或恢复接单，写明原因；派给他的收回，手上的单会列出来',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({ staffNumber, suspended: z.boolean().describe('true 停单，false 恢复'), reason: words('原因', 2, 100) }),
  example: { staffNumber: '0317', suspended: true, reason: '证件待核' },
  run: async ({ staffNumber: number, suspended, reason }, context) => {
    const technician = await theTechnician(number)
    if (technician instanceof Refusal) return technician
    const { _id, name } = technician
    if (context.dryRun) return { text: `试跑，什么都没改。会让${name}${suspended ? '停单' : '恢复接单'}${suspended ? affected(await ordersInHand(_id), _id) : ''}`, dryRun: true }
    await collection('technicians').update({ _id }, { suspended: _.set(suspended), suspendedReason: _.set(suspended ? reason : ''), ordersCheckAt: _.set(after(new Date(), OUTBOX_LEASE_MS)) })
    if (!suspended) return { text: `${name} ${number} 可以接单了`, jobs: [] }
    const orders = await letOrdersHeed(_id, context, isOfferedTo(_id))
    return { text: `${name} ${number} 停单了：${reason}${affected(orders, _id)}`, jobs: orders.filter(isWorkedBy(_id)).map((order) => order.number) }
  },
})

const numbersOf = (orders: readonly OrderDocument[]): string => orders.map((order) => order.number).join('、')

const affected = (orders: readonly OrderDocument[], technicianId: string): string => {
  const [offered, jobs] = [orders.filter(isOfferedTo(technicianId)), orders.filter(isWorkedBy(technicianId))]
  return `${offered.length > 0 ? `\n收回的派单 ${offered.length} 张：${numbersOf(offered)}` : ''}${jobs.length > 0 ? `\n手上还有 ${jobs.length} 单，要换人请用 assignOrder：${numbersOf(jobs)}` : ''}`
}

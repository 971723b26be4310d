import * as z from 'zod'
import { STATUS_LABEL } from '../domain/lifecycle'
import type { OrderStatus } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { _, collection } from '../platform/db'
import { staffAction } from './staff-action'
import { findTheOrder, orderLine, orderRef } from './the-order'
import type { LineOf } from './the-order'

const LIMIT = 20
/** The long parts of an order that a line does without. */
const NOT_FOR_LINES = ['timeline', 'outbox', 'answered', 'offers', 'dispatch', 'quotes', 'stages', 'card', 'deadlines', 'cancelledVisits', 'photos'] as const
const STATUSES = Object.keys(STATUS_LABEL) as [OrderStatus, ...OrderStatus[]]

/** Orders by number, by the customer's phone, or by state: newest first. */
export const findOrders = staffAction({
  summary: '找工单：按工单号、业主电话或状态',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z
    .strictObject({ number: orderRef.optional(), phone: z.string().regex(/^\d{7,12}$/, '电话只写数字').optional().describe('7–12 位数字'), status: z.enum(STATUSES).optional().describe(STATUSES.map((status) => `${status} ${STATUS_LABEL[status]}`).join('、')) })
    .refine(({ number, phone, status }) => [number, phone, status].filter(Boolean).length === 1, '工单号、电话、状态三样里写一样'),
  example: { status: 'seeking_staff' },
  run: async ({ number, phone, status }) => {
    const now = new Date()
    const orders: (LineOf | Refusal)[] = number ? [await findTheOrder(number)] : phone ? await byPhone(phone) : await collection('orders').find({ status }, { order: { updatedAt: 'desc' }, limit: LIMIT, without: NOT_FOR_LINES })
    const [first] = orders
    if (first instanceof Refusal) return first
    const found = orders.filter((order): order is LineOf => !(order instanceof Refusal))
    return { text: found.length > 0 ? found.map((order) => orderLine(order, now)).join('\n') : '没有找到工单', orders: found.map((order) => ({ number: order.number, id: order._id, status: order.status, title: order.title })) }
  },
})

const byPhone = async (phone: string): Promise<LineOf[]> => {
  const customers = await collection('customers').find({ phone }, { limit: LIMIT })
  return customers.length === 0 ? [] : collection('orders').find({ _id: _.in(customers.map((customer) => customer._id)) }, { limit: LIMIT, without: NOT_FOR_LINES })
}

import * as z from 'zod'
import { personOf } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { momentText } from '../domain/shanghai'
import { collection } from '../platform/db'
import { staffAction } from './staff-action'
import { findTheOrder, orderRef } from './the-order'

const LIMIT = 200
const WHAT = { person: '看过姓名和地址', phone: '要过电话号码' } as const

/** R39 who read what of the person behind an order, newest first. */
export const listAccess = staffAction({
  summary: '看谁看过一张单的业主资料',
  roles: ['customer_service'],
  writes: false,
  input: z.strictObject({ order: orderRef }),
  example: { order: 'SF1122-0486' },
  run: async ({ order: ref }) => {
    const order = await findTheOrder(ref)
    if (order instanceof Refusal) return order
    const now = new Date()
    const found = await collection('access_log').find({ orderId: order._id }, { order: { at: 'desc' }, limit: LIMIT })
    const lines = found.map(({ role, readerId, what, at }) => {
      const technician = role === 'technician' ? personOf(order, readerId) : null
      return `${momentText(at, now)}｜${role === 'staff' ? `员工 ${readerId}` : `${technician?.name ?? readerId} ${technician?.staffNumber ?? ''}`.trim()}｜${WHAT[what]}`
    })
    return { text: lines.length > 0 ? lines.join('\n') : '还没有人看过', order: order.number, readings: found.map(({ role, readerId, what, at }) => ({ role, readerId, what, at: at.toISOString() })) }
  },
})

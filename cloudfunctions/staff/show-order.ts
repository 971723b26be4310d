import * as z from 'zod'
import { DEADLINES } from '../domain/deadlines'
import { yuan } from '../domain/money'
import type { Quote, QuoteLine, Refund } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { momentText } from '../domain/shanghai'
import { maskPhone, timelineLines } from '../domain/views/parts'
import { logAccess } from '../platform/access-log'
import { collection } from '../platform/db'
import { withHistory } from '../platform/history'
import { staffAction } from './staff-action'
import { findTheOrder, orderLine, orderRef } from './the-order'

/** One order whole: where it stands, money, what is due, and the timeline with our own affairs. */
export const showOrder = staffAction({
  summary: '看一张工单：到哪一步、钱、时限、全部经过',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z.strictObject({ order: orderRef }),
  example: { order: 'SF1122-0486' },
  run: async ({ order: ref }, { operator }) => {
    const order = await findTheOrder(ref)
    if (order instanceof Refusal) return order
    const now = new Date()
    const [customer, whole] = await Promise.all([collection('customers').get(order._id), withHistory(order)])
    if (customer) await logAccess({ orderId: order._id, reader: { role: 'staff', id: operator.id }, what: 'person' })
    const timeline = timelineLines(whole, 'staff')
    const money = order.stages.map((stage) => [`${stage.name} ${yuan(stage.amountFen)} ${STAGE[stage.state]}`, ...stage.refunds.map(refundText)].join('，'))
    const due = [...order.deadlines].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).map((deadline) => `${momentText(deadline.dueAt, now)} ${DEADLINES[deadline.id].then}`)
    return {
      text: [
        orderLine(order, now),
        customer ? `业主 ${customer.name}${customer.honorific} ${maskPhone(customer.phone)}｜${customer.address}` : '业主资料已删除',
        `毛病：${order.problem}`,
        money.length > 0 ? `款：${money.join('；')}` : '款：还没有',
        ...order.quotes.filter(({ state }) => QUOTE[state] !== undefined).map(quoteText),
        due.length > 0 ? `时限：${due.join('；')}` : '没有时限',
        '经过：',
        ...timeline.map((line) => `${momentText(new Date(line.at), now)} ${line.by}：${line.text}`),
      ].join('\n'),
      order: order.number, id: order._id, status: order.status, version: order.version, timeline,
    }
  },
})

const STAGE = { not_due: '没到期', due: '待付', paid: '已付', refunding: '退款中', refunded: '已退', void: '作废' } as const

/** Quotes that count or wait; those that were put aside are told by the timeline. */
const QUOTE: Partial<Record<Quote['state'], string>> = { pending: '等批价', sent: '等业主答复', confirmed: '业主确认了' }

/** 报价第 2 版（等批价）：L1 换水龙头 × 1 个 ¥228.00；L3 老式接头 × 2 个 没有价，… */
const quoteText = ({ version, state, lines, totalFen, change }: Quote): string => {
  const line = ({ id, name, quantity, unit, amountFen }: QuoteLine): string => `${id} ${name} × ${quantity} ${unit} ${amountFen > 0 ? yuan(amountFen) : '没有价'}`
  return [`${change ? '加减项目' : '报价'}第 ${version} 版（${QUOTE[state] ?? ''}）：${lines.map(line).join('；')}；一共 ${yuan(totalFen)}`, change ? `现场：${change.reason}` : ''].filter(Boolean).join('｜')
}

const REFUND = { requested: '在路上', succeeded: '到账', failed: '没有成功' } as const
const refundText = ({ amountFen, reason, state }: Refund): string => `退 ${yuan(amountFen)}（${reason}，${REFUND[state]}）`

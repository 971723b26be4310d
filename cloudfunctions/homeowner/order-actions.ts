import * as z from 'zod'
import type { OrderEvent } from '../domain/event'
import type { Order } from '../domain/order'
import type { CancelLine } from '../../typings/contract'
import { settlementOf, stepsOf } from '../domain/handlers/progress'
import type { Settlement } from '../domain/handlers/progress'
import { addFen, fenSchema, yuan, ZERO } from '../domain/money'
import { Refusal } from '../domain/refusal'
import { decide } from '../domain/decide'
import { maskName } from '../domain/views/parts'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { EXAMPLE_ORDER, fileId, orderId, visitNo, words } from '../platform/fields'
import { acceptFiles } from '../platform/files'
import { knowledgeOf } from '../platform/knowledge'
import { readSettings } from '../platform/settings'
import { changeOwnOrder, readOwnOrder, showOrder } from './own-order'

const actor = (order: Order) => ({ role: 'homeowner' as const, id: order.homeownerId })

export const getOrder = defineAction({
  summary: '看一张工单',
  input: z.strictObject({ orderId }),
  example: { orderId: EXAMPLE_ORDER },
  run: async (input, context) => {
    const own = await readOwnOrder(input.orderId, context)
    return own instanceof Refusal ? own : showOrder(own)
  },
})

/** R23 what cancelling now would cost and give back: decided as it would be, and not written. */
export const previewCancel = defineAction({
  summary: '取消前看要结多少、退多少',
  input: z.strictObject({ orderId }),
  example: { orderId: EXAMPLE_ORDER },
  run: async (input, context) => {
    const own = await readOwnOrder(input.orderId, context)
    if (own instanceof Refusal) return own
    const settings = await readSettings()
    const settlement = settlementOf(own.order)
    const decision = decide(own.order, { type: 'cancel', settledFen: settlement.settledFen, reason: '', by: actor(own.order) }, new Date(), knowledgeOf(settings, []))
    if (decision.kind === 'needs_technicians') throw new Error(`order ${own.order._id}: cancelling asked for technicians`)
    if (decision.refusal) return decision.refusal
    const { cancellation } = decision.order
    if (decision.order.status !== 'cancelled' || !cancellation) return { settledFen: 0, refundedFen: 0, paidFen: 0, lines: [], sentence: '这次不用来了，不收费，保修照旧' }
    const { settledFen, refundedFen } = cancellation
    const settled = settledFen > 0 ? `要结 ${yuan(settledFen)}` : '现在取消不收费'
    return { settledFen, refundedFen, paidFen: settlement.paidFen, lines: settlementLines(settlement), sentence: refundedFen > 0 ? `${settled}，${yuan(refundedFen)} 原路退回` : settled }
  },
})

/** What each line settles at, in the homeowner's words too. */
const settlementLines = ({ lines }: Settlement): CancelLine[] =>
  lines.map(({ line, steps, materials, labourFen, materialFen }) => {
    const used = line.materialFen > 0 ? `，料用了 ${materials}/${line.quantity} ${line.unit}` : ''
    return {
      id: line.id, name: line.name, quantity: line.quantity, unit: line.unit, steps: stepsOf(line), stepsDone: steps, materialsUsed: materials, labourFen: line.labourFen, materialFen: line.materialFen, labourSettledFen: labourFen, materialSettledFen: materialFen,
      text: `${line.name}：做了 ${steps}/${stepsOf(line)} 步${used}，${yuan(addFen(labourFen, materialFen))}`,
    }
  })

export const cancelOrder = defineAction({
  summary: '取消工单；返工中则是这次不用来了',
  input: z.strictObject({ orderId, reason: words('原因', 1, 100), settledFen: fenSchema.default(ZERO).describe('预览时看到的要结多少，单位是分；变了就不取消，再给您看') }),
  example: { orderId: EXAMPLE_ORDER, reason: '自己修好了', settledFen: 0 },
  run: ({ orderId: id, reason, settledFen }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'cancel', settledFen, reason, by: actor(order) })),
})

const quoteVersion = z.int().min(1).max(9_999)

/** R19 what was confirmed is what is paid. */
export const confirmQuote = defineAction({
  summary: '确认报价',
  input: z.strictObject({ orderId, quoteVersion }),
  example: { orderId: EXAMPLE_ORDER, quoteVersion: 1 },
  run: ({ orderId: id, quoteVersion: version }, context) => changeOwnOrder(id, context, () => ({ type: 'confirm_quote', version })),
})

export const declineQuote = defineAction({
  summary: '不同意报价，写明原因',
  input: z.strictObject({ orderId, quoteVersion, reason: words('原因', 1, 200) }),
  example: { orderId: EXAMPLE_ORDER, quoteVersion: 1, reason: '比价目贵' },
  run: ({ orderId: id, quoteVersion: version, reason }, context) => changeOwnOrder(id, context, () => ({ type: 'decline_quote', version, reason })),
})

export const acceptWork = defineAction({
  summary: '验收',
  input: z.strictObject({ orderId, visitNo }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1 },
  run: ({ orderId: id, visitNo: no }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'accept', visitNo: no, by: actor(order), note: '' })),
})

/** R30 or what is missing: back to work. */
export const reportMissing = defineAction({
  summary: '验收时说还差什么',
  input: z.strictObject({ orderId, visitNo, missing: z.array(words('还差什么', 2, 60)).min(1, '请写还差什么').max(10, '最多写 10 条') }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, missing: ['角阀还在渗水'] },
  run: ({ orderId: id, visitNo: no, missing }, context) => changeOwnOrder(id, context, () => ({ type: 'report_missing', visitNo: no, missing })),
})

export const signWarrantyCard = defineAction({
  summary: '在保修卡上签字',
  input: z.strictObject({ orderId, signature: fileId }),
  example: { orderId: EXAMPLE_ORDER, signature: 'cloud://env.bucket/signature/…/1-….png' },
  run: ({ orderId: id, signature }, context) =>
    changeOwnOrder(id, context, async ({ order, customer }): Promise<OrderEvent | Refusal> => {
      const kept = await acceptFiles('signature', [signature], { purpose: 'signature', openid: openidOf(context.caller), subject: id })
      return kept instanceof Refusal ? kept : { type: 'sign_card', by: actor(order), file: kept[0] ?? '', maskedName: maskName(customer?.name ?? '') }
    }),
})

/** R33 the homeowner chooses who comes again, or asks to be called. */
export const chooseReturn = defineAction({
  summary: '不满意：选谁再上门',
  input: z.strictObject({ orderId, visitNo, choice: z.enum(['same', 'another', 'call_me']) }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 2, choice: 'same' as const },
  run: ({ orderId: id, visitNo: no, choice }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'choose_return', visitNo: no, choice, by: actor(order) })),
})

/** R21 in one tap: the technician is not told who said it. */
export const reportCash = defineAction({
  summary: '反映师傅要现金',
  input: z.strictObject({ orderId, visitNo }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1 },
  run: ({ orderId: id, visitNo: no }, context) => changeOwnOrder(id, context, () => ({ type: 'report_cash', visitNo: no })),
})

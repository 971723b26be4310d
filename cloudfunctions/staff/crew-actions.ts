import * as z from 'zod'
import { personOf, visitOf } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { addHelper as addHelperTo, helperAdded, helperSlot, NO_SUCH_NUMBER } from '../platform/add-helper'
import { staffNumber, words } from '../platform/fields'
import { requestKey } from '../platform/orders'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { technicianByNumber } from '../platform/technicians'
import { staffAction } from './staff-action'
import { changeOrder, findTheOrder, orderRef, rehearse, staffActor, toldOf } from './the-order'

const reason = words('原因', 2, 200)

/** R47 by staff. */
export const addHelper = staffAction({
  summary: '给一张单加一位帮手',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ order: orderRef, staffNumber }),
  example: { order: 'SF1122-0486', staffNumber: '0452' },
  run: async ({ order: ref, staffNumber: number }, context) => {
    const [order, document, settings] = await Promise.all([findTheOrder(ref), technicianByNumber(number), readSettings()])
    if (order instanceof Refusal) return order
    const by = staffActor(context)
    if (context.dryRun) {
      if (!document) return NO_SUCH_NUMBER
      const technician = toTechnician(document)
      return rehearse(order, (read, now) => {
        const slot = helperSlot(read, technician, by, now, settings)
        return slot instanceof Refusal ? slot : helperAdded(technician, slot, by)
      })
    }
    const added = await addHelperTo({ order, customer: null, document, key: requestKey(context.action, context.operator.id, context.requestId), by, authorise: () => null })
    return added instanceof Refusal ? added : toldOf(added)
  },
})

/** R47 */
export const removeHelper = staffAction({
  summary: '去掉一张单的帮手，写明原因',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ order: orderRef, staffNumber, reason }),
  example: { order: 'SF1122-0486', staffNumber: '0452', reason: '一个人就够了' },
  run: ({ order, staffNumber: number, reason: why }, context) =>
    changeOrder(order, context, (read) => {
      const helperId = visitOf(read).helpers.find((id) => personOf(read, id)?.staffNumber === number)
      return helperId ? { type: 'remove_helper', helperId, reason: why, by: staffActor(context) } : refuse('NOT_FOUND', `工号 ${number} 不是这张单的帮手`, { staffNumber: '不是这张单的帮手' })
    }),
})

/** R07 nobody near can come. */
export const widenSearch = staffAction({
  summary: '放宽范围再派，附近没人接时用',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ order: orderRef, radiusFactor: z.number().gt(1, '倍数要大于 1').max(3, '倍数最多 3').describe('师傅自己半径的倍数，大于 1、最多 3'), reason }),
  example: { order: 'SF1122-0486', radiusFactor: 2, reason: '三轮没人接，往远处找' },
  run: ({ order, radiusFactor, reason: why }, context) => changeOrder(order, context, () => ({ type: 'widen_search', radiusFactor, reason: why, by: staffActor(context) })),
})

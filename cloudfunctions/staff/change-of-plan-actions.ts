import * as z from 'zod'
import { isoTime, timeWindow, words } from '../platform/fields'
import { missingParts } from '../platform/parts-fields'
import { changeAgreedVisit } from './change-agreed-visit'
import { staffAction } from './staff-action'
import { changeOrder, orderRef, staffActor } from './the-order'

/** What did not go as agreed, by staff for either side (R12, R15, R45). */

const reason = words('原因', 2, 200)
const ROLES = ['dispatcher', 'customer_service'] as const
const EXAMPLE_WINDOW = { from: '2026-11-22T14:00:00+08:00', to: '2026-11-22T16:00:00+08:00' }

/** R12 delays of ours are told too. */
export const tellDelay = staffAction({
  summary: '告诉业主要晚到：公司这边的事（配件、人手），改时间，等业主答复',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef, at: isoTime, reason }),
  example: { order: 'SF1122-0486', at: '2026-11-22T16:00:00+08:00', reason: '配件下午才到' },
  run: ({ order, at, reason: why }, context) => changeAgreedVisit({ ref: order, at, context }, (slot, helpersOut) => ({ type: 'tell_delay', at, slot, helpersOut, reason: why, by: staffActor(context) })),
})

/** R12 the homeowner phoned. */
export const moveAppointment = staffAction({
  summary: '替业主改上门时间，两边都通知',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef, at: isoTime, reason }),
  example: { order: 'SF1122-0486', at: '2026-11-22T16:00:00+08:00', reason: '业主来电，下午要出门' },
  run: ({ order, at, reason: why }, context) => changeAgreedVisit({ ref: order, at, context, onPhone: true }, (slot, helpersOut) => ({ type: 'move_appointment', at, slot, helpersOut, reason: why, by: staffActor(context) })),
})

/** R12 asked on the phone, since nobody had answered. */
export const agreeDelayFor = staffAction({
  summary: '记下业主电话里同意了新时间',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef, at: isoTime }),
  example: { order: 'SF1122-0486', at: '2026-11-22T15:00:00+08:00' },
  run: ({ order, at }, context) => changeOrder(order, context, () => ({ type: 'agree_delay', at, by: staffActor(context) }), { onPhone: true }),
})

/** R12 */
export const askAnotherFor = staffAction({
  summary: '替业主换一位师傅：原来的要晚到，重新派单',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef, wanted: timeWindow, reason }),
  example: { order: 'SF1122-0486', wanted: EXAMPLE_WINDOW, reason: '业主等不了，要换人' },
  run: ({ order, wanted, reason: why }, context) => changeOrder(order, context, () => ({ type: 'ask_another', wanted, reason: why, by: staffActor(context) }), { onPhone: true }),
})

/** R15 */
export const rebookFor = staffAction({
  summary: '替业主再约，上次没人在家的',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef, wanted: timeWindow, same: z.boolean().default(true).describe('true 先问上次那位，false 谁都可以') }),
  example: { order: 'SF1122-0486', wanted: EXAMPLE_WINDOW, same: true },
  run: ({ order, wanted, same }, context) => changeOrder(order, context, () => ({ type: 'rebook', wanted, same, by: staffActor(context) }), { onPhone: true }),
})

/** R45 */
export const waitForParts = staffAction({
  summary: '等配件：写缺什么、为什么、什么时候到，时限先停住',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef, parts: missingParts, reason, expectedAt: isoTime }),
  example: { order: 'SF1122-0486', parts: [{ name: '冷热龙头阀芯', quantity: 1 }], reason: '门店没货，厂家发', expectedAt: '2026-11-24T12:00:00+08:00' },
  run: ({ order, parts, reason: why, expectedAt }, context) => changeOrder(order, context, () => ({ type: 'wait_for_parts', parts, reason: why, expectedAt, by: staffActor(context) })),
})

/** R45 */
export const partsArrived = staffAction({
  summary: '配件到了，让师傅再约业主',
  roles: ROLES,
  writes: true,
  input: z.strictObject({ order: orderRef }),
  example: { order: 'SF1122-0486' },
  run: ({ order }, context) => changeOrder(order, context, () => ({ type: 'parts_arrived', by: staffActor(context) })),
})

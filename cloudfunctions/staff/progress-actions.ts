import * as z from 'zod'
import { progressLines, words } from '../platform/fields'
import { staffAction } from './staff-action'
import { changeOrder, orderRef, staffActor } from './the-order'

/** R23 for a technician who phones, and for what the office ordered for this order alone. */
export const recordProgress = staffAction({
  summary: '记做到哪一步、哪些料用了或退不了；中途取消按这个结',
  roles: ['dispatcher', 'customer_service', 'estimator'],
  writes: true,
  input: z.strictObject({ order: orderRef, lines: progressLines, reason: words('原因', 2, 100) }),
  example: { order: 'SF1122-0486', lines: [{ line: 'L1', steps: 0, materials: 1 }], reason: '专为这家订的玻璃，厂家不退' },
  run: ({ order, lines, reason }, context) =>
    changeOrder(order, context, () => ({ type: 'record_progress', lines: lines.map(({ line: lineId, ...done }) => ({ lineId, ...done })), reason, by: staffActor(context) })),
})

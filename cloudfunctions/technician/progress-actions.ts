import * as z from 'zod'
import { defineAction } from '../platform/action'
import { EXAMPLE_ORDER, orderId, progressLines, words } from '../platform/fields'
import { changeJob } from './job'

/** R23 how far each line is: what is settled if the homeowner cancels. */
export const recordProgress = defineAction({
  summary: '记做到哪一步、料用了多少；业主中途取消按这个结',
  input: z.strictObject({ orderId, lines: progressLines, reason: words('原因', 0, 100).default('') }),
  example: { orderId: EXAMPLE_ORDER, lines: [{ line: 'L1', steps: 1, materials: 1 }] },
  run: ({ orderId: id, lines, reason }, context) =>
    changeJob(id, context, (me) => ({ type: 'record_progress', lines: lines.map(({ line: lineId, ...done }) => ({ lineId, ...done })), reason, by: { role: 'technician', id: me._id, name: me.name } })),
})

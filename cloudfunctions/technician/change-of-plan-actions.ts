import * as z from 'zod'
import { visitOf } from '../domain/order'
import { technicianActor } from '../domain/draft'
import { personFrom } from '../domain/handlers/dispatch'
import { NOT_IN_CHARGE, Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { agreeTime } from '../platform/agree-time'
import { EXAMPLE_ORDER, isoTime, orderId, words } from '../platform/fields'
import { NO_ORDER, replayOf, requestKey } from '../platform/orders'
import { missingParts } from '../platform/parts-fields'
import { toTechnician } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { assignedTo, changeJob, readJob, showJob } from './job'
import { callingTechnician, readTechnician } from './me'

/** What does not go as agreed: late, nobody at home, parts missing (R12, R15, R45). */

const theOrder = z.strictObject({ orderId })
const reason = words('原因', 2, 100)

const actorOf = (me: TechnicianDocument) => technicianActor(personFrom(toTechnician(me)))

/** R12 a technician who cannot be on time says so, with reason and new time; their own day must have room then. */
export const tellDelay = defineAction({
  summary: '要晚到：写原因和新的时间，提前一小时说不算违规',
  input: z.strictObject({ orderId, at: isoTime, reason }),
  example: { orderId: EXAMPLE_ORDER, at: '2026-11-22T07:00:00Z', reason: '上一家还没修完' },
  run: async ({ orderId: id, at, reason: why }, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const [job, document] = await Promise.all([readJob(id), readTechnician(me)])
    if (document instanceof Refusal) return document
    if (!job || assignedTo(_id)(job.order)) return NO_ORDER
    if (visitOf(job.order).technicianId !== _id) return NOT_IN_CHARGE
    const key = requestKey(context.action, _id, context.requestId)
    const replay = replayOf(job.order, key)
    if (replay) return replay instanceof Refusal ? replay : showJob(job, document)
    const changed = await agreeTime({
      ...job,
      document,
      at,
      key,
      whose: '您',
      by: 'self',
      event: (slot, helpersOut) => ({ type: 'tell_delay', at, slot, helpersOut, reason: why, by: actorOf(document) }),
      authorise: assignedTo(_id),
    })
    return changed instanceof Refusal ? changed : showJob(changed, document)
  },
})

/** R15 the call from the door. */
export const recordDoorCall = defineAction({
  summary: '在门口打过电话：通了还是没人接',
  input: z.strictObject({ orderId, answered: z.boolean() }),
  example: { orderId: EXAMPLE_ORDER, answered: false },
  run: ({ orderId: id, answered }, context) => changeJob(id, context, (me) => ({ type: 'record_door_call', technicianId: me._id, answered })),
})

/** R15 the app writes the note. */
export const leaveNote = defineAction({
  summary: '等够时间没人开门：留言离开',
  input: theOrder,
  example: { orderId: EXAMPLE_ORDER },
  run: ({ orderId: id }, context) => changeJob(id, context, (me) => ({ type: 'leave_note', technicianId: me._id })),
})

/** R45 */
export const waitForParts = defineAction({
  summary: '等配件：写缺什么、为什么、什么时候到',
  input: z.strictObject({ orderId, parts: missingParts, reason, expectedAt: isoTime }),
  example: { orderId: EXAMPLE_ORDER, parts: [{ name: '冷热龙头阀芯', quantity: 1 }], reason: '门店没货，厂家发', expectedAt: '2026-11-24T04:00:00Z' },
  run: ({ orderId: id, parts, reason: why, expectedAt }, context) =>
    changeJob(id, context, (me, order) => (visitOf(order).technicianId === me._id ? { type: 'wait_for_parts', parts, reason: why, expectedAt, by: actorOf(me) } : NOT_IN_CHARGE)),
})

/** R45 */
export const partsArrived = defineAction({
  summary: '配件到了，再打电话约时间',
  input: theOrder,
  example: { orderId: EXAMPLE_ORDER },
  run: ({ orderId: id }, context) =>
    changeJob(id, context, (me, order) => (visitOf(order).technicianId === me._id ? { type: 'parts_arrived', by: actorOf(me) } : NOT_IN_CHARGE)),
})

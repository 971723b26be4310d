import * as z from 'zod'
import { technicianActor } from '../domain/draft'
import { personFrom } from '../domain/handlers/dispatch'
import { stateRefusal } from '../domain/lifecycle'
import { visitOf } from '../domain/order'
import type { Order } from '../domain/order'
import { NOT_IN_CHARGE, refuse, Refusal } from '../domain/refusal'
import { technicianCard } from '../domain/views/parts'
import { defineAction } from '../platform/action'
import type { ActionContext } from '../platform/action'
import { addHelper as addHelperTo, NO_SUCH_NUMBER } from '../platform/add-helper'
import { openidOf } from '../platform/caller'
import { EXAMPLE_ORDER, orderId, staffNumber, words } from '../platform/fields'
import { NO_ORDER, requestKey } from '../platform/orders'
import { cardReading } from '../platform/reading'
import { toTechnician } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { technicianByNumber } from '../platform/technicians'
import { assignedTo, changeJob, changeJobQuietly, readJob, showJob } from './job'
import type { Job } from './job'
import { showJobs } from './jobs-view'
import { accountRefusal, callingTechnician } from './me'

/** Nobody but the one in charge (R47). */
const inChargeOf =
  (technicianId: string) =>
  (order: Order): Refusal | null =>
    assignedTo(technicianId)(order) ?? (visitOf(order).technicianId === technicianId ? null : NOT_IN_CHARGE)

interface Asked {
  me: TechnicianDocument
  job: Job
  /** Whose number it is; null when nobody has it. */
  document: TechnicianDocument | null
}

/** Who asks must be in charge of that job, by the account that the register knows. */
const inCharge = async (id: string, number: string, context: ActionContext): Promise<Asked | Refusal> => {
  const me = await callingTechnician(context)
  const [job, document] = await Promise.all([readJob(id), technicianByNumber(number)])
  if (!job) return NO_ORDER
  return inChargeOf(me._id)(job.order) ?? (await accountRefusal(job.order, me)) ?? { me, job, document }
}

/** R47 R40 whose number it is, before anybody is added: nothing that the badge at the door does not show. For the one in charge of this order only. */
export const findHelper = defineAction({
  summary: '看看这个工号是哪位师傅',
  input: z.strictObject({ orderId, staffNumber }),
  example: { orderId: EXAMPLE_ORDER, staffNumber: '0452' },
  run: async ({ orderId: id, staffNumber: number }, context) => {
    const asked = await inCharge(id, number, context)
    if (asked instanceof Refusal) return asked
    const { job, document } = asked
    const tooLate = stateRefusal(job.order, 'add_helper')
    if (tooLate) return tooLate
    if (!document) return NO_SUCH_NUMBER
    const technician = toTechnician(document)
    const { name, staffNumber: written, skills } = technicianCard(personFrom(technician), await cardReading([technician]))
    return { name, staffNumber: written, skills }
  },
})

/** R47 by the one in charge. */
export const addHelper = defineAction({
  summary: '给自己的单加一位帮手，写他的工号',
  input: z.strictObject({ orderId, staffNumber }),
  example: { orderId: EXAMPLE_ORDER, staffNumber: '0452' },
  run: async ({ orderId: id, staffNumber: number }, context) => {
    const asked = await inCharge(id, number, context)
    if (asked instanceof Refusal) return asked
    const { me, job, document } = asked
    const by = technicianActor(personFrom(toTechnician(me)))
    const added = await addHelperTo({ ...job, document, key: requestKey(context.action, me._id, context.requestId), by, authorise: inChargeOf(me._id) })
    return added instanceof Refusal ? added : showJob(added, me)
  },
})

/** R47 */
export const removeHelper = defineAction({
  summary: '去掉一位帮手，写明原因',
  input: z.strictObject({ orderId, helperId: z.string().min(1).max(64), reason: words('原因', 2, 100) }),
  example: { orderId: EXAMPLE_ORDER, helperId: 't0452', reason: '一个人就够了' },
  run: ({ orderId: id, helperId, reason }, context) =>
    changeJob(id, context, (me, order) => inChargeOf(me._id)(order) ?? { type: 'remove_helper', helperId, reason, by: technicianActor(personFrom(toTechnician(me))) }),
})

/** R47 a helper who cannot come; who is in charge gives the job back (R09). */
export const leaveCrew = defineAction({
  summary: '当帮手的单去不了，写明原因',
  input: z.strictObject({ orderId, reason: words('原因', 1, 100) }),
  example: { orderId: EXAMPLE_ORDER, reason: '那天请了假' },
  run: async ({ orderId: id, reason }, context) => {
    const changed = await changeJobQuietly(
      id,
      context,
      (me, order) =>
        visitOf(order).technicianId === me._id ? refuse('WRONG_STATE', '这单您负责，去不了请退单') : { type: 'remove_helper', helperId: me._id, reason, by: technicianActor(personFrom(toTechnician(me))) },
      { answersWithoutOrder: true },
    )
    return changed instanceof Refusal ? changed : showJobs(changed.me._id, openidOf(context.caller))
  },
})

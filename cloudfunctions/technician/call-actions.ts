import * as z from 'zod'
import { chooseRepair } from '../domain/chosen-repair'
import { visitOf } from '../domain/order'
import type { Order } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after, DAY } from '../domain/shanghai'
import { defineAction } from '../platform/action'
import { chosenItems, EXAMPLE_ORDER, isoTime, line, orderId, words } from '../platform/fields'
import { logAccess } from '../platform/access-log'
import { agreeTime } from '../platform/agree-time'
import { NO_ORDER, replayOf, requestKey } from '../platform/orders'
import { readPriceBook, readSettings } from '../platform/settings'
import { tradeRefusal } from '../platform/trade-change'
import { assignedTo, changeJob, changeJobQuietly, readJob, showJob } from './job'
import { callingTechnician, readTechnician } from './me'

/** R39: past the window in which the job shows who lives there. */
const isOver = (order: Order, { privacy }: Settings): boolean => {
  const { completedAt } = visitOf(order)
  return completedAt !== null && new Date() >= after(completedAt, privacy.visibleDays * DAY)
}

const OVER = refuse('NOT_FOUND', '完工有些天了，不再给业主的电话；有事请找公司')

/** R10 dialling counts; it gives the number of who is on site. */
export const dial = defineAction({
  summary: '拨电话：记下时间，给出号码',
  input: z.strictObject({ orderId }),
  example: { orderId: EXAMPLE_ORDER },
  run: async ({ orderId: id }, context) => {
    const changed = await changeJobQuietly(id, context, async (me, order) => (isOver(order, await readSettings()) ? OVER : { type: 'dial', technicianId: me._id }))
    if (changed instanceof Refusal) return changed
    // Asked again under an old requestId as well.
    if (isOver(changed.order, await readSettings())) return OVER
    if (!changed.customer) return refuse('NOT_FOUND', '业主的资料已经删除了')
    await logAccess({ orderId: id, reader: { role: 'technician', id: changed.me._id }, what: 'phone' })
    return { phone: (changed.customer.onSite ?? changed.customer).phone, job: await showJob(changed, changed.me) }
  },
})

const corrections = z.strictObject({ problem: words('毛病', 2, 500).optional(), honorific: z.enum(['先生', '女士']).optional(), room: line('门牌', 1, 50).optional(), items: chosenItems.optional() })

const recordInput = z.strictObject({ orderId, outcome: z.enum(['agreed', 'no_answer', 'wrong_number']), at: isoTime.optional(), corrections: corrections.optional() }).check(({ value, issues }) => {
  if (value.outcome === 'agreed' && !value.at) issues.push({ code: 'custom', input: value.at, path: ['at'], message: '请选约好的上门时间' })
  if (value.outcome !== 'agreed' && value.at) issues.push({ code: 'custom', input: value.at, path: ['at'], message: '没约好就不用选时间' })
})

const inCorrections = (fields: Refusal['fields']): Refusal['fields'] => fields && Object.fromEntries(Object.entries(fields).map(([path, message]) => [`corrections.${path}`, message]))

/** R10 the outcome of the call. An agreed time is checked against the technician's day and held before it is written. */
export const recordCall = defineAction({
  summary: '记电话结果：约好了、没人接、号码不对',
  input: recordInput,
  example: { orderId: EXAMPLE_ORDER, outcome: 'agreed' as const, at: '2026-11-22T06:30:00Z' },
  run: async ({ orderId: id, outcome, at, corrections: { items, ...said } = {} }, context) => {
    const repair = items && chooseRepair(await readPriceBook(), items)
    if (repair instanceof Refusal) return refuse(repair.code, repair.message, inCorrections(repair.fields))
    const corrected = { ...said, ...(repair ? { repair } : {}) }
    if (!at) {
      return changeJob(id, context, async (me, order) => {
        const document = repair ? await readTechnician(me) : null
        if (document instanceof Refusal) return document
        const unfit = repair && document && tradeRefusal(order, repair, document, await readSettings())
        return unfit ? refuse(unfit.code, unfit.message, inCorrections(unfit.fields)) : { type: 'record_call', technicianId: me._id, outcome, appointmentAt: null, slot: null, corrections: corrected }
      })
    }
    const me = await callingTechnician(context)
    const { _id } = me
    const [job, document] = await Promise.all([readJob(id), readTechnician(me)])
    if (document instanceof Refusal) return document
    if (!job) return NO_ORDER
    const key = requestKey(context.action, _id, context.requestId)
    const stranger = assignedTo(_id)(job.order)
    if (stranger) return stranger
    const replay = replayOf(job.order, key)
    if (replay) return replay instanceof Refusal ? replay : showJob(job, document)
    const unfit = repair && tradeRefusal(job.order, repair, document, await readSettings())
    if (unfit) return refuse(unfit.code, unfit.message, inCorrections(unfit.fields))
    const changed = await agreeTime({
      ...job,
      document,
      key,
      at,
      ...(repair ? { items: repair.items } : {}),
      whose: '您',
      by: 'self',
      event: (slot, helpersOut) => ({ type: 'record_call', technicianId: _id, outcome, appointmentAt: at, slot, helpersOut, corrections: corrected }),
      authorise: assignedTo(_id),
    })
    return changed instanceof Refusal ? changed : showJob(changed, document)
  },
})

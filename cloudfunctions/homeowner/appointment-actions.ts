import * as z from 'zod'
import { freeTimes as timesWhen } from '../domain/free-times'
import type { OrderEvent } from '../domain/event'
import { visitOf } from '../domain/order'
import type { Order } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { cardOf } from '../domain/views/parts'
import { defineAction } from '../platform/action'
import type { ActionContext } from '../platform/action'
import { agreeTime } from '../platform/agree-time'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { EXAMPLE_ORDER, isoTime, line, orderId, phone, timeWindow, words } from '../platform/fields'
import { replayOf, requestKey } from '../platform/orders'
import { cardReading } from '../platform/reading'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { changeOwnOrder, ownedBy, readOwnOrder, showOrder } from './own-order'
import type { OwnOrder } from './own-order'

const actor = (order: Order) => ({ role: 'homeowner' as const, id: order.homeownerId })
const EXAMPLE_WINDOW = { from: '2026-11-22T06:00:00Z', to: '2026-11-22T08:00:00Z' }
const theOrder = z.strictObject({ orderId })

/** R12 only times that can be kept are shown. */
export const freeTimes = defineAction({
  summary: '改时间前，看师傅哪些时间排得开',
  input: theOrder,
  example: { orderId: EXAMPLE_ORDER },
  run: async (input, context) => {
    const own = await readOwnOrder(input.orderId, context)
    if (own instanceof Refusal) return own
    const { order } = own
    const { technicianId } = visitOf(order)
    const [document, settings, reading] = await Promise.all([technicianId ? collection('technicians').get(technicianId) : null, readSettings(), cardReading(order.people)])
    if (!document) return refuse('WRONG_STATE', '师傅还没定，先等师傅电话约时间')
    return { technician: cardOf(order, technicianId, reading), days: timesWhen(toTechnician(document), order, new Date(), settings) }
  },
})

/** R12 the homeowner moves the visit; the technician's day must have room then. */
export const moveAppointment = defineAction({
  summary: '改上门时间；先用 freeTimes 看师傅哪些时间排得开',
  input: z.strictObject({ orderId, at: isoTime, reason: words('原因', 0, 100).default('') }),
  example: { orderId: EXAMPLE_ORDER, at: '2026-11-22T08:00:00Z' },
  run: async ({ orderId: id, at, reason }, context) => {
    const own = await readOwnOrder(id, context)
    return own instanceof Refusal ? own : moveTo(own, at, reason, context)
  },
})

const moveTo = async ({ order, customer }: OwnOrder, at: Date, reason: string, context: ActionContext) => {
  const openid = openidOf(context.caller)
  const key = requestKey(context.action, openid, context.requestId)
  const replay = replayOf(order, key)
  if (replay) return replay instanceof Refusal ? replay : showOrder({ order, customer })
  const { technicianId } = visitOf(order)
  const document = technicianId ? await collection('technicians').get(technicianId) : null
  if (!document) return refuse('WRONG_STATE', '还没约好上门时间，师傅会先给您打电话')
  const moved = await agreeTime({
    order,
    customer,
    document,
    at,
    key,
    whose: '师傅',
    by: 'offer',
    event: (slot, helpersOut): OrderEvent => ({ type: 'move_appointment', at, slot, helpersOut, reason, by: actor(order) }),
    authorise: ownedBy(openid),
  })
  return moved instanceof Refusal ? moved : showOrder({ order: moved.order, customer })
}

/** R12 */
export const agreeDelay = defineAction({
  summary: '同意师傅说的新时间',
  input: z.strictObject({ orderId, at: isoTime }),
  example: { orderId: EXAMPLE_ORDER, at: '2026-11-22T07:00:00Z' },
  run: ({ orderId: id, at }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'agree_delay', at, by: actor(order) })),
})

/** R12 books anew. */
export const askAnother = defineAction({
  summary: '师傅晚到时换一位，重新派单',
  input: z.strictObject({ orderId, wanted: timeWindow, reason: words('原因', 1, 100) }),
  example: { orderId: EXAMPLE_ORDER, wanted: EXAMPLE_WINDOW, reason: '下午要出门，等不了' },
  run: ({ orderId: id, wanted, reason }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'ask_another', wanted, reason, by: actor(order) })),
})

/** R15 */
export const sayAtHome = defineAction({
  summary: '师傅在门口，告诉他马上开门',
  input: theOrder,
  example: { orderId: EXAMPLE_ORDER },
  run: ({ orderId: id }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'say_at_home', by: actor(order) })),
})

/** R15 a new booking in one tap. */
export const rebook = defineAction({
  summary: '上次没人在家，再约时间；same 先问上次那位师傅',
  input: z.strictObject({ orderId, wanted: timeWindow, same: z.boolean() }),
  example: { orderId: EXAMPLE_ORDER, wanted: EXAMPLE_WINDOW, same: true },
  run: ({ orderId: id, wanted, same }, context) => changeOwnOrder(id, context, ({ order }) => ({ type: 'rebook', wanted, same, by: actor(order) })),
})

/** R10 the technician phones again, as when staff put the number right. */
export const correctContact = defineAction({
  summary: '改联系电话；号码不对的单，改了师傅马上再打',
  input: z.strictObject({ orderId, phone: phone.optional(), onSite: z.strictObject({ name: line('在家的人', 1, 20), phone }).optional() }),
  example: { orderId: EXAMPLE_ORDER, phone: '139 0000 1111' },
  run: async ({ orderId: id, phone: number, onSite }, context) => {
    const view = await changeOwnOrder(id, context, ({ order, customer }) => {
      const isNew = (number && number !== customer?.phone) || (onSite && onSite.phone !== customer?.onSite?.phone)
      return isNew ? { type: 'correct_contact', by: actor(order), corrections: { name: null, honorific: null, room: null, phone: number ?? null, onSite: onSite ?? null } } : refuse('INVALID_INPUT', SAME_NUMBER, { phone: SAME_NUMBER })
    })
    // What was read before still says the old number.
    return view instanceof Refusal ? view : { ...view, contact: { ...view.contact, phone: number ?? view.contact.phone, onSite: onSite ?? view.contact.onSite } }
  },
})

const SAME_NUMBER = '和现在的号码一样；号码没错就打给客服，师傅再打'

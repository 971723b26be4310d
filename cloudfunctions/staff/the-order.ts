import * as z from 'zod'
import type { OrderEvent } from '../domain/event'
import { STATUS_LABEL } from '../domain/lifecycle'
import { personOf, visitOf } from '../domain/order'
import type { Actor } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { momentText } from '../domain/shanghai'
import { collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { reachedByPhone } from '../platform/inbox'
import { applyEvent, decideOn, requestKey } from '../platform/orders'
import type { Changed } from '../platform/orders'
import { readSettings } from '../platform/settings'
import { ReadAhead, textIn } from './read-ahead'
import type { StaffAnswer, StaffContext } from './staff-action'

/** An order as staff name it: its number, or its id. */
export const orderRef = z.string('请写工单号，例如 SF1122-0486').trim().min(6, '请写完整的工单号，例如 SF1122-0486').max(64, '工单号太长').describe('SF1122-0486 这样')

const NUMBER = /^SF\d{4}-\d{4,8}$/i

const read = async (ref: string): Promise<OrderDocument | null> =>
  NUMBER.test(ref) ? ((await collection('orders').find({ number: ref.toUpperCase() }, { limit: 1 }))[0] ?? null) : collection('orders').get(ref)

const ahead = new ReadAhead(read)

/** Most actions are about an order: it and the figures are read beside the operator. */
export const readOrderAhead = (input: unknown): void => {
  const ref = orderRef.safeParse(textIn(input, 'order'))
  ahead.start(ref.success ? ref.data : null)
  if (ref.success) readSettings().catch(() => undefined)
}

/** The order that an action names, without using up what was read ahead. */
export const readTheOrder = (ref: string): Promise<OrderDocument | null> => ahead.look(ref)

export const findTheOrder = async (ref: string): Promise<OrderDocument | Refusal> => (await ahead.take(ref)) ?? refuse('NOT_FOUND', `没有工单“${ref}”，请核对工单号`)

export const staffActor = ({ operator }: StaffContext): Actor => ({ role: 'staff', id: operator.id, name: operator.name })

/** What such a line tells of. */
export type LineOf = Pick<OrderDocument, '_id' | 'number' | 'status' | 'category' | 'title' | 'district' | 'people' | 'visits'>

/** One line that tells where an order stands. */
export const orderLine = (order: LineOf, now: Date): string => {
  const visit = visitOf(order)
  const technician = personOf(order, visit.technicianId)
  const when = visit.appointmentAt ? `，约 ${momentText(visit.appointmentAt, now)}` : ''
  return `${order.number}｜${STATUS_LABEL[order.status]}｜${order.category.name} ${order.title}｜${order.district}｜${technician ? `${technician.name} ${technician.staffNumber}` : '还没有师傅'}${when}`
}

interface HowKnown {
  /** The homeowner said it on the phone: they are reached (R41). */
  onPhone?: boolean
}

/** Carries an event out on an order, or with `dryRun` only says what would come of it. */
export const changeOrder = async (
  ref: string,
  context: StaffContext,
  event: (order: OrderDocument, now: Date) => OrderEvent | Refusal | Promise<OrderEvent | Refusal>,
  { onPhone = false }: HowKnown = {},
): Promise<StaffAnswer | Refusal> => {
  // The figures are needed next: read beside, they cost no trip of their own.
  const [order] = await Promise.all([findTheOrder(ref), readSettings()])
  if (order instanceof Refusal) return order
  if (context.dryRun) return rehearse(order, event)
  const changed = await applyEvent({ orderId: order._id, known: order, key: requestKey(context.action, context.operator.id, context.requestId), authorise: () => null, event })
  if (changed instanceof Refusal) return changed
  if (onPhone) await reachedByPhone(order.homeownerId, order._id)
  return toldOf(changed)
}

/** What staff are told once an order has changed. */
export const toldOf = ({ order, replayed }: Pick<Changed, 'order' | 'replayed'>): StaffAnswer => ({
  text: `${replayed ? '这件事已经做过了。' : '办好了。'}${orderLine(order, new Date())}`, order: order.number, status: order.status, version: order.version,
})

/** Says what would come of it, and changes nothing. */
export const rehearse = async (order: OrderDocument, event: (order: OrderDocument, now: Date) => OrderEvent | Refusal | Promise<OrderEvent | Refusal>): Promise<StaffAnswer | Refusal> => {
  const now = new Date()
  const what = await event(order, now)
  if (what instanceof Refusal) return what
  const decision = await decideOn(order, what, now, await readSettings())
  if (decision.refusal) return decision.refusal
  return { text: `试跑，什么都没改。会变成：${orderLine(decision.order, now)}`, order: order.number, status: decision.order.status, dryRun: true }
}

import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { ScheduleView } from '../../typings/contract'
import { visitOf } from '../domain/order'
import type { Order } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { daysOf, scheduleOf } from '../domain/schedule'
import type { PlacedJob } from '../domain/schedule'
import { after, DAY, isoDay } from '../domain/shanghai'
import { leaveRefusal, pruneLeave, shiftsRefusal } from '../domain/working-hours'
import { defineAction } from '../platform/action'
import { _, collection } from '../platform/db'
import type { Changes } from '../platform/db'
import { isoTime, words } from '../platform/fields'
import { asOrder, NOT_FOR_LISTS } from '../platform/order-list'
import { requestKey } from '../platform/orders'
import { radiusMetres, shifts } from '../platform/register-fields'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { changeRegister } from '../platform/technicians'
import { callingTechnician, NOT_ONE, readTechnician } from './me'
import type { Me } from './me'

const MOST_JOBS = 200
/** How many requests a technician's entry remembers (R04). */
const REMEMBERED = 20
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, '月份写成 2026-11 这样')

/** What is booked in the month, and what was done in it. */
const show = async (me: Me, ofMonth = isoDay(new Date()).slice(0, 7)): Promise<ScheduleView | Refusal> => {
  const technicianId = me._id
  const now = new Date()
  const days = daysOf(ofMonth)
  const [first, last] = [days[0] ?? now, after(days.at(-1) ?? now, DAY)]
  const [document, done] = await Promise.all([
    readTechnician(me),
    collection('deeds').find({ technicianId, kind: 'completed', at: _.gte(first).and(_.lt(last)) }, { order: { at: 'desc' }, limit: MOST_JOBS }),
  ])
  if (document instanceof Refusal) return document
  const technician = toTechnician(document)
  const booked = technician.slots.filter((slot) => slot.from >= first && slot.from < last && (slot.heldUntil === null || slot.heldUntil > now))
  const ids = [...new Set([...booked.map((slot) => slot.orderId), ...done.map((deed) => deed.orderId)])]
  const orders = ids.length > 0 ? await collection('orders').find({ _id: _.in(ids) }, { limit: ids.length, without: NOT_FOR_LISTS }) : []
  const known = new Map(orders.map((order) => [order._id, asOrder(order)]))
  const placed = [...booked.map((slot) => ({ ...slot, done: Boolean(slot.finishedAt) })), ...done.filter((deed) => !booked.some((slot) => slot.orderId === deed.orderId)).map((deed) => ({ orderId: deed.orderId, from: deed.at, to: deed.at, done: true }))]
  const jobs = placed.flatMap(({ orderId, from, to, done: isDone }): PlacedJob[] => {
    const order = known.get(orderId)
    return order ? [{ ...factsOf(order, technicianId), from, to, done: isDone }] : []
  })
  return scheduleOf(technician, jobs, ofMonth, now)
}

/** Where the home is, no nearer than its neighbourhood (R39). */
const factsOf = (order: Order, technicianId: string) => ({ orderId: order._id, number: order.number, title: order.title, district: order.maskedPlace || order.district, helping: visitOf(order).helpers.includes(technicianId) })

export const getSchedule = defineAction({
  summary: '我的日程：这个月的活、班次、请假',
  input: z.strictObject({ month: month.optional() }),
  example: { month: '2026-11' },
  run: async ({ month: ofMonth }, context) => show(await callingTechnician(context), ofMonth),
})

const change = async (me: Me, changes: (document: TechnicianDocument, now: Date) => Changes | Refusal): Promise<ScheduleView | Refusal> => {
  return (await changeRegister(me._id, await readSettings(), (document, now) => (document.openid === me.openid ? changes(document, now) : NOT_ONE))) ?? show(me)
}

/** R52 weekly; none at all means any time. */
export const setShifts = defineAction({
  summary: '设每周的班次；一段都不写就是哪天都行',
  input: z.strictObject({ shifts }),
  example: { shifts: [{ weekday: 1, from: '08:00', to: '18:00' }] },
  run: async ({ shifts: wanted }, context) => {
    const me = await callingTechnician(context)
    return shiftsRefusal(wanted) ?? change(me, () => ({ shifts: _.set(wanted) }))
  },
})

/** R52 not over a visit that is agreed: it is moved or given back first. */
export const takeLeave = defineAction({
  summary: '请假：从什么时候到什么时候、原因',
  input: z.strictObject({ from: isoTime, to: isoTime, reason: words('原因', 2, 100) }),
  example: { from: '2026-11-28T00:00:00Z', to: '2026-11-28T10:00:00Z', reason: '家里有事' },
  run: async ({ from, to, reason }, context) => {
    const me = await callingTechnician(context)
    const id = context.requestId ?? randomUUID()
    return change(me, (document, now) => {
      // Asked again after a lost answer: it is there already (R04).
      if (document.leave.some((leave) => leave.id === id)) return {}
      return leaveRefusal(document, { from, to }, now) ?? { leave: _.set(pruneLeave([...document.leave, { id, from, to, reason }], now)) }
    })
  },
})

export const cancelLeave = defineAction({
  summary: '销假',
  input: z.strictObject({ leaveId: z.string().min(1).max(64) }),
  example: { leaveId: 'leave-20261128' },
  run: async ({ leaveId }, context) => {
    const me = await callingTechnician(context)
    const key = requestKey(context.action, me._id, context.requestId)
    return change(me, (document, now) => {
      const { answered = [] } = document
      // Asked again after a lost answer: it is gone already (R04).
      if (key !== null && answered.includes(key)) return {}
      const leave = document.leave.find((each) => each.id === leaveId)
      if (!leave) return refuse('NOT_FOUND', '没有这段假，可能已经销了')
      if (leave.to <= now) return refuse('WRONG_STATE', '这段假已经过去了，不用销')
      return { leave: _.set(pruneLeave(document.leave.filter((each) => each.id !== leaveId), now)), ...(key === null ? {} : { answered: _.set([...answered, key].slice(-REMEMBERED)) }) }
    })
  },
})

/** R05 how far they go. */
export const setRadius = defineAction({
  summary: '改接单半径，单位米',
  input: z.strictObject({ radiusMetres }),
  example: { radiusMetres: 6_000 },
  run: async ({ radiusMetres: metres }, context) => change(await callingTechnician(context), () => ({ radiusMetres: _.set(metres) })),
})

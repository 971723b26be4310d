import * as z from 'zod'
import { ALERTED, DEADLINES, dueText, MOMENTS, NIGHT } from '../domain/deadlines'
import type { DeadlineId } from '../domain/deadlines'
import { Refusal } from '../domain/refusal'
import { momentText } from '../domain/shanghai'
import { staffNumber } from '../platform/fields'
import { ordersInHand } from '../platform/heed-register'
import { readSettings } from '../platform/settings'
import { staffAction } from './staff-action'
import type { StaffAnswer } from './staff-action'
import { theTechnician } from './technician-actions'
import { findTheOrder, orderLine, orderRef } from './the-order'

const NATURE = { verdict: '判定', step: '动作', reminder: '提醒' } as const

/** R42 the table of deadlines, with the figures in force; or what is running now of one order, or of all that a technician has in hand and is asked for. */
export const showDeadlines = staffAction({
  summary: '看时限：写工单号看这一单正在算的，写工号看这位师傅手上所有单的；都不写就看全部时限的规矩',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z.strictObject({ order: orderRef.optional(), staffNumber: staffNumber.optional() }),
  example: { order: 'SF1122-0486' },
  run: async ({ order: ref, staffNumber: number }) => {
    if (ref === undefined && number === undefined) return table()
    const [order, technician] = await Promise.all([ref === undefined ? null : findTheOrder(ref), number === undefined ? null : theTechnician(number)])
    if (order instanceof Refusal) return order
    if (technician instanceof Refusal) return technician
    const orders = order ? [order] : technician ? await ordersInHand(technician._id) : []
    const named = technician ? orders.filter(({ assigned, offeredTo }) => [...assigned, ...offeredTo].includes(technician._id)) : orders
    if (technician && named.length === 0) return { text: order ? `${technician.name}不在这一单上` : `${technician.name}手上没有单`, running: [] }
    return running(named)
  },
})

type Shown = Parameters<typeof orderLine>[0] & { deadlines: readonly { id: DeadlineId; visitNo: number; dueAt: Date }[] }

/** What is due next first. */
const running = (orders: readonly Shown[]): StaffAnswer => {
  const now = new Date()
  const each = orders.map((order) => ({
    order,
    rows: [...order.deadlines].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).map(({ id, visitNo, dueAt }) => ({ order: order.number, id, visitNo, dueAt: dueAt.toISOString(), text: `${momentText(dueAt, now)}｜${ruleLine(id)}` })),
  }))
  return {
    text: each.map(({ order, rows }) => [orderLine(order, now), ...(rows.length > 0 ? rows.map(({ text }) => `  ${text}`) : ['  没有在算的时限'])].join('\n')).join('\n'),
    running: each.flatMap(({ rows }) => rows),
  }
}

const ruleLine = (id: DeadlineId): string => {
  const { rule, nature, from, alerts, then } = DEADLINES[id]
  return `${rule}｜${NATURE[nature]}｜从“${MOMENTS[from]}”算｜${alerts ? `告诉${ALERTED[alerts]}` : '不告诉谁'}｜${then}`
}

const table = async (): Promise<StaffAnswer> => {
  const settings = await readSettings()
  const rows = (Object.keys(DEADLINES) as DeadlineId[]).map((id) => {
    const { rule, nature, from, alerts, night, then } = DEADLINES[id]
    return { id, rule, nature: NATURE[nature], starts: MOMENTS[from], due: dueText(id, settings), tells: alerts ? ALERTED[alerts] : '', night: NIGHT[night], then }
  })
  return { text: rows.map((row) => `${row.rule}｜${row.nature}｜${row.starts}｜${row.due}｜${row.tells || '—'}｜夜里${row.night}｜${row.then}`).join('\n'), deadlines: rows }
}

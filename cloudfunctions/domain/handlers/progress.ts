import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { addFen, fen, yuan, ZERO } from '../money'
import type { Fen } from '../money'
import type { LineProgress, Order, QuoteLine } from '../order'
import { worksOn } from '../order'
import { NOT_IN_CHARGE, refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { changedLines } from './change-order'
import { confirmedQuote, dueFen, unpaidChange } from './money-gate'
import { heldFen } from './refund'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** All steps of a line's labour: so many for each of its quantity (R23). */
export const stepsOf = (line: QuoteLine): number => line.labourSteps * line.quantity

/** What a line settles at, fen. */
export interface LineSettlement {
  line: QuoteLine
  steps: number
  materials: number
  labourFen: Fen
  materialFen: Fen
}

export interface Settlement {
  lines: LineSettlement[]
  /** What was paid and is still held. */
  paidFen: Fen
  settledFen: Fen
  refundedFen: Fen
}

const NOT_BEGUN = { steps: 0, materials: 0 }

/** How far a line is; one that a change order made smaller is never more than whole. */
const progressOf = (order: Order, line: QuoteLine): Omit<LineProgress, 'lineId'> => {
  const { steps, materials } = order.progress.find(({ lineId }) => lineId === line.id) ?? NOT_BEGUN
  return { steps: Math.min(steps, stepsOf(line)), materials: Math.min(materials, line.quantity) }
}

const share = (amount: Fen, part: number, whole: number): Fen => fen(Math.floor((amount * part) / whole))

/**
 * R23 what cancelling costs: of each line its labour × finished steps ÷ its steps, rounded down, plus the materials used or not returnable; never above what was paid. What is
 * not recorded is not charged, so before work it is 0.
 */
export const settlementOf = (order: Order): Settlement => {
  const lines = (confirmedQuote(order)?.lines ?? []).map((line): LineSettlement => {
    const { steps, materials } = progressOf(order, line)
    return { line, steps, materials, labourFen: share(line.labourFen, steps, stepsOf(line)), materialFen: share(line.materialFen, materials, line.quantity) }
  })
  const paidFen = addFen(ZERO, ...order.stages.filter(({ state }) => state === 'paid').map(heldFen))
  const settledFen = fen(Math.min(paidFen, addFen(ZERO, ...lines.flatMap(({ labourFen, materialFen }) => [labourFen, materialFen]))))
  return { lines, paidFen, settledFen, refundedFen: fen(paidFen - settledFen) }
}

/** R23 how far each line is, and which materials are used or cannot go back: by whoever is in charge, or by staff. Only what is paid for can be begun. */
export const recordProgress = (draft: Draft, event: Of<'record_progress'>): Outcome => {
  const { order, visit } = draft
  if (event.by.role === 'technician' && visit.technicianId !== event.by.id) return worksOn(visit, event.by.id) ? NOT_IN_CHARGE : refuse('NOT_FOUND', '没有这张单')
  if (draft.standard.scheme === 'free') return refuse('WRONG_STATE', '返工不收钱，不用记进度')
  const quote = confirmedQuote(order)
  if (!quote) return refuse('QUOTE_NOT_CONFIRMED', '业主还没确认报价，没有可记的')
  const change = unpaidChange(order)
  if (!change && dueFen(order, ['setting_out', 'work']) > 0) return refuse('UNPAID', `业主还有 ${yuan(dueFen(order, ['setting_out', 'work']))} 没付，付了才能备料动工`)
  const unpaid = change ? changedLines(order, change).added : []
  const fields: Record<string, string> = {}
  event.lines.forEach(({ lineId, steps, materials }, index) => {
    const line = quote.lines.find(({ id }) => id === lineId)
    const at = `lines.${index}`
    if (!line) fields[`${at}.line`] = '确认过的报价里没有这一行'
    else if (event.lines.findIndex((other) => other.lineId === lineId) !== index) fields[`${at}.line`] = '同一行写了两次'
    else if (unpaid.includes(line)) fields[`${at}.line`] = `“${line.name}”是加的，业主付了再做`
    else if (steps > stepsOf(line)) fields[`${at}.steps`] = `“${line.name}”一共 ${stepsOf(line)} 步`
    else if (materials > line.quantity) fields[`${at}.materials`] = `“${line.name}”的料一共 ${line.quantity} ${line.unit}`
    else if (materials > 0 && line.materialFen === 0) fields[`${at}.materials`] = `“${line.name}”没有材料费`
    else if (steps > 0 && order.status !== 'working') fields[`${at}.steps`] = '开了门动了工，才能记做到第几步'
  })
  const [first] = Object.values(fields)
  if (first) return refuse('INVALID_INPUT', first, fields)
  const isOrdered = order.status !== 'working' && event.lines.some(({ materials }) => materials > 0)
  if (isOrdered && event.reason === '') return refuse('INVALID_INPUT', '请写为什么这料退不了，业主看得到', { reason: '请写为什么退不了' })
  const differing = event.lines.filter(({ lineId, steps, materials }) => {
    const before = order.progress.find((each) => each.lineId === lineId) ?? NOT_BEGUN
    return before.steps !== steps || before.materials !== materials
  })
  if (differing.length === 0) return SAME
  order.progress = [...order.progress.filter(({ lineId }) => !differing.some((each) => each.lineId === lineId)), ...differing]
  draft.tell('progress_recorded', event.by, { what: differing.map((each) => progressText(quote.lines, each)).join('；'), reason: event.reason && `；${event.reason}` })
  return null
}

/** 换龙头 做了 1/2 步，料用了 1 个 */
const progressText = (lines: readonly QuoteLine[], { lineId, steps, materials }: LineProgress): string => {
  const line = lines.find(({ id }) => id === lineId)
  return line ? `${line.name} 做了 ${steps}/${stepsOf(line)} 步${line.materialFen > 0 ? `，料用了 ${materials} ${line.unit}` : ''}` : ''
}

import { settlementOf } from '../../cloudfunctions/domain/handlers/progress'
import type { OrderEvent } from '../../cloudfunctions/domain/event'
import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import { confirmedQuote, openChange } from '../../cloudfunctions/domain/handlers/money-gate'
import { fen } from '../../cloudfunctions/domain/money'
import type { Actor, Order, OrderStatus, QuoteLine } from '../../cloudfunctions/domain/order'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { standardOf } from '../../cloudfunctions/domain/standards'
import { Life, O, plus } from './life'

/** Change orders in all their turns (R19, R20). */
const changes = ({ order }: Life, technicianId: string, by: Actor): OrderEvent[] => {
  const agreed = order.quotes.find(({ state }) => state === 'confirmed')
  const sent = (lines: QuoteLine[]): OrderEvent => ({ type: 'send_change', technicianId, baseVersion: agreed?.version ?? 0, lines, priceBookVersion: 1, reason: '角阀也裂了', photos: ['p1'] })
  const version = order.quotes.length
  return [
    sent((agreed?.lines ?? []).slice(0, 1)),
    sent(offBookLines(order)),
    { type: 'withdraw_change', technicianId, version },
    { type: 'approve_change', version, prices: [{ lineId: 'L9', materialUnitFen: fen(1_000), labourUnitFen: fen(2_000), warrantyMonths: 6 }], by },
    { type: 'refuse_change', version, reason: '不做', by },
  ]
}

/** What was agreed, and one line that is not in the book. */
const offBookLines = (order: Order): QuoteLine[] => [
  ...(order.quotes.find(({ state }) => state === 'confirmed')?.lines ?? []),
  { id: 'L9', itemCode: '', name: '老式接头', unit: '个', quantity: 1, material: '', brand: '', maker: '', grade: '', materialFen: fen(0), labourFen: fen(0), labourSteps: 1, amountFen: fen(0), warrantyMonths: 0 },
]

/** Every event that could be tried on an order as it stands, with sensible contents; most are refused in most states, and that is the point. */
export const tryable = (life: Life): OrderEvent[] => {
  const { visit, order } = life
  const who = visit.technicianId ?? 't1'
  const home = { role: 'homeowner', id: order.homeownerId } as const
  const staff = { role: 'staff', id: 'lu-min', name: '陆敏' } as const
  const soon = plus(life.now, 3 * HOUR)
  const stage = order.stages.at(-1)
  const next = standardOf(visit.standard).steps.find((step) => !visit.steps.some((record) => record.id === step.id && record.doneAt))
  const answers = [{ id: 'holds', yes: true }]
  // Before the first step of the work: after each it would be the same again, in many more situations.
  const hasBegun = visit.steps.some(({ id }) => standardOf(visit.standard).steps.some((step) => step.id === id && step.phase !== 'before_setting_out'))
  return [
    ...order.offeredTo.map((id): OrderEvent => ({ type: 'claim', technician: life.person(id), slot: life.slot(soon) })),
    ...order.offeredTo.map((technicianId): OrderEvent => ({ type: 'decline', technicianId, reason: '太远' })),
    { type: 'see_offer', technicianId: 't1' },
    { type: 'give_back', technicianId: who, reason: '有急事' },
    { type: 'assign', technician: life.person('t4'), slot: life.slot(soon), distanceMetres: 900, reason: '就近', by: staff },
    { type: 'dial', technicianId: who },
    { type: 'record_call', technicianId: who, outcome: 'agreed', appointmentAt: soon, slot: life.slot(soon), corrections: {} },
    { type: 'record_call', technicianId: who, outcome: 'no_answer', appointmentAt: null, slot: null, corrections: {} },
    { type: 'record_call', technicianId: who, outcome: 'wrong_number', appointmentAt: null, slot: null, corrections: {} },
    { type: 'tell_delay', at: plus(visit.appointmentAt ?? soon, HOUR), slot: life.slot(plus(visit.appointmentAt ?? soon, HOUR)), helpersOut: ['t3'], reason: '上一家没修完', by: { role: 'technician', id: who, name: '' } },
    { type: 'agree_delay', at: visit.delay?.to ?? soon, by: home },
    { type: 'move_appointment', at: plus(soon, 2 * HOUR), slot: life.slot(plus(soon, 2 * HOUR)), reason: '', by: home },
    { type: 'ask_another', wanted: { from: soon, to: plus(soon, HOUR) }, reason: '等不了', by: home },
    { type: 'record_door_call', technicianId: who, answered: false },
    { type: 'record_door_call', technicianId: who, answered: true },
    { type: 'say_at_home', by: home },
    { type: 'leave_note', technicianId: who },
    { type: 'rebook', wanted: { from: soon, to: plus(soon, HOUR) }, same: true, by: home },
    { type: 'rebook', wanted: { from: soon, to: plus(soon, HOUR) }, same: false, by: staff },
    { type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: plus(life.now, 30 * HOUR), by: staff },
    { type: 'parts_arrived', by: staff },
    { type: 'add_helper', technician: life.person('t3'), slot: life.slot(visit.appointmentAt ?? soon), by: staff },
    { type: 'remove_helper', helperId: 't3', reason: '不用了', by: staff },
    { type: 'heed_register', personId: 't1', openid: 'wx-t1-new', suspended: false, by: staff },
    { type: 'heed_register', personId: order.offeredTo[0] ?? 't1', openid: life.person(order.offeredTo[0] ?? 't1').openid, suspended: true, by: staff },
    { type: 'widen_search', radiusFactor: 2, reason: '附近没人', by: staff },
    { type: 'send_quote', technicianId: who, lines: order.quotes[0]?.lines ?? [], priceBookVersion: 1, note: '' },
    ...(hasBegun && order.status === 'working' ? [] : changes(life, who, staff)),
    { type: 'correct_repair', by: staff, slot: visit.appointmentAt && life.slot(visit.appointmentAt), reason: '业主来电', repair: { category: order.category, items: [{ code: 'trap', name: '换存水弯', unit: '个', quantity: 1, pricing: 'on_site', minutes: 40 }], quote: null } },
    { type: 'correct_contact', by: staff, corrections: { name: null, honorific: null, phone: '13900001111', onSite: null, room: null } },
    { type: 'confirm_quote', version: order.quotes.length },
    { type: 'decline_quote', version: order.quotes.length, reason: '贵' },
    ...(stage
      ? ([
          { type: 'open_payment', stageId: stage.id },
          { type: 'payment_received', outTradeNo: stage.openAttempt ?? 'SF11230001S1A1', stageId: stage.id, amountFen: stage.amountFen, transactionId: 'tx', paidAt: life.now },
          { type: 'payment_received', outTradeNo: 'SF11230001S1A9', stageId: stage.id, amountFen: stage.amountFen, transactionId: 'tx9', paidAt: life.now },
          { type: 'payment_closed', stageId: stage.id, outTradeNo: stage.openAttempt ?? '' },
          { type: 'refund_settled', outRefundNo: `${stage.payment?.outTradeNo ?? ''}R1`, stageId: stage.id, amountFen: stage.amountFen, succeeded: true },
        ] satisfies OrderEvent[])
      : []),
    { type: 'set_out', technicianId: who },
    { type: 'arrive', technicianId: who, place: O, reason: '' },
    { type: 'enter_door_code', technicianId: who, code: life.doorCode },
    { type: 'enter_door_code', technicianId: who, code: life.doorCode === '0000' ? '0001' : '0000' },
    { type: 'release_door', by: staff, reason: '核对过' },
    ...(next
      ? ([
          { type: 'start_step', technicianId: who, visitNo: visit.no, stepId: next.id },
          { type: 'complete_step', technicianId: who, visitNo: visit.no, stepId: next.id, ticks: next.ticks.map((tick) => tick.id), photos: Array.from({ length: next.photos?.min ?? 0 }, (_, i) => `${next.id}-${order.version}-${i}`), note: next.note?.required ? '说明' : '' },
        ] satisfies OrderEvent[])
      : []),
    { type: 'report_completion', technicianId: who, visitNo: visit.no, findings: '', advice: '' },
    { type: 'accept', visitNo: visit.no, by: home, note: '' },
    { type: 'report_missing', visitNo: visit.no, missing: ['台面没擦'] },
    { type: 'sign_card', by: { role: 'technician', id: who, name: '' }, file: 'f1', maskedName: '' },
    { type: 'sign_card', by: home, file: 'f2', maskedName: '林**' },
    { type: 'hand_over_parts', technicianId: who, visitNo: visit.no, handedOver: true, note: '' },
    { type: 'check_out', technicianId: who, visitNo: visit.no, toolsCounted: true, nothingLeftBehind: true },
    { type: 'rate', visitNo: visit.no, stars: 2, tags: [], comment: '' },
    { type: 'rate', visitNo: visit.no, stars: 5, tags: [], comment: '' },
    { type: 'answer_follow_up', visitNo: visit.no, satisfied: true, answers, conductProper: true, stars: null, comment: '', choice: null, by: home },
    { type: 'answer_follow_up', visitNo: visit.no, satisfied: false, answers, conductProper: true, stars: null, comment: '', choice: null, by: home },
    { type: 'choose_return', visitNo: visit.no, choice: 'same', by: home },
    { type: 'choose_return', visitNo: visit.no, choice: 'another', by: home },
    { type: 'choose_return', visitNo: visit.no, choice: 'call_me', by: staff },
    { type: 'report_cash', visitNo: visit.no },
    { type: 'record_progress', lines: order.quotes.find(({ state }) => state === 'confirmed')?.lines.slice(0, 1).map(({ id }) => ({ lineId: id, steps: 1, materials: 0 })) ?? [], reason: '', by: staff },
    { type: 'cancel', settledFen: settlementOf(order).settledFen, reason: '不修了', by: home },
  ]
}

export interface Edge {
  from: OrderStatus
  to: OrderStatus
  /** An event, or a deadline that passed. */
  cause: OrderEvent['type'] | DeadlineId
}

/** What tells two moments of an order apart for the search: where it stands, not how it came there. */
const situation = (life: Life): string => {
  const { order, visit } = life
  const { call, followUp } = visit
  return [
    order.status, visit.state, visit.kind, visit.choice, visit.clockStoppedAt !== null, visit.door.openedAt !== null,
    order.offeredTo.length, call && call.dials.length > 0, call?.outcome, call && call.unanswered > 0,
    visit.steps.filter((record) => record.doneAt).length, visit.steps.some((record) => record.startedAt && !record.doneAt),
    openChange(order)?.state ?? confirmedQuote(order)?.state ?? order.quotes.at(-1)?.state, order.stages.at(-1)?.state, order.card?.technicianSigned !== null, order.card?.homeownerSigned !== null,
    visit.delay !== null && visit.delay.answeredAt === null, visit.noShow !== null, order.deadlines.some(({ id }) => id === 'absence.note'),
    visit.parts !== null, visit.checkedOutAt !== null, followUp?.sentAt !== null, followUp?.answer !== null,
  ].join()
}

const copyOf = (life: Life): Life => {
  const copy = Object.create(Life.prototype) as Life
  return Object.assign(copy, life)
}

/** Longer than any timed step, shorter than any deadline. */
const LONG_ENOUGH_MS = 121_000

/** Breadth-first through the life of an order by the code itself: which events and deadlines lead from which state to which. */
export const exploreLifecycle = (mostSituations = 20_000): { edges: Edge[]; situations: number } => {
  const edges = new Map<string, Edge>()
  const seen = new Set<string>()
  const start = new Life()
  const queue: Life[] = [start]
  seen.add(situation(start))
  const note = (before: Life, after: Life, cause: Edge['cause']) => {
    const edge = { from: before.order.status, to: after.order.status, cause }
    if (edge.from !== edge.to) edges.set(`${edge.from} ${edge.to} ${cause}`, edge)
    const key = situation(after)
    if (!seen.has(key) && seen.size < mostSituations) {
      seen.add(key)
      // What was written before tells nothing of what can follow; without it a copy is cheap.
      after.order = { ...after.order, outbox: [], timeline: [], offers: after.order.offers.slice(-8) }
      queue.push(after)
    }
  }
  for (let life = queue.shift(); life; life = queue.shift()) {
    for (const event of tryable(life)) {
      const after = copyOf(life)
      if (after.try(event, plus(life.now, LONG_ENOUGH_MS)) === null) note(life, after, event.type)
    }
    const due = [...life.order.deadlines].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0]
    if (due) {
      const after = copyOf(life)
      after.tick(new Date(Math.max(life.now.getTime(), due.dueAt.getTime()) + 1))
      note(life, after, due.id)
    }
  }
  return { edges: [...edges.values()], situations: seen.size }
}

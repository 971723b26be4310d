import { byTechnician, homeowner, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { addFen } from '../money'
import type { StepRecord, WarrantyCard } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'
import { after, dateText, HOUR, monthsAfter } from '../shanghai'
import { finishHelpers } from './crew'
import { confirmedQuote, dueFen } from './money-gate'
import { heldFen } from './refund'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** R30 the homeowner approves; nothing is accepted by silence. Staff may record what the homeowner said on the phone. */
export const accept = (draft: Draft, event: Of<'accept'>): Outcome => {
  const { visit, order } = draft
  if (event.visitNo !== visit.no) return refuse('WRONG_STATE', '这是上一次上门')
  if (visit.acceptedAt) return SAME
  visit.acceptedAt = draft.now
  visit.acceptedBy = event.by.role === 'staff' ? 'staff' : 'homeowner'
  visit.state = 'closing'
  order.status = 'closing'
  draft.forget(['acceptance.reminder', 'acceptance.staff'])
  draft.closeTodos(['acceptance_call'])
  draft.tell(visit.acceptedBy === 'staff' ? 'accepted_by_phone' : 'accepted', event.by, event.note ? { note: event.note } : {})
  order.card ??= issueCard(draft)
  // Said on the phone, acceptance stands for the homeowner's signature too: nobody is left to sign (R30).
  if (event.by.role === 'staff') order.card.homeownerSigned ??= { at: draft.now, file: '' }
  draft.messageTechnician(`accepted:${order.version + 1}`, draft.technician, 'order_closed', { what: cardWanted(draft) ? '业主验收了，请签保修卡' : '业主验收了，请交旧件离开' })
  return null
}

/** The card of a job names what was confirmed and paid; its months run from acceptance (R30). */
const issueCard = (draft: Draft): WarrantyCard => {
  const { order, visit } = draft
  const acceptedAt = visit.acceptedAt ?? draft.now
  const lines = (confirmedQuote(draft.order)?.lines ?? []).map((line) => ({
    item: line.name,
    material: line.material ? `${line.material} ${line.quantity} ${line.unit}` : `${line.quantity} ${line.unit}`,
    amountFen: line.amountFen,
    months: line.warrantyMonths,
    until: monthsAfter(acceptedAt, line.warrantyMonths),
  }))
  const months = Math.max(0, ...lines.map((line) => line.months))
  return {
    number: order.number.replace(/^SF/, 'B'),
    code: draft.knowledge.codeFor(`card:${order._id}`, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 12),
    acceptedAt,
    until: monthsAfter(acceptedAt, months),
    months,
    lines,
    // Less what went back, or is on its way.
    paidFen: addFen(...order.stages.map(heldFen)),
    technicianId: visit.technicianId ?? '',
    technicianSigned: null,
    homeownerSigned: null,
    homeownerName: '',
  }
}

/** Whether this visit still needs the card's signatures before it can close. */
export const cardWanted = (draft: Draft): boolean => {
  const { card } = draft.order
  return card !== null && card.lines.length > 0 && (draft.standard.closing.card || !card.homeownerSigned) && !(card.technicianSigned && card.homeownerSigned)
}

/** What is missing: back to work, as a list (R30). */
export const reportMissing = (draft: Draft, event: Of<'report_missing'>): Outcome => {
  const { visit, order, standard } = draft
  if (event.visitNo !== visit.no) return refuse('WRONG_STATE', '这是上一次上门')
  visit.missing = [...visit.missing, ...event.missing.map((text) => ({ text, reportedAt: draft.now, doneAt: null }))]
  // The last completion counts: this one no longer does, and nothing is asked about it (R30).
  visit.completedAt = null
  visit.state = 'working'
  order.status = 'working'
  const isRedone = (record: StepRecord): boolean => standard.steps.find((step) => step.id === record.id)?.again === true
  visit.redone = [...visit.redone, ...visit.steps.filter(isRedone)]
  visit.steps = visit.steps.filter((record) => !isRedone(record))
  draft.stopClock('completion')
  draft.closeTodos(['acceptance_call', 'follow_up_call', 'follow_up_overdue'])
  draft.tell('missing', homeowner(order), { what: event.missing.join('；') })
  draft.messageTechnician(`missing:${order.version + 1}`, draft.technician, 'order_closed', { what: `还差：${event.missing[0] ?? ''}` }, { mustReach: true })
  return null
}

export const signCard = (draft: Draft, event: Of<'sign_card'>): Outcome => {
  const { order } = draft
  const { card } = order
  if (!card || card.lines.length === 0) return refuse('WRONG_STATE', '这次没有要签的保修卡')
  if (event.by.role === 'technician') {
    if (card.technicianSigned) return SAME
    card.technicianSigned = { at: draft.now, file: event.file }
    draft.tell('card_signed_technician', byTechnician(draft), { name: draft.technicianName })
    if (!card.homeownerSigned) draft.messageHomeowner(`card:${order.version + 1}`, 'warranty_card', { what: '保修卡填好了，请您签字' })
  } else {
    if (card.homeownerSigned) return SAME
    card.homeownerSigned = { at: draft.now, file: event.file }
    card.homeownerName = event.maskedName
    draft.tell('card_signed_homeowner', homeowner(order), {})
  }
  if (card.technicianSigned && card.homeownerSigned) draft.messageHomeowner(`card_done:${order.version + 1}`, 'warranty_card', { what: `保修到 ${dateText(card.until)}` })
  finishWhenDone(draft)
  return null
}

/** Old parts go back to the homeowner; leftover material against a receipt (R28). */
export const handOverParts = (draft: Draft, event: Of<'hand_over_parts'>): Outcome => {
  const { visit } = draft
  if (event.visitNo !== visit.no) return refuse('WRONG_STATE', '这是上一次上门')
  if (visit.parts) return SAME
  if (draft.order.card && cardWanted(draft) && !draft.order.card.technicianSigned) return refuse('STEP_NOT_READY', '先签保修卡，再交旧件')
  if (!event.handedOver && event.note.trim() === '') return refuse('INVALID_INPUT', '没有交旧件，请写明原因', { note: '没有交旧件，请写明原因' })
  visit.parts = { at: draft.now, handedOver: event.handedOver, note: event.note.trim() }
  draft.tell('parts_handed', byTechnician(draft), { what: event.handedOver ? `交给业主了${event.note.trim() ? `，${event.note.trim()}` : ''}` : `没有要交的，${event.note.trim()}` })
  finishWhenDone(draft)
  return null
}

/** Tools counted, nothing left behind (R30). The technician is free from here. */
export const checkOut = (draft: Draft, event: Of<'check_out'>): Outcome => {
  const { visit, order } = draft
  if (event.visitNo !== visit.no) return refuse('WRONG_STATE', '这是上一次上门')
  if (visit.checkedOutAt) return SAME
  if (order.card && cardWanted(draft) && !order.card.technicianSigned) return refuse('STEP_NOT_READY', '先签保修卡，再离开')
  if (draft.standard.closing.parts && !visit.parts) return refuse('STEP_NOT_READY', '先把旧件交给业主，再离开')
  if (!event.toolsCounted) return refuse('STEP_NOT_READY', '工具点清了再离开', { toolsCounted: '工具点清了再打钩' })
  if (!event.nothingLeftBehind) return refuse('STEP_NOT_READY', '看一遍没落东西再离开', { nothingLeftBehind: '看过没落东西再打钩' })
  visit.checkedOutAt = draft.now
  draft.tell('checked_out', byTechnician(draft), { name: draft.technicianName })
  freeFinished(draft)
  finishWhenDone(draft)
  return null
}

/** The technician's slot ends now; their waiting time counts from here (R05). */
export const freeFinished = (draft: Draft): void => {
  const { visit } = draft
  if (!visit.technicianId) return
  draft.free(visit.technicianId, { finished: true })
  finishHelpers(draft)
}

/** Accepted, signed, handed over, checked out and nothing due: the order rests in its warranty. */
export const finishWhenDone = (draft: Draft): void => {
  const { visit, order } = draft
  if (order.status !== 'closing' || !visit.acceptedAt || !visit.checkedOutAt || cardWanted(draft)) return
  if (dueFen(draft.order) > 0) return
  visit.state = 'closed'
  order.status = 'in_warranty'
  if (order.card) {
    draft.deadline('warranty.end', restUntil(draft, order.card.until))
    draft.tell('warranty_began', SYSTEM, { until: dateText(order.card.until) })
  }
}

/** The end of the warranty, and never before the follow-up is over (R32). */
const restUntil = (draft: Draft, until: Date): Date => {
  const asked = after(draft.visit.completedAt ?? draft.now, (draft.settings.followUp.breachHours + 1) * HOUR)
  return until > asked ? until : asked
}

/** The step `warranty.end`. */
export const archive = (draft: Draft): void => {
  draft.order.status = 'archived'
  draft.forgetAllBut([])
  draft.tell('archived', SYSTEM, {})
}


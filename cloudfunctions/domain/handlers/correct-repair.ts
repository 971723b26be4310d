import type { ChosenRepair } from '../chosen-repair'
import { shortName } from '../draft'
import type { Draft } from '../draft'
import { durationOf } from '../eligibility'
import type { OrderEvent } from '../event'
import type { Actor } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { after } from '../shanghai'
import { moveHelpers } from './crew'
import { startDispatch } from './dispatch'
import { confirmedQuote, openQuote } from './money-gate'
import { endOffer, openOffers } from './offers'
import { putQuote } from './put-quote'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** Whether what was filed may become something else: not once its price is confirmed, and not beyond what the technician who has it can do (R10, R44). */
export const repairRefusal = (draft: Draft, { category }: ChosenRepair): Refusal | null => {
  if (confirmedQuote(draft.order)) return refuse('WRONG_STATE', '报价业主已经确认了，项目不能再改')
  const { technician } = draft
  if (!technician || technician.skills.includes(category.code)) return null
  const message = `${shortName(technician)}不做${category.name}，请先退单或换师傅`
  return refuse('INVALID_INPUT', message, { items: message })
}

/** What is to be done changes, and its price with it: priced at once, or at the door (R10, R17). Whether anything changed. */
export const applyRepair = (draft: Draft, { category, items, quote }: ChosenRepair, by: Actor, reason = ''): boolean => {
  const { order } = draft
  const same = order.category.code === category.code && JSON.stringify(order.items.map(({ code, quantity }) => [code, quantity])) === JSON.stringify(items.map(({ code, quantity }) => [code, quantity]))
  if (same) return false
  order.category = category
  order.items = items
  draft.tell('repair_corrected', by, { what: items.map((item) => `${item.name}${item.quantity > 1 ? ` ${item.quantity} ${item.unit}` : ''}`).join('、'), reason: reason && `（${reason}）` })
  const replaced = openQuote(draft.order)
  if (quote && draft.standard.scheme !== 'free') putQuote(draft, quote.lines, quote.priceBookVersion, 'system')
  else if (replaced) {
    Object.assign(replaced, { state: 'replaced', answeredAt: draft.now, reason: '项目改了，师傅到场报价' })
    draft.stopClock('quote')
  }
  return true
}

/** Those who were asked were asked about another trade: the search begins anew among those who do this one. */
const searchAnew = (draft: Draft): void => {
  const { order } = draft
  if (order.status !== 'dispatching' && order.status !== 'seeking_staff') return
  for (const offer of openOffers(draft)) endOffer(offer, 'withdrawn', draft.now, `改成了${order.category.name}`)
  // Where the homeowner is yet to say when or whom, nobody is looked for.
  if (draft.visit.state !== 'dispatching') return
  draft.closeTodos(['nobody_claims'])
  startDispatch(draft)
}

/** By staff, for a homeowner who phones or a technician who found out. */
export const correctRepair = (draft: Draft, event: Of<'correct_repair'>): Outcome => {
  const { order, visit } = draft
  const wrong = repairRefusal(draft, event.repair)
  if (wrong) return wrong
  const isLonger = durationOf(event.repair, draft.settings) > durationOf(order, draft.settings)
  if (visit.appointmentAt && isLonger && event.slot?.from.getTime() !== visit.appointmentAt.getTime()) return refuse('CONFLICT', '上门时间刚变了，请再点一次')
  const { code } = order.category
  if (!applyRepair(draft, event.repair, event.by, event.reason)) return SAME
  if (visit.appointmentAt && visit.technicianId) {
    // What takes less time gives some of it back.
    const slot = event.slot ?? { orderId: order._id, visitNo: visit.no, from: visit.appointmentAt, to: after(visit.appointmentAt, durationOf(order, draft.settings)), place: order.place }
    draft.put(`confirm:${visit.no}:${order.version + 1}`, { kind: 'confirm_hold', technicianId: visit.technicianId, slot, awaitsCall: false })
    moveHelpers(draft, slot, event.helpersOut ?? [], '要修的变了')
  }
  if (order.category.code !== code) searchAnew(draft)
  draft.messageTechnician(`repair:${draft.order.version + 1}`, draft.technician, 'order_closed', { what: '项目改了，请看一下再准备工具' }, { mustReach: true })
  return null
}

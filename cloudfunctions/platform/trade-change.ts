import type { ChosenRepair } from '../domain/chosen-repair'
import { needOf, unqualified } from '../domain/eligibility'
import type { Order } from '../domain/order'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { toTechnician } from './technician-document'
import type { TechnicianDocument } from './technician-document'

/** Whether whoever has the job may do what it turns out to be: the trade, and its certificates as they are now (R05, R10). */
export const tradeRefusal = (order: Order, { category }: ChosenRepair, document: TechnicianDocument, settings: Settings): Refusal | null => {
  const unfit = unqualified(toTechnician(document), needOf({ ...order, category }, settings), new Date())
  if (!unfit) return null
  const message = `${document.name}做不了${category.name}（${unfit}），请先退单或换师傅`
  return refuse('INVALID_INPUT', message, { items: message })
}

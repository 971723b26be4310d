import { Draft, homeowner } from './draft'
import { seal } from './decide'
import type { Filing, Knowledge } from './event'
import { titleOf } from './handlers/call'
import { sendNextWave, startDispatch } from './handlers/dispatch'
import { newVisit } from './handlers/new-visit'
import { putQuote } from './handlers/put-quote'
import type { Order } from './order'
import { latestStandard } from './standards'

/**
 * A new order (R02): dispatched at once when `knowledge.technicians` says who is near, and priced at once when every item is (R17a).
 * Version 1 is what is first written.
 */
export const fileOrder = (filing: Filing, now: Date, knowledge: Knowledge): Order => {
  const standard = latestStandard('small-repair')
  const { customer, quote, ...facts } = filing
  const order: Order = {
    ...facts,
    version: 0,
    status: 'dispatching',
    standard: standard.id,
    title: titleOf(filing.problem),
    diagnosis: '',
    district: customer.district,
    maskedPlace: `${customer.district}${maskPlace(customer.address)}`,
    place: { longitude: customer.longitude, latitude: customer.latitude },
    createdAt: now,
    updatedAt: now,
    people: [],
    dispatch: { wave: 0, startedAt: null, excluded: [], alone: null, staffAlerted: false, radiusFactor: 1, explained: [] },
    offers: [],
    visits: [newVisit(1, 'repair', { id: standard.id, version: standard.version }, knowledge.settings.arrival.doorCodeTries)],
    cancelledVisits: [],
    progress: [],
    quotes: [],
    stages: [],
    card: null,
    todos: [],
    cancellation: null,
    deadlines: [],
    outbox: [],
    timeline: [],
    answered: [],
    offeredTo: [],
    assigned: [],
    workedBy: [],
    attention: [],
    nextWorkAt: null,
  }
  const draft = new Draft(order, knowledge, now)
  draft.tell('filed', homeowner(order), { title: order.title })
  startDispatch(draft)
  if (knowledge.technicians && draft.dueAt('dispatch.next_wave') <= now) sendNextWave(draft, knowledge.technicians)
  if (quote) putQuote(draft, quote.lines, quote.priceBookVersion, 'system')
  return seal(draft, now)
}

/** 梧桐里 of 梧桐里 6 幢: the street or estate, up to the first number or letter that could tell the building (R39). */
export const maskPlace = (address: string): string => address.split(/[\dA-Za-z０-９]|[一二三四五六七八九十百]+\s*(?:号|幢|栋|座|单元|室|弄|层|楼|期)/)[0]?.replace(/[\s第#（(·-]+$/, '').slice(0, 12) ?? ''

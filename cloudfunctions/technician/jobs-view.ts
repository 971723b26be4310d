import type { JobCard, JobsView } from '../../typings/contract'
import { personFrom } from '../domain/handlers/dispatch'
import { ACTIVE } from '../domain/lifecycle'
import { Refusal } from '../domain/refusal'
import { dayStart } from '../domain/shanghai'
import { pendingClaim } from '../domain/technician'
import { technicianCard } from '../domain/views/parts'
import { figuresOf } from '../domain/views/reading'
import { byUrgency, isTheirTurn } from '../domain/views/state'
import { jobCard, offerView, openOfferTo } from '../domain/views/technician'
import { _, collection } from '../platform/db'
import { creditsLeft } from '../platform/credits'
import { countUnread } from '../platform/inbox'
import { asOrder, NOT_FOR_LISTS } from '../platform/order-list'
import { cardReading, readingOf } from '../platform/reading'
import { toTechnician } from '../platform/technician-document'
import { templateIds } from '../platform/templates'
import { readTechnician } from './me'

const MOST_OFFERS = 20
const MOST_JOBS = 60
/** The technician's page: offers, what is open and what was done today, next first. All of it in one trip. */
export const showJobs = async (technicianId: string, openid: string): Promise<JobsView | Refusal> => {
  const today = dayStart(new Date())
  const orders = collection('orders')
  const [document, offered, active, finished, unread, left, reading] = await Promise.all([
    readTechnician({ _id: technicianId, openid }),
    orders.find({ offeredTo: technicianId }, { order: { updatedAt: 'desc' }, limit: MOST_OFFERS, without: NOT_FOR_LISTS }),
    orders.find({ assigned: technicianId, status: _.in([...ACTIVE]) }, { order: { updatedAt: 'desc' }, limit: MOST_JOBS, without: NOT_FOR_LISTS }),
    orders.find({ assigned: technicianId, status: 'in_warranty', updatedAt: _.gte(today) }, { order: { updatedAt: 'desc' }, limit: MOST_JOBS, without: NOT_FOR_LISTS }),
    countUnread(openid),
    creditsLeft(openid, ['offer']),
    readingOf(null),
  ])
  if (document instanceof Refusal) return document
  const technician = toTechnician(document)
  const cards = [...active.map(asOrder), ...finished.map(asOrder).filter((order) => (order.visits.at(-1)?.checkedOutAt ?? today) >= today)].map((order) => jobCard(order, technicianId, reading)).sort(nextFirst)
  return {
    me: technicianCard(personFrom(technician), await cardReading([technician])),
    onDuty: technician.onDuty,
    positionAt: technician.positionAt?.toISOString() ?? null,
    radiusMetres: technician.radiusMetres,
    suspended: technician.suspended ? technician.suspendedReason || '已停单，请联系公司' : null,
    offerCredits: left.offer ?? 0,
    offers: offered.flatMap((each) => {
      const order = asOrder(each)
      const offer = openOfferTo(order, technicianId)
      return offer ? [offerView(order, offer, technician, reading)] : []
    }),
    today: cards,
    current: [...cards].filter((card) => isTheirTurn(card.state)).sort((a, b) => byUrgency(a.state, b.state))[0] ?? null,
    callFirst: pendingClaim(technician, reading.now)?.orderId ?? null,
    unread,
    templates: templateIds(reading.settings),
    figures: figuresOf(reading.settings),
  }
}

/** Open jobs before finished ones, by appointment; those without one first, since they wait for a call. */
export const nextFirst = (a: JobCard, b: JobCard): number => rank(a) - rank(b) || (a.appointmentAt ?? '').localeCompare(b.appointmentAt ?? '')
const rank = (card: JobCard): number => (card.doneAt ? 1 : 0)

import type { Honorific, OrderItemView, PricingMode } from '../../typings/contract'
import type { DeadlineId } from './deadlines'
import type { Fen } from './money'
import type { Place } from './geography'
import type { OutboxEntry, TodoKind } from './outbox'
import type { LineProgress, Quote, Stage, WarrantyCard } from './prices'
import type { TimelineKind } from './timeline'
import type { Visit } from './visit'

// One document, written down in four files.
export type { ContactCorrections, Deed, DeedKind, OutboxEntry, OutboxWork, Slot, Todo, TodoKind, Violation } from './outbox'
export type { LineProgress, Quote, QuoteLine, Refund, Stage, WarrantyCard } from './prices'
export { crewOf, endOf, worksOn } from './visit'
export type { Call, Delay, FollowUp, Missing, MissingPart, Rating, StepRecord, Visit } from './visit'

/** One repair, from filing to the end of its warranty: one document, changed only by `decide`. Absent values are null; nothing is ever undefined or {}. */
export interface Order {
  _id: string
  /** SF1122-0486, for people. Unique. */
  number: string
  version: number
  source: OrderSource
  status: OrderStatus
  /** The standard that its first visit follows. */
  standard: string
  emergency: boolean
  homeownerId: string
  category: OrderCategory
  items: OrderItem[]
  /** First words of the problem, for lists. */
  title: string
  /** In the customer's own words, kept as said (R02). */
  problem: string
  /** What the technician made of it on the phone; empty when nothing was corrected (R10). */
  diagnosis: string
  requests: string
  photos: string[]
  video: string | null
  wanted: TimeWindow
  district: string
  /** 江湾区梧桐里: what may be read outside the window of R39. */
  maskedPlace: string
  place: Place
  createdAt: Date
  updatedAt: Date
  /** Everyone that the order's pages name; no phone numbers. */
  people: Person[]
  dispatch: Dispatch
  offers: Offer[]
  visits: Visit[]
  /** Return visits that the homeowner called off; what they followed goes on. */
  cancelledVisits: Visit[]
  quotes: Quote[]
  stages: Stage[]
  progress: LineProgress[]
  card: WarrantyCard | null
  /** To-dos of this order that staff have open. */
  todos: { id: string; kind: TodoKind; visitNo: number }[]
  cancellation: { at: Date; by: 'homeowner' | 'staff'; reason: string; settledFen: Fen; refundedFen: Fen } | null
  deadlines: Deadline[]
  outbox: OutboxEntry[]
  timeline: TimelineEntry[]
  /** The last requests with their answers, so that a retry is answered and not carried out again (R04). */
  answered: AnsweredRequest[]

  // Derived, indexed: lists are queried by these and never by digging in the arrays above.
  /** Technicians whose offer is open. */
  offeredTo: string[]
  /** Technicians of the current visit. */
  assigned: string[]
  /** Technicians of any visit, this one or an earlier: their own list of jobs. */
  workedBy: string[]
  attention: Attention[]
  nextWorkAt: Date | null
}

export type OrderStatus =
  | 'dispatching' | 'seeking_staff' | 'claimed' | 'scheduled' | 'on_the_way' | 'arrived' | 'surveying' | 'planning' | 'quoting' | 'agreement_pending'
  | 'working' | 'waiting_parts' | 'awaiting_acceptance' | 'closing' | 'in_warranty' | 'archived' | 'cancelled'

/** R01 */
export type OrderSource = 'mini_program' | 'hotline' | 'website' | 'estate_office' | 'service_desk' | 'monitoring'

/** What a homeowner's list filters by. */
export type Attention = 'to_confirm' | 'to_pay' | 'to_accept' | 'to_rate' | 'in_progress'

export interface OrderCategory {
  code: string
  name: string
  icon: string
  /** Only technicians with a valid certificate for it. */
  certificate: boolean
}

export interface TimeWindow {
  from: Date
  to: Date
}

export interface OrderItem extends OrderItemView {
  pricing: PricingMode
  /** Usual duration of one, minutes. */
  minutes: number
}

/** A technician as the order remembers them; `openid` never leaves the backend. */
export interface Person {
  id: string
  openid: string | null
  name: string
  staffNumber: string
  photo: string
  stars: number | null
  jobs: number
  skills: string[]
}

export interface Dispatch {
  /** Waves of the current search; 0 before the first. A give-back or take-back starts at 0 again (R07). */
  wave: number
  startedAt: Date | null
  /** Never offered this visit again: declined, let it run out, gave it back or had it taken back. */
  excluded: string[]
  /** Offered to this technician alone first (R33). */
  alone: string | null
  staffAlerted: boolean
  /** How much farther than their own radius technicians are looked for: 1, or what staff widened it to. */
  radiusFactor: number
  /** Why these two: the last wave's ranking, nearest first, for staff. */
  explained: Explanation[]
}

export interface Explanation {
  technicianId: string
  name: string
  staffNumber: string
  distanceMetres: number
  stars: number
  waitingSince: Date | null
  result: 'offered' | 'next' | 'ineligible'
  /** Chinese, for ineligible ones: 不在岗, 证件过期 … */
  reason: string | null
}

export type OfferState = 'open' | 'claimed' | 'declined' | 'expired' | 'lost' | 'withdrawn'

export interface Offer {
  id: string
  visitNo: number
  wave: number
  technicianId: string
  distanceMetres: number
  sentAt: Date
  /** When its wave ends; null while the last offers stay open for staff (R07). */
  endsAt: Date | null
  seenAt: Date | null
  state: OfferState
  endedAt: Date | null
  reason: string | null
  /** Made to this technician before anybody else, on duty or not: they came the last time (R15, R33). */
  alone: boolean
}

export interface Deadline {
  id: DeadlineId
  visitNo: number
  dueAt: Date
  /** Tells apart the same deadline for several moments (reminders a day and 3 h before). */
  tag: string
}

export type Actor =
  | { role: 'homeowner'; id: string }
  | { role: 'technician'; id: string; name: string }
  | { role: 'staff'; id: string; name: string }
  | { role: 'system' }

export interface TimelineEntry {
  id: string
  at: Date
  by: Actor
  kind: TimelineKind
  /** Blanks of the sentence; never a full name, phone or address. */
  data: Record<string, string>
  visitNo: number
  /** Not shown to the homeowner: our own affairs. */
  internal: boolean
}

export interface AnsweredRequest {
  /** action:caller:requestId */
  key: string
  at: Date
  /** JSON of what the answer cannot be derived from again. */
  note: string
}

/** The person behind an order: a document of its own with the order's _id, so that it can be erased (R39). */
export interface Customer {
  _id: string
  name: string
  honorific: Honorific
  phone: string
  onSite: { name: string; phone: string } | null
  /** Building and street. */
  address: string
  room: string
  district: string
  longitude: number
  latitude: number
}

export const visitOf = (order: Pick<Order, '_id' | 'visits'>): Visit => {
  const visit = order.visits[order.visits.length - 1]
  if (!visit) throw new Error(`order ${order._id} has no visit`)
  return visit
}

/** The visit before the present one. */
export const previousVisit = (order: Order): Visit | null => order.visits[order.visits.length - 2] ?? null

export const personOf = (order: Pick<Order, 'people'>, id: string | null): Person | null => order.people.find((person) => person.id === id) ?? null

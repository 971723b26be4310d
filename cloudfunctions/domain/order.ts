import type { CallOutcome, Honorific, OrderItemView, PricingMode, ReturnChoice, TemplateKey, VisitState } from '../../typings/contract'
import type { DeadlineId } from './deadlines'
import type { Fen } from './money'
import type { Place } from './geography'
import type { TimelineKind } from './timeline'

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

export interface Visit {
  no: number
  kind: 'repair' | 'return' | 'warranty' | 'survey'
  state: VisitState
  /** The standard it began with, and keeps (R48). */
  standard: { id: string; version: number }
  technicianId: string | null
  claimedAt: Date | null
  call: Call | null
  appointmentAt: Date | null
  agreedAt: Date | null
  /** Since then the technician's clock stands still: payment due before setting out was missing at T−90 (R13). */
  clockStoppedAt: Date | null
  onTheWayAt: Date | null
  arrivedAt: Date | null
  arrival: { punctuality: 'early' | 'on_time' | 'late' | 'not_counted'; distanceMetres: number | null; reason: string | null } | null
  door: { triesLeft: number; openedAt: Date | null; releasedBy: string | null }
  steps: StepRecord[]
  /** Steps that were done again after "what is missing", as they were before (R38). */
  redone: StepRecord[]
  missing: { text: string; reportedAt: Date; doneAt: Date | null }[]
  completedAt: Date | null
  findings: string
  advice: string
  acceptedAt: Date | null
  acceptedBy: 'homeowner' | 'staff' | null
  parts: { at: Date; handedOver: boolean; note: string } | null
  checkedOutAt: Date | null
  rating: Rating | null
  followUp: FollowUp | null
  /** A return visit's own choice (R33). */
  choice: ReturnChoice | null
  /** Technicians beside the one in charge, whose time is held for it too (R47). */
  helpers: string[]
  /** The last time that somebody said they would be late (R12). */
  delay: Delay | null
  /** At the door, and nobody answers the phone (R15). */
  noShow: { since: Date; calls: Date[]; noteFrom: Date } | null
  /** At the door, somebody was reached after all: calls until then count towards no note (R15). */
  reachedAt: Date | null
  /** Nobody was at home: the note that was left, and when (R15). */
  absent: { at: Date; note: string } | null
  /** Stands still until parts come (R45). */
  waiting: { since: Date; reason: string; expectedAt: Date } | null
}

/** The new time stands at once, provisionally: the homeowner agrees or books anew (R12). */
export interface Delay {
  from: Date
  to: Date
  toldAt: Date
  by: 'technician' | 'staff'
  reason: string
  inTime: boolean
  answeredAt: Date | null
}

export interface Call {
  /** From claiming or assignment; 5:00 to the first dial (R10). */
  since: Date
  dials: Date[]
  outcome: CallOutcome | null
  outcomeAt: Date | null
  unanswered: number
  /** Dials before this moment belong to an earlier try. */
  tryOpensAt: Date | null
}

export interface StepRecord {
  id: string
  startedAt: Date | null
  doneAt: Date | null
  ticks: string[]
  photos: string[]
  note: string
}

export interface Rating {
  stars: 1 | 2 | 3 | 4 | 5
  tags: string[]
  comment: string
  at: Date
  changedAt: Date | null
}

export interface FollowUp {
  sentAt: Date | null
  callTaskAt: Date | null
  answer: {
    satisfied: boolean
    answers: { id: string; yes: boolean }[]
    conductProper: boolean
    comment: string
    at: Date
    by: 'homeowner' | 'staff'
    staffId: string | null
  } | null
}

export interface QuoteLine {
  id: string
  itemCode: string
  name: string
  unit: string
  quantity: number
  material: string
  brand: string
  maker: string
  grade: string
  materialFen: Fen
  labourFen: Fen
  amountFen: Fen
  warrantyMonths: number
}

export interface Quote {
  version: number
  state: 'sent' | 'confirmed' | 'declined' | 'expired' | 'replaced'
  priceBookVersion: number
  lines: QuoteLine[]
  totalFen: Fen
  /** What the technician wrote beside it. */
  note: string
  sentAt: Date
  expiresAt: Date
  answeredAt: Date | null
  reason: string | null
  by: 'system' | string
}

export interface Stage {
  id: string
  name: string
  quoteVersion: number
  amountFen: Fen
  /** What it must be paid before. */
  before: 'setting_out' | 'work' | 'closing'
  state: 'not_due' | 'due' | 'paid' | 'refunding' | 'refunded' | 'void'
  attempts: number
  /** out_trade_no of the one open attempt. */
  openAttempt: string | null
  payment: { outTradeNo: string; transactionId: string; paidAt: Date } | null
  refundedFen: Fen
}

export interface WarrantyCard {
  number: string
  code: string
  acceptedAt: Date
  until: Date
  months: number
  lines: { item: string; material: string; amountFen: Fen; months: number; until: Date }[]
  paidFen: Fen
  technicianId: string
  technicianSigned: { at: Date; file: string } | null
  homeownerSigned: { at: Date; file: string } | null
  /** 林**, written when the homeowner signs. */
  homeownerName: string
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

/** What must not get lost: worked off after the write, under a lease; ids are deterministic, so doing one twice is harmless. */
export type OutboxEntry = { id: string; attempts: number; nextAt: Date } & OutboxWork

export type OutboxWork =
  /** `mustReach`: somebody waits for it, or comes in vain, and nothing else of the order notices soon when it is not read: staff phone then (R41). */
  | { kind: 'message'; to: { role: 'homeowner' | 'technician'; openid: string }; template: TemplateKey; blanks: Record<string, string>; visitNo: number; at: Date; mustReach: boolean }
  | { kind: 'todo'; todo: Todo }
  | { kind: 'close_todo'; todoId: string; todoKind: TodoKind; at: Date }
  | { kind: 'confirm_hold'; technicianId: string; slot: Slot; awaitsCall: boolean }
  | { kind: 'free_technician'; technicianId: string; visitNo: number; at: Date; finished: boolean; awaitsCallOnly: boolean }
  | { kind: 'violation'; violation: Violation }
  | { kind: 'stars'; technicianId: string; visitKey: string; stars: number; at: Date }
  | { kind: 'refund'; outRefundNo: string; outTradeNo: string; amountFen: Fen; totalFen: Fen; reason: string; stageId: string }
  | { kind: 'close_payment'; outTradeNo: string }
  | { kind: 'keep_customer'; customer: Customer }
  | { kind: 'correct_customer'; corrections: ContactCorrections }
  | { kind: 'deed'; deed: Deed }

/** What of the person behind an order was wrong and is right now; null where nothing was. */
export interface ContactCorrections {
  name: string | null
  honorific: Honorific | null
  phone: string | null
  onSite: { name: string; phone: string } | null
  room: string | null
}

/** Time of a technician that an order takes (R05). */
export interface Slot {
  orderId: string
  visitNo: number
  from: Date
  to: Date
  place: Place
}

/** What waits for a member of staff (待办). */
export interface Todo {
  id: string
  kind: TodoKind
  orderId: string
  orderNumber: string
  visitNo: number
  /** Red: staff must act now. */
  urgent: boolean
  title: string
  /** What the robot's group may read: no words of people's own. */
  detail: string
  /** What people wrote; may be empty. */
  words: string
  role: 'dispatcher' | 'customer_service' | 'finance' | 'manager'
  at: Date
}

export type TodoKind =
  | 'nobody_claims' | 'late_call' | 'taken_back' | 'no_answer' | 'wrong_number' | 'late_arrival' | 'not_arrived' | 'acceptance_call' | 'follow_up_call' | 'follow_up_overdue'
  | 'return_choice' | 'call_me' | 'surplus_payment' | 'refund_failed' | 'far_check_in' | 'door_locked' | 'quote_declined' | 'return_owner' | 'conduct_report' | 'quote_expired' | 'bad_answer' | 'unpaid'
  | 'delay_unanswered' | 'rebook_call' | 'parts_overdue' | 'helper_out'

export interface Violation {
  id: string
  technicianId: string
  orderId: string
  orderNumber: string
  visitNo: number
  kind: 'late_call' | 'late_arrival' | 'late_notice'
  rule: string
  at: Date
  points: number
}

/** What a technician did or did not do, for their record (R52, R37): each once, whatever is written twice. */
export interface Deed {
  id: string
  technicianId: string
  orderId: string
  visitNo: number
  kind: DeedKind
  at: Date
}

/** `called_late` and `arrived_late` are the same deeds done too late; `given_back`, `taken_back` end a claim; `returned`: the homeowner was not satisfied (R33). */
export type DeedKind =
  | 'claimed' | 'assigned' | 'declined' | 'let_run_out' | 'called' | 'called_late' | 'arrived_early' | 'arrived' | 'arrived_late' | 'given_back' | 'taken_back' | 'delay_told' | 'absent' | 'completed' | 'returned'

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

/** Whether a technician belongs to a visit: in charge of it, or helping (R47). */
export const worksOn = (visit: Pick<Visit, 'technicianId' | 'helpers'>, technicianId: string): boolean => visit.technicianId === technicianId || visit.helpers.includes(technicianId)

/** When a visit ended for whoever came: done, or before a closed door. */
export const endOf = (visit: Visit): Date | null => visit.completedAt ?? visit.absent?.at ?? null

/** All technicians of a visit, the one in charge first. */
export const crewOf = (visit: Pick<Visit, 'technicianId' | 'helpers'>): string[] => [...(visit.technicianId ? [visit.technicianId] : []), ...visit.helpers]

export const personOf = (order: Pick<Order, 'people'>, id: string | null): Person | null => order.people.find((person) => person.id === id) ?? null

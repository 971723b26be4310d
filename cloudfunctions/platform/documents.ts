import type { SubscriptionAnswer, TemplateKey } from '../../typings/contract'
import type { Application } from '../domain/application'
import type { PriceBook } from '../domain/price-book'
import type { Customer, Deed, Order, TimelineEntry, Todo, TodoKind, Violation } from '../domain/order'
import type { Contest } from '../domain/violations'
import type { TechnicianDocument } from './technician-document'

/** What the collections hold, besides what domain/ describes. Absent values are null. */

/** What someone filled in last, for their next filing. `_id` is their OPENID. */
export interface HomeownerDocument {
  _id: string
  lastContact: { name: string; honorific: '先生' | '女士'; phone: string; place: { address: string; room: string; district: string; longitude: number; latitude: number } } | null
  updatedAt: Date
}

/** A message in someone's inbox; `_id` is the outbox entry's id, so that it is written once (R41). */
export interface MessageDocument {
  _id: string
  openid: string
  role: 'homeowner' | 'technician'
  orderId: string
  template: TemplateKey
  at: Date
  title: string
  text: string
  page: string
  read: boolean
  /** `sending` until WeChat's answer is known; `unknown` counts as sent. */
  delivery: 'inbox_only' | 'sent' | 'refused' | 'unknown'
  /** Why WeChat did not take it: 43101 … */
  errcode: number | null
  /** Undelivered, and somebody waits for it: staff are asked to phone then, unless it was opened by that time (R41). Null otherwise. */
  escalateAt: Date | null
}

/** How many messages of a kind a person allowed and which used them. `_id` is `openid:template` (R41). */
export interface CreditDocument {
  _id: string
  openid: string
  template: TemplateKey
  left: number
  /** Messages that took a credit, the latest 50. */
  used: string[]
  /** Requests that added one, the latest 20: a retry adds none. */
  granted: string[]
  /** What came of the last question when it was not allowed; null when it was. */
  refusal: Exclude<SubscriptionAnswer, 'accept'> | null
}

/** A to-do of staff (待办). */
export interface TodoDocument extends Omit<Todo, 'id' | 'kind'> {
  _id: string
  kind: TodoKind | PlatformTodoKind
  state: 'open' | 'closed'
  closedAt: Date | null
  closedBy: string | null
  note: string
  /** Whether the robot took the notice. */
  told: boolean
  /** Somebody is telling it until then: whoever dies over it leaves it to the clock. */
  tellingUntil: Date
  /** Which run of a function set `told`: of several that want to post it, one does. */
  toldBy?: string
}

/** To-dos that come from the machinery, not from an order's life. */
export type PlatformTodoKind =
  | 'payment_mismatch' | 'content_review' | 'outbox_stuck' | 'sweep_stuck' | 'settings_invalid' | 'unreachable' | 'message_fault' | 'application' | 'contest' | 'certificate_expiring' | 'certificate_expired' | 'register_broken' | 'double_booked'

export interface ViolationDocument extends Omit<Violation, 'id'> {
  _id: string
  /** What the technician says against it, once, and what staff decided (R36). `withdrawn`: it does not count. */
  contest: Contest | null
  /** What follows from `contest` (the to-do, the message) is not all done: the clock does it then. Null: done (R42). */
  nextWorkAt: Date | null
}

/** Whose an identity number is: one number, one person (R52). `_id` stands for the number, which is not kept (R39). */
export interface IdentityDocument {
  _id: string
  /** The account that applied with it, or `technician:<id>` of whom staff entered. */
  holder: string
}

/** Stars of one visit; `_id` is `orderId:visitNo`, so that changed stars replace and never add. */
export interface RatingDocument {
  _id: string
  technicianId: string
  stars: number
  /** When it was first given: the last 50 count by this. */
  at: Date
  /** When the stars it has now were given. */
  changedAt: Date
}

/** One attempt to pay a stage; `_id` is out_trade_no. Moves one way: created → prepaid → paid | closed. */
export interface PaymentDocument {
  _id: string
  orderId: string
  stageId: string
  openid: string
  amountFen: number
  description: string
  state: 'created' | 'prepaid' | 'paid' | 'closed'
  prepayId: string | null
  prepaidAt: Date | null
  transactionId: string | null
  paidAt: Date | null
  createdAt: Date
  /** After this nobody can pay it. */
  expiresAt: Date
  /** How often it was asked after. */
  polls: number
  /** Whether the order knows. */
  booked: boolean
  nextWorkAt: Date | null
  sweepFailures: number
}

/** Money on its way back; `_id` is out_refund_no. */
export interface RefundDocument {
  _id: string
  orderId: string
  stageId: string
  outTradeNo: string
  amountFen: number
  totalFen: number
  reason: string
  state: 'created' | 'processing' | 'succeeded' | 'failed'
  createdAt: Date
  settledAt: Date | null
  polls: number
  booked: boolean
  nextWorkAt: Date | null
  sweepFailures: number
}

/** A code that anyone can check. Warranty cards are found by their order; badges stand here for some minutes (R14). */
export interface CodeDocument {
  _id: string
  kind: 'badge'
  technicianId: string
  expiresAt: Date
}

/** A member of staff who may act (R43). `_id` is how they name themselves. */
export interface OperatorDocument {
  _id: string
  name: string
  roles: StaffRole[]
  /** sha256 of the token, hex. */
  tokenHash: string
  active: boolean
}

export type StaffRole = 'dispatcher' | 'estimator' | 'customer_service' | 'finance' | 'manager'

/** Who did what as staff. The token proves that whoever acted knew it, not who sat at the console. */
export interface AuditDocument {
  _id: string
  at: Date
  operator: string
  action: string
  /** JSON, without tokens, names and phone numbers. */
  input: string
  dryRun: boolean
  /** How it was answered; `STARTED` until then. */
  code: string
}

/** A reading of what belongs to a person (R39); `_id` holds reader and ten minutes, so that each counts once. */
export interface AccessDocument {
  _id: string
  orderId: string
  role: 'technician' | 'staff'
  readerId: string
  what: 'person' | 'phone'
  at: Date
}

/** What a technician did or did not do, each once (R09, R52). */
export interface DeedDocument extends Omit<Deed, 'id'> {
  _id: string
}

/** The figures that differ from the spec's defaults; `_id` is `current`. Read through platform/settings.ts, which checks them. */
export interface SettingsDocument {
  _id: string
  [section: string]: unknown
}

/** Entries that no longer fit into the order's recent timeline (R38). `_id` is `orderId:id of the entry`: one document an entry. */
export interface HistoryDocument {
  _id: string
  orderId: string
  entries: TimelineEntry[]
}

export interface PriceBookDocument extends PriceBook {
  _id: string
  published: boolean
}

/** An order as it is stored: what `decide` knows, and how often the clock failed on it. */
export interface OrderDocument extends Order {
  /** How often the clock failed on it. */
  sweepFailures?: number
}

export interface Collections {
  orders: OrderDocument
  customers: Customer
  homeowners: HomeownerDocument
  technicians: TechnicianDocument
  messages: MessageDocument
  credits: CreditDocument
  todos: TodoDocument
  violations: ViolationDocument
  ratings: RatingDocument
  deeds: DeedDocument
  payments: PaymentDocument
  refunds: RefundDocument
  codes: CodeDocument
  operators: OperatorDocument
  audit: AuditDocument
  settings: SettingsDocument
  price_books: PriceBookDocument
  histories: HistoryDocument
  access_log: AccessDocument
  applications: Application
  identities: IdentityDocument
}

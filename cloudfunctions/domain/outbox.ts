import type { Honorific, TemplateKey } from '../../typings/contract'
import type { Fen } from './money'
import type { Place } from './geography'
import type { Customer } from './order'

/** What must not get lost once an order is written: it is part of the order’s one document until it is done. */

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
  role: 'dispatcher' | 'estimator' | 'customer_service' | 'finance' | 'manager'
  at: Date
}

export type TodoKind =
  | 'nobody_claims' | 'late_call' | 'taken_back' | 'no_answer' | 'wrong_number' | 'late_arrival' | 'not_arrived' | 'acceptance_call' | 'follow_up_call' | 'follow_up_overdue'
  | 'return_choice' | 'call_me' | 'surplus_payment' | 'refund_failed' | 'far_check_in' | 'door_locked' | 'quote_declined' | 'return_owner' | 'conduct_report' | 'quote_expired' | 'bad_answer' | 'unpaid'
  | 'delay_unanswered' | 'rebook_call' | 'parts_overdue' | 'helper_out' | 'quote_approval' | 'cash_request'

export interface Violation {
  id: string
  technicianId: string
  orderId: string
  orderNumber: string
  visitNo: number
  /** `cash_request` is what a homeowner reports: a technician learns of it when staff have upheld it (R21). */
  kind: 'late_call' | 'late_arrival' | 'late_notice' | 'cash_request'
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

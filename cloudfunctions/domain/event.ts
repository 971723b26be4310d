import type { CallOutcome, Honorific, ReturnChoice } from '../../typings/contract'
import type { ChosenRepair } from './chosen-repair'
import type { Fen } from './money'
import type { Actor, ContactCorrections, Customer, LineProgress, MissingPart, OrderCategory, OrderItem, OrderSource, Person, QuoteLine, Slot, TimeWindow } from './order'
import type { Place } from './geography'
import type { StaffPrice } from './prices'
import type { Settings } from './settings'
import type { Technician } from './technician'

/** Everything that can happen to an order. `by` is who the platform says it is, never what the request says. */
export type OrderEvent =
  | { type: 'tick' }
  | { type: 'see_offer'; technicianId: string }
  | { type: 'claim'; technician: Person; slot: Slot }
  | { type: 'decline'; technicianId: string; reason: string }
  | { type: 'give_back'; technicianId: string; reason: string }
  | { type: 'assign'; technician: Person; slot: Slot; distanceMetres: number; reason: string; by: Actor }
  | { type: 'dial'; technicianId: string }
  | { type: 'record_call'; technicianId: string; outcome: CallOutcome; appointmentAt: Date | null; slot: Slot | null; /** Helpers whose day has no room then (R47). */ helpersOut?: readonly string[]; corrections: { problem?: string; honorific?: Honorific; room?: string; repair?: ChosenRepair } }
  | { type: 'correct_repair'; repair: ChosenRepair; /** The time that an agreed visit takes then; null before one is agreed. */ slot: Slot | null; helpersOut?: readonly string[]; reason: string; by: Actor }
  | { type: 'tell_delay'; at: Date; slot: Slot; /** Helpers whose day has no room then (R47). */ helpersOut?: readonly string[]; reason: string; by: Actor }
  | { type: 'agree_delay'; /** The time that was agreed to. */ at: Date; by: Actor }
  | { type: 'move_appointment'; at: Date; slot: Slot; /** Helpers whose day has no room then (R47). */ helpersOut?: readonly string[]; reason: string; by: Actor }
  | { type: 'ask_another'; wanted: TimeWindow; reason: string; by: Actor }
  | { type: 'record_door_call'; technicianId: string; answered: boolean }
  | { type: 'say_at_home'; by: Actor }
  | { type: 'leave_note'; technicianId: string }
  | { type: 'rebook'; wanted: TimeWindow; same: boolean; by: Actor }
  | { type: 'wait_for_parts'; parts: MissingPart[]; reason: string; expectedAt: Date; by: Actor }
  | { type: 'parts_arrived'; by: Actor }
  | { type: 'add_helper'; technician: Person; slot: Slot; by: Actor }
  | { type: 'remove_helper'; helperId: string; reason: string; by: Actor }
  | { type: 'heed_register'; personId: string; /** The account that is theirs now; null: none. */ openid: string | null; suspended: boolean; by: Actor }
  | { type: 'widen_search'; radiusFactor: number; reason: string; by: Actor }
  | { type: 'correct_contact'; by: Actor; corrections: ContactCorrections }
  | { type: 'send_quote'; technicianId: string; lines: QuoteLine[]; priceBookVersion: number; note: string }
  | { type: 'send_change'; technicianId: string; baseVersion: number; /** All lines as they would be then. */ lines: QuoteLine[]; priceBookVersion: number; reason: string; photos: string[] }
  | { type: 'withdraw_change'; technicianId: string; version: number }
  | { type: 'approve_change'; version: number; prices: StaffPrice[]; by: Actor }
  | { type: 'refuse_change'; version: number; reason: string; by: Actor }
  | { type: 'confirm_quote'; version: number }
  | { type: 'decline_quote'; version: number; reason: string }
  | { type: 'open_payment'; stageId: string }
  | { type: 'payment_received'; outTradeNo: string; stageId: string; amountFen: Fen; transactionId: string; paidAt: Date }
  | { type: 'payment_closed'; outTradeNo: string; stageId: string }
  | { type: 'refund_settled'; outRefundNo: string; stageId: string; amountFen: Fen; succeeded: boolean }
  | { type: 'set_out'; technicianId: string }
  | { type: 'arrive'; technicianId: string; place: Place | null; reason: string }
  | { type: 'enter_door_code'; technicianId: string; code: string }
  | { type: 'release_door'; by: Actor; reason: string }
  | { type: 'start_step'; technicianId: string; visitNo: number; stepId: string }
  | { type: 'complete_step'; technicianId: string; visitNo: number; stepId: string; ticks: string[]; photos: string[]; note: string }
  | { type: 'report_completion'; technicianId: string; visitNo: number; findings: string; advice: string }
  | { type: 'accept'; visitNo: number; by: Actor; note: string }
  | { type: 'report_missing'; visitNo: number; missing: string[] }
  | { type: 'sign_card'; by: Actor; file: string; maskedName: string }
  | { type: 'hand_over_parts'; technicianId: string; visitNo: number; handedOver: boolean; note: string }
  | { type: 'check_out'; technicianId: string; visitNo: number; toolsCounted: boolean; nothingLeftBehind: boolean }
  | { type: 'rate'; visitNo: number; stars: 1 | 2 | 3 | 4 | 5; tags: string[]; comment: string }
  | { type: 'answer_follow_up'; visitNo: number; satisfied: boolean; answers: { id: string; yes: boolean }[]; conductProper: boolean; stars: 1 | 2 | 3 | 4 | 5 | null; comment: string; choice: ReturnChoice | null; by: Actor }
  | { type: 'choose_return'; visitNo: number; choice: ReturnChoice; by: Actor }
  | { type: 'report_cash'; visitNo: number }
  | { type: 'record_progress'; lines: LineProgress[]; reason: string; by: Actor }
  | { type: 'cancel'; /** What the homeowner was shown that it costs, fen (R23). */ settledFen: number; reason: string; by: Actor }

export type EventType = OrderEvent['type']

/** What a new order is made from (R02). Ids and number are derived by the caller from who files and their requestId (R04). */
export interface Filing {
  _id: string
  number: string
  source: OrderSource
  homeownerId: string
  category: OrderCategory
  items: OrderItem[]
  problem: string
  requests: string
  photos: string[]
  video: string | null
  wanted: TimeWindow
  emergency: boolean
  customer: Customer
  /** Present when every item is priced at once (R17a). */
  quote: { lines: QuoteLine[]; priceBookVersion: number } | null
}

/** What `decide` must be told, since it looks nothing up. */
export interface Knowledge {
  settings: Settings
  /** Technicians near the order, looked up when a wave is to go; absent until `decide` asks for them. */
  technicians?: readonly Technician[]
  /** Digits that only the server can derive, the same every time for one purpose (door code, card code). */
  codeFor(purpose: string, alphabet: string, length: number): string
}

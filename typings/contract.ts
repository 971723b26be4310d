/**
 * What crosses the wire between the mini-program and the cloud functions: both sides compile against this file.
 * Types only: the mini-program may import nothing else from the backend.
 *
 * Times are ISO 8601 in UTC (`2026-11-22T06:30:00.000Z`); money is integer fen; distances are metres; durations say their unit.
 */

/** ISO 8601 in UTC. */
export type IsoTime = string
/** Integer fen; ¥1 = 100. */
export type Fen = number

// ── The envelope ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a client sends: `wx.cloud.callFunction({ name, data: Request })`. */
export interface ActionRequest<Input = unknown> {
  action: string
  input: Input
  /** Made once when a form or button is opened, sent again on every retry: the same request twice is carried out once (R04). */
  requestId?: string
}

export type ActionAnswer<Data> =
  | { ok: true; data: Data; serverNow: IsoTime }
  | { ok: false; error: ActionError; serverNow: IsoTime }

export interface ActionError {
  code: ErrorCode
  /** One Chinese sentence for people: what is wrong and what would be right. */
  message: string
  /** Path of each bad field (`contact.phone`) with its own sentence. */
  fields?: Record<string, string>
  /** With INTERNAL: what to quote to the hotline. */
  reference?: string
  /** To staff: an event that would be right (R43). */
  example?: unknown
}

/** Why an action was refused. The caller's reaction stands beside each. */
export type ErrorCode =
  /** The event is no action request at all. Send `{ action, input }`. */
  | 'BAD_REQUEST'
  /** There is no such action; the sentence names the nearest. */
  | 'UNKNOWN_ACTION'
  /** `fields` says what is wrong with each. Correct and send again. */
  | 'INVALID_INPUT'
  /** The caller has no identity, or one that this function does not serve. */
  | 'FORBIDDEN'
  /** There is no such thing for this caller; a stranger learns no more than that (R40). */
  | 'NOT_FOUND'
  /** The order is past (or not yet at) the point where this can be done. Read it again. */
  | 'WRONG_STATE'
  /** Someone else claimed first (R06). */
  | 'TAKEN'
  /** The offer ended: expired, withdrawn or declined. */
  | 'OFFER_OVER'
  /** The technician has a claim that waits for its call, or no room at that time (R05). */
  | 'BUSY'
  /** The technician is not on duty. */
  | 'OFF_DUTY'
  /** The technician is suspended. */
  | 'SUSPENDED'
  /** Something due before this step is unpaid (R19). */
  | 'UNPAID'
  /** The quote is not confirmed, has expired or was replaced (R19, R22). */
  | 'QUOTE_NOT_CONFIRMED'
  /** A step of the standard lacks its evidence or its turn has not come (R28, R48). */
  | 'STEP_NOT_READY'
  /** The test run has not lasted long enough (R28). */
  | 'TOO_EARLY'
  /** The door code does not match; the sentence says how many tries are left (R14). */
  | 'WRONG_CODE'
  /** No tries are left; staff can release the door (R14). */
  | 'LOCKED'
  /** The text did not pass WeChat's content check (R54). */
  | 'CONTENT_REFUSED'
  /** A file was not uploaded to a path that the server gave out for this person and purpose. */
  | 'FILE_REFUSED'
  /** Too many people changed the same thing at once. Send the same request again. */
  | 'CONFLICT'
  /** WeChat Pay did not answer or refused. Nothing was charged; try again. */
  | 'PAYMENT_UNAVAILABLE'
  /** A part that this needs did not answer. Try again. */
  | 'UNAVAILABLE'
  /** Our mistake; logged under `reference`. */
  | 'INTERNAL'

// ── Shared views ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The five joints of the pipe: 报修 · 派单 · 上门 · 验收 · 保修. */
export type Joint = 0 | 1 | 2 | 3 | 4

/** Whose turn it is: the one thing that colour says. */
export type Turn = 'ours' | 'yours' | 'done' | 'urgent' | 'paused' | 'closed'

/** What a page shows as the state, most urgent first. */
export interface StateView {
  turn: Turn
  /** 派单中, 待付款 … also the navigation title. */
  word: string
  /** The one fact that matters: 今天 14:30 上门. */
  fact: string
  /** What happens next, who does it by when. */
  sentence: string
  joint: Joint
  countdown?: Countdown
}

export interface Countdown {
  startedAt: IsoTime
  endsAt: IsoTime
  /** 本轮剩 */
  label: string
}

export interface FileView {
  fileId: string
  /** A short-lived link, already checked against who asks. */
  url: string
}

/** The technician as a homeowner sees them (R11, R14). */
export interface TechnicianCard {
  id: string
  name: string
  staffNumber: string
  photo: string
  /** Mean of the last 50 to 0.1; null without any. */
  stars: number | null
  jobs: number
  /** 水路, 电路: names, not codes. */
  skills: string[]
}

/** As little as tells one colleague from another. */
export type HelperFound = Pick<TechnicianCard, 'name' | 'staffNumber' | 'skills'>

export interface TimelineLine {
  id: string
  at: IsoTime
  text: string
  /** Who did it: 业主, 周师傅, 调度, 系统. */
  by: string
}

export type PricingMode = 'instant' | 'on_site' | 'survey'

export interface CategoryView {
  code: string
  name: string
  /** Name of the icon in the design tokens: tap, socket, lock … */
  icon: string
  /** ¥35–280, or 勘察后报价. */
  priceRange: string
  items: ItemView[]
}

export interface ItemView {
  code: string
  name: string
  unit: string
  pricing: PricingMode
  /** ¥120–280 / 个，含料 */
  priceRange: string
  lowFen: Fen | null
  highFen: Fen | null
  minutes: number
  includes: string[]
  excludes: string[]
  warrantyMonths: number
}

export interface OrderItemView {
  code: string
  name: string
  unit: string
  quantity: number
}

export interface OrderCard {
  id: string
  number: string
  title: string
  categoryIcon: string
  state: StateView
  /** Second and third line of the card. */
  fact: string
  sentence: string
  /** The one button of the card, if it is the reader's turn. */
  button: Button | null
  technician: TechnicianCard | null
  updatedAt: IsoTime
}

/** A button that the server offers: pages show what the rules allow and nothing else. */
export interface Button {
  act: ButtonAct
  label: string
}

export type ButtonAct =
  // homeowner
  | 'notify_me' | 'cancel' | 'view_quote' | 'confirm_and_pay' | 'pay' | 'accept' | 'report_missing' | 'sign_card' | 'view_card'
  | 'report_cash' | 'rate' | 'answer_follow_up' | 'choose_return' | 'call_hotline' | 'file_again'
  | 'agree_delay' | 'move_appointment' | 'ask_another' | 'say_at_home' | 'rebook' | 'correct_contact'
  // technician
  | 'claim' | 'decline' | 'dial' | 'record_call' | 'give_back' | 'set_out' | 'arrive' | 'enter_code' | 'next_step' | 'report_completion'
  | 'sign_card_technician' | 'hand_over_parts' | 'check_out' | 'navigate' | 'send_quote' | 'send_change' | 'withdraw_change' | 'record_progress'
  | 'tell_delay' | 'record_door_call' | 'leave_note' | 'wait_for_parts' | 'parts_arrived' | 'add_helper' | 'leave_crew'

export interface QuoteLineView {
  id: string
  name: string
  quantity: number
  unit: string
  /** 泉源 K2 冷热龙头，精铜，泉源卫浴厂 */
  material: string
  materialFen: Fen
  labourFen: Fen
  amountFen: Fen
  warrantyMonths: number
}

/** How far a line of the confirmed quote is (R23). */
export interface ProgressLine {
  id: string
  name: string
  unit: string
  steps: number
  stepsDone: number
  /** Pieces with material of their own; 0 when the line has none. */
  materials: number
  materialsUsed: number
}

/** What a line of the quote settles at when it is cancelled now (R23). */
export interface CancelLine {
  id: string
  name: string
  quantity: number
  unit: string
  /** Of its labour, and how many of them are done. */
  steps: number
  stepsDone: number
  materialsUsed: number
  labourFen: Fen
  materialFen: Fen
  labourSettledFen: Fen
  materialSettledFen: Fen
  /** 换龙头：做了 1/2 步，料用了 1/1 个，¥148.00 */
  text: string
}

export interface QuoteView {
  version: number
  state: 'sent' | 'confirmed' | 'declined' | 'expired' | 'replaced'
  lines: QuoteLineView[]
  totalFen: Fen
  /** What the technician wrote beside it; may be empty. */
  note: string
  sentAt: IsoTime
  expiresAt: IsoTime
  confirmedAt: IsoTime | null
}

/** A change order: what was found on site changes the agreed lines (R19). */
export interface ChangeView {
  version: number
  /** `pending`: staff price what is off the book, and the homeowner does not see it (R20); `unpaid`: confirmed, its surplus is due. */
  state: 'pending' | 'sent' | 'unpaid'
  reason: string
  photos: FileView[]
  /** A line whose quantity changes stands in both. */
  added: QuoteLineView[]
  removed: QuoteLineView[]
  /** Negative when it becomes cheaper. */
  differenceFen: number
  totalFen: Fen
  expiresAt: IsoTime
}

export interface StageView {
  id: string
  name: string
  amountFen: Fen
  /** `processing`: the phone says paid, WeChat has not confirmed yet. */
  state: 'not_due' | 'due' | 'paid' | 'refunding' | 'refunded'
  paidAt: IsoTime | null
  refundedFen: Fen
}

export interface VisitView {
  no: number
  kind: 'repair' | 'return' | 'warranty' | 'survey'
  state: VisitState
  technician: TechnicianCard | null
  appointmentAt: IsoTime | null
  arrivedAt: IsoTime | null
  completedAt: IsoTime | null
  acceptedAt: IsoTime | null
  /** Steps done, with their evidence, as the homeowner sees them at acceptance. */
  steps: StepView[]
  missing: MissingView[]
  rating: RatingView | null
}

export type VisitState =
  /** `rebooking`: nobody was at home the last time, and the homeowner has not said when next. */
  | 'choosing' | 'rebooking' | 'dispatching' | 'claimed' | 'scheduled' | 'on_the_way' | 'arrived' | 'working' | 'waiting_parts' | 'awaiting_acceptance' | 'closing' | 'closed' | 'absent' | 'cancelled'

export interface MissingView {
  text: string
  reportedAt: IsoTime
  doneAt: IsoTime | null
}

/** A step of the checklist: what the standard asks, and what is there (R48). */
export interface StepView {
  id: string
  title: string
  hint: string
  phase: 'before_setting_out' | 'at_door' | 'work'
  state: 'waiting' | 'current' | 'running' | 'done'
  ticks: { id: string; label: string; done: boolean }[]
  photos: { label: string; min: number; files: FileView[] } | null
  note: { label: string; required: boolean; text: string } | null
  /** What the technician says to the homeowner at this moment. */
  words: string[]
  /** Least duration of a timed step, seconds; 0 when there is none. */
  minSeconds: number
  startedAt: IsoTime | null
  doneAt: IsoTime | null
}

export interface RatingView {
  stars: 1 | 2 | 3 | 4 | 5
  tags: string[]
  comment: string
  at: IsoTime
  changeableUntil: IsoTime
}

export interface FollowUpView {
  visitNo: number
  /** `good` is the answer that satisfies; with `returns` the other one opens a free return visit (R33). */
  questions: { id: string; text: string; yes: string; no: string; good: 'yes' | 'no'; returns: boolean }[]
  sentAt: IsoTime
  answer: { satisfied: boolean; holds: boolean; conductProper: boolean; answers: Record<string, boolean>; comment: string; at: IsoTime } | null
}

export interface WarrantyCardView {
  number: string
  code: string
  until: IsoTime
  months: number
  acceptedAt: IsoTime
  lines: { item: string; material: string; amountFen: Fen; months: number; until: IsoTime }[]
  paidFen: Fen
  /** Masked: 江湾区梧桐里 **** */
  place: string
  homeowner: { name: string; signedAt: IsoTime | null; signature: FileView | null }
  technician: { name: string; staffNumber: string; signedAt: IsoTime | null; signature: FileView | null }
  hotline: string
  valid: boolean
}

// ── Homeowner ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface OrderView {
  id: string
  number: string
  version: number
  status: string
  state: StateView
  title: string
  category: { code: string; name: string; icon: string }
  items: OrderItemView[]
  problem: string
  requests: string
  photos: FileView[]
  video: FileView | null
  wanted: { from: IsoTime; to: IsoTime; text: string }
  contact: { name: string; honorific: Honorific; phone: string; /** Who opens the door, when somebody else does. */ onSite: { name: string; phone: string } | null }
  place: { address: string; district: string }
  filedAt: IsoTime
  emergency: boolean
  /** Present while technicians are being looked for. */
  dispatch: { wave: number; endsAt: IsoTime | null; offers: { technician: TechnicianCard; distanceMetres: number; looking: boolean }[] } | null
  /** 接下来 */
  next: string[]
  technician: TechnicianCard | null
  /** While a visit is agreed, what is due before it is paid, and the door is not yet opened (R14, R18). */
  doorCode: string | null
  appointment: { at: IsoTime; text: string } | null
  /** Somebody on our side will be late: the new time stands provisionally till the homeowner agrees or books anew (R12). */
  delay: { from: IsoTime; to: IsoTime; text: string; reason: string; byTechnician: boolean } | null
  /** The technician stands at the door and nobody answers the phone (R15). */
  waitingAtDoor: { since: IsoTime; until: IsoTime } | null
  /** Nobody was at home: the note, and windows to book again in one tap; the first is the nearest (R15). */
  rebook: { note: string; leftAt: IsoTime; technician: TechnicianCard | null; options: { label: string; from: IsoTime; to: IsoTime }[] } | null
  parts: PartsView | null
  /** Technicians who come along (R47). */
  helpers: TechnicianCard[]
  /** 上门前，您只要做这些 */
  preparations: { icon: string; text: string; amountFen: Fen | null; done: boolean }[]
  quote: QuoteView | null
  /** An open change order that waits for the homeowner (R19). */
  change: ChangeView | null
  stages: StageView[]
  visits: VisitView[]
  followUp: FollowUpView | null
  /** A return visit waits for the homeowner's choice (R33). */
  returnChoice: { visitNo: number; technician: TechnicianCard | null; until: IsoTime } | null
  ratingTags: string[]
  card: WarrantyCardView | null
  timeline: TimelineLine[]
  main: Button | null
  more: Button[]
  hotline: string
  figures: Figures
}

export type Honorific = '先生' | '女士'

export interface FileRepairInput {
  category: string
  /** Item codes with whole quantities ≥ 1; at least one, but in an emergency (R50). */
  items: { code: string; quantity: number }[]
  /** In the customer's own words, 2–500 characters (R02). */
  problem: string
  /** Special requests, up to 200 characters. */
  requests?: string
  /** Up to 9, uploaded to granted paths. */
  photos?: string[]
  video?: string
  contact: { name: string; honorific: Honorific; phone: string; /** who is on site if someone else */ onSite?: { name: string; phone: string } }
  place: {
    /** Building and street, from the map. */
    address: string
    /** Unit, floor, door. */
    room: string
    district: string
    /** GCJ-02 degrees. */
    longitude: number
    latitude: number
  }
  wanted: { from: IsoTime; to: IsoTime }
  emergency?: boolean
}

export interface HomeView {
  hotline: string
  categories: CategoryView[]
  /** The most urgent order that is not at rest. */
  current: OrderCard | null
  waitingForYou: number
  unread: number
  /** A technician sees the tab 接单. */
  isTechnician: boolean
  /** Who they are in the company, for a technician. */
  technician: { name: string; staffNumber: string } | null
  /** From the last filing, to fill in the next. */
  lastContact: { name: string; honorific: Honorific; phone: string; place: FileRepairInput['place'] } | null
  templates: Templates
  /** HH:mm in Shanghai: what is filed then and can wait is dispatched in the morning (R55). The same clock twice: no night. */
  night: { from: string; to: string }
  figures: Figures
}

/** Figures of the settings that pages say in words. */
export interface Figures {
  /** R05 */
  offersPerWave: number
  /** R10 in which the technician phones, and how often before the office does. */
  callMinutes: number
  callTries: number
  /** R13 before the agreed time. */
  earlyMinutes: number
  /** R12 ahead of it. */
  noticeMinutes: number
  /** R33 in which the same technician alone is asked. */
  aloneMinutes: number
  /** R31 */
  ratingDays: number
}

/** Ids of subscribe-message templates by moment; asked for at the right tap (R41). */
export type Templates = Record<TemplateKey, string>
export type TemplateKey =
  | 'offer' | 'call_reminder' | 'claimed' | 'appointment' | 'quote' | 'payment' | 'on_the_way' | 'acceptance' | 'warranty_card' | 'follow_up' | 'return_visit' | 'order_closed' | 'register'

/**
 * What wx.requestSubscribeMessage said of a kind of message: the person's answer, or why it asked nobody. `ban`: switched off for this kind; `filter`: not asked, another of that
 * title was; `off`: no messages from this mini-program at all (error 20004); `blocked`: WeChat has stopped us (error 20005).
 */
export type SubscriptionAnswer = 'accept' | 'reject' | 'ban' | 'filter' | 'off' | 'blocked'

export interface PaymentParams {
  timeStamp: string
  nonceStr: string
  package: string
  signType: 'RSA'
  paySign: string
}

export interface MessageView {
  id: string
  at: IsoTime
  title: string
  text: string
  page: string
  read: boolean
}

export interface UploadGrant {
  cloudPath: string
}

/** Why a file is uploaded: the path and who may see it follow from it. */
export type UploadPurpose = 'filing' | 'step' | 'change' | 'signature' | 'application'

export type HomeownerApi = {
  openHome: { input: Record<string, never>; data: HomeView }
  priceBook: { input: Record<string, never>; data: { version: number; categories: CategoryView[] } }
  /** Paths that the caller may upload to, one a file. For a filing `subject` is the draft's requestId, else the order's id. */
  grantUploads: { input: { purpose: UploadPurpose; subject: string; files: { extension: 'jpg' | 'jpeg' | 'png' | 'mp4'; bytes: number }[] }; data: { grants: UploadGrant[] } }
  fileRepair: { input: FileRepairInput; data: { orderId: string; number: string } }
  listOrders: { input: { filter?: 'all' | 'to_confirm' | 'in_progress' | 'to_pay' | 'to_rate'; before?: IsoTime }; data: { orders: OrderCard[]; counts: { toConfirm: number; toPay: number; toRate: number }; nextBefore: IsoTime | null; /** Whoever asks is one: 工单 is their jobs. */ isTechnician: boolean } }
  getOrder: { input: { orderId: string }; data: OrderView }
  /** What cancelling now would cost and give back, before it is confirmed (R23). */
  previewCancel: { input: { orderId: string }; data: { settledFen: Fen; refundedFen: Fen; paidFen: Fen; lines: CancelLine[]; sentence: string } }
  /** When the technician who has the job could come (R12): half hours in which their day has room, by day. */
  freeTimes: { input: { orderId: string }; data: FreeTimes }
  moveAppointment: { input: { orderId: string; at: IsoTime; reason?: string }; data: OrderView }
  /** `at`: the new time that they saw and agree to. */
  agreeDelay: { input: { orderId: string; at: IsoTime }; data: OrderView }
  /** Somebody else, at another time: while a delay waits for an answer, or the technician is late (R12). */
  askAnother: { input: { orderId: string; wanted: { from: IsoTime; to: IsoTime }; reason: string }; data: OrderView }
  /** The technician waits at the door: somebody is there, or nearly (R15). */
  sayAtHome: { input: { orderId: string }; data: OrderView }
  /** After a visit to a closed door; `same` asks that technician alone first (R15). */
  rebook: { input: { orderId: string; wanted: { from: IsoTime; to: IsoTime }; same: boolean }; data: OrderView }
  /** The number is wrong, or another is better: one of them at least (R10). */
  correctContact: { input: { orderId: string; phone?: string; onSite?: { name: string; phone: string } }; data: OrderView }
  /** `settledFen`: what the preview showed, 0 without; changed meanwhile, it is CONFLICT and shown anew (R23). */
  cancelOrder: { input: { orderId: string; reason: string; settledFen?: number }; data: OrderView }
  /** R21 once a visit; the technician is not told who said it. */
  reportCash: { input: { orderId: string; visitNo: number }; data: OrderView }
  confirmQuote: { input: { orderId: string; quoteVersion: number }; data: OrderView }
  declineQuote: { input: { orderId: string; quoteVersion: number; reason: string }; data: OrderView }
  /** Opens (or takes up again) the one attempt of a stage; params go to wx.requestPayment. */
  startPayment: { input: { orderId: string; stageId: string }; data: { outTradeNo: string; params: PaymentParams } }
  /** After wx.requestPayment: asks WeChat, since what the phone says is only a hint. */
  checkPayment: { input: { orderId: string; outTradeNo: string }; data: { state: 'paid' | 'not_paid' | 'closed' | 'pending' } }
  acceptWork: { input: { orderId: string; visitNo: number }; data: OrderView }
  reportMissing: { input: { orderId: string; visitNo: number; missing: string[] }; data: OrderView }
  signWarrantyCard: { input: { orderId: string; signature: string }; data: OrderView }
  rateVisit: { input: { orderId: string; visitNo: number; stars: number; tags: string[]; comment: string }; data: OrderView }
  answerFollowUp: {
    input: { orderId: string; visitNo: number; satisfied: boolean; answers: Record<string, boolean>; conductProper: boolean; stars: number; comment: string; /** chosen in the same step when not satisfied (R33) */ choice?: ReturnChoice }
    data: OrderView
  }
  chooseReturn: { input: { orderId: string; visitNo: number; choice: ReturnChoice }; data: OrderView }
  /** Anyone may check a card or a badge by its code (R14, R30). */
  verifyCode: { input: { code: string }; data: { kind: 'card' | 'badge' | 'unknown'; genuine: boolean; sentence: string; technician: TechnicianCard | null; card: WarrantyCardView | null } }
  /** `silent`: kinds of which WeChat lately did not deliver one, and still could not: at most five, to ask for again. */
  listMessages: { input: { before?: IsoTime }; data: { messages: MessageView[]; unread: number; nextBefore: IsoTime | null; silent: TemplateKey[] } }
  /** Single messages, or all about an order whose page was opened. */
  markRead: { input: { ids?: string[]; orderId?: string }; data: { unread: number } }
  /** What the person answered to wx.requestSubscribeMessage (R41). */
  recordSubscription: { input: { answers: Partial<Record<TemplateKey, SubscriptionAnswer>> }; data: { left: Partial<Record<TemplateKey, number>> } }
  /** R52 somebody who wants to work here; sent again while nobody has decided, it replaces what was sent. */
  applyToJoin: { input: ApplicationInput; data: ApplicationView }
  myApplication: { input: Record<string, never>; data: ApplicationView }
  /** Turns the one-time code of the phone-number button into the number. */
  readPhone: { input: { code: string }; data: { phone: string } }
}

export interface FreeTimes {
  technician: TechnicianCard | null
  /** 今天, 明天, 11 月 25 日 周三 */
  days: { label: string; times: { at: IsoTime; text: string }[] }[]
}

export type ReturnChoice = 'same' | 'another' | 'call_me'

// ── Technician ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface OfferView {
  orderId: string
  offerId: string
  category: { code: string; name: string; icon: string }
  district: string
  distanceMetres: number
  rideMinutes: number
  /** In the customer's own words. */
  problem: string
  items: OrderItemView[]
  wanted: { from: IsoTime; to: IsoTime; text: string; fits: boolean }
  labourFen: Fen | null
  kind: VisitView['kind']
  emergency: boolean
  sentAt: IsoTime
  endsAt: IsoTime | null
  /** Someone else is looking at it too. */
  others: number
  /** The order whose call keeps them from claiming another, until its outcome is told (R05, R10). */
  callFirst: string | null
  figures: Figures
}

export interface JobCard {
  orderId: string
  number: string
  title: string
  district: string
  state: StateView
  appointmentAt: IsoTime | null
  doneAt: IsoTime | null
  kind: VisitView['kind']
  /** Whether the reader helps somebody else on it (R47). */
  helping: boolean
}

export interface JobsView {
  me: TechnicianCard
  onDuty: boolean
  positionAt: IsoTime | null
  radiusMetres: number
  suspended: string | null
  /** How many more times WeChat can call them with a new offer (R41). */
  offerCredits: number
  offers: OfferView[]
  /** Today's and open jobs, next first. */
  today: JobCard[]
  /** The job that wants something now, if any. */
  current: JobCard | null
  /** The order whose call keeps them from claiming another, until its outcome is told (R05, R10). */
  callFirst: string | null
  unread: number
  templates: Templates
  figures: Figures
}

export interface JobView {
  orderId: string
  number: string
  version: number
  visitNo: number
  kind: VisitView['kind']
  state: StateView
  title: string
  category: { code: string; name: string; icon: string }
  items: OrderItemView[]
  problem: string
  requests: string
  photos: FileView[]
  video: FileView | null
  wanted: { from: IsoTime; to: IsoTime; text: string }
  /** Masked outside the window of R39. `phone` is masked here; dialling gives the number. */
  contact: { name: string; honorific: Honorific; phone: string; onSite: string }
  place: { address: string; district: string; longitude: number; latitude: number; distanceMetres: number | null }
  call: {
    why: CallReason
    claimedAt: IsoTime
    /** 5:00 after claiming; null for a call that they did not ask for (R10). */
    dueAt: IsoTime | null
    /** When it is taken back without an outcome; null while no such clock runs. */
    takenBackAt: IsoTime | null
    dialledAt: IsoTime | null
    attempts: number
    outcome: CallOutcome | null
    /** After nobody answered: when it is to be tried again, and until when that is in time (R10). */
    retryAt: IsoTime | null
    retryUntil: IsoTime | null
    /** Lines of the opening words; parts to stress are between 【 and 】. */
    words: string[]
  } | null
  appointment: { at: IsoTime; text: string; arriveBy: IsoTime } | null
  /** Whether the reader is in charge, or helps (R47). */
  role: 'lead' | 'helper'
  /** Everybody on this visit, the one in charge first. */
  crew: { id: string; name: string; staffNumber: string; photo: string; lead: boolean }[]
  /** A delay that was told: waits for the homeowner's answer while `answered` is false (R12). */
  delay: { from: IsoTime; to: IsoTime; text: string; reason: string; answered: boolean } | null
  /** Until when a delay is told in time; null when no time is agreed (R12). */
  delayBy: IsoTime | null
  /** At the door, and nobody answers: from `noteFrom` on the note may be left (R15). */
  noShow: { since: IsoTime; calls: number; noteFrom: IsoTime; /** the note, as it would be written then or now */ note: string } | null
  /** The note that was left, as the homeowner reads it (R15). */
  note: string | null
  parts: (PartsView & { list: MissingPart[] }) | null
  /** What is due before setting out or working, unpaid. */
  unpaidFen: Fen
  quote: QuoteView | null
  /** How far each line of the confirmed quote is (R23). */
  progress: ProgressLine[]
  /** A change order that waits for staff or for the homeowner (R19, R20). */
  change: ChangeView | null
  onTheWayAt: IsoTime | null
  arrivedAt: IsoTime | null
  door: { open: boolean; triesLeft: number; released: boolean }
  steps: StepView[]
  stepsDone: number
  missing: MissingView[]
  completedAt: IsoTime | null
  acceptedAt: IsoTime | null
  card: WarrantyCardView | null
  oldParts: { handedOver: boolean; note: string } | null
  main: Button | null
  more: Button[]
  timeline: TimelineLine[]
  hotline: string
  figures: Figures
}

/** Stands still until parts come (R45). */
export interface PartsView {
  /** 阀芯、软管 2 个 */
  names: string
  reason: string
  expectedAt: IsoTime
  /** 明天 */
  text: string
}

export interface MissingPart {
  name: string
  quantity: number
}

export type CallOutcome = 'agreed' | 'no_answer' | 'wrong_number'
/** What a technician phones for: they have the job now, staff put the number right, the parts have come, or the money that was missing. */
export type CallReason = 'claimed' | 'assigned' | 'corrected' | 'parts' | 'paid'

export interface PositionInput {
  longitude: number
  latitude: number
  /** When the phone measured it; at once when absent. One that is too old is refused (R05). */
  measuredAt?: IsoTime
}

export interface BadgeView {
  me: TechnicianCard
  certificates: { name: string; expiresAt: IsoTime }[]
  /** Eight characters to scan or type; changes (R14). */
  code: string
  expiresAt: IsoTime
}

export type TechnicianApi = {
  openJobs: { input: Record<string, never>; data: JobsView }
  goOnDuty: { input: { position: PositionInput }; data: JobsView }
  goOffDuty: { input: Record<string, never>; data: JobsView }
  reportPosition: { input: { position: PositionInput }; data: { positionAt: IsoTime } }
  seeOffer: { input: { orderId: string }; data: OfferView }
  claimOffer: { input: { orderId: string }; data: JobView }
  declineOffer: { input: { orderId: string; reason: string }; data: JobsView }
  giveBack: { input: { orderId: string; reason: string }; data: JobsView }
  getJob: { input: { orderId: string }; data: JobView }
  /** `in_hand`: what is not over, next first, all of it at once; `done`: the newest first. */
  listJobs: { input: { filter?: 'in_hand' | 'done'; before?: IsoTime }; data: { jobs: JobCard[]; nextBefore: IsoTime | null } }
  /** Records the dial and gives the number to wx.makePhoneCall. */
  dial: { input: { orderId: string }; data: { phone: string; job: JobView } }
  recordCall: {
    input: { orderId: string; outcome: CallOutcome; /** with `agreed` */ at?: IsoTime; corrections?: { problem?: string; honorific?: Honorific; room?: string; /** what it turned out to be, category and price with it */ items?: { code: string; quantity: number }[] } }
    data: JobView
  }
  /** In time an hour before the appointment; later is passed on too, and goes on the record (R12). */
  tellDelay: { input: { orderId: string; at: IsoTime; reason: string }; data: JobView }
  /** After dialling from the door (R15). */
  recordDoorCall: { input: { orderId: string; answered: boolean }; data: JobView }
  leaveNote: { input: { orderId: string }; data: JobView }
  waitForParts: { input: { orderId: string; parts: MissingPart[]; reason: string; expectedAt: IsoTime }; data: JobView }
  partsArrived: { input: { orderId: string }; data: JobView }
  /** Whose staff number it is, for the one in charge of this order (R47, R40). */
  findHelper: { input: { orderId: string; staffNumber: string }; data: HelperFound }
  /** By the one in charge (R47). */
  addHelper: { input: { orderId: string; staffNumber: string }; data: JobView }
  removeHelper: { input: { orderId: string; helperId: string; reason: string }; data: JobView }
  /** A helper cannot come along after all. */
  leaveCrew: { input: { orderId: string; reason: string }; data: JobsView }
  setOut: { input: { orderId: string }; data: JobView }
  arrive: { input: { orderId: string; position?: PositionInput; reason?: string }; data: JobView }
  enterDoorCode: { input: { orderId: string; code: string }; data: JobView }
  startStep: { input: { orderId: string; visitNo: number; stepId: string }; data: JobView }
  completeStep: { input: { orderId: string; visitNo: number; stepId: string; ticks?: string[]; photos?: string[]; note?: string }; data: JobView }
  sendQuote: { input: { orderId: string; items: { code: string; quantity: number }[]; note?: string }; data: JobView }
  /** R19 what is found on site: agreed lines that stay (`lines`, by line id), more from the book (`items`), and what the book does not have (`offBook`, priced by staff first). */
  sendChange: {
    input: {
      orderId: string
      /** Of the confirmed quote that it changes. */
      baseVersion: number
      lines: { id: string; quantity: number }[]
      items?: { code: string; quantity: number }[]
      offBook?: { name: string; unit: string; quantity: number; material?: string }[]
      reason: string
      /** Uploaded with purpose `change` and the order as subject. */
      photos: string[]
    }
    data: JobView
  }
  withdrawChange: { input: { orderId: string; version: number }; data: JobView }
  /** R23 how far lines of the confirmed quote are; `reason` when materials cannot go back before work. */
  recordProgress: { input: { orderId: string; lines: { line: string; steps: number; materials?: number }[]; reason?: string }; data: JobView }
  reportCompletion: { input: { orderId: string; visitNo: number; findings: string; advice: string }; data: JobView }
  signCard: { input: { orderId: string; signature: string }; data: JobView }
  handOverParts: { input: { orderId: string; visitNo: number; handedOver: boolean; note: string }; data: JobView }
  checkOut: { input: { orderId: string; visitNo: number; toolsCounted: boolean; nothingLeftBehind: boolean }; data: JobView }
  checkReach: { input: Record<string, never>; data: ReachView }
  /** `month`: 2026-11; the present one when absent. */
  getSchedule: { input: { month?: string }; data: ScheduleView }
  setShifts: { input: { shifts: ShiftView[] }; data: ScheduleView }
  takeLeave: { input: { from: IsoTime; to: IsoTime; reason: string }; data: ScheduleView }
  cancelLeave: { input: { leaveId: string }; data: ScheduleView }
  setRadius: { input: { radiusMetres: number }; data: ScheduleView }
  getRecord: { input: Record<string, never>; data: RecordView }
  contestViolation: { input: { violationId: string; reason: string }; data: RecordView }
  showBadge: { input: Record<string, never>; data: BadgeView }
  grantUploads: HomeownerApi['grantUploads']
  listMessages: HomeownerApi['listMessages']
  markRead: HomeownerApi['markRead']
  recordSubscription: HomeownerApi['recordSubscription']
}

// ── A technician's working life (R52) ──────────────────────────────────────────────────────────────────────────────────────────────────

/** 1 学徒, 2 熟手, 3 老师傅 */
export type SkillLevelNumber = 1 | 2 | 3

export interface ShiftView {
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** HH:mm in Shanghai. */
  from: string
  to: string
}

export interface LeaveView {
  id: string
  from: IsoTime
  to: IsoTime
  /** 11 月 28 日 周六 8:00–18:00 */
  text: string
  reason: string
  /** Over already. */
  past: boolean
}

export interface ScheduledJob {
  orderId: string
  number: string
  title: string
  district: string
  from: IsoTime
  to: IsoTime
  /** 14:00–15:30 */
  text: string
  done: boolean
  helping: boolean
}

/** A month of a technician's own calendar. */
export interface ScheduleView {
  /** 2026-11 */
  month: string
  today: string
  shifts: ShiftView[]
  leave: LeaveView[]
  days: {
    /** 2026-11-26 */
    date: string
    weekday: number
    jobs: ScheduledJob[]
    /** Hours of that day's shifts; empty when none, or when no shifts are set. */
    shifts: { from: string; to: string }[]
    /** Whether leave covers any of it. */
    onLeave: boolean
    /** How many more jobs fit into the day. */
    room: number
  }[]
  radiusMetres: number
  dailyCapacity: number
}

export interface ViolationView {
  id: string
  at: IsoTime
  rule: string
  /** 接单后 5 分钟没打电话 */
  text: string
  orderNumber: string
  points: number
  /** Until when it can be contested; null when it was, or the time has passed. */
  contestableUntil: IsoTime | null
  contest: { reason: string; at: IsoTime; state: 'open' | 'upheld' | 'withdrawn'; decision: string } | null
}

/** The last twelve months of a technician. */
export interface RecordView {
  me: TechnicianCard
  since: IsoTime
  counts: {
    claimed: number; assigned: number; declined: number; letRunOut: number; givenBack: number; takenBack: number
    called: number; calledLate: number
    arrivedEarly: number; arrived: number; arrivedLate: number
    delays: number; absent: number; completed: number; returned: number
  }
  /** Whole percents of calls and arrivals in time; null without any. */
  callsInTime: number | null
  arrivalsInTime: number | null
  stars: { mean: number | null; count: number; byStars: [number, number, number, number, number] }
  violations: ViolationView[]
  /** Points of the last twelve months that count. */
  points: number
  figures: Figures
}

/** Whether the next offer can reach them, in plain words (R41). */
export interface ReachView {
  ok: boolean
  verdict: string
  lines: { id: ReachLineId; ok: boolean; text: string; hint: string; act: 'top_up' | 'go_on_duty' | 'report_position' | 'open_jobs' | 'open_schedule' | 'open_inbox' | 'call_company' | null }[]
  templates: Templates
}
export type ReachLineId = 'account' | 'duty' | 'position' | 'trades' | 'leave' | 'certificates' | 'claim' | 'hours' | 'day' | 'offers' | 'calls' | 'radius' | 'last'

export interface ApplicationInput {
  name: string
  phone: string
  /** 18 characters; the last is checked. Empty: the one given before, where it is kept (`identityKept`). */
  identityNumber: string
  /** Of oneself, uploaded with purpose `application` and subject `join`, or what was given before. So are those of certificates. */
  photo: string
  skills: { category: string; level: SkillLevelNumber }[]
  years: number
  district: string
  base: PositionInput
  radiusMetres: number
  certificates: { category: string; name: string; number: string; expiresAt: IsoTime; photo: string }[]
  /** A word about oneself; may be empty. */
  about: string
}

export interface ApplicationView {
  state: 'none' | 'sent' | 'approved' | 'refused'
  sentAt: IsoTime | null
  /** Why it was refused, or what staff wrote. */
  reason: string
  staffNumber: string
  /** What was sent, to be put right and sent again. Of certificates that were decided number and photo are gone (R39). */
  sent:
    | (Omit<ApplicationInput, 'identityNumber' | 'photo' | 'certificates'> & {
        /** The identity number need not be typed again, unless it changes. */
        identityKept: boolean
        photo: FileView | null
        certificates: (Omit<ApplicationInput['certificates'][number], 'photo'> & { photo: FileView | null })[]
      })
    | null
  categories: { code: string; name: string }[]
  templates: Templates
}

/** Every function answers `help` to a caller that it serves. */
export interface HelpView {
  actions: { name: string; summary: string; input: unknown; example: unknown }[]
}

import type { Settings } from './settings'
import { after, afterNight, atClock, DAY, dayStart, HOUR, isStaffed, later, MINUTE, plainClock, spanText } from './shanghai'

/**
 * Every deadline of an order, in one table: the moment that starts it, when it is due, what kind it is, whom it reaches, whether the night holds it back, and what happens then.
 * Handlers say which moment has come (`draft.startClock`) or no longer counts (`draft.stopClock`); when each deadline falls follows from here and from the settings.
 *
 * - `verdict` holds from its due time: whoever next touches the order decides it first, dated at its own time (R42).
 * - `step` takes effect when it is carried out, at most one a pass, and what follows counts from then.
 * - `reminder` is sent by the timer, and dropped when it is more than 60 s late.
 *
 * "In time" includes the due moment itself: a verdict falls when its time has passed. What is past already when its moment comes is not made.
 */
export interface DeadlineRule {
  nature: 'verdict' | 'step' | 'reminder'
  rule: string
  /** The moment that it counts from. */
  from: Moment
  due: Due
  /** Whom it tells or alerts; null when nobody. */
  alerts: 'homeowner' | 'technician' | 'dispatcher' | 'customer_service' | 'manager' | null
  /** R55, but for emergencies: `runs` on; waits for the `morning` when the night ends; or for the `staffed` hours. */
  night: 'runs' | 'morning' | 'staffed'
  /** For `docs/` and for staff. */
  then: string
}

/** What deadlines count from. */
export const MOMENTS = {
  wave: '派出一轮',
  call: '接单、派单或改好电话',
  no_answer: '电话没人接',
  appointment: '约好的上门时间',
  clock_stopped: '师傅的钟停住',
  delay: '师傅说来不了或要晚',
  no_show: '到了门口电话没人接',
  absent: '没人在家，师傅留言离开',
  parts: '等配件',
  quote: '报价发出',
  completion: '报完工',
  dissatisfaction: '不满意',
  acceptance: '验收',
} as const

export type Moment = keyof typeof MOMENTS

/** A figure of the settings; its name says its unit. */
export type Figure = { [Section in keyof Settings & string]: Settings[Section] extends Record<string, unknown> ? `${Section}.${keyof Settings[Section] & string & `${string}${'Minutes' | 'Hours'}`}` : never }[keyof Settings & string]

export type Due =
  /** So long after the moment; nothing named: at the moment itself. */
  | { after: Figure | null }
  /** So long before it; a list of figures makes one deadline each. */
  | { before: Figure }
  /** At that time of the day before. */
  | { eveAt: 'appointment.dayBeforeAt' }
  /** Worked out where the moment comes, in these words. */
  | { workedOut: (settings: Settings) => string }

export const DEADLINES = {
  'dispatch.next_wave': { nature: 'step', rule: 'R07', from: 'wave', due: { workedOut: ({ dispatch }) => `${spanText(dispatch.waveMinutes)}（急修 ${spanText(dispatch.emergencyWaveMinutes)}），或请的都不接` }, alerts: 'dispatcher', night: 'morning', then: '请下一批；没有人可请时交给调度' },
  'call.reminder': { nature: 'reminder', rule: 'R10', from: 'call', due: { after: 'call.reminderMinutes' }, alerts: 'technician', night: 'runs', then: '提醒师傅打电话' },
  'call.breach': { nature: 'verdict', rule: 'R10', from: 'call', due: { after: 'call.breachMinutes' }, alerts: 'dispatcher', night: 'runs', then: '没拨出：记违规，告诉调度' },
  'call.take_back': { nature: 'verdict', rule: 'R10', from: 'call', due: { after: 'call.takeBackMinutes' }, alerts: 'dispatcher', night: 'runs', then: '没有结果：收回，重新派单' },
  'call.retry': { nature: 'reminder', rule: 'R10', from: 'no_answer', due: { workedOut: ({ call }) => `第一次之后 ${call.retryMinutes.join('、')} 分钟` }, alerts: 'technician', night: 'morning', then: '提醒师傅再打' },
  'call.retry_missed': { nature: 'verdict', rule: 'R10', from: 'no_answer', due: { workedOut: ({ call }) => `该再打之后 ${spanText(call.retryGraceMinutes)}` }, alerts: 'dispatcher', night: 'morning', then: '还没打：交给调度' },
  'appointment.day_before': { nature: 'reminder', rule: 'R11', from: 'appointment', due: { eveAt: 'appointment.dayBeforeAt' }, alerts: 'homeowner', night: 'staffed', then: '提醒业主' },
  'appointment.soon': { nature: 'reminder', rule: 'R11', from: 'appointment', due: { before: 'appointment.reminderMinutes' }, alerts: 'homeowner', night: 'staffed', then: '提醒业主' },
  'payment.reminder': { nature: 'reminder', rule: 'R13', from: 'appointment', due: { before: 'payment.reminderHours' }, alerts: 'homeowner', night: 'staffed', then: '出发前的钱没付：提醒业主付款' },
  'payment.overdue': { nature: 'verdict', rule: 'R13', from: 'clock_stopped', due: { workedOut: () => '到了原来约的时间' }, alerts: 'customer_service', night: 'runs', then: '还没付：客服问业主还修不修' },
  'arrival.check': { nature: 'verdict', rule: 'R13', from: 'appointment', due: { before: 'arrival.reminderMinutes' }, alerts: null, night: 'runs', then: '该付没付：师傅的钟停住' },
  'arrival.reminder': { nature: 'reminder', rule: 'R13', from: 'appointment', due: { before: 'arrival.reminderMinutes' }, alerts: 'technician', night: 'runs', then: '提醒师傅；来不了的现在还来得及说' },
  'arrival.alert': { nature: 'verdict', rule: 'R13', from: 'appointment', due: { before: 'arrival.earlyMinutes' }, alerts: 'dispatcher', night: 'runs', then: '没签到：告诉调度' },
  'arrival.breach': { nature: 'verdict', rule: 'R13', from: 'appointment', due: { after: null }, alerts: 'dispatcher', night: 'runs', then: '没签到：记违规' },
  'delay.unanswered': { nature: 'verdict', rule: 'R12', from: 'delay', due: { after: 'arrival.delayAnswerMinutes' }, alerts: 'customer_service', night: 'staffed', then: '业主没答复：客服打电话' },
  'absence.note': { nature: 'reminder', rule: 'R15', from: 'no_show', due: { workedOut: ({ absence }) => `约定时间和第一次没人接里晚的那个，再过 ${spanText(absence.waitMinutes)}` }, alerts: 'technician', night: 'runs', then: '告诉师傅可以留言离开了' },
  'absence.rebook': { nature: 'verdict', rule: 'R15', from: 'absent', due: { after: 'absence.rebookHours' }, alerts: 'customer_service', night: 'staffed', then: '业主没再约：客服打电话' },
  'parts.expected': { nature: 'verdict', rule: 'R45', from: 'parts', due: { workedOut: () => '说好的到货时间' }, alerts: 'dispatcher', night: 'staffed', then: '没到货：调度去催，告诉业主' },
  'quote.reminder': { nature: 'reminder', rule: 'R22', from: 'quote', due: { after: 'quote.reminderHours' }, alerts: 'homeowner', night: 'staffed', then: '没答复：提醒业主' },
  'quote.expiry': { nature: 'verdict', rule: 'R22', from: 'quote', due: { after: 'quote.expiryHours' }, alerts: 'customer_service', night: 'runs', then: '没答复：报价过期' },
  'acceptance.reminder': { nature: 'reminder', rule: 'R30', from: 'completion', due: { after: 'acceptance.reminderHours' }, alerts: 'homeowner', night: 'staffed', then: '没验收：提醒业主' },
  'acceptance.staff': { nature: 'verdict', rule: 'R30', from: 'completion', due: { after: 'acceptance.staffHours' }, alerts: 'customer_service', night: 'runs', then: '没验收：客服打电话问' },
  'follow_up.questionnaire': { nature: 'step', rule: 'R32', from: 'completion', due: { after: 'followUp.questionnaireHours' }, alerts: 'homeowner', night: 'staffed', then: '发问卷' },
  'follow_up.call_task': { nature: 'verdict', rule: 'R32', from: 'completion', due: { workedOut: ({ followUp }) => `${spanText(followUp.callTaskHours * 60)}没答（剩下的上班时间不到 ${spanText(followUp.leastStaffedHours * 60)}就提前到前一晚）` }, alerts: 'customer_service', night: 'runs', then: '客服打电话' },
  'follow_up.breach': { nature: 'verdict', rule: 'R32', from: 'completion', due: { after: 'followUp.breachHours' }, alerts: 'manager', night: 'runs', then: '没问到：告诉经理' },
  'return.choice': { nature: 'verdict', rule: 'R33', from: 'dissatisfaction', due: { after: 'returnVisit.choiceHours' }, alerts: 'customer_service', night: 'staffed', then: '没选师傅：客服打电话' },
  'warranty.end': { nature: 'step', rule: 'R34', from: 'acceptance', due: { workedOut: () => '最长的一项保修到期' }, alerts: null, night: 'runs', then: '收进档案' },
} as const satisfies Record<string, DeadlineRule>

export type DeadlineId = keyof typeof DEADLINES

/** A reminder later than this helps nobody. */
export const REMINDER_GRACE_MS = 60_000

const RULES: readonly (readonly [DeadlineId, DeadlineRule])[] = Object.entries(DEADLINES) as [DeadlineId, DeadlineRule][]

/** The ids of everything that counts from one of these moments. */
export const startedBy = (...moments: readonly Moment[]): DeadlineId[] => RULES.filter(([, rule]) => moments.includes(rule.from)).map(([id]) => id)

const unitOf = (figure: Figure): number => (figure.endsWith('Hours') ? HOUR : MINUTE)

/** The figures that the settings name there: one, or several of a list. */
const figuresAt = (figure: string, settings: Settings): number[] => {
  const [section = '', name = ''] = figure.split('.')
  const value = (settings as unknown as Record<string, Record<string, unknown>>)[section]?.[name]
  const numbers = Array.isArray(value) ? value : [value]
  if (!numbers.every((number) => typeof number === 'number')) throw new Error(`settings have no figure ${figure}`)
  return numbers
}

/** When a deadline that would fall at `at` falls, given the night (R55). */
const outsideNight = (at: Date, night: DeadlineRule['night'], settings: Settings, emergency: boolean): Date => {
  if (emergency || night === 'runs') return at
  const morning = afterNight(at, settings.night)
  // Whatever comes before the office opens waits for it, a reminder at half past seven too.
  return night === 'morning' ? morning : later(morning, atClock(morning, settings.staffedHours.from))
}

/** What waits for somebody in the office waits from its closing time on (R55). */
export const whileStaffed = (at: Date, { staffedHours }: Settings, emergency: boolean): Date => {
  if (emergency || isStaffed(at, staffedHours)) return at
  const opens = atClock(at, staffedHours.from)
  return at < opens ? opens : after(opens, DAY)
}

const OFFICE: readonly DeadlineRule['alerts'][] = ['dispatcher', 'customer_service', 'manager']

/** When a deadline of the table that would fall at `at` falls (R55). */
export const dueOutsideNight = (id: DeadlineId, at: Date, settings: Settings, emergency: boolean): Date => {
  const { night, alerts }: DeadlineRule = DEADLINES[id]
  return night === 'staffed' && OFFICE.includes(alerts) ? whileStaffed(at, settings, emergency) : outsideNight(at, night, settings, emergency)
}

export interface DueAt {
  id: DeadlineId
  at: Date
  /** Tells apart the same deadline for several moments. */
  tag: string
}

/** What counts from a moment, and when it falls. What is worked out elsewhere is not among it, nor what was to come before the moment and would after the night come after it. */
export const deadlinesFrom = (moment: Moment, at: Date, settings: Settings, emergency: boolean): DueAt[] =>
  RULES.filter(([, rule]) => rule.from === moment).flatMap(([id, rule]) =>
    timesOf(rule.due, at, settings)
      .map(({ at: due, tag }) => ({ id, at: dueOutsideNight(id, due, settings, emergency), tag }))
      .filter((due) => 'after' in rule.due || due.at < at),
  )

const timesOf = (due: Due, at: Date, settings: Settings): { at: Date; tag: string }[] => {
  if ('workedOut' in due) return []
  if ('eveAt' in due) return [{ at: atClock(after(dayStart(at), -DAY), settings.appointment.dayBeforeAt), tag: '' }]
  const figure = 'before' in due ? due.before : due.after
  if (figure === null) return [{ at, tag: '' }]
  const figures = figuresAt(figure, settings)
  const sign = 'before' in due ? -1 : 1
  return figures.map((number) => ({ at: after(at, sign * number * unitOf(figure)), tag: figures.length > 1 ? String(number) : '' }))
}

export const ALERTED: Record<NonNullable<DeadlineRule['alerts']>, string> = { homeowner: '业主', technician: '师傅', dispatcher: '调度', customer_service: '客服', manager: '经理' }

export const NIGHT: Record<DeadlineRule['night'], string> = { runs: '照常', morning: '等天亮', staffed: '等上班' }

/** 5 分钟后, 前 24 小时、前 3 小时: with the figures in force. */
export const dueText = (id: DeadlineId, settings: Settings): string => {
  const due: Due = DEADLINES[id].due
  if ('workedOut' in due) return due.workedOut(settings)
  if ('eveAt' in due) return `前一天 ${plainClock(settings.appointment.dayBeforeAt)}`
  const figure = 'before' in due ? due.before : due.after
  if (figure === null) return '到点'
  const unit = unitOf(figure) === HOUR ? '小时' : '分钟'
  return figuresAt(figure, settings)
    .map((number) => ('before' in due ? `前 ${number} ${unit}` : `${number} ${unit}后`))
    .join('、')
}

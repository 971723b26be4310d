import type { ViolationView } from '../../typings/contract'
import type { Violation } from './order'
import type { Settings } from './settings'
import { after, DAY } from './shanghai'

/** What was broken, in plain words (R36). */
export const VIOLATION_TEXT: Record<Violation['kind'], string> = {
  late_call: '接单后没按时打电话',
  late_arrival: '到了约定时间没到',
  late_notice: '晚到没有及早说',
  cash_request: '向业主要现金',
}

export interface Contest {
  reason: string
  at: Date
  state: 'open' | 'upheld' | 'withdrawn'
  decision: string
  decidedBy: string | null
  decidedAt: Date | null
}

export const CONTEST_LABEL: Record<Contest['state'], string> = { open: '有异议，等核实', upheld: '维持', withdrawn: '撤销，不算' }

/** What the technician is told when one goes on their record (R36). */
export const violationNotice = ({ kind, orderNumber }: Pick<Violation, 'kind' | 'orderNumber'>): { subject: string; what: string } => ({ subject: '违规记了一条', what: `${VIOLATION_TEXT[kind]}，${orderNumber}` })

type Recorded = Omit<Violation, 'id'> & { _id: string; contest: Contest | null }

/** Until when something on the record can be contested (R36). */
export const contestableUntil = ({ at, contest }: Pick<Recorded, 'at' | 'contest'>, { register }: Settings, now: Date): Date | null => {
  const until = after(at, register.contestDays * DAY)
  return contest === null && now <= until ? until : null
}

/** R21 what a homeowner reports is the company's alone until staff have heard both: it stands as a contest that is open from the start. */
export const firstContest = ({ kind, at }: Pick<Violation, 'kind' | 'at'>): Contest | null =>
  kind === 'cash_request' ? { reason: '业主反映，等核实', at, state: 'open', decision: '', decidedBy: null, decidedAt: null } : null

/** Whether it is kept from the technician: reported, and not upheld (R21). */
export const isHidden = ({ kind, contest }: Pick<Recorded, 'kind' | 'contest'>): boolean => kind === 'cash_request' && contest?.state !== 'upheld'

/** What was withdrawn does not count, nor what is only reported. */
export const counts = (violation: Pick<Recorded, 'kind' | 'contest'>): boolean => violation.contest?.state !== 'withdrawn' && !isHidden(violation)

export const violationView = (violation: Recorded, settings: Settings, now: Date): ViolationView => ({
  id: violation._id,
  at: violation.at.toISOString(),
  rule: violation.rule,
  text: VIOLATION_TEXT[violation.kind],
  orderNumber: violation.orderNumber,
  points: violation.points,
  contestableUntil: contestableUntil(violation, settings, now)?.toISOString() ?? null,
  contest: violation.contest && { reason: violation.contest.reason, at: violation.contest.at.toISOString(), state: violation.contest.state, decision: violation.contest.decision },
})

import * as z from 'zod'
import { refuse, Refusal } from '../domain/refusal'
import { momentText } from '../domain/shanghai'
import { CONTEST_LABEL, VIOLATION_TEXT } from '../domain/violations'
import type { Contest } from '../domain/violations'
import { finishContest, writeContest } from '../platform/contests'
import { collection } from '../platform/db'
import type { ViolationDocument } from '../platform/documents'
import { staffNumber, words } from '../platform/fields'
import { operatorById } from '../platform/register'
import { staffAction } from './staff-action'
import type { StaffAnswer } from './staff-action'
import { theTechnician } from './technician-actions'

const LIMIT = 100

const violationLine = ({ _id, at, rule, kind, points, contest }: ViolationDocument, now: Date): string =>
  `${momentText(at, now)}｜${rule} ${VIOLATION_TEXT[kind]}｜${points} 分${contest ? `｜${CONTEST_LABEL[contest.state]}：${contest.reason}` : ''}｜${_id}`

/** R36 of one technician, or all that are contested and wait for a decision. */
export const listViolations = staffAction({
  summary: '看违规记录：某位师傅的，或者所有等核实异议的',
  roles: ['dispatcher', 'customer_service'],
  writes: false,
  input: z.strictObject({ staffNumber: staffNumber.optional() }),
  example: { staffNumber: '0317' },
  run: async ({ staffNumber: number }) => {
    const technician = number === undefined ? null : await theTechnician(number)
    if (technician instanceof Refusal) return technician
    const found = await collection('violations').find(technician ? { technicianId: technician._id } : { 'contest.state': 'open' }, { order: { at: 'desc' }, limit: LIMIT })
    const now = new Date()
    return {
      text: found.length > 0 ? found.map((violation) => violationLine(violation, now)).join('\n') : technician ? `${technician.name}没有违规` : '没有等核实的异议',
      violations: found.map(({ _id, technicianId, kind, rule, at, contest }) => ({ violation: _id, technicianId, kind, rule, at: at.toISOString(), contest: contest && { ...contest, at: contest.at.toISOString(), decidedAt: contest.decidedAt?.toISOString() ?? null } })),
    }
  },
})

/** R36 what is withdrawn no longer counts; it stays on the record, with why (R38). */
export const decideContest = staffAction({
  summary: '答复师傅的异议，或核实业主反映的：撤销或维持，写明理由',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({ violation: z.string().min(3).max(200).describe('违规的编号，在 listViolations 里'), withdraw: z.boolean().describe('true 撤销，false 维持'), reason: words('理由', 2, 200) }),
  example: { violation: 'o3f…:1:late_call:t0317:1795336200000', withdraw: true, reason: '通话记录显示 5 分钟内打过' },
  run: async ({ violation: id, withdraw, reason }, { operator, dryRun }) => {
    const violation = await collection('violations').get(id)
    if (!violation) return refuse('NOT_FOUND', '没有这条违规，先用 listViolations 看编号')
    const state = withdraw ? ('withdrawn' as const) : ('upheld' as const)
    const { contest } = violation
    if (!contest) return refuse('WRONG_STATE', '师傅没有对这条提异议')
    if (contest.state !== 'open') return answered(violation, contest, state)
    if (dryRun) return { text: `试跑，什么都没改。会${withdraw ? '撤销' : '维持'}这条违规`, dryRun: true }
    const now = new Date()
    const decided = await writeContest(violation, { ...contest, state, decision: reason, decidedBy: operator.id, decidedAt: now }, now)
    if (!decided) return decidedMeanwhile(id, state)
    await finishContest(decided)
    return { text: `${CONTEST_LABEL[state]}：${VIOLATION_TEXT[violation.kind]}`, violation: id }
  },
})

/** Answered before. Whatever a function that died left undone of it is done. */
const answered = async (violation: ViolationDocument, contest: Contest, wanted: Contest['state']): Promise<StaffAnswer | Refusal> => {
  await finishContest(violation)
  const { state, decision, decidedBy, decidedAt } = contest
  const by = decidedBy === null ? '' : ((await operatorById(decidedBy))?.name ?? decidedBy)
  const text = `${by} ${decidedAt ? momentText(decidedAt, new Date()) : ''} 答复过了：${CONTEST_LABEL[state]}，${decision}`
  return state === wanted ? { text, violation: violation._id } : refuse('WRONG_STATE', text)
}

const decidedMeanwhile = async (id: string, wanted: Contest['state']): Promise<StaffAnswer | Refusal> => {
  const again = await collection('violations').get(id)
  return again?.contest && again.contest.state !== 'open' ? answered(again, again.contest, wanted) : refuse('CONFLICT', '这条正有别人在答复，请再试一次')
}

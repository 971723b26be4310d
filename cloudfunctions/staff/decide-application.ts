import * as z from 'zod'
import { maskIdentity } from '../domain/application'
import type { Application, Decision } from '../domain/application'
import { refuse, Refusal } from '../domain/refusal'
import { momentText } from '../domain/shanghai'
import { entryRefusal, finishApplication, writeDecision } from '../platform/applications'
import { isoTime, staffNumber, words } from '../platform/fields'
import { claimIdentity, isIdentityTaken, readIdentity } from '../platform/identities'
import { requestKey } from '../platform/orders'
import { operatorById } from '../platform/register'
import { applicationId, findApplication, STATE } from './application-actions'
import { staffAction } from './staff-action'
import type { StaffAnswer } from './staff-action'

/** R52 identity and each certificate were looked at; then the entry is made and the WeChat account bound in one. What proves who they are is not kept. */
export const decideApplication = staffAction({
  summary: '定一份报名：sentAt 写您看过的那一份；核过身份和每张证件才能通过，给工号；不通过写明原因',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({
    application: applicationId,
    sentAt: isoTime.describe('您看的那一份是什么时候交的，在 showApplication 里'),
    approve: z.boolean().describe('true 通过，false 不通过'),
    staffNumber: staffNumber.optional().describe('0901 这样，通过时给他'),
    reason: words('原因', 0, 200).default('').describe('最多 200 个字，不通过时写，报名的人看得到'),
    identityChecked: z.boolean().default(false).describe('true 核过身份证和本人。通过一定要核；不通过也核过的，他下次不用再填号码'),
    certificatesChecked: z.array(z.string().max(40)).max(10).default([]).describe('核过的证件号，一张一个'),
  }),
  example: { application: 'oDemoNewTechnician', sentAt: '2026-11-22T06:30:00.000Z', approve: true, staffNumber: '0901', identityChecked: true, certificatesChecked: ['3301-2024-0117'] },
  run: async ({ application: id, sentAt, approve, staffNumber: number = '', reason, identityChecked, certificatesChecked }, { operator, action, requestId, dryRun }) => {
    const found = await findApplication(id)
    if (found instanceof Refusal) return found
    const decision = { at: new Date(), by: operator.id, key: requestKey(action, operator.id, requestId), reason, staffNumber: approve ? number : '', identityChecked, certificatesChecked }
    const wanted: Wanted = { state: approve ? 'approved' : 'refused', sentAt, decision }
    if (isDone(found, wanted)) return answerOf(found)
    const wrong = (await movedOn(found, wanted)) ?? decisionRefusal(found, wanted) ?? (approve ? await approvalRefusal(found, number, dryRun) : null)
    if (wrong) return wrong
    if (dryRun) return { text: `试跑，什么都没改。${approve ? `会登记${found.name} ${number} 并绑他的微信` : `${found.name} 不会通过：${reason}`}`, dryRun: true }
    return answerOf((await writeDecision(found, wanted.state, decision)) ?? (await decidedMeanwhile(id, wanted)))
  },
})

interface Wanted {
  state: 'approved' | 'refused'
  /** Which sending was looked at. */
  sentAt: Date
  decision: Decision
}

const IDENTITY_TAKEN = refuse('CONFLICT', '这个身份证号在别的微信上也报了名，或者已经登记过，先弄清楚是谁，再定', { application: '身份证号和别人的重了' })

/** Sent again after a lost answer: what was wanted is so already (R04). */
const isDone = ({ state, decision }: Application, { state: wish, decision: { key, by, staffNumber: number } }: Wanted): boolean =>
  decision !== null && state === wish && ((key !== null && decision.key === key) || (decision.by === by && decision.staffNumber === number))

/** Somebody else decided it, or it is another one than was looked at. */
const movedOn = async (found: Application, { sentAt }: Wanted): Promise<Refusal | null> => {
  const now = new Date()
  if (found.decision) {
    const { at, by, staffNumber: number, reason } = found.decision
    const name = (await operatorById(by))?.name
    return refuse('WRONG_STATE', `${name ? `${name}（${by}）` : by} ${momentText(at, now)} 定过了：${found.name}${STATE[found.state]}${number ? `，工号 ${number}` : `，原因：${reason}`}，不能再定`)
  }
  if (found.sentAt.getTime() === sentAt.getTime()) return null
  const what = sentAt < found.sentAt ? `${found.name} ${momentText(found.sentAt, now)} 又交了一次，您看的是之前那一份` : '您写的 sentAt 不是现在这一份'
  return refuse('CONFLICT', `${what}，请用 showApplication 再看一遍再定`, { sentAt: what })
}

/** What is missing in the decision itself. */
const decisionRefusal = (found: Application, { state, decision }: Wanted): Refusal | null => {
  if (state === 'refused') return decision.reason.length < 2 ? refuse('INVALID_INPUT', '不通过要写原因，报名的人会看到', { reason: '请写原因' }) : null
  if (!decision.staffNumber) return refuse('INVALID_INPUT', '通过要给工号', { staffNumber: '通过要给工号' })
  if (!decision.identityChecked) return refuse('INVALID_INPUT', '先核对身份证和本人，再写 identityChecked: true', { identityChecked: '还没核对身份' })
  const unseen = found.certificates.find((each) => !decision.certificatesChecked.includes(each.number))
  return unseen ? refuse('INVALID_INPUT', `“${unseen.name} ${unseen.number}”还没核对，核过写进 certificatesChecked`, { certificatesChecked: `还没核对 ${unseen.number}` }) : null
}

/** Why they cannot be entered. If they can, their identity number is theirs from now on, unless it is only tried. */
const approvalRefusal = async ({ _id, identityKey }: Application, number: string, dryRun: boolean): Promise<Refusal | null> => {
  const [refused, held] = await Promise.all([entryRefusal({ _id }, number), readIdentity(identityKey)])
  if (refused) return refused
  const isTheirs = dryRun ? !(await isIdentityTaken(held, _id)) : await claimIdentity(identityKey, _id, held)
  return isTheirs ? null : IDENTITY_TAKEN
}

const decidedMeanwhile = async (id: string, wanted: Wanted): Promise<Application | Refusal> => {
  const again = await findApplication(id)
  if (again instanceof Refusal || isDone(again, wanted)) return again
  return (await movedOn(again, wanted)) ?? refuse('CONFLICT', '这份报名正有别人在定，请再试一次')
}

/** Does what follows, and says what was decided. */
const answerOf = async (decided: Application | Refusal): Promise<StaffAnswer | Refusal> => {
  if (decided instanceof Refusal) return decided
  const refused = await finishApplication(decided)
  if (refused) return refused
  const { _id, name, state, decision, identityNumber } = decided
  const answer = { application: _id, state }
  if (state !== 'approved') return { text: `记下了，${name} 没通过：${decision?.reason ?? ''}`, ...answer }
  const number = decision?.staffNumber ?? ''
  return { text: `登记好了：${name} ${number}，微信也绑好了${identityNumber ? `（身份证 ${maskIdentity(identityNumber)} 不再留存）` : ''}`, ...answer, technicianId: `t${number}` }
}

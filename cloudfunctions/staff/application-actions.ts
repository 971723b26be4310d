import * as z from 'zod'
import { maskIdentity } from '../domain/application'
import type { Application } from '../domain/application'
import { categoryNameIn } from '../domain/price-book'
import { refuse, Refusal } from '../domain/refusal'
import { BLANK_REGISTER } from '../domain/technician'
import { dateText, momentText } from '../domain/shanghai'
import { logAccess } from '../platform/access-log'
import { boundElsewhere, ownerOf } from '../platform/bind-account'
import { _, collection } from '../platform/db'
import { staffNumber, words } from '../platform/fields'
import { linkTo } from '../platform/files'
import { readPriceBook, readSettings } from '../platform/settings'
import { toDocument } from '../platform/technician-document'
import { tellPerson } from '../platform/tell-person'
import { staffAction } from './staff-action'
import type { StaffAnswer, StaffContext } from './staff-action'

const LIMIT = 50
const STATE = { sent: '等核实', approved: '通过了', refused: '没通过' } as const
const application = z.string('请写报名的编号，先用 listApplications 看').min(6, '请写报名的编号，先用 listApplications 看').max(64)

/** R52 oldest first: whoever has waited longest. */
export const listApplications = staffAction({
  summary: '看谁报名当师傅',
  roles: ['dispatcher'],
  writes: false,
  input: z.strictObject({ state: z.enum(['sent', 'approved', 'refused']).default('sent') }),
  example: {},
  run: async ({ state }) => {
    const now = new Date()
    const [found, book] = await Promise.all([collection('applications').find({ state }, { order: { sentAt: 'asc' }, limit: LIMIT }), readPriceBook()])
    const categoryName = categoryNameIn(book)
    const lines = found.map((each) => `${momentText(each.sentAt, now)}｜${each.name}｜${each.district}｜${each.skills.map((skill) => categoryName(skill.category)).join('、')}｜${each.years} 年｜${STATE[each.state]}｜${each._id}`)
    return { text: lines.length > 0 ? lines.join('\n') : '没有', applications: found.map(({ _id, name, state: now_, sentAt }) => ({ application: _id, name, state: now_, sentAt: sentAt.toISOString() })) }
  },
})

const find = async (id: string): Promise<Application | Refusal> => (await collection('applications').get(id)) ?? refuse('NOT_FOUND', '没有这份报名，先用 listApplications 看编号')

/** Everything that is to be checked, with links to the photos that last some minutes. */
export const showApplication = staffAction({
  summary: '看一份报名：身份、证件、照片链接（一刻钟有效）',
  roles: ['dispatcher'],
  writes: false,
  input: z.strictObject({ application }),
  example: { application: 'oDemoNewTechnician' },
  run: async ({ application: id }, { operator }) => {
    const found = await find(id)
    if (found instanceof Refusal) return found
    await logAccess({ orderId: `application:${id}`, reader: { role: 'staff', id: operator.id }, what: 'person' })
    const [urlOf, book] = await Promise.all([linkTo([found.photo, ...found.certificates.map((each) => each.photo)].filter(Boolean)), readPriceBook()])
    const categoryName = categoryNameIn(book)
    return {
      text: [
        `${found.name} ${found.phone}｜${STATE[found.state]}`,
        `身份证 ${found.identityNumber || '核过了，不再留存'}`,
        `会做：${found.skills.map(({ category, level }) => `${categoryName(category)} ${LEVEL[level]}`).join('、')}，做了 ${found.years} 年`,
        `住 ${found.district}，接 ${found.radiusMetres / 1_000} 公里以内`,
        ...found.certificates.map((each) => `证件：${categoryName(each.category)} ${each.name} ${each.number}，${dateText(each.expiresAt)} 到期 ${urlOf(each.photo)}`),
        `本人照片 ${urlOf(found.photo)}`,
        found.about,
      ].filter(Boolean).join('\n'),
      application: id, state: found.state, certificates: found.certificates.map(({ category, name, number, expiresAt }) => ({ category, name, number, expiresAt: expiresAt.toISOString() })),
    }
  },
})

const LEVEL = { 1: '学徒', 2: '熟手', 3: '老师傅' } as const

/** R52 identity and each certificate were looked at; then the entry is made and the WeChat account bound in one. What proves who they are is not kept. */
export const decideApplication = staffAction({
  summary: '定一份报名：核过身份和每张证件才能通过，给工号；不通过写明原因',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({
    application, approve: z.boolean(), staffNumber: staffNumber.optional(), reason: words('原因', 0, 200).default(''), identityChecked: z.boolean().default(false), certificatesChecked: z.array(z.string().max(40)).max(10).default([]),
  }),
  example: { application: 'oDemoNewTechnician', approve: true, staffNumber: '0901', identityChecked: true, certificatesChecked: ['3301-2024-0117'] },
  run: async ({ application: id, approve, staffNumber: number, reason, identityChecked, certificatesChecked }, context) => {
    const [found, around] = await Promise.all([find(id), registerAround(id, number)])
    if (found instanceof Refusal) return found
    if (found.state !== 'sent') {
      const same = found.state === (approve ? 'approved' : 'refused')
      return same ? { text: `已经定过了：${found.name} ${STATE[found.state]}`, application: id } : refuse('WRONG_STATE', `这份报名${STATE[found.state]}，不能再定`)
    }
    if (!approve) return refuseIt(found, reason, context)
    if (!number) return refuse('INVALID_INPUT', '通过要给工号', { staffNumber: '通过要给工号' })
    if (!identityChecked) return refuse('INVALID_INPUT', '先核对身份证和本人，再写 identityChecked: true', { identityChecked: '还没核对身份' })
    const unseen = found.certificates.find((each) => !certificatesChecked.includes(each.number))
    if (unseen) return refuse('INVALID_INPUT', `“${unseen.name} ${unseen.number}”还没核对，核过写进 certificatesChecked`, { certificatesChecked: `还没核对 ${unseen.number}` })
    return approveIt(found, number, around, { identityChecked, certificatesChecked, reason }, context)
  },
})

const refuseIt = async (found: Application, reason: string, { operator, dryRun }: StaffContext): Promise<StaffAnswer | Refusal> => {
  if (reason.length < 2) return refuse('INVALID_INPUT', '不通过要写原因，报名的人会看到', { reason: '请写原因' })
  if (dryRun) return { text: `试跑，什么都没改。${found.name} 不会通过：${reason}`, dryRun: true }
  await close(found, 'refused', { at: new Date(), by: operator.id, reason, staffNumber: '', identityChecked: false, certificatesChecked: [] })
  await tell(found, '这次没有通过', reason)
  return { text: `记下了，${found.name} 没通过：${reason}`, application: found._id }
}

/** Who has that staff number, and whose account that is. */
const registerAround = async (openid: string, number: string | undefined) => {
  const [settings, [taken], owner] = await Promise.all([readSettings(), number === undefined ? [] : collection('technicians').find({ staffNumber: number }, { limit: 1 }), ownerOf(openid)])
  return { settings, taken, owner }
}

type Around = Awaited<ReturnType<typeof registerAround>>

const approveIt = async (found: Application, number: string, { settings, taken, owner }: Around, checked: { identityChecked: boolean; certificatesChecked: string[]; reason: string }, { operator, dryRun }: StaffContext): Promise<StaffAnswer | Refusal> => {
  const bound = boundElsewhere(`t${number}`, owner)
  if (bound) return bound
  // Approved before, and the answer lost half-way: the entry is theirs already.
  if (taken && taken.openid !== found._id) return refuse('INVALID_INPUT', `工号 ${number} 已经是${taken.name}的了`, { staffNumber: '工号有人了' })
  const technician = {
    ...BLANK_REGISTER, _id: `t${number}`, openid: found._id, staffNumber: number, name: found.name, phone: found.phone, photo: found.photo, skills: found.skills.map((skill) => skill.category), levels: found.skills,
    certificates: found.certificates.map(({ category, name, expiresAt }) => ({ category, name, expiresAt })), base: found.base, district: found.district, radiusMetres: found.radiusMetres,
    dailyCapacity: settings.dispatch.dailyCapacity, suspended: false, suspendedReason: '', stars: null, jobs: 0, onDuty: false, dutySince: null, position: null, positionAt: null, freeSince: null, claim: null, slots: [], slotsVersion: 0,
  }
  if (dryRun) return { text: `试跑，什么都没改。会登记${found.name} ${number} 并绑他的微信`, dryRun: true }
  if (!taken && !(await collection('technicians').add(toDocument(technician, new Date(), settings)))) return refuse('INVALID_INPUT', `工号 ${number} 已经有人了`, { staffNumber: '工号有人了' })
  await close(found, 'approved', { at: new Date(), by: operator.id, staffNumber: number, ...checked })
  await tell(found, '通过了，欢迎', `工号 ${number}，到“接单”上岗`)
  return { text: `登记好了：${found.name} ${number}，微信也绑好了（身份证 ${maskIdentity(found.identityNumber)} 不再留存）`, technicianId: technician._id, application: found._id }
}

/** What proves who they are goes (R39). */
const close = async (found: Application, state: 'approved' | 'refused', decision: NonNullable<Application['decision']>): Promise<void> => {
  await collection('applications').update(
    { _id: found._id, state: 'sent' },
    { state: _.set(state), decision: _.set(decision), identityNumber: _.set(''), certificates: _.set(found.certificates.map((each) => ({ ...each, number: '', photo: '' }))) },
  )
}

const tell = (found: Application, subject: string, what: string): Promise<void> =>
  tellPerson({ id: `application:${found._id}:${found.sentAt.getTime()}`, to: { role: 'homeowner', openid: found._id }, subject: `当师傅报名：${subject}`, what, page: 'technician/join/join', whom: `报名的${found.name}`, mustReach: true })

import * as z from 'zod'
import type { Application } from '../domain/application'
import { categoryNameIn } from '../domain/price-book'
import { refuse, Refusal } from '../domain/refusal'
import { dateText, momentText } from '../domain/shanghai'
import { logAccess } from '../platform/access-log'
import { collection } from '../platform/db'
import { linkTo } from '../platform/files'
import { readPriceBook } from '../platform/settings'
import { ReadAhead, textIn } from './read-ahead'
import { staffAction } from './staff-action'

const LIMIT = 50
export const STATE = { sent: '等核实', approved: '通过了', refused: '没通过' } as const
export const applicationId = z.string('请写报名的编号，先用 listApplications 看').min(6, '请写报名的编号，先用 listApplications 看').max(64).describe('报名的编号，在 listApplications 里')

/** R52 oldest first: whoever has waited longest. */
export const listApplications = staffAction({
  summary: '看谁报名当师傅',
  roles: ['dispatcher'],
  writes: false,
  input: z.strictObject({ state: z.enum(['sent', 'approved', 'refused']).default('sent').describe('sent 等核实、approved 通过了、refused 没通过') }),
  example: {},
  run: async ({ state }) => {
    const now = new Date()
    const [found, book] = await Promise.all([collection('applications').find({ state }, { order: { sentAt: 'asc' }, limit: LIMIT }), readPriceBook()])
    const categoryName = categoryNameIn(book)
    const lines = found.map((each) => `${momentText(each.sentAt, now)}｜${each.name}｜${each.district}｜${each.skills.map((skill) => categoryName(skill.category)).join('、')}｜${each.years} 年｜${STATE[each.state]}｜${each._id}`)
    return { text: lines.length > 0 ? lines.join('\n') : '没有', applications: found.map(({ _id, name, state: now_, sentAt }) => ({ application: _id, name, state: now_, sentAt: sentAt.toISOString() })) }
  },
})

const ahead = new ReadAhead<Application>((id) => collection('applications').get(id))

/** Read beside the operator. */
export const readApplicationAhead = (input: unknown): void => {
  const id = applicationId.safeParse(textIn(input, 'application'))
  ahead.start(id.success ? id.data : null)
}

export const findApplication = async (id: string): Promise<Application | Refusal> => (await ahead.take(id)) ?? refuse('NOT_FOUND', '没有这份报名，先用 listApplications 看编号')

/** Everything that is to be checked, with links to the photos that last some minutes. */
export const showApplication = staffAction({
  summary: '看一份报名：身份、证件、照片链接（一刻钟有效）',
  roles: ['dispatcher'],
  writes: false,
  input: z.strictObject({ application: applicationId }),
  example: { application: 'oDemoNewTechnician' },
  run: async ({ application: id }, { operator }) => {
    const found = await findApplication(id)
    if (found instanceof Refusal) return found
    await logAccess({ orderId: `application:${id}`, reader: { role: 'staff', id: operator.id }, what: 'person' })
    const [urlOf, book] = await Promise.all([linkTo([found.photo, ...found.certificates.map((each) => each.photo)].filter(Boolean)), readPriceBook()])
    const categoryName = categoryNameIn(book)
    return {
      text: [
        `${found.name} ${found.phone}｜${STATE[found.state]}`,
        `${momentText(found.sentAt, new Date())} 交的，定的时候写 sentAt: ${found.sentAt.toISOString()}`,
        `身份证 ${found.identityNumber || '核过了，不再留存'}`,
        `会做：${found.skills.map(({ category, level }) => `${categoryName(category)} ${LEVEL[level]}`).join('、')}，做了 ${found.years} 年`,
        `住 ${found.district}，接 ${found.radiusMetres / 1_000} 公里以内`,
        ...found.certificates.map((each) => `证件：${categoryName(each.category)} ${each.name} ${each.number}，${dateText(each.expiresAt)} 到期 ${urlOf(each.photo)}`),
        `本人照片 ${urlOf(found.photo)}`,
        found.about,
      ].filter(Boolean).join('\n'),
      application: id, state: found.state, sentAt: found.sentAt.toISOString(), certificates: found.certificates.map(({ category, name, number, expiresAt }) => ({ category, name, number, expiresAt: expiresAt.toISOString() })),
    }
  },
})

const LEVEL = { 1: '学徒', 2: '熟手', 3: '老师傅' } as const

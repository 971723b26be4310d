import * as z from 'zod'
import type { ApplicationView } from '../../typings/contract'
import { applicationRefusal } from '../domain/application'
import type { Application } from '../domain/application'
import { refuse, Refusal } from '../domain/refusal'
import { DAY, dayStart } from '../domain/shanghai'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { fileId, isoTime, line, nothing, phone, position, words } from '../platform/fields'
import { acceptFiles } from '../platform/files'
import { leaveTodo } from '../platform/outbox/todos'
import { technicianByOpenid } from '../platform/register'
import { readPriceBook, readSettings } from '../platform/settings'
import { LARGEST_RADIUS_METRES } from '../platform/technician-document'
import { templateIds } from '../platform/templates'

const category = z.string().regex(/^[a-z][a-z_]{1,29}$/, '没有这个类别，请重新选')

const input = z.strictObject({
  name: line('姓名', 2, 20),
  phone,
  identityNumber: z.string().max(40).transform((text) => text.replace(/\s/g, '').toUpperCase()),
  photo: fileId,
  skills: z.array(z.strictObject({ category, level: z.union([z.literal(1), z.literal(2), z.literal(3)], '请选等级') })).min(1, '至少选一类会做的').max(30),
  years: z.int('做了几年要是整数').min(0, '做了几年不能小于 0').max(60, '做了几年最多 60'),
  district: line('住的区', 2, 20),
  base: position,
  radiusMetres: z.int('接单半径要是整数，单位米').min(500, '接单半径至少 500 米').max(LARGEST_RADIUS_METRES, `接单半径最多 ${LARGEST_RADIUS_METRES / 1_000} 公里`),
  certificates: z.array(z.strictObject({ category, name: line('证件名', 2, 30), number: line('证件号', 2, 40), expiresAt: isoTime, photo: fileId })).max(10, '证件最多 10 张'),
  about: words('介绍', 0, 300),
})

const show = async (openid: string, application: Application | null): Promise<ApplicationView> => {
  const [book, settings] = await Promise.all([readPriceBook(), readSettings()])
  const common = { categories: book.categories.map(({ code, name }) => ({ code, name })), templates: templateIds(settings) }
  const technician = application ? null : await technicianByOpenid(openid)
  if (technician) return { ...common, state: 'approved', sentAt: null, reason: '', staffNumber: technician.staffNumber, sent: null }
  if (!application) return { ...common, state: 'none', sentAt: null, reason: '', staffNumber: '', sent: null }
  const { name, phone: number, skills, years, district, base, radiusMetres, about } = application
  return {
    ...common,
    state: application.state,
    sentAt: application.sentAt.toISOString(),
    reason: application.decision?.reason ?? '',
    staffNumber: application.decision?.staffNumber ?? '',
    sent: { name, phone: number, skills, years, district, base, radiusMetres, about },
  }
}

export const myApplication = defineAction({
  summary: '我报名当师傅，走到哪一步了',
  input: nothing,
  example: {},
  run: async (_input, { caller }) => {
    const openid = openidOf(caller)
    return show(openid, await collection('applications').get(openid))
  },
})

/** R52 */
export const applyToJoin = defineAction({
  summary: '报名当师傅：身份、会做的、证件；没定之前再交一次就换成新的',
  input,
  example: {
    name: '孙立', phone: '139 0000 1212', identityNumber: '110101199003070011', photo: 'cloud://env.bucket/application/…/1-….jpg', skills: [{ category: 'plumbing', level: 2 as const }], years: 6, district: '江湾区',
    base: { longitude: 120.2, latitude: 30.2 }, radiusMetres: 8_000, certificates: [], about: '水路做得多，也会修门窗',
  },
  run: async (sent, { caller }) => {
    const openid = openidOf(caller)
    const [known, book, technician] = await Promise.all([collection('applications').get(openid), readPriceBook(), technicianByOpenid(openid)])
    if (technician || known?.state === 'approved') return refuse('WRONG_STATE', '您已经是登记过的师傅了')
    const now = new Date()
    const wrong = applicationRefusal({ ...sent, certificates: sent.certificates.map((each) => ({ ...each, expiresAt: each.expiresAt.toISOString() })) }, book, now)
    if (wrong) return wrong
    const owner = { purpose: 'application' as const, openid, subject: 'join' }
    const kept = await acceptFiles('photo', [sent.photo, ...sent.certificates.map((each) => each.photo)], owner)
    if (kept instanceof Refusal) return kept
    const [photo = '', ...papers] = kept
    const application: Application = { ...sent, _id: openid, state: 'sent', sentAt: now, photo, certificates: sent.certificates.map((each, index) => ({ ...each, photo: papers[index] ?? '' })), decision: null }
    await collection('applications').put(application)
    await leaveTodo({
      _id: `application:${openid}:${Math.floor(dayStart(now).getTime() / DAY)}`, kind: 'application', orderId: '', orderNumber: '', visitNo: 0, urgent: false, title: '有人报名当师傅，请核实',
      detail: `${sent.district}，${sent.skills.length} 类，做了 ${sent.years} 年`, role: 'manager', at: now,
    })
    return show(openid, application)
  },
})

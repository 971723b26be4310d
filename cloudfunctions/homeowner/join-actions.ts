import * as z from 'zod'
import type { ApplicationView } from '../../typings/contract'
import { applicationRefusal } from '../domain/application'
import type { Application } from '../domain/application'
import { refuse, Refusal } from '../domain/refusal'
import { after, later } from '../domain/shanghai'
import { defineAction } from '../platform/action'
import { finishApplication, sendApplication } from '../platform/applications'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { fileId, isoTime, line, nothing, phone, words } from '../platform/fields'
import { acceptFiles } from '../platform/files'
import { claimIdentity, identityKeyOf } from '../platform/identities'
import { place } from '../platform/positions'
import { technicianByOpenid } from '../platform/register'
import { radiusMetres } from '../platform/register-fields'
import { readPriceBook, readSettings } from '../platform/settings'
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
  base: place,
  radiusMetres,
  certificates: z.array(z.strictObject({ category, name: line('证件名', 2, 30), number: line('证件号', 2, 40), expiresAt: isoTime, photo: fileId })).max(10, '证件最多 10 张'),
  about: words('介绍', 0, 300),
})

const show = async (openid: string, application: Application | null): Promise<ApplicationView> => {
  const [book, settings] = await Promise.all([readPriceBook(), readSettings()])
  const common = { categories: book.categories.map(({ code, name }) => ({ code, name })), templates: templateIds(settings) }
  const technician = application ? null : await technicianByOpenid(openid)
  if (technician) return { ...common, state: 'approved', sentAt: null, reason: '', staffNumber: technician.staffNumber, sent: null }
  if (!application) return { ...common, state: 'none', sentAt: null, reason: '', staffNumber: '', sent: null }
  const { name, phone: number, skills, years, district, base, about } = application
  return {
    ...common,
    state: application.state,
    sentAt: application.sentAt.toISOString(),
    reason: application.decision?.reason ?? '',
    staffNumber: application.decision?.staffNumber ?? '',
    sent: { name, phone: number, skills, years, district, base, radiusMetres: application.radiusMetres, about },
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
    const [book, technician, settings] = await Promise.all([readPriceBook(), technicianByOpenid(openid), readSettings()])
    if (technician) return KNOWN
    const wrong = applicationRefusal({ ...sent, certificates: sent.certificates.map((each) => ({ ...each, expiresAt: each.expiresAt.toISOString() })) }, book, new Date())
    if (wrong) return wrong
    const owner = { purpose: 'application' as const, openid, subject: 'join' }
    const kept = await acceptFiles('photo', [sent.photo, ...sent.certificates.map((each) => each.photo)], owner)
    if (kept instanceof Refusal) return kept
    const [photo = '', ...papers] = kept
    const identityKey = identityKeyOf(sent.identityNumber)
    if (!(await claimIdentity(identityKey, openid))) {
      const message = `这个身份证号已经在别的微信上报过名，是您本人的话请打 ${settings.hotline}`
      return refuse('INVALID_INPUT', message, { identityNumber: message })
    }
    const certificates = sent.certificates.map((each, index) => ({ ...each, photo: papers[index] ?? '' }))
    const written = await replace(openid, (sentAt) => ({ ...sent, _id: openid, state: 'sent', sentAt, identityKey, photo, certificates, decision: null }))
    return written instanceof Refusal ? written : show(openid, written)
  },
})

const KNOWN = refuse('WRONG_STATE', '您已经是登记过的师傅了')

/** How often it is tried against staff who decide in the same moment. */
const MOST_TRIES = 3

/** In the place of what was sent before, unless that was approved. */
const replace = async (openid: string, application: (sentAt: Date) => Parameters<typeof sendApplication>[1]): Promise<Application | Refusal> => {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const known = await readSettled(openid)
    if (known?.state === 'approved') return KNOWN
    const now = new Date()
    const written = await sendApplication(known, application(known ? later(now, after(known.sentAt, 1)) : now))
    if (!written) continue
    await finishApplication(written)
    return written
  }
  return refuse('CONFLICT', '公司正在定您的报名，请看一下再交')
}

/** What staff decided is told before anything takes its place. */
const readSettled = async (openid: string): Promise<Application | null> => {
  const known = await collection('applications').get(openid)
  if (!known?.decision || !known.nextWorkAt) return known
  await finishApplication(known)
  return collection('applications').get(openid)
}

import * as z from 'zod'
import type { ApplicationView } from '../../typings/contract'
import { applicationRefusal, isIdentityKept } from '../domain/application'
import type { Application } from '../domain/application'
import { refuse, Refusal } from '../domain/refusal'
import { after, later } from '../domain/shanghai'
import { defineAction } from '../platform/action'
import { finishApplication, sendApplication } from '../platform/applications'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { fileId, isoTime, line, nothing, phone, words } from '../platform/fields'
import { acceptFiles, linkTo } from '../platform/files'
import { claimIdentity, identityKeyOf, readIdentity } from '../platform/identities'
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
  const { state, sentAt, decision, name, phone: number, skills, years, district, base, radiusMetres: radius, about } = application
  const urlOf = await linkTo(filesOf(application))
  const fileView = (fileId: string) => (fileId === '' ? null : { fileId, url: urlOf(fileId) })
  return {
    ...common,
    state,
    sentAt: sentAt.toISOString(),
    reason: decision?.reason ?? '',
    staffNumber: decision?.staffNumber ?? '',
    sent: {
      name, phone: number, skills, years, district, base, radiusMetres: radius, about, identityKept: isIdentityKept(application), photo: fileView(application.photo),
      certificates: application.certificates.map((each) => ({ ...each, expiresAt: each.expiresAt.toISOString(), photo: fileView(each.photo) })),
    },
  }
}

const filesOf = ({ photo, certificates }: Application): string[] => [photo, ...certificates.map((each) => each.photo)].filter(Boolean)

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
  run: (sent, { caller }) => apply(sent, openidOf(caller), MOST_TRIES),
})

const KNOWN = refuse('WRONG_STATE', '您已经是登记过的师傅了')

/** How often it is tried against staff who decide in the same moment. */
const MOST_TRIES = 3

/** In the place of what was sent before, unless that was approved. What was given before and is named again need not be given again. */
const apply = async (sent: z.output<typeof input>, openid: string, tries: number): Promise<ApplicationView | Refusal> => {
  const typedKey = identityKeyOf(sent.identityNumber)
  const [book, technician, settings, known, typedHeld] = await Promise.all([readPriceBook(), technicianByOpenid(openid), readSettings(), readSettled(openid), readIdentity(typedKey)])
  if (technician || known?.state === 'approved') return KNOWN
  const before = known && sent.identityNumber === '' && isIdentityKept(known) ? known : null
  const certificates = sent.certificates.map((each) => ({ ...each, expiresAt: each.expiresAt.toISOString() }))
  const now = new Date()
  const wrong = applicationRefusal({ ...sent, certificates, identityNumber: before ? null : sent.identityNumber }, book, now)
  if (wrong) return wrong
  const filed = new Set(known ? filesOf(known) : [])
  const fresh = [sent.photo, ...sent.certificates.map((each) => each.photo)].filter((fileId) => !filed.has(fileId))
  const kept = await acceptFiles('photo', fresh, { purpose: 'application', openid, subject: 'join' })
  if (kept instanceof Refusal) return kept
  const fileOf = (fileId: string) => kept[fresh.indexOf(fileId)] ?? fileId
  const { identityNumber, identityKey } = before ?? { identityNumber: sent.identityNumber, identityKey: typedKey }
  if (!(await claimIdentity(identityKey, openid, before ? await readIdentity(identityKey) : typedHeld))) {
    const message = `这个身份证号已经在别的微信上报过名，是您本人的话请打 ${settings.hotline}`
    return refuse('INVALID_INPUT', message, { identityNumber: message })
  }
  const written = await sendApplication(known, {
    ...sent, _id: openid, state: 'sent', sentAt: known ? later(now, after(known.sentAt, 1)) : now, identityNumber, identityKey, photo: fileOf(sent.photo),
    certificates: sent.certificates.map((each) => ({ ...each, photo: fileOf(each.photo) })), decision: null,
  })
  if (!written) return tries > 1 ? apply(sent, openid, tries - 1) : refuse('CONFLICT', '公司正在定您的报名，请看一下再交')
  await finishApplication(written)
  return show(openid, written)
}

/** What staff decided is told before anything takes its place. */
const readSettled = async (openid: string): Promise<Application | null> => {
  const known = await collection('applications').get(openid)
  if (!known?.decision || !known.nextWorkAt) return known
  await finishApplication(known)
  return collection('applications').get(openid)
}

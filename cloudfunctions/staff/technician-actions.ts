import * as z from 'zod'
import { categoryNameIn } from '../domain/price-book'
import { refuse, Refusal } from '../domain/refusal'
import { BLANK_REGISTER } from '../domain/technician'
import type { Technician } from '../domain/technician'
import { momentText } from '../domain/shanghai'
import type { CategoryName } from '../domain/views/reading'
import { shiftsRefusal } from '../domain/working-hours'
import { _, collection } from '../platform/db'
import { identityNumber, staffNumber } from '../platform/fields'
import { claimIdentity, enteredAs, identityKeyOf, isIdentityTaken, readIdentity } from '../platform/identities'
import { readPriceBook, readSettings } from '../platform/settings'
import { firstCertificateCheck, toDocument, toPoint } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { reckonAnew, technicianByNumber } from '../platform/technicians'
import { staffAction } from './staff-action'
import { registerFields, registerRefusal } from './technician-input'

const LIMIT = 100

const technicianLine = (technician: TechnicianDocument, now: Date, categoryName: CategoryName): string =>
  `${technician.name} ${technician.staffNumber}｜${technician.suspended ? `停单：${technician.suspendedReason}` : technician.onDuty ? '在岗' : '下班'}｜${technician.skills.map(categoryName).join('、')}｜${technician.stars?.toFixed(1) ?? '没有评分'}｜${technician.openid ? '已绑微信' : '没绑微信'}${technician.positionAt ? `｜位置 ${momentText(technician.positionAt, now)}` : ''}`

export const listTechnicians = staffAction({
  summary: '看师傅名册：在岗、技能、评分、绑没绑微信',
  roles: ['dispatcher', 'customer_service'],
  writes: false,
  input: z.strictObject({ from: z.string().max(12).default('').meta({ title: '从哪个工号起', description: '上一页最后一位的工号' }) }),
  example: {},
  run: async ({ from }) => {
    const now = new Date()
    const [found, book] = await Promise.all([collection('technicians').find({ staffNumber: _.gt(from) }, { order: { staffNumber: 'asc' }, limit: LIMIT }), readPriceBook()])
    const categoryName = categoryNameIn(book)
    return { text: found.length > 0 ? found.map((each) => technicianLine(each, now, categoryName)).join('\n') : '名册里没有师傅', technicians: found.map((each) => ({ staffNumber: each.staffNumber, name: each.name, onDuty: each.onDuty, suspended: each.suspended })), next: found.length === LIMIT ? (found.at(-1)?.staffNumber ?? null) : null }
  },
})

export const theTechnician = async (number: string): Promise<TechnicianDocument | Refusal> => {
  return (await technicianByNumber(number)) ?? refuse('NOT_FOUND', `没有工号 ${number} 的师傅`, { staffNumber: '没有这个工号' })
}

/** R52: staff enter a technician after checking identity and certificates. */
export const addTechnician = staffAction({
  summary: '把核过身份和证件的师傅登进名册',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({
    staffNumber,
    identityNumber,
    name: registerFields.name,
    phone: registerFields.phone.optional(),
    photo: registerFields.photo.default(''),
    skills: registerFields.skills,
    levels: registerFields.levels.default([]),
    certificates: registerFields.certificates.default([]),
    training: registerFields.training.default([]),
    base: registerFields.base,
    district: registerFields.district,
    radiusMetres: registerFields.radiusMetres.optional(),
    dailyCapacity: registerFields.dailyCapacity.optional(),
    shifts: registerFields.shifts.default([]),
  }),
  example: { staffNumber: '0731', identityNumber: '110101199003070011', name: '试用师傅', skills: ['plumbing'], base: { longitude: 120.2, latitude: 30.2 }, district: '江湾区' },
  run: async ({ identityNumber: identity, phone = '', radiusMetres, dailyCapacity, ...given }, { dryRun }) => {
    const key = identityKeyOf(identity)
    const [settings, book, taken, held] = await Promise.all([readSettings(), readPriceBook(), technicianByNumber(given.staffNumber), readIdentity(key)])
    // Sent again after a lost answer: the same person is there already (R04).
    if (taken?.identityKey === key) return { text: `已经登记过了：${taken.name} ${taken.staffNumber}`, technicianId: taken._id }
    if (taken) return refuse('INVALID_INPUT', `工号 ${given.staffNumber} 已经是${taken.name}的了`, { staffNumber: '工号有人了' })
    const wrong = registerRefusal(given, book, new Date()) ?? shiftsRefusal(given.shifts)
    if (wrong) return wrong
    const technician: Technician = {
      ...BLANK_REGISTER, ...given, _id: `t${given.staffNumber}`, openid: null, phone, radiusMetres: radiusMetres ?? settings.dispatch.radiusMetres, dailyCapacity: dailyCapacity ?? settings.dispatch.dailyCapacity,
      suspended: false, suspendedReason: '', stars: null, jobs: 0, onDuty: false, dutySince: null, position: null, positionAt: null, freeSince: null, claim: null, slots: [], slotsVersion: 0,
    }
    const holder = enteredAs(technician._id)
    if (dryRun ? await isIdentityTaken(held, holder) : !(await claimIdentity(key, holder, held))) return refuse('INVALID_INPUT', '这个身份证号有人登记或报过名了，请核对', { identityNumber: '这个身份证号有人用了' })
    if (dryRun) return { text: `试跑，什么都没改。会登记${given.name} ${given.staffNumber}`, dryRun: true }
    if (!(await collection('technicians').add({ ...toDocument(technician, new Date(), settings), identityKey: key }))) return refuse('INVALID_INPUT', `工号 ${given.staffNumber} 已经有人了`, { staffNumber: '工号有人了' })
    return { text: `登记好了：${given.name} ${given.staffNumber}。再用 bindTechnician 绑他的微信`, technicianId: technician._id }
  },
})

const LABELS: Record<string, string> = {
  name: '姓名', phone: '电话', photo: '照片', skills: '会做', levels: '等级', certificates: '证件', training: '培训', base: '驻地', district: '区', radiusMetres: '接单半径', dailyCapacity: '每天最多', shifts: '班次',
}

/** R52 single fields of an entry: what is not named stays as it is. Leave is the technician's own; duty and position theirs too. */
export const changeTechnician = staffAction({
  summary: '改名册里的一项或几项：电话、技能、等级、证件、培训、驻地、半径、班次；先用 dryRun 看会变什么',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ staffNumber, changes: z.strictObject(registerFields).partial().refine((changes) => Object.keys(changes).length > 0, '请写要改的，至少一项') }),
  example: { staffNumber: '0731', changes: { radiusMetres: 6_000, shifts: [{ weekday: 1, from: '08:00', to: '18:00' }] } },
  run: async ({ staffNumber: number, changes }, { dryRun }) => {
    const [technician, book, settings] = await Promise.all([theTechnician(number), readPriceBook(), readSettings()])
    if (technician instanceof Refusal) return technician
    const wrong = registerRefusal(changes, book, new Date()) ?? shiftsRefusal(changes.shifts ?? [])
    if (wrong) return wrong
    const wanted = { ...changes, ...(changes.base ? { base: toPoint(changes.base) } : {}) }
    const changed = Object.entries(wanted).filter(([field, value]) => JSON.stringify(technician[field as keyof TechnicianDocument]) !== JSON.stringify(value))
    const text = changed.map(([field, value]) => `${LABELS[field] ?? field}：${shown(technician[field as keyof TechnicianDocument])} → ${shown(value)}`)
    if (changed.length === 0 && dryRun) return { text: '试跑，和现在一样，没有要改的', changed: [], dryRun: true }
    // Even of a base that stands there already: who wrote it may have died before this (R42).
    if (changed.length === 0) {
      if (changes.base) await reckonAnew(technician._id, settings)
      return { text: '和现在一样，没有要改的', changed: [] }
    }
    if (dryRun) return { text: `试跑，什么都没改。${technician.name} ${number} 会变成：\n${text.join('\n')}`, changed: text, dryRun: true }
    await collection('technicians').update({ _id: technician._id }, {
      ...Object.fromEntries(changed.map(([field, value]) => [field, _.set(value)])),
      ...(changes.certificates ? { certificatesCheckAt: _.set(firstCertificateCheck(changes.certificates, new Date(), settings)) } : {}),
    })
    if (changes.base) await reckonAnew(technician._id, settings)
    return { text: `改好了，${technician.name} ${number}：\n${text.join('\n')}`, changed: text }
  },
})

const shown = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value) || '空'
  const text = JSON.stringify(value ?? null)
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}

import * as z from 'zod'
import { isInChina } from '../domain/geography'
import { categoryNameIn } from '../domain/price-book'
import { refuse, Refusal } from '../domain/refusal'
import type { Technician } from '../domain/technician'
import { momentText } from '../domain/shanghai'
import type { CategoryName } from '../domain/views/reading'
import { _, collection } from '../platform/db'
import { line, words } from '../platform/fields'
import { readPriceBook, readSettings } from '../platform/settings'
import { LARGEST_RADIUS_METRES, toDocument } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { staffAction } from './staff-action'

const LIMIT = 100
const staffNumber = z.string().regex(/^[0-9A-Za-z]{2,12}$/, '工号写成 0317 这样')

const technicianLine = (technician: TechnicianDocument, now: Date, categoryName: CategoryName): string =>
  `${technician.name} ${technician.staffNumber}｜${technician.suspended ? `停单：${technician.suspendedReason}` : technician.onDuty ? '在岗' : '下班'}｜${technician.skills.map(categoryName).join('、')}｜${technician.stars?.toFixed(1) ?? '没有评分'}｜${technician.openid ? '已绑微信' : '没绑微信'}${technician.positionAt ? `｜位置 ${momentText(technician.positionAt, now)}` : ''}`

export const listTechnicians = staffAction({
  summary: '看师傅名册：在岗、技能、评分、绑没绑微信',
  roles: ['dispatcher', 'customer_service'],
  writes: false,
  input: z.strictObject({ from: z.string().max(12).default('') }),
  example: {},
  run: async ({ from }) => {
    const now = new Date()
    const [found, book] = await Promise.all([collection('technicians').find({ staffNumber: _.gt(from) }, { order: { staffNumber: 'asc' }, limit: LIMIT }), readPriceBook()])
    const categoryName = categoryNameIn(book)
    return { text: found.length > 0 ? found.map((each) => technicianLine(each, now, categoryName)).join('\n') : '名册里没有师傅', technicians: found.map((each) => ({ staffNumber: each.staffNumber, name: each.name, onDuty: each.onDuty, suspended: each.suspended })), next: found.length === LIMIT ? (found.at(-1)?.staffNumber ?? null) : null }
  },
})

const theTechnician = async (number: string): Promise<TechnicianDocument | Refusal> => {
  const [found] = await collection('technicians').find({ staffNumber: number }, { limit: 1 })
  return found ?? refuse('NOT_FOUND', `没有工号 ${number} 的师傅`, { staffNumber: '没有这个工号' })
}

/** R52: staff enter a technician after checking identity and certificates. */
export const addTechnician = staffAction({
  summary: '把核过身份和证件的师傅登进名册',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({
    staffNumber,
    name: line('姓名', 2, 20),
    photo: z.string().max(500).default(''),
    skills: z.array(z.string()).min(1, '至少会一类').max(30),
    certificates: z.array(z.strictObject({ category: z.string(), name: z.string().min(2).max(30), expiresAt: z.iso.datetime({ offset: true }) })).max(20).default([]),
    base: z.strictObject({ longitude: z.number(), latitude: z.number() }).refine(isInChina, '驻地的坐标不在中国，经度在前、纬度在后'),
    district: z.string().min(2).max(20),
    radiusMetres: z.int().min(500, '接单半径至少 500 米').max(LARGEST_RADIUS_METRES, `接单半径最多 ${LARGEST_RADIUS_METRES} 米`).optional(),
    dailyCapacity: z.int().min(1).max(50).optional(),
  }),
  example: { staffNumber: '0731', name: '试用师傅', skills: ['plumbing'], base: { longitude: 120.2, latitude: 30.2 }, district: '江湾区' },
  run: async ({ certificates, radiusMetres, dailyCapacity, ...given }, { dryRun }) => {
    const [settings, book, [taken]] = await Promise.all([readSettings(), readPriceBook(), collection('technicians').find({ staffNumber: given.staffNumber }, { limit: 1 })])
    // Sent again after a lost answer: the very same entry is there already (R04).
    if (taken?.name === given.name && taken.district === given.district && taken.skills.join() === given.skills.join()) return { text: `已经登记过了：${taken.name} ${taken.staffNumber}`, technicianId: taken._id }
    if (taken) return refuse('INVALID_INPUT', `工号 ${given.staffNumber} 已经是${taken.name}的了`, { staffNumber: '工号有人了' })
    const codes = book.categories.map((category) => category.code)
    const strange = [...given.skills, ...certificates.map((each) => each.category)].find((code) => !codes.includes(code))
    if (strange) return refuse('INVALID_INPUT', `价目表里没有“${strange}”这一类，只能是 ${codes.join('、')}`, { skills: `没有“${strange}”这一类` })
    const technician: Technician = {
      ...given, _id: `t${given.staffNumber}`, openid: null, certificates: certificates.map((each) => ({ ...each, expiresAt: new Date(each.expiresAt) })),
      radiusMetres: radiusMetres ?? settings.dispatch.radiusMetres, dailyCapacity: dailyCapacity ?? settings.dispatch.dailyCapacity, suspended: false, suspendedReason: '', stars: null, jobs: 0,
      onDuty: false, dutySince: null, position: null, positionAt: null, freeSince: null, claim: null, slots: [], slotsVersion: 0,
    }
    if (dryRun) return { text: `试跑，什么都没改。会登记${given.name} ${given.staffNumber}`, dryRun: true }
    if (!(await collection('technicians').add(toDocument(technician, new Date(), settings)))) return refuse('INVALID_INPUT', `工号 ${given.staffNumber} 已经有人了`, { staffNumber: '工号有人了' })
    return { text: `登记好了：${given.name} ${given.staffNumber}。再用 bindTechnician 绑他的微信`, technicianId: technician._id }
  },
})

/** R52: the WeChat account is bound by staff, and to one technician only. */
export const bindTechnician = staffAction({
  summary: '给师傅绑定或换微信账号',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ staffNumber, openid: z.string().min(10, '微信账号（OPENID）至少 10 位').max(64) }),
  example: { staffNumber: '0731', openid: 'oDemoNewTechnician0731' },
  run: async ({ staffNumber: number, openid }, { dryRun }) => {
    const [technician, [other]] = await Promise.all([theTechnician(number), collection('technicians').find({ openid }, { limit: 1 })])
    if (technician instanceof Refusal) return technician
    if (other && other._id !== technician._id) return refuse('INVALID_INPUT', `这个微信已经绑给${other.name} ${other.staffNumber}了`, { openid: '已经绑给别人' })
    if (dryRun) return { text: `试跑，什么都没改。会给${technician.name}绑这个微信`, dryRun: true }
    await collection('technicians').update({ _id: technician._id }, { openid: _.set(openid) })
    // Two who bind the same account at once both saw it free: whoever finds it twice takes their own back.
    const bound = await collection('technicians').find({ openid }, { limit: 2 })
    if (bound.length > 1) {
      await collection('technicians').update({ _id: technician._id, openid }, { openid: _.set(technician.openid) })
      return refuse('CONFLICT', '这个微信刚被绑给别人，没有绑上，请核对后再试')
    }
    return { text: `绑好了：${technician.name} ${number}` }
  },
})

/** Suspension takes effect at once: it is checked again in the write that books a job. */
export const suspendTechnician = staffAction({
  summary: '停单或恢复接单，写明原因',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({ staffNumber, suspended: z.boolean(), reason: words('原因', 2, 100) }),
  example: { staffNumber: '0317', suspended: true, reason: '证件待核' },
  run: async ({ staffNumber: number, suspended, reason }, { dryRun }) => {
    const technician = await theTechnician(number)
    if (technician instanceof Refusal) return technician
    if (dryRun) return { text: `试跑，什么都没改。会让${technician.name}${suspended ? '停单' : '恢复接单'}`, dryRun: true }
    await collection('technicians').update({ _id: technician._id }, { suspended: _.set(suspended), suspendedReason: _.set(suspended ? reason : '') })
    return { text: `${technician.name} ${number} ${suspended ? `停单了：${reason}` : '可以接单了'}` }
  },
})

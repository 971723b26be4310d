import * as z from 'zod'
import { isInChina } from '../domain/china'
import type { PriceBook } from '../domain/price-book'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Certificate, SkillLevel } from '../domain/technician'
import { isoTime, line, phone } from '../platform/fields'
import { LARGEST_RADIUS_METRES } from '../platform/technician-document'
import { clockTime } from '../platform/working-hours-input'

/** Fields of a register entry, as staff write them (R52). */

const skill = z.string().regex(/^[a-z][a-z_]{1,29}$/, '类别写价目表里的编号，例如 plumbing')

export const registerFields = {
  name: line('姓名', 2, 20),
  phone,
  photo: z.string().max(500),
  skills: z.array(skill).min(1, '至少会一类').max(30),
  levels: z.array(z.strictObject({ category: skill, level: z.union([z.literal(1), z.literal(2), z.literal(3)], '等级是 1 学徒、2 熟手、3 老师傅') })).max(30),
  certificates: z.array(z.strictObject({ category: skill, name: line('证件名', 2, 30), expiresAt: isoTime })).max(20),
  training: z.array(z.strictObject({ name: line('培训', 2, 30), passedAt: isoTime })).max(50),
  base: z.strictObject({ longitude: z.number(), latitude: z.number() }).refine(isInChina, '驻地的坐标不在中国，经度在前、纬度在后'),
  district: line('驻地的区', 2, 20),
  radiusMetres: z.int('接单半径要是整数，单位米').min(500, '接单半径至少 500 米').max(LARGEST_RADIUS_METRES, `接单半径最多 ${LARGEST_RADIUS_METRES} 米`),
  dailyCapacity: z.int('每天最多几单要是整数').min(1, '每天至少 1 单').max(50, '每天最多 50 单'),
  shifts: z.array(z.strictObject({ weekday: z.int().min(1, '周一是 1').max(7, '周日是 7'), from: clockTime, to: clockTime })).max(21),
}

/** Trades that the price book does not know, and certificates that are out of date, each named. */
export const registerRefusal = ({ skills = [], levels = [], certificates = [] }: { skills?: readonly string[]; levels?: readonly SkillLevel[]; certificates?: readonly Certificate[] }, book: PriceBook, now: Date): Refusal | null => {
  const codes = book.categories.map((category) => category.code)
  const fields: Record<string, string> = {}
  const check = (path: string, code: string) => {
    if (!codes.includes(code)) fields[path] = `价目表里没有“${code}”这一类，只能是 ${codes.join('、')}`
  }
  skills.forEach((code, index) => check(`skills.${index}`, code))
  levels.forEach(({ category }, index) => check(`levels.${index}.category`, category))
  certificates.forEach(({ category, name, expiresAt }, index) => {
    check(`certificates.${index}.category`, category)
    if (expiresAt <= now) fields[`certificates.${index}.expiresAt`] = `“${name}”已经过期了，请登新的`
  })
  const [first] = Object.values(fields)
  return first ? refuse('INVALID_INPUT', first, fields) : null
}

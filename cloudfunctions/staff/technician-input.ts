import * as z from 'zod'
import { isInChina } from '../domain/china'
import type { PriceBook } from '../domain/price-book'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Certificate, SkillLevel, Technician } from '../domain/technician'
import { isoTime, line, phone } from '../platform/fields'
import { radiusMetres, shifts } from '../platform/register-fields'

/** Fields of a register entry, as staff write them (R52). */

const skill = z.string().regex(/^[a-z][a-z_]{1,29}$/, '类别写价目表里的编号，例如 plumbing').describe('价目表里的类别，例如 plumbing')

export const registerFields = {
  name: line('姓名', 2, 20),
  phone,
  photo: z.string().max(500).describe('照片的 cloud:// 编号'),
  skills: z.array(skill).min(1, '至少会一类').max(30),
  levels: z.array(z.strictObject({ category: skill, level: z.union([z.literal(1), z.literal(2), z.literal(3)], '等级是 1 学徒、2 熟手、3 老师傅').describe('1 学徒、2 熟手、3 老师傅') })).max(30),
  certificates: z.array(z.strictObject({ category: skill, name: line('证件名', 2, 30), expiresAt: isoTime })).max(20),
  training: z.array(z.strictObject({ name: line('培训', 2, 30), passedAt: isoTime })).max(50),
  base: z.strictObject({ longitude: z.number(), latitude: z.number() }).refine(isInChina, '驻地的坐标不在中国，经度在前、纬度在后'),
  district: line('驻地的区', 2, 20),
  radiusMetres,
  dailyCapacity: z.int('每天最多几单要是整数').min(1, '每天至少 1 单').max(50, '每天最多 50 单'),
  shifts,
}

/** What of an entry the price book and the calendar are needed for. */
interface Entered {
  skills?: readonly string[]
  levels?: readonly SkillLevel[]
  certificates?: readonly Certificate[]
  training?: Technician['training']
}

/** Trades that the price book does not know or that are named twice, certificates that are out of date and trainings that have not been yet, each named. */
export const registerRefusal = ({ skills = [], levels = [], certificates = [], training = [] }: Entered, book: PriceBook, now: Date): Refusal | null => {
  const codes = book.categories.map((category) => category.code)
  const fields: Record<string, string> = {}
  const check = (path: string, code: string) => {
    if (!codes.includes(code)) fields[path] = `价目表里没有“${code}”这一类，只能是 ${codes.join('、')}`
  }
  const trades = (path: (index: number) => string, named: readonly string[]) =>
    named.forEach((code, index) => {
      check(path(index), code)
      if (named.indexOf(code) !== index) fields[path(index)] = `“${code}”写了两次`
    })
  trades((index) => `skills.${index}`, skills)
  trades((index) => `levels.${index}.category`, levels.map(({ category }) => category))
  training.forEach(({ name, passedAt }, index) => {
    if (passedAt > now) fields[`training.${index}.passedAt`] = `培训“${name}”的日期还没到`
  })
  certificates.forEach(({ category, name, expiresAt }, index) => {
    check(`certificates.${index}.category`, category)
    if (expiresAt <= now) fields[`certificates.${index}.expiresAt`] = `“${name}”已经过期了，请登新的`
  })
  const [first] = Object.values(fields)
  return first ? refuse('INVALID_INPUT', first, fields) : null
}

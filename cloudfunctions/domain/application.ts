import type { ApplicationInput } from '../../typings/contract'
import type { Place } from './geography'
import type { PriceBook } from './price-book'
import { refuse } from './refusal'
import type { Refusal } from './refusal'
import { isoDay } from './shanghai'
import type { SkillLevel } from './technician'

/** Somebody who wants to work here (R52). What proves who they are goes once it is decided. */
export interface Application {
  /** Their OPENID. */
  _id: string
  state: 'sent' | 'approved' | 'refused'
  /** Tells one sending from the next: later each time it is sent again. */
  sentAt: Date
  /** When it was sent first since the last decision: tells its to-do from that of the next application. */
  firstSentAt: Date
  /** What follows from `state` (the to-do, the entry in the register, the message) is not all done: the clock does it then. Null: done (R42). */
  nextWorkAt: Date | null
  name: string
  phone: string
  /** Empty once it is decided. */
  identityNumber: string
  /** Stands for the number, and tells nobody what it is: one number is one person. */
  identityKey: string
  photo: string
  skills: SkillLevel[]
  years: number
  district: string
  base: Place
  radiusMetres: number
  certificates: { category: string; name: string; number: string; expiresAt: Date; photo: string }[]
  about: string
  decision: Decision | null
}

export interface Decision {
  at: Date
  /** Who of staff. */
  by: string
  /** The request that made it; null when none was named. */
  key: string | null
  reason: string
  staffNumber: string
  identityChecked: boolean
  certificatesChecked: string[]
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Whether a resident identity number is one: its birthday exists and its last sign is the check of the others (GB 11643). */
export const isIdentityNumber = (text: string): boolean => {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)].map(Number) as [number, number, number]
  const born = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text[17]
}

/** Full years of age on that day in Shanghai. */
const ageOf = (identityNumber: string, now: Date): number => {
  const today = Number(isoDay(now).replaceAll('-', ''))
  return Math.floor((today - Number(identityNumber.slice(6, 14))) / 10_000)
}

/** 3301**********0017 */
export const maskIdentity = (number: string): string => (number.length === 18 ? `${number.slice(0, 4)}**********${number.slice(-4)}` : '')

/** Whether the number need not be typed again: till it is decided it is there; and staff who refused for something else have checked it (R39). */
export const isIdentityKept = ({ state, identityKey, decision }: Application): boolean => identityKey !== '' && (state === 'sent' || decision?.identityChecked === true)

/** What of an application does not fit, each field named. A number of null is the one that was given before. */
export const applicationRefusal = (input: Pick<ApplicationInput, 'skills' | 'certificates'> & { identityNumber: string | null }, book: PriceBook, now: Date): Refusal | null => {
  const fields: Record<string, string> = {}
  const known = (code: string) => book.categories.some((category) => category.code === code)
  const { identityNumber } = input
  if (identityNumber !== null && !isIdentityNumber(identityNumber)) fields['identityNumber'] = '身份证号不对，请核对 18 位'
  else if (identityNumber !== null && ageOf(identityNumber, now) < 18) fields['identityNumber'] = '不到 18 岁，不能报名'
  input.skills.forEach(({ category }, index) => {
    if (!known(category)) fields[`skills.${index}.category`] = '没有这个类别，请重新选'
    else if (input.skills.findIndex((other) => other.category === category) !== index) fields[`skills.${index}.category`] = '同一类选了两次'
  })
  input.certificates.forEach(({ category, name, expiresAt }, index) => {
    if (!known(category)) fields[`certificates.${index}.category`] = '没有这个类别，请重新选'
    else if (new Date(expiresAt) <= now) fields[`certificates.${index}.expiresAt`] = `“${name}”已经过期了，请交新的`
  })
  for (const category of book.categories) {
    const index = input.skills.findIndex((skill) => skill.category === category.code)
    if (category.certificate && index >= 0 && !input.certificates.some((each) => each.category === category.code)) fields[`skills.${index}.category`] ??= `${category.name}要有证件，请拍上来`
  }
  const [first] = Object.values(fields)
  return first ? refuse('INVALID_INPUT', first, fields) : null
}

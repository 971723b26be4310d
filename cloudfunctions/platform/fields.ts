import * as z from 'zod'
import { isIdentityNumber } from '../domain/application'

/** Fields that many inputs share. Their own messages are whole Chinese sentences; the others are made from the field's name (input-errors.ts). */

/** Characters as people count them: an emoji of four bytes is one. */
const lengthOf = (text: string): number => [...text].length

// Control characters but for the line break: they are no words, and break what shows them. Lone surrogates are half an emoji.
// Marks that turn the writing round are none either.
const UNPRINTABLE = /[^\P{Cc}\n]|[\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u

/** What takes room but shows nothing: blank letters and joiners. An emoji keeps its joiner. */
const BLANK = /[\s\u2800\p{Default_Ignorable_Code_Point}]/gu

const visibleLength = (text: string): number => lengthOf(text.replace(BLANK, ''))

/**
 * Words in a person's own writing, kept as said: surrounding space goes, line breaks become one kind, script and emoji are text like any other.
 * Lengths count characters after that.
 */
export const words = (label: string, least: number, most: number) =>
  z
    .string()
    .max(most * 8 + 64, `${label}最多 ${most} 个字`)
    .transform((text) => text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim())
    .refine((text) => !UNPRINTABLE.test(text), `${label}里有看不见的字符，请删掉再写`)
    .refine((text) => lengthOf(text) >= least && visibleLength(text) >= Math.min(least, 1), least === 1 ? `请写${label}` : `${label}至少写 ${least} 个字`)
    .refine((text) => lengthOf(text) <= most, `${label}最多 ${most} 个字`)
    .meta({ title: label, description: least === 0 ? `最多 ${most} 个字` : `${least}–${most} 个字` })

/** As `words`, in one line. */
export const line = (label: string, least: number, most: number) => words(label, least, most).refine((text) => !text.includes('\n'), `${label}写在一行里`)

/** How technicians are known in the company. */
export const staffNumber = z.string().regex(/^[0-9A-Za-z]{2,12}$/, '工号写成 0317 这样').describe('0317 这样')

export const orderId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '工单编号不对')
/** An order's id, for the examples of `help`. */
export const EXAMPLE_ORDER = 'o3f9a1c0d2b4e6f80718293a4b5c6d7'
export const visitNo = z.int().min(1).max(99)

/** ISO 8601 with an offset; inside it is a Date. */
export const isoTime = z.iso.datetime({ offset: true }).transform((text) => new Date(text)).describe('2026-11-22T14:00:00+08:00 这样')

/** A window of time; `from` before `to`. */
export const timeWindow = z.strictObject({ from: isoTime, to: isoTime }).refine(({ from, to }) => from < to, { error: '想约的时间，结束要在开始之后', path: ['to'] })

export const nothing = z.strictObject({})

export const fileId = z.string().regex(/^cloud:\/\/\S{1,500}$/, '文件编号不对').describe('上传以后的 cloud:// 编号')

/** A mainland mobile number, or a landline with its area code; spaces, dashes, brackets and +86 are taken as written and left out. */
export const phone = z
  .string()
  .max(40, '电话号码太长了，请核对')
  .transform((text) => text.replace(/[\s\-—–()（）]/g, '').replace(/^(\+|00)86/, ''))
  .refine((digits) => /^1[3-9]\d{9}$/.test(digits) || /^0\d{9,11}$/.test(digits) || /^400\d{7}$/.test(digits), '电话请填 11 位手机号，或带区号的座机')
  .describe('11 位手机号，或带区号的座机')

/** A drawn signature or a photo's place in a list: whole numbers of things. */
export const quantity = z.int('数量要是整数').min(1, '数量至少是 1').max(99, '数量最多是 99')

const someItems = z.array(z.strictObject({ code: z.string().min(1).max(40).describe('价目表里的编号，例如 tap-replace'), quantity })).max(20, '最多选 20 项')

/** Items of the price book, each once. */
export const chosenItems = someItems.min(1, '至少选一项')
/** Items that come on top; there may be none. */
export const moreItems = someItems.default([])

/** From which moment on a list goes further back. */
export const before = isoTime.optional()

/** A resident identity number, 18 signs with the check sign that belongs to it. */
export const identityNumber = z
  .string()
  .max(40)
  .transform((text) => text.replace(/\s/g, '').toUpperCase())
  .refine(isIdentityNumber, '身份证号不对，请核对 18 位')
  .describe('18 位')

/** Lines of the confirmed quote, each with how far it is (R23). */
export const progressLines = z
  .array(
    z.strictObject({
      line: z.string().regex(/^L\d{1,4}$/, '编号像 L1').describe('报价里的行，例如 L1'),
      steps: z.int().min(0).max(100_000).describe('人工做完几步'),
      materials: z.int().min(0).max(100_000).default(0).describe('用了或退不了的料，几件'),
    }),
  )
  .min(1, '至少写一行')
  .max(40, '最多 40 行')

import * as z from 'zod'
import { addFen, fen, fenSchema, timesFen, ZERO } from './money'
import type { Fen } from './money'
import type { QuoteLine } from './order'
import type { StaffPrice } from './prices'

/** The public price book: versioned, the same for everyone (R20). */

const itemSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, '编号用小写字母、数字和短横'),
  name: z.string().min(1).max(30),
  unit: z.string().min(1).max(6),
  /** Priced at once, at the door, or after a survey (R17). */
  pricing: z.enum(['instant', 'on_site', 'survey']),
  /** For the range shown before filing (R44). */
  lowFen: fenSchema,
  highFen: fenSchema,
  /** The price of one, where it is priced from the book. */
  material: z
    .strictObject({ description: z.string().max(40), brand: z.string().max(20), maker: z.string().max(30), grade: z.string().max(20), unitFen: fenSchema })
    .nullable()
    .default(null),
  labourUnitFen: fenSchema,
  /** Into how many equal steps the labour of one falls: what is settled when it is cancelled during work counts finished ones (R23). */
  labourSteps: z.int().min(1).max(20).default(1),
  minutes: z.int().min(5).max(60 * 24 * 30),
  warrantyMonths: z.int().min(0).max(120),
  includes: z.array(z.string().max(40)).max(10).default([]),
  excludes: z.array(z.string().max(40)).max(10).default([]),
})

const categorySchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z_]{1,29}$/),
  name: z.string().min(1).max(8),
  icon: z.string().min(1).max(20),
  /** A technician needs a valid certificate for it. */
  certificate: z.boolean().default(false),
  items: z.array(itemSchema).min(1).max(200),
})

/** R16: visits and surveys are free, so the book can hold no price for coming or looking. */
const FEE_FOR_COMING = /(上门|出诊|勘察|勘测|检测|检查|跑腿|空跑|车马)费/

/** Whether a line would charge for coming or looking (R16). */
export const isFeeForComing = (name: string): boolean => FEE_FOR_COMING.test(name)

export const priceBookSchema = z.strictObject({ version: z.int().min(1), categories: z.array(categorySchema).min(1).max(60) }).check((context) => {
  const codes = new Set<string>()
  context.value.categories.forEach((category, c) =>
    category.items.forEach((item, i) => {
      if (codes.has(item.code)) context.issues.push({ code: 'custom', input: item.code, path: ['categories', c, 'items', i, 'code'], message: `项目编号“${item.code}”重复了` })
      codes.add(item.code)
      if (isFeeForComing(item.name)) context.issues.push({ code: 'custom', input: item.name, path: ['categories', c, 'items', i, 'name'], message: `上门和勘察不收费，价目表里不能有“${item.name}”` })
      if (item.lowFen > item.highFen) context.issues.push({ code: 'custom', input: item.lowFen, path: ['categories', c, 'items', i, 'lowFen'], message: `“${item.name}”的低价高过了高价` })
    }),
  )
})

export type PriceBook = z.output<typeof priceBookSchema>
export type PriceItem = z.output<typeof itemSchema>
export type PriceCategory = z.output<typeof categorySchema>

export const findItem = (book: PriceBook, code: string): PriceItem | undefined => book.categories.flatMap((category) => category.items).find((item) => item.code === code)

/** What categories are called; one that the book no longer has keeps its code. */
export const categoryNameIn =
  (book: PriceBook) =>
  (code: string): string =>
    book.categories.find((category) => category.code === code)?.name ?? code

/**
 * Prices chosen items from the book (R17a, R20). Surveys and visits are free: there is no line for them, and no way to write one (R16).
 * Items must have a price of their own (`instant` or `on_site`).
 */
export const priceLines = (book: PriceBook, chosen: readonly { code: string; quantity: number }[]): QuoteLine[] =>
  chosen.map(({ code, quantity }, index) => {
    const item = findItem(book, code)
    if (!item) throw new RangeError(`no item ${code} in price book ${book.version}`)
    const materialFen = timesFen(item.material?.unitFen ?? ZERO, quantity)
    const labourFen = timesFen(item.labourUnitFen, quantity)
    return {
      id: `L${index + 1}`,
      itemCode: item.code,
      name: item.name,
      unit: item.unit,
      quantity,
      material: item.material?.description ?? '',
      brand: item.material?.brand ?? '',
      maker: item.material?.maker ?? '',
      grade: item.material?.grade ?? '',
      materialFen,
      labourFen,
      labourSteps: item.labourSteps,
      amountFen: addFen(materialFen, labourFen),
      warrantyMonths: item.warrantyMonths,
    }
  })

/** What somebody wants of what was agreed, of the book and off the book, as lines of the next version (R19, R20). */
export interface WantedLines {
  /** Agreed lines that stay, each with how many; those left out go. */
  kept: readonly { id: string; quantity: number }[]
  /** More from the book. */
  items: readonly { code: string; quantity: number }[]
  /** What the book does not have: priced by staff before anybody is asked. */
  offBook: readonly { name: string; unit: string; quantity: number; material: string }[]
}

/** Lines that stay keep id and price; new ones get ids that no version has used. @throws RangeError for a line or an item that does not exist: the caller has checked. */
export const nextLines = (agreed: readonly QuoteLine[], used: readonly string[], wanted: WantedLines, book: PriceBook): QuoteLine[] => {
  const last = Math.max(0, ...used.map((id) => Number(id.slice(1))))
  const kept = wanted.kept.map(({ id, quantity }) => {
    const line = agreed.find((candidate) => candidate.id === id)
    if (!line) throw new RangeError(`no line ${id}`)
    const one = (amount: Fen): Fen => fen(amount / line.quantity)
    const [materialFen, labourFen] = [timesFen(one(line.materialFen), quantity), timesFen(one(line.labourFen), quantity)]
    return { ...line, quantity, materialFen, labourFen, amountFen: addFen(materialFen, labourFen) }
  })
  const offBook = wanted.offBook.map(({ name, unit, quantity, material }) => ({
    id: '', itemCode: '', name, unit, quantity, material, brand: '', maker: '', grade: '', materialFen: ZERO, labourFen: ZERO, labourSteps: 1, amountFen: ZERO, warrantyMonths: 0,
  }))
  return [...kept, ...[...priceLines(book, wanted.items), ...offBook].map((line, index) => ({ ...line, id: `L${last + index + 1}` }))]
}

export const pricedByStaff = (line: QuoteLine, { materialUnitFen, labourUnitFen, warrantyMonths }: StaffPrice): QuoteLine => {
  const [materialFen, labourFen] = [timesFen(materialUnitFen, line.quantity), timesFen(labourUnitFen, line.quantity)]
  return { ...line, materialFen, labourFen, amountFen: addFen(materialFen, labourFen), warrantyMonths }
}

export const totalFen = (lines: readonly QuoteLine[]): Fen => addFen(...lines.map((line) => line.amountFen))

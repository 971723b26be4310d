import type * as z from 'zod'
import type { priceBookSchema } from '../../../cloudfunctions/domain/price-book'

type Book = z.input<typeof priceBookSchema>
export type Category = Book['categories'][number]
export type Item = Category['items'][number]

/** Material of one item: [what it is, brand, maker, grade, yuan]. */
export type Material = readonly [description: string, brand: string, maker: string, grade: string, yuan: number]

interface Written {
  code: string
  name: string
  unit: string
  /** Lowest and highest price of one, whole yuan; left out where only a survey can tell. */
  range?: readonly [low: number, high: number]
  material?: Material
  /** Whole yuan for one. */
  labour?: number
  minutes: number
  /** Months of warranty. */
  months: number
  includes?: string[]
  excludes?: string[]
}

const fen = (yuan: number): number => yuan * 100

const item =
  (pricing: Item['pricing']) =>
  ({
    code,
    name,
    unit,
    range: [low, high] = [0, 0],
    material,
    labour = 0,
    minutes,
    months,
    includes = [],
    excludes = [],
  }: Written): Item => ({
    code,
    name,
    unit,
    pricing,
    lowFen: fen(low),
    highFen: fen(high),
    material: material
      ? { description: material[0], brand: material[1], maker: material[2], grade: material[3], unitFen: fen(material[4]) }
      : null,
    labourUnitFen: fen(labour),
    minutes,
    warrantyMonths: months,
    includes,
    excludes,
  })

/** Priced at once, from what was chosen when filing (R17a). */
export const instant = item('instant')
/** Priced from the book at the door (R17b). */
export const onSite = item('on_site')
/** Priced after a free survey (R18): the book holds no price. */
export const survey = item('survey')

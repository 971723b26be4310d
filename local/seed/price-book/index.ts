import { priceBookSchema } from '../../../cloudfunctions/domain/price-book'
import type { PriceBook } from '../../../cloudfunctions/domain/price-book'
import { appliances } from './appliances'
import { doorsWindows } from './doors-windows'
import { electrical } from './electrical'
import { gas } from './gas'
import { locks } from './locks'
import { plumbing } from './plumbing'
import { floors, walls } from './walls-floors'
import { waterproofing } from './waterproofing'

/** The demonstration city's price book (R20, R44), checked as a real one would be. Every maker, brand and price in it is invented. */
export const priceBook = (): PriceBook =>
  priceBookSchema.parse({ version: 1, categories: [plumbing, electrical, gas, locks, appliances, doorsWindows, walls, floors, waterproofing] })

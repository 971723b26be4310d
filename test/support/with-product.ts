import { Product } from './product'
import type { ProductOptions } from './product'

export interface UsedProduct extends ProductOptions {
  /** Each test begins while ordinary orders are taken and dispatched (R55). */
  byDay?: boolean
}

/** The product that all tests of a file share: there before the first of them, gone after the last. */
export const withProduct = ({ byDay = false, ...options }: UsedProduct = {}): Product => {
  const product = new Product(options)
  beforeAll(() => product.begin(), 60_000)
  if (byDay) beforeEach(() => product.byDay())
  afterAll(() => product.stop())
  return product
}

/** Two hands in one moment (R05–R10, R42): however it ends, it is an end that the rules allow. `test/long/pairs.test.ts` does it thousands of times. */
import { PAIRS } from '../support/pairs'
import { runPair } from '../support/pairs/run'
import type { Product } from '../support/product'
import { randomFrom, SEED } from '../support/random'
import { withProduct } from '../support/with-product'

const BUNCH = 6

jest.setTimeout(120_000)
const product = withProduct({ env: { FUNCTION_CONCURRENCY: '2' } })
let homes: ReturnType<Product['area']>[]
beforeAll(async () => {
  homes = Array.from({ length: BUNCH }, () => product.area())
})

test.each(PAIRS.map((pair) => ({ pair, title: pair.title })))('$title', async ({ pair }) => {
  const ends = await runPair(product, pair, { atLeast: BUNCH, atMost: BUNCH, bunch: BUNCH, random: randomFrom(SEED), homes })
  expect(Object.values(ends).reduce((sum, times) => sum + times, 0)).toBe(BUNCH)
})

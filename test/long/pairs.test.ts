/**
 * Two hands at one order, or two orders at one technician, thousands of times, through the real SDKs and functions in threads of their own (R05–R10, R42): every way in which it may end was seen, and each
 * is one that the rules allow. SEED=new makes other choices.
 */
import { PAIRS } from '../support/pairs'
import { runPair } from '../support/pairs/run'
import { Product } from '../support/product'
import { randomFrom, SEED } from '../support/random'

const ROUNDS = 240
const BUNCH = 24

jest.setTimeout(300_000)
let product: Product
let homes: ReturnType<Product['area']>[]
beforeAll(async () => {
  product = await Product.start({ env: { FUNCTION_CONCURRENCY: '3' } })
  homes = Array.from({ length: BUNCH }, () => product.area())
})
afterAll(() => product?.stop())

test.each(PAIRS.map((pair) => ({ pair, title: pair.title })))(`$title, ${ROUNDS} times (SEED=${SEED})`, async ({ pair, title }) => {
  const ends = await runPair(product, pair, { rounds: ROUNDS, bunch: BUNCH, random: randomFrom(SEED), homes })
  if (process.env.SHOW) console.log(title, JSON.stringify(ends))
  // Both orders of arrival came up, or the hands did not pull in one moment.
  expect(Object.entries(ends).filter(([, times]) => times === 0)).toEqual([])
  expect(Object.values(ends).reduce((sum, times) => sum + times, 0)).toBe(ROUNDS)
})

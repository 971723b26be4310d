/**
 * Two hands at one order, or two orders at one technician, hundreds of times each, through the real SDKs and functions in threads of their own (R05–R10, R12, R13, R15, R42, R45, R47, R52): every way in which
 * it may end was seen, and each is one that the rules allow. Once all were seen it is pulled at no more. SEED=new makes other choices.
 */
import { PAIRS } from '../support/pairs'
import { runPair } from '../support/pairs/run'
import type { Product } from '../support/product'
import { randomFrom, SEED } from '../support/random'
import { withProduct } from '../support/with-product'

const AT_LEAST = 48
const AT_MOST = 720
const BUNCH = 24

jest.setTimeout(300_000)
const product = withProduct({ env: { FUNCTION_CONCURRENCY: '3' } })
let homes: ReturnType<Product['area']>[]
beforeAll(async () => {
  homes = Array.from({ length: BUNCH }, () => product.area())
})

test.each(PAIRS.map((pair) => ({ pair, title: pair.title })))(`$title (SEED=${SEED})`, async ({ pair }) => {
  const ends = await runPair(product, pair, { atLeast: AT_LEAST, atMost: AT_MOST, bunch: BUNCH, random: randomFrom(SEED), homes })
  // Both orders of arrival came up, or the hands did not pull in one moment.
  expect(Object.entries(ends).filter(([, times]) => times === 0)).toEqual([])
})

/** Runs a pair of hands at many orders: in bunches, each order's hands at a moment of their own, so that every order of arrival comes up. */
import type { ActionAnswer } from '../../../typings/contract'
import { SECOND } from '../../../cloudfunctions/domain/shanghai'
import type { Place } from '../../../cloudfunctions/domain/geography'
import { demandAgreement } from '../agreement'
import type { Product } from '../product'
import type { Random } from '../random'
import type { Repair } from '../repair'

export type Answer = ActionAnswer<unknown>

/** One or two orders that are pulled at in one moment. */
export interface Ring {
  repairs: readonly Repair[]
  /** When the deadline that takes part is due; null when none does. */
  due: Date | null
}

export interface Pair {
  title: string
  /** Every way in which it may end; over a long run each must be seen. */
  ends: readonly string[]
  /** Everything up to the moment, in that part of the country. The clock is not moved. */
  begin(product: Product, home: Place): Promise<readonly Repair[]>
  /** From the beginning to the deadline that takes part, ms. */
  dueAfterMs?: number
  /** What comes before the moment too, but so much later, ms. */
  between?: { ms: number; does(repair: Repair): Promise<unknown> }
  /** Whether one of the hands may be told to press again. */
  mayCollide?: boolean
  hands(ring: Ring): (() => Promise<Answer>)[]
  /** Demands that answers and state agree, and says which end it was. */
  judge(ring: Ring, answers: readonly Answer[]): Promise<string>
}

/** Real ms over which a bunch's hands are spread, for each order. */
const SPREAD_MS = 14
/** Some hands come after the timer has done with a deadline. */
const AFTER_TIMER = 1.8
/** The most that lies between the hands of one order, real ms. */
const APART_MS = 20
/** Longer than any lease of an outbox. */
const SETTLED_MS = 25 * SECOND

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Runs {
  /** So often at least, and then till every end was seen, but no more often than that. */
  atLeast: number
  atMost: number
  bunch: number
  random: Random
  homes: readonly Place[]
}

/** How often each end came up. */
export const runPair = async (product: Product, pair: Pair, { atLeast, atMost, bunch, random, homes }: Runs): Promise<Record<string, number>> => {
  const ends = Object.fromEntries(pair.ends.map((end) => [end, 0]))
  const isSeen = (): boolean => Object.values(ends).every((times) => times > 0)
  for (let done = 0; done < atLeast || (done < atMost && !isSeen()); done += bunch) {
    await product.byDay()
    const began = await product.now()
    const due = pair.dueAfterMs === undefined ? null : new Date(began.getTime() + pair.dueAfterMs)
    const rings = await Promise.all(homes.slice(0, bunch).map(async (home): Promise<Ring> => ({ repairs: await pair.begin(product, home), due })))
    if (due) await product.sleepTo(new Date(due.getTime() - SECOND))
    if (pair.between) await waitAnd(product, pair.between, rings)
    const spread = bunch * SPREAD_MS * (due ? AFTER_TIMER : 1)
    const [answers] = await Promise.all([Promise.all(rings.map((ring) => pull(pair.hands(ring), random(spread), random))), ...(due ? [timer(product, due, bunch * SPREAD_MS, random)] : [])])
    // Leases end, what is left of any outbox is done.
    await product.advance(SETTLED_MS)
    await product.sweep()
    await demandAgreement(product, rings.flatMap(({ repairs }) => repairs))
    for (const [index, ring] of rings.entries()) {
      for (const answer of answers[index]!) if (!answer.ok) expect(answer.error.code).not.toMatch(pair.mayCollide ? /INTERNAL|UNAVAILABLE/ : /INTERNAL|UNAVAILABLE|CONFLICT/)
      const end = await pair.judge(ring, answers[index]!)
      expect(pair.ends).toContain(end)
      ends[end] = (ends[end] ?? 0) + 1
    }
    await clear(product, rings)
  }
  return ends
}

const waitAnd = async (product: Product, { ms, does }: NonNullable<Pair['between']>, rings: readonly Ring[]): Promise<void> => {
  await product.advance(ms)
  await Promise.all(rings.flatMap(({ repairs }) => repairs.map(does)))
}

const pull = async (hands: (() => Promise<Answer>)[], afterMs: number, random: Random): Promise<Answer[]> => {
  const moments = hands.map(() => afterMs + random(APART_MS))
  return Promise.all(hands.map(async (hand, index) => (await pause(moments[index]!), hand())))
}

/** A second before, the moment itself, a second after: the timer runs in each, twice at once in the last. */
const timer = async (product: Product, due: Date, overMs: number, random: Random): Promise<void> => {
  await pause(random(overMs / 2))
  await product.sleepTo(due)
  await pause(random(overMs / 4))
  await product.sweep()
  await pause(random(overMs / 4))
  await product.sleepTo(new Date(due.getTime() + SECOND))
  await pause(random(overMs / 4))
  await Promise.all([product.sweep(), product.sweep()])
}

/** Makes room for the next bunch in the same places. */
const clear = async (product: Product, rings: readonly Ring[]): Promise<void> => {
  const repairs = rings.flatMap((ring) => ring.repairs)
  const people = [...new Set(repairs.flatMap(({ technicians }) => technicians.map(({ id }) => id)))]
  await Promise.all([
    ...repairs.map(({ orderId }) => product.db.collection('orders').doc(orderId).remove()),
    ...people.map((id) => product.db.collection('technicians').doc(id).remove()),
  ])
}

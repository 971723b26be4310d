/** Deadlines that fall due all at once, and how long the clock's function takes to carry them out (R42). */
import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import type { Order } from '../../cloudfunctions/domain/order'
import { DAY, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { Product } from '../support/product'
import { Repair } from '../support/repair'
import { addMany } from './dispatch/many-technicians'
import type { Bench } from './setting/bench'
import { rounded } from './statistics'

/** Of the timer in cloudbaserc.json. */
const TICK_SECONDS = 20

export interface Sweep {
  /** Orders with a deadline that is due. */
  due: number
  /** Until none is due any more: what the runs took together. */
  seconds: number
  /** Of the clock's function: more than one when the time of a function ran out. */
  runs: number
  /** The same with the timer, whose next run begins at the next of its ticks after the last has ended. */
  secondsWithTimer: number
}

/** An order as it was left by its people, and the deadline that it waits for. */
interface Waiting {
  order: Order
  deadline: DeadlineId
}

/** @param sizes how many are due at once; swept one size after the other */
export async function measureSweep({ product }: Bench, sizes: readonly number[]): Promise<Sweep[]> {
  const waiting = [await lateCall(product), await questionnaire(product), await quoteExpiry(product)]
  // The first run loads code and reads what is cached.
  await sweepAll(product, waiting, 30, 'warm')
  const measured: Sweep[] = []
  for (const due of sizes) measured.push(await sweepAll(product, waiting, due, `s${due}`))
  return measured
}

/** R10: claimed, and nobody phones. */
async function lateCall(product: Product): Promise<Waiting> {
  const repair = await Repair.file(product)
  await repair.claim()
  return { order: await repair.order(), deadline: 'call.breach' }
}

/** R32: done and closed. */
async function questionnaire(product: Product): Promise<Waiting> {
  const repair = await (await Repair.file(product)).complete()
  await repair.close()
  return { order: await repair.order(), deadline: 'follow_up.questionnaire' }
}

/** R22: agreed for the day after tomorrow's morrow, the quote not answered. */
async function quoteExpiry(product: Product): Promise<Waiting> {
  const now = await product.now()
  const wanted = { from: new Date(now.getTime() + 5 * DAY).toISOString(), to: new Date(now.getTime() + 6 * DAY).toISOString() }
  const repair = await Repair.file(product, { wanted })
  await repair.claim()
  await repair.agree(new Date(now.getTime() + 5.5 * DAY))
  return { order: await repair.order(), deadline: 'quote.expiry' }
}

async function sweepAll(product: Product, waiting: readonly Waiting[], due: number, name: string): Promise<Sweep> {
  const now = await product.now()
  const kinds = waiting.map((one) => aged(one, now))
  await addMany(product, 'orders', due, (index) => copy(kinds[index % kinds.length], `${name}-${index}`))
  let seconds = 0
  let secondsWithTimer = 0
  let runs = 0
  while ((await stillDue(product)) > 0) {
    const startedAt = performance.now()
    await product.sweep()
    const took = (performance.now() - startedAt) / 1000
    seconds += took
    secondsWithTimer = Math.ceil(secondsWithTimer / TICK_SECONDS) * TICK_SECONDS + took
    runs += 1
    if (runs > 20) throw new Error(`${await stillDue(product)} deadlines are still due after ${runs} runs`)
  }
  if (runs === 0) throw new Error(`of ${due} deadlines that should be due, none was`)
  return { due, seconds: rounded(seconds), runs, secondsWithTimer: rounded(secondsWithTimer) }
}

/** The same order, all of it so much earlier that its deadline was due a second ago. */
function aged({ order, deadline }: Waiting, now: Date): Order {
  const found = order.deadlines.find(({ id }) => id === deadline)
  if (!found) throw new Error(`the order waits for ${order.deadlines.map(({ id }) => id).join(', ')}, not for ${deadline}`)
  const earlier = found.dueAt.getTime() - (now.getTime() - SECOND)
  return movedBack(order, earlier) as Order
}

function movedBack(value: unknown, ms: number): unknown {
  if (value instanceof Date) return new Date(value.getTime() - ms)
  if (Array.isArray(value)) return value.map((item) => movedBack(item, ms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, movedBack(item, ms)]))
}

function copy(order: Order | undefined, name: string): Order {
  if (!order) throw new Error('nothing to copy')
  // Warranty cards are found by their code, which is one of a kind.
  const card = order.card && { ...order.card, code: `${order.card.code}${name}` }
  return { ...order, _id: `bench-${name}`, number: `BENCH-${name}`, homeownerId: `oBenchHome-${name}`, card }
}

/** By the workplace's clock, which stands elsewhere than this process's own. */
async function stillDue(product: Product): Promise<number> {
  const { db } = product
  const { total } = await db
    .collection('orders')
    .where({ nextWorkAt: db.command.lte(await product.now()) })
    .count()
  return total ?? 0
}

/** Many technicians claim one order at the same moment: exactly one gets it (R06), and how long each waits to know. */
import { type HomeownerPhone, type Product, TechnicianPhone } from '../../support/product'
import type { Bench } from '../setting/bench'
import type { CallLog } from '../setting/call-log'
import { median, percentile, rounded } from '../statistics'
import { addTechnicians, crowd } from './many-technicians'

export interface ClaimRace {
  orders: number
  contenders: number
  minWinners: number
  maxWinners: number
  /** From call to answer, all contenders of all orders. */
  p50Ms: number
  p99Ms: number
  /** From call to answer, nobody else claiming; median. */
  singleMs: number
  p99OverSingle: number
  /** The same as the functions themselves saw it: without waiting for a free instance. */
  functionP99Ms: number
  functionSingleMs: number
  functionP99OverSingle: number
  /** Claims answered in a second. */
  claimsPerSecond: number
  /** The same with fewer contenders, ascending, and last as above. */
  growth: Contention[]
}

export interface Contention {
  contenders: number
  orders: number
  winners: { min: number; max: number }
  p50Ms: number
  p99Ms: number
  functionP99Ms: number
  claimsPerSecond: number
}

export interface RaceSizes {
  orders: number
  contenders: number
  /** Fewer contenders, ascending, to see how it grows, and on how many orders each. */
  fewer: readonly number[]
  fewerOrders: number
}

const SINGLE_CLAIMS = 30
const WARM_UP = 10

interface Race {
  product: Product
  homeowner: HomeownerPhone
  technicians: readonly TechnicianPhone[]
}

export async function measureClaimRace({ product, calls }: Bench, { orders, contenders, fewer, fewerOrders }: RaceSizes): Promise<ClaimRace> {
  // Whoever is near is asked: each race is run in a part of the country of its own.
  await product.staffDo('changeSettings', { settings: { dispatch: { offersPerWave: contenders } } })
  const race = await prepare(product, contenders)
  for (let index = 0; index < WARM_UP; index += 1) await claimAlone(race, index)
  // Starts every instance that may run at once.
  await claimTogether(race)
  calls.take()
  const single: number[] = []
  for (let index = 0; index < SINGLE_CLAIMS; index += 1) single.push(await claimAlone(race, index))
  const functionSingle = claimTimes(calls)

  const growth: Contention[] = []
  for (const some of fewer) growth.push(await contend(await prepare(product, some), fewerOrders, calls))
  const { winners, p50Ms, p99Ms, functionP99Ms, claimsPerSecond, ...whole } = await contend(race, orders, calls)
  await demandNoDoubleBooking(product)
  return {
    orders,
    contenders,
    minWinners: winners.min,
    maxWinners: winners.max,
    p50Ms,
    p99Ms,
    singleMs: rounded(median(single)),
    p99OverSingle: rounded(p99Ms / median(single)),
    functionP99Ms,
    functionSingleMs: rounded(median(functionSingle)),
    functionP99OverSingle: rounded(functionP99Ms / median(functionSingle)),
    claimsPerSecond,
    growth: [...growth, { winners, p50Ms, p99Ms, functionP99Ms, claimsPerSecond, ...whole }],
  }
}

/** One order after the other, each claimed by all at once. */
async function contend(race: Race, orders: number, calls: CallLog): Promise<Contention> {
  calls.take()
  const times: number[] = []
  const winners: number[] = []
  let seconds = 0
  for (let index = 0; index < orders; index += 1) {
    const { won, ms, lastedMs } = await claimTogether(race)
    seconds += lastedMs / 1000
    winners.push(won)
    times.push(...ms)
  }
  return {
    contenders: race.technicians.length,
    orders,
    winners: { min: Math.min(...winners), max: Math.max(...winners) },
    p50Ms: rounded(median(times)),
    p99Ms: rounded(percentile(times, 0.99)),
    functionP99Ms: rounded(percentile(claimTimes(calls), 0.99)),
    claimsPerSecond: rounded(times.length / seconds, 0),
  }
}

/** All of them near, free and offered every order. */
async function prepare(product: Product, contenders: number): Promise<Race> {
  const home = product.area()
  const now = await product.now()
  const technicians = crowd({ count: contenders, centre: home, radius: 5_000, now, series: `R${contenders}-` })
  await addTechnicians(product, technicians, now)
  return { product, homeowner: product.homeowner(home), technicians: technicians.map(({ _id, openid }) => new TechnicianPhone(product, _id, openid ?? '')) }
}

async function fileForAll({ product, homeowner, technicians }: Race): Promise<{ orderId: string }> {
  const { orderId } = await homeowner.file()
  const { offeredTo } = await product.order(orderId)
  if (offeredTo.length !== technicians.length) throw new Error(`offered to ${offeredTo.length} instead of ${technicians.length}`)
  return { orderId }
}

/** Cancelled by the homeowner: whoever won is free for the next. */
const free = ({ homeowner }: Race, order: { orderId: string }): Promise<unknown> =>
  homeowner.do('cancelOrder', { ...order, reason: '自己修好了' })

async function claimAlone(race: Race, index: number): Promise<number> {
  const order = await fileForAll(race)
  const technician = race.technicians[index % race.technicians.length]
  if (!technician) throw new Error('nobody to claim')
  const startedAt = performance.now()
  await technician.do('claimOffer', order)
  const ms = performance.now() - startedAt
  await free(race, order)
  return ms
}

async function claimTogether(race: Race): Promise<{ won: number; ms: number[]; lastedMs: number }> {
  const order = await fileForAll(race)
  const begun = performance.now()
  const claims = await Promise.all(
    race.technicians.map(async (technician) => {
      const startedAt = performance.now()
      const answer = await technician.call('claimOffer', order)
      return { technician, code: answer.ok ? 'OK' : answer.error.code, ms: performance.now() - startedAt }
    }),
  )
  const lastedMs = performance.now() - begun
  const strange = claims.find(({ code }) => !['OK', 'TAKEN'].includes(code))
  if (strange) throw new Error(`a claim was answered with ${strange.code}`)
  const winners = claims.filter(({ code }) => code === 'OK')
  const stored = await race.product.order(order.orderId)
  const holder = stored.visits.at(-1)?.technicianId
  if (winners.length === 1 && winners[0]?.technician.id !== holder)
    throw new Error('the order names somebody else than who was told to have it')
  await free(race, order)
  return { won: winners.length, ms: claims.map(({ ms }) => ms), lastedMs }
}

const claimTimes = (calls: CallLog): number[] =>
  calls
    .take()
    .filter(({ action }) => action === 'claimOffer')
    .map(({ ms }) => ms)

/** Nobody's day holds time for an order that somebody else has: every hold that lost was given back. */
async function demandNoDoubleBooking(product: Product): Promise<void> {
  const technicians = await product.find('technicians', {})
  const left = technicians.flatMap(({ _id, slots, claim }) => (claim || slots.length > 0 ? [_id] : []))
  if (left.length > 0) throw new Error(`after all orders were cancelled these still hold time: ${left.join(', ')}`)
}

/** A small town to live lives in: a street of eight kilometres with three homes, seven technicians somewhere along it. */
import fc from 'fast-check'
import { HOUR, MINUTE } from './hours'
import type { Shifts } from './hours'
import type { Spot, Worker } from './rules'

/** Where the street begins; another town lies elsewhere. */
export const ORIGIN: Spot = { longitude: 100, latitude: 30 }
/** Metres along the street, which runs north. */
const along = (metres: number, east = 0): Spot => ({ longitude: ORIGIN.longitude + east, latitude: ORIGIN.latitude + metres / 111_194.927 })

export const HOMES: readonly Spot[] = [along(0), along(3_000), along(7_000, 0.01)]

/** Some within one bucket of 100 m of each other, some at a radius's edge, some far. No two distances lie a whole number of buckets apart, where a rounding error would decide. */
export const SPOTS: readonly Spot[] = [103, 129, 158, 417, 466, 1_279, 2_903, 3_041, 3_217, 4_966, 6_541, 7_029, 7_058, 9_003, 12_017].map((metres) => along(metres))

/** A WeChat account that the functions take for one. */
export const account = (id: string): string => `oCity-${id.padStart(8, '0')}`

export interface Trade {
  trade: string
  needsPaper: boolean
  /** Whether it is priced at once, or at the door. */
  isPriced: boolean
  /** An item of the price book, and how long it takes. */
  item: string
  lasts: number
}

export const TRADES: readonly Trade[] = [
  { trade: 'plumbing', needsPaper: false, isPriced: false, item: 'leak-find', lasts: 60 * MINUTE },
  { trade: 'plumbing', needsPaper: false, isPriced: true, item: 'tap-replace', lasts: 40 * MINUTE },
  { trade: 'electrical', needsPaper: true, isPriced: false, item: 'short-circuit', lasts: 60 * MINUTE },
]

const ago = (mostMinutes: number) => fc.integer({ min: 0, max: mostMinutes }).map((minutes) => -minutes * MINUTE)
const mostly = <Value>(value: Value, otherwise: fc.Arbitrary<Value>) => fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: otherwise })

const hours = (from: number, to: number): Shifts[number] => ({ from: from * HOUR, to: to * HOUR })
const SHIFTS: readonly Shifts[] = [[hours(8, 12)], [hours(9, 12), hours(14, 18)], [hours(13, 21)], [hours(11, 15)], [hours(20, 23), hours(5, 9)]]

const worker = (id: string): fc.Arbitrary<Worker> =>
  fc
    .record({
      base: fc.constantFrom(...SPOTS),
      radius: fc.constantFrom(3_000, 8_000, 8_000, 8_000),
      mostADay: fc.constantFrom(2, 8, 8),
      trades: mostly<Worker['trades']>(['plumbing', 'electrical'], fc.constantFrom<Worker['trades'][]>(['plumbing'], ['electrical'])),
      papers: mostly<Worker['papers']>([{ trade: 'electrical', until: 100 * HOUR }], fc.constantFrom<Worker['papers'][]>([], [{ trade: 'electrical', until: 40 * MINUTE }], [{ trade: 'plumbing', until: -HOUR }])),
      stars: fc.constantFrom(null, 4.4, 4.5, 4.9),
      onDuty: mostly(true, fc.constant(false)),
      suspended: mostly(false, fc.constant(true)),
      shifts: fc.oneof({ weight: 3, arbitrary: fc.constant<Shifts>([]) }, { weight: 1, arbitrary: fc.constantFrom(...SHIFTS) }),
      since: ago(300),
      free: fc.option(ago(200)),
      told: fc.record({ spot: fc.constantFrom(...SPOTS), at: ago(35) }),
    })
    .map(({ since, free, told, onDuty, ...rest }) => ({ ...rest, id, account: account(id), onDuty, dutySince: onDuty ? since : null, freeSince: free, told: onDuty ? told : null, decidedAt: null, leave: [], bookings: [], calling: null }))

/** Its times count from the morning at which its life begins: `since` makes them moments. */
export const town: fc.Arbitrary<Worker[]> = fc.tuple(...Array.from({ length: 7 }, (_, index) => worker(`t000${index + 1}`)))

export const since = (workers: readonly Worker[], morning: number): Worker[] => {
  const moment = (ms: number | null): number | null => (ms === null ? null : morning + ms)
  return workers.map((one) => ({
    ...structuredClone(one), dutySince: moment(one.dutySince), freeSince: moment(one.freeSince), told: one.told && { ...one.told, at: morning + one.told.at }, papers: one.papers.map((paper) => ({ ...paper, until: morning + paper.until })),
  }))
}

/** From asking to the chosen two, however many technicians there are (R05): the product's search beside a full scan and beside geokdbush, with the same answers. */
import type { Need } from '../../../cloudfunctions/domain/eligibility'
import { rankNearest } from '../../../cloudfunctions/domain/ranking'
import { defaultSettings } from '../../../cloudfunctions/domain/settings'
import { addTechnicians } from '../dispatch/many-technicians'
import type { Bench } from '../setting/bench'
import { median, percentile, rounded } from '../statistics'
import { fullScan, geokdbushSearch, type Question, type Search } from './rivals'
import { needs, town } from './town'

export interface NearestTwo {
  technicians: number
  /** How many places they were looked for at. */
  places: number
  /** Through the database and the SDK, from asking to the chosen two; medians, as the others are. */
  productMs: number
  productP99Ms: number
  /** Technicians that the database gave for one answer. */
  documents: number
  scanMs: number
  geokdbushMs: number
  /** Building the index that geokdbush searches: again whenever somebody has moved. */
  indexMs: number
  /** Whether all three chose the same, in the same order, at every place; the run fails if not. */
  equal: boolean
}

const WARM_UP = 20
/** One in so many is a second wave: the first two have been asked. */
const SECOND_WAVES = 4

type Ask = (question: Question) => Promise<{ ids: string[]; documents: number }>

/** @param sizes of the towns that are looked through; @param places how many questions each is asked */
export async function measureNearestTwo(bench: Bench, sizes: readonly number[], places: number): Promise<NearestTwo[]> {
  const measured: NearestTwo[] = []
  for (const size of sizes) measured.push(await measureTown(bench, size, places))
  return measured
}

async function measureTown({ product }: Bench, size: number, places: number): Promise<NearestTwo> {
  const [now, centre, settings] = [await product.now(), product.area(), defaultSettings()]
  const there = town(size, centre, now)
  await addTechnicians(product, there.technicians, now)
  const ask = await productSearch(now)
  const scan = fullScan(there.technicians, now, settings)
  const [search, indexMs] = timed(() => geokdbushSearch(there.technicians, now, settings))

  const asked = questions(needs(there, centre, places + WARM_UP, now), search)
  for (const question of asked.slice(0, WARM_UP)) {
    await ask(question)
    search(question)
  }
  const times = { product: [] as number[], scan: [] as number[], geokdbush: [] as number[] }
  const documents: number[] = []
  for (const question of asked.slice(WARM_UP)) {
    const startedAt = performance.now()
    const answer = await ask(question)
    times.product.push(performance.now() - startedAt)
    documents.push(answer.documents)
    const [scanned, scanMs] = timed(() => scan(question))
    const [found, foundMs] = timed(() => search(question))
    times.scan.push(scanMs)
    times.geokdbush.push(foundMs)
    demandEqual(question, { product: answer.ids, scan: scanned, geokdbush: found })
  }
  return {
    technicians: size,
    places,
    productMs: rounded(median(times.product)),
    productP99Ms: rounded(percentile(times.product, 0.99)),
    documents: rounded(median(documents), 0),
    scanMs: rounded(median(times.scan)),
    geokdbushMs: rounded(median(times.geokdbush), 3),
    indexMs: rounded(indexMs, 1),
    equal: true,
  }
}

/** As `decide` is given the technicians near an order. Imported late: the SDK takes its address from the environment when it is loaded. */
async function productSearch(now: Date): Promise<Ask> {
  const { nearTechnicians } = await import('../../../cloudfunctions/platform/near-technicians')
  const settings = defaultSettings()
  return async ({ need, excluded }) => {
    const near = await nearTechnicians(need, excluded, now, settings)
    return { ids: rankNearest(near, need, excluded, now, settings).chosen.map(({ technician }) => technician._id), documents: near.length }
  }
}

/** Each place once; at some of them those whom the first wave would ask are left out. */
function questions(places: readonly Need[], search: Search): Question[] {
  return places.map((need, index) => ({ need, excluded: index % SECOND_WAVES === 0 ? search({ need, excluded: [] }) : [] }))
}

function timed<Result>(work: () => Result): [result: Result, ms: number] {
  const startedAt = performance.now()
  const result = work()
  return [result, performance.now() - startedAt]
}

function demandEqual({ need, excluded }: Question, answers: Record<'product' | 'scan' | 'geokdbush', string[]>): void {
  const [expected, ...others] = [answers.scan, answers.product, answers.geokdbush].map((ids) => ids.join(' '))
  if (others.every((ids) => ids === expected)) return
  throw new Error(`not the same two are nearest to ${JSON.stringify({ place: need.place, radiusFactor: need.radiusFactor, excluded, ...answers })}`)
}

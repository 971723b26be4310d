/**
 * The benchmark. Run: npm run bench [-- --json] [-- --quick] [-- --only=trips,race]
 * A table for people, or with --json one JSON object on standard output; how far it is goes to standard error.
 */
import { parseArgs } from 'node:util'
import { measureClaimRace, type RaceSizes } from './dispatch/claim-race'
import { measureFileToOffers } from './dispatch/file-to-offers'
import { measureFirstPage } from './first-page'
import { measureFunctions } from './functions'
import { measureNearestTwo } from './nearest/nearest-two'
import { measurePackage } from './package/size'
import { type BenchReport, describeMachine } from './report'
import { type Bench, ROOT, startBench } from './setting/bench'
import { measureSweep } from './sweep'
import { printTable } from './table'
import { measureTrips } from './trips/round-trips'

interface Sizes {
  /** Lived before anything is measured, so that actions are warm, and lived for the figures. */
  warmUpDays: number
  days: number
  race: RaceSizes
  /** Of each function that the race may have at once. */
  instances: number
  technicians: readonly number[]
  filings: number
  /** At which the nearest two are looked for, in a town of each size. */
  places: number
  due: readonly number[]
  processes: number
  firstPages: number
}

const FULL: Sizes = {
  warmUpDays: 4,
  days: 6,
  race: { orders: 100, contenders: 200, fewer: [10, 50], fewerOrders: 10 },
  instances: 4,
  technicians: [100, 10_000, 100_000],
  filings: 60,
  places: 200,
  due: [1_000, 10_000, 100_000],
  processes: 9,
  firstPages: 5,
}

const QUICK: Sizes = {
  warmUpDays: 1,
  days: 1,
  race: { orders: 3, contenders: 10, fewer: [5], fewerOrders: 2 },
  instances: 2,
  technicians: [100, 400],
  filings: 10,
  places: 40,
  due: [30, 60],
  processes: 1,
  firstPages: 1,
}

type Part = Partial<BenchReport>

function partsOf(sizes: Sizes): Record<string, () => Promise<Part>> {
  return {
    functions: async () => ({ functions: measureFunctions(ROOT, sizes.processes) }),
    package: async () => ({ package: await measurePackage(`${ROOT}/miniprogram`) }),
    trips: () => inBench(1, (bench) => measureTrips(bench, sizes.warmUpDays, sizes.days)),
    firstPage: () => inBench(1, async (bench) => ({ firstPageMs: await measureFirstPage(bench, sizes.firstPages) })),
    sweep: () => inBench(1, async (bench) => ({ sweep: await measureSweep(bench, sizes.due) })),
    offers: () => inBench(1, async (bench) => ({ fileToOffers: await measureFileToOffers(bench, sizes.technicians, sizes.filings) })),
    nearest: () => inBench(1, async (bench) => ({ nearestTwo: await measureNearestTwo(bench, sizes.technicians, sizes.places) })),
    race: () => inBench(sizes.instances, async (bench) => ({ claimRace: await measureClaimRace(bench, sizes.race) })),
  }
}

/** Each part has a workplace of its own: none is slowed by what another left behind. */
async function inBench(instances: number, measure: (bench: Bench) => Promise<Part>): Promise<Part> {
  const bench = await startBench(instances)
  try {
    return await measure(bench)
  } catch (error) {
    console.error(bench.product.workplace.output())
    throw error
  } finally {
    await bench.stop()
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  })
  const parts = partsOf(values.quick ? QUICK : FULL)
  const wanted = values.only?.split(',') ?? Object.keys(parts)
  const begun = performance.now()
  const since = (): number => Math.round((performance.now() - begun) / 1000)
  const measured: Part = {}
  for (const name of wanted) {
    const part = parts[name]
    if (!part) throw new Error(`there is no part “${name}”: ${Object.keys(parts).join(', ')}`)
    console.error(`${String(since()).padStart(4)} s  ${name}`)
    Object.assign(measured, await part())
  }
  const about = { quick: values.quick, seconds: since(), machine: describeMachine(), node: process.version, at: new Date().toISOString() }
  const report: Part = { ...measured, ...about }
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  else printTable(report)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})

/** How long a filing takes, from call to answer with its offers stored, however many technicians there are (R05). */
import type { Place } from '../../../cloudfunctions/domain/geography'
import type { Product } from '../../support/product'
import type { Bench } from '../setting/bench'
import { median, percentile, rounded } from '../statistics'
import { addTechnicians, crowd, placeAt, steadyRandom } from './many-technicians'

export interface FileToOffers {
  technicians: number
  p50ms: number
  p99ms: number
  /** The same as the function itself saw it: without the way there and back. */
  functionP50ms: number
}

/** Technicians are spread over a city of this radius, metres; homes lie in its inner half. */
const CITY_RADIUS = 20_000
const WARM_UP = 20

/** @param sizes ascending; @param filings measured at each, after some to warm up */
export async function measureFileToOffers({ product, calls }: Bench, sizes: readonly number[], filings: number): Promise<FileToOffers[]> {
  const [centre, now] = [product.area(), await product.now()]
  const everyone = crowd({ count: sizes.at(-1) ?? 0, centre, radius: CITY_RADIUS, now })
  const homes = homesAround(centre)
  const measured: FileToOffers[] = []
  let there = 0
  for (const technicians of sizes) {
    await addTechnicians(product, everyone.slice(there, technicians), now)
    there = technicians
    for (let index = 0; index < WARM_UP; index += 1) await fileOne(product, homes())
    calls.take()
    const times: number[] = []
    for (let index = 0; index < filings; index += 1) times.push(await fileOne(product, homes()))
    const own = calls.take().filter(({ action }) => action === 'fileRepair')
    measured.push({
      technicians,
      p50ms: rounded(median(times)),
      p99ms: rounded(percentile(times, 0.99)),
      functionP50ms: rounded(median(own.map(({ ms }) => ms))),
    })
  }
  return measured
}

/** The same homes at every size. */
function homesAround(centre: Place): () => Place {
  const random = steadyRandom(1)
  return () => placeAt(centre, (CITY_RADIUS / 2) * Math.sqrt(random()), 2 * Math.PI * random())
}

/** @returns ms from call to answer */
async function fileOne(product: Product, home: Place): Promise<number> {
  const homeowner = product.homeowner(home)
  const filing = await homeowner.filing()
  const startedAt = performance.now()
  const { orderId } = await homeowner.do('fileRepair', filing)
  const ms = performance.now() - startedAt
  const { offeredTo } = await product.order(orderId)
  if (offeredTo.length !== 2) throw new Error(`${orderId} was offered to ${offeredTo.length} technicians`)
  return ms
}

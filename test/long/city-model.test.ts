/**
 * Random lives of a town through the real functions, against the same small model of the service standard as `test/domain/city-model.test.ts`; and after each, all that is stored agrees.
 * SEED=new lives others; a failure prints the acts that led to it.
 */
import fc from 'fast-check'
import { DAY, dayStart, HOUR } from '../../cloudfunctions/domain/shanghai'
import { lives } from '../support/city/commands'
import { CityModel } from '../support/city/model'
import { since, town } from '../support/city/plan'
import { RealCity } from '../support/city/real'
import { Product } from '../support/product'
import { SEED } from '../support/random'

const LIVES = 300

jest.setTimeout(600_000)
let product: Product
beforeAll(async () => {
  product = await Product.start()
})
afterAll(() => product?.stop())

/** Nine in the morning of the next day: whatever anybody kept of the town before is out of date. */
const nextMorning = async (): Promise<number> => {
  const morning = new Date(dayStart(await product.now()).getTime() + DAY + 9 * HOUR)
  await product.sleepTo(morning)
  return morning.getTime()
}

test(`R05 R06 R07 R08 R09 R10 R13 R42 R50 ${LIVES} lives of a town through the functions are as the service standard wants them (SEED=${SEED})`, async () => {
  const life = fc.asyncProperty(town, lives(60), async (people, acts) => {
    let city: RealCity | null = null
    await fc.asyncModelRun(async () => {
      const morning = await nextMorning()
      const workers = since(people, morning)
      city = await RealCity.begin(product, workers)
      return { model: new CityModel(workers, morning), real: city }
    }, acts)
    await city!.demandAgreement()
    await city!.end()
  })
  await fc.assert(life, { numRuns: LIVES, seed: SEED, endOnFailure: true })
})

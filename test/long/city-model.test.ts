/**
 * Random lives of a town through the real functions, by day and through the night, against the same small model of the service standard as `test/domain/city-model.test.ts`; and after each, all that is
 * stored agrees. SEED=new lives others; a failure prints the acts that led to it.
 */
import fc from 'fast-check'
import { DAY, dayStart, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { lives } from '../support/city/commands'
import { since, town } from '../support/city/plan'
import { RealCity } from '../support/city/real'
import { Town } from '../support/city/town'
import { SEED } from '../support/random'
import { withProduct } from '../support/with-product'

/** Each takes a third of a second: what more lives would find, the lives in memory find first. */
const LIVES = Number(process.env.LIVES ?? 84)

jest.setTimeout(300_000)
const product = withProduct()

/** That time of the next day: whatever anybody kept of the town before is out of date. */
const nextDay = async (sinceMidnight: number): Promise<number> => {
  const morning = new Date(dayStart(await product.now()).getTime() + DAY + sinceMidnight)
  await product.sleepTo(morning)
  return morning.getTime()
}

test.each([
  ['by day', 9 * HOUR],
  ['through the night', 20 * HOUR + 30 * MINUTE],
])(`R05 R06 R07 R08 R09 R10 R12 R13 R15 R17 R19 R42 R45 R47 R50 R52 R55 ${LIVES} lives of a town %s, through the functions, are as the service standard wants them (SEED=${SEED})`, async (_when, sinceMidnight) => {
  const life = fc.asyncProperty(town, lives(100), async (people, acts) => {
    let city: RealCity | null = null
    await fc.asyncModelRun(async () => {
      const began = await nextDay(sinceMidnight)
      const workers = since(people, began)
      city = await RealCity.begin(product, workers)
      return { model: new Town(workers, began), real: city }
    }, acts)
    await city!.demandAgreement()
    await city!.end()
  })
  await fc.assert(life, { numRuns: LIVES, seed: SEED, endOnFailure: true })
})

/**
 * Random lives of a town (R05–R10, R13, R42) in the product's rules and in a small model of the service standard that shares nothing with them: whatever people do and whenever the timer looks, both say the
 * same of who is asked, who has what, whose day is booked and what staff must hear of. SEED=number repeats a run. `test/long/city-model.test.ts` lives some through the functions.
 */
import fc from 'fast-check'
import { lives } from '../support/city/commands'
import { MemoryCity } from '../support/city/memory'
import { CityModel } from '../support/city/model'
import { town } from '../support/city/plan'
import { MONDAY_9 } from '../support/life'
import { SEED } from '../support/random'

const LIVES = 2_000

jest.setTimeout(60_000)

test(`R05 R06 R07 R08 R09 R10 R13 R42 ${LIVES} lives of a town are as the service standard wants them`, async () => {
  const now = MONDAY_9.getTime()
  await fc.assert(
    fc.asyncProperty(town(now), lives(60), (workers, commands) => fc.asyncModelRun(() => ({ model: new CityModel(structuredClone(workers), now), real: new MemoryCity(workers, now) }), commands)),
    { numRuns: LIVES, seed: SEED },
  )
})

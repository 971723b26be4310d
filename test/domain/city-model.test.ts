/**
 * Random lives of a town (R05–R10, R13, R42) in the product's rules and in a small model of the service standard that shares nothing with them: whatever people do and whenever the timer looks, both say the
 * same of who is asked, who has what, whose day is booked and what staff must hear of. SEED=new lives others. `test/long/city-model.test.ts` lives some through the functions.
 */
import fc from 'fast-check'
import { lives } from '../support/city/commands'
import { MemoryCity } from '../support/city/memory'
import { CityModel } from '../support/city/model'
import { since, town } from '../support/city/plan'
import { MONDAY_9 } from '../support/life'
import { SEED } from '../support/random'

const LIVES = 2_000

jest.setTimeout(60_000)

test(`R05 R06 R07 R08 R09 R10 R13 R42 R50 ${LIVES} lives of a town are as the service standard wants them (SEED=${SEED})`, async () => {
  const morning = MONDAY_9.getTime()
  const life = fc.asyncProperty(town, lives(60), (people, acts) => fc.asyncModelRun(() => ({ model: new CityModel(since(people, morning), morning), real: new MemoryCity(since(people, morning), morning) }), acts))
  await fc.assert(life, { numRuns: LIVES, seed: SEED })
})

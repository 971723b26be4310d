/**
 * Random lives of two towns in the product's rules and in a small model of the service standard that shares nothing with them: whatever people do and whenever the timer looks, both say the same of who is
 * asked, who has what, whose day is booked and what staff must hear of. One town lives from nine in the morning, the other from half past eight in the evening through the night (R55). SEED=new lives others.
 * `test/long/city-model.test.ts` lives some through the functions.
 */
import fc from 'fast-check'
import { lives } from '../support/city/commands'
import { MINUTE } from '../support/city/hours'
import { MemoryCity } from '../support/city/memory'
import { ACTS } from '../support/city/model'
import { since, town } from '../support/city/plan'
import { tally } from '../support/city/step'
import { Town } from '../support/city/town'
import { MONDAY_9 } from '../support/life'
import { SEED } from '../support/random'

const LIVES = 900
const NINE = MONDAY_9.getTime()
const HALF_PAST_EIGHT = NINE + 690 * MINUTE

/** Everything that staff may hear of or that goes on record, and some refusals; a town in which one of them never came up proves nothing about it. */
const RAISED = ['todo nobody_claims', 'todo late_call', 'todo taken_back', 'todo no_answer', 'todo late_arrival', 'todo not_arrived', 'todo delay_unanswered', 'todo parts_overdue', 'todo rebook_call', 'todo wrong_number', 'todo unpaid', 'todo quote_declined', 'todo helper_out', 'violation late_call', 'violation late_arrival', 'violation late_notice']
const REFUSED = ['agree BUSY', 'claim TAKEN', 'claim BUSY', 'tellDelay BUSY', 'tellDelay INVALID_INPUT', 'moveByHomeowner INVALID_INPUT', 'moveByStaff INVALID_INPUT', 'agreeDelay CONFLICT', 'askAnother WRONG_STATE', 'leaveNote TOO_EARLY', 'waitForParts WRONG_STATE', 'setOut UNPAID', 'setOut QUOTE_NOT_CONFIRMED', 'setOut FORBIDDEN', 'tellDelay FORBIDDEN', 'addHelper BUSY', 'addHelper FORBIDDEN', 'addHelper SUSPENDED', 'addHelper INVALID_INPUT', 'removeHelper NOT_FOUND', 'leaveCrew WRONG_STATE', 'wrongNumber WRONG_STATE', 'pay WRONG_STATE', 'takeLeave INVALID_INPUT', 'assign SUSPENDED']

jest.setTimeout(120_000)

test.each([
  ['by day', NINE],
  ['through the night', HALF_PAST_EIGHT],
])(`R05 R06 R07 R08 R09 R10 R12 R13 R15 R17 R19 R42 R45 R47 R50 R52 R55 ${LIVES} lives of a town %s are as the service standard wants them (SEED=${SEED})`, async (_when, began) => {
  tally.clear()
  const life = fc.asyncProperty(town, lives(100), (people, acts) => fc.asyncModelRun(() => ({ model: new Town(since(people, began), began), real: new MemoryCity(since(people, began), began) }), acts))
  await fc.assert(life, { numRuns: LIVES, seed: SEED })
  expect([...Object.keys(ACTS).map((act) => `${act} OK`), ...REFUSED, ...RAISED].filter((what) => !tally.has(what))).toEqual([])
})

/** Timer triggers fire on the moved clock: one call a timer a move, each with the event and source that the cloud gives. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestWorkplace, type TestFunction, type TestWorkplace } from '../support/test-workplace'

interface Tick {
  event: { Type: string; TriggerName: string; Time: string; Message: string }
  now: number
  source: string
  trigger: string
}

const START = '2027-01-10T00:00:05.000Z'
let workplace: TestWorkplace | undefined

async function start(
  functions: Record<string, TestFunction>,
  options: Parameters<typeof startTestWorkplace>[1] = { clock: 'frozen' },
): Promise<TestWorkplace> {
  workplace = await startTestWorkplace(functions, options)
  return workplace
}

function ticks(): Tick[] {
  const file = join(workplace!.scratch, 'ticks')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Tick)
}

afterEach(() => workplace?.stop())

test('R42 a move that passes a fire time fires once, with the cloud’s event, and is answered when that is done', async () => {
  const { clock } = await start({ ticker: { timer: '*/20 * * * * * *', envVariables: { TICK_MS: '150' } } })
  await clock.at(START)
  const first = ticks().length
  await clock.advance(14_999)
  expect(ticks()).toHaveLength(first)
  await clock.advance(1)
  expect(ticks()).toHaveLength(first + 1)
  expect(ticks().at(-1)).toEqual({
    event: { Type: 'Timer', TriggerName: 'tick', Time: '2027-01-10T00:00:20Z', Message: '' },
    now: Date.parse('2027-01-10T00:00:20.000Z'),
    source: 'wx_trigger',
    trigger: 'timer',
  })
})

test('R42 a jump over many fire times makes one call, at the new time', async () => {
  const { clock } = await start({ ticker: { timer: '*/20 * * * * * *' } })
  await clock.at(START)
  const first = ticks().length
  await clock.advance(86_400_000)
  expect(ticks()).toHaveLength(first + 1)
  expect(ticks().at(-1)!.now).toBe(Date.parse(START) + 86_400_000)
})

test('times are read as Beijing time: 02:30 there is 18:30 UTC the day before', async () => {
  const { clock } = await start({ ticker: { timer: '0 30 2 * * * *' } })
  await clock.at(START)
  const first = ticks().length
  await clock.at('2027-01-10T18:29:59Z')
  expect(ticks()).toHaveLength(first)
  await clock.at('2027-01-10T18:30:00Z')
  expect(ticks()).toHaveLength(first + 1)
})

test('moves made at once are carried out one after the other, none lost', async () => {
  const { clock } = await start({ ticker: { timer: '*/20 * * * * * *' } })
  await clock.at(START)
  const first = ticks().length
  await Promise.all([clock.advance(20_000), clock.advance(20_000), clock.advance(20_000)])
  expect(await clock.now()).toBe('2027-01-10T00:01:05.000Z')
  expect(ticks()).toHaveLength(first + 3)
  expect(ticks().map((one) => one.now)).toEqual([...ticks().map((one) => one.now)].sort((a, b) => a - b))
})

test('a timer whose function throws does not fail the move, and fires again', async () => {
  const { clock } = await start({ ticker: { timer: '*/20 * * * * * *', envVariables: { TICK_FAILS: '1' } } })
  await clock.at(START)
  const first = ticks().length
  await clock.advance(20_000)
  await clock.advance(20_000)
  expect(ticks()).toHaveLength(first + 2)
})

test('with a running clock timers fire by themselves as real time passes', async () => {
  await start({ ticker: { timer: '* * * * * * *' } }, { clock: 'running' })
  const end = Date.now() + 20_000
  while (ticks().length < 2 && Date.now() < end) await new Promise((done) => setTimeout(done, 50))
  expect(ticks().length).toBeGreaterThanOrEqual(2)
  expect(ticks()[0]!.event.TriggerName).toBe('tick')
})

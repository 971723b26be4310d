/** Timer triggers fire on the moved clock: one call a timer a move, each with the event and source that the cloud gives. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

interface Tick {
  event: { Type: string; TriggerName: string; Time: string; Message: string }
  now: number
  source: string
  trigger: string
}

function ticksOf({ scratch }: TestWorkplace, name: string): Tick[] {
  const file = join(scratch, `ticks-${name}`)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Tick)
}

describe('when the clock is moved', () => {
  let workplace: TestWorkplace
  const ticks = (name: string): Tick[] => ticksOf(workplace, name)
  /** Moves to a new day, five seconds past the minute, and says which. */
  let day = 0
  const newDay = async (): Promise<string> => {
    const start = `2027-01-${String(10 + day++).padStart(2, '0')}T00:00:05.000Z`
    return workplace.clock.at(start)
  }

  beforeAll(async () => {
    workplace = await startTestWorkplace(
      {
        sweep: { source: 'ticker', timer: '*/20 * * * * * *', envVariables: { TICK_MS: '100' } },
        nightly: { source: 'ticker', timer: '0 30 2 * * * *' },
        failing: { source: 'ticker', timer: '*/20 * * * * * *', envVariables: { TICK_FAILS: '1' } },
      },
      { clock: 'frozen' },
    )
  })
  afterAll(() => workplace.stop())

  test('R42 passing a fire time fires once, with the cloud’s event, and is answered when that is done', async () => {
    await newDay()
    const before = ticks('sweep').length
    await workplace.clock.advance(14_999)
    expect(ticks('sweep')).toHaveLength(before)
    await workplace.clock.advance(1)
    expect(ticks('sweep')).toHaveLength(before + 1)
    expect(ticks('sweep').at(-1)).toEqual({
      event: { Type: 'Timer', TriggerName: 'tick', Time: '2027-01-10T00:00:20Z', Message: '' },
      now: Date.parse('2027-01-10T00:00:20.000Z'),
      source: 'wx_trigger',
      trigger: 'timer',
    })
  })

  test('R42 a jump over many fire times makes one call, at the new time', async () => {
    const start = await newDay()
    const before = ticks('sweep').length
    await workplace.clock.advance(7_200_000)
    expect(ticks('sweep')).toHaveLength(before + 1)
    expect(ticks('sweep').at(-1)!.now).toBe(Date.parse(start) + 7_200_000)
  })

  test('times are read as Beijing time: 02:30 there is 18:30 UTC the day before', async () => {
    const date = (await newDay()).slice(0, 10)
    const before = ticks('nightly').length
    await workplace.clock.at(`${date}T18:29:59Z`)
    expect(ticks('nightly')).toHaveLength(before)
    await workplace.clock.at(`${date}T18:30:00Z`)
    expect(ticks('nightly')).toHaveLength(before + 1)
  })

  test('moves made at once are carried out one after the other, none lost', async () => {
    const start = Date.parse(await newDay())
    const before = ticks('sweep').length
    await Promise.all([20_000, 20_000, 20_000].map((ms) => workplace.clock.advance(ms)))
    expect(Date.parse(await workplace.clock.now())).toBe(start + 60_000)
    const made = ticks('sweep').slice(before)
    expect(made.map((one) => one.now - start)).toEqual([20_000, 40_000, 60_000])
  })

  test('a timer whose function throws does not fail the move, and fires again', async () => {
    await newDay()
    const before = ticks('failing').length
    await workplace.clock.advance(20_000)
    await workplace.clock.advance(20_000)
    expect(ticks('failing')).toHaveLength(before + 2)
  })
})

test('with a running clock timers fire by themselves as real time passes', async () => {
  const workplace = await startTestWorkplace({ second: { source: 'ticker', timer: '* * * * * * *' } }, { clock: 'running' })
  try {
    const end = Date.now() + 20_000
    while (ticksOf(workplace, 'second').length < 2 && Date.now() < end) await new Promise((done) => setTimeout(done, 50))
    expect(ticksOf(workplace, 'second').length).toBeGreaterThanOrEqual(2)
  } finally {
    await workplace.stop()
  }
})

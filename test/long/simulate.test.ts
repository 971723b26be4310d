/** The simulated day of a small city (`npm run simulate -- --quick`): what it prints comes from the seed alone, and no rule is broken in it. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Report } from '../simulate/figures'

const ROOT = resolve(__dirname, '../..')
const SEED = 7

jest.setTimeout(300_000)

const simulate = async (seed: number): Promise<Report> => {
  const run = promisify(execFile)(resolve(ROOT, 'node_modules/.bin/tsx'), ['test/simulate/main.ts', '--quick', '--json'], { cwd: ROOT, env: { ...process.env, SEED: String(seed) }, maxBuffer: 1 << 24 })
  // Where a rule is broken it ends with 1, and says which.
  const { stdout } = await run.catch((failure: { stdout?: string }) => {
    if (!failure.stdout) throw failure
    return { stdout: failure.stdout }
  })
  return JSON.parse(stdout) as Report
}

/** All but how long it took. */
const figures = ({ seconds: _seconds, timesLife: _times, ...rest }: Report): Omit<Report, 'seconds' | 'timesLife'> => rest

test('R05 R06 R07 R10 R13 R42 a simulated day breaks no rule, and the same seed gives the same day, however busy the machine is', async () => {
  const [first, second] = await Promise.all([simulate(SEED), simulate(SEED)])
  expect(first.broken).toEqual([])
  expect(first.invariantsBroken).toBe(0)
  expect(figures(second)).toEqual(figures(first))
  expect(first).toMatchObject({ technicians: 60, orders: 200 })
  expect(first.timesLife).toBeGreaterThan(0)
  expect(first.offers.sent).toBeGreaterThan(300)
  expect(first.calls.late + first.calls.never).toBeGreaterThan(0)
})

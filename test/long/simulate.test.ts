/**
 * The simulated day of a small city (`npm run simulate -- --quick`): what it prints comes from the seed alone, no rule is broken in it, and it is a hundred times faster than life at the least. The speed is
 * measured in the processor's time of the whole run, the functions and the database included: so it is the same on a machine that is busy with something else.
 */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Report } from '../simulate/figures'

const ROOT = resolve(__dirname, '../..')
const SEED = 7

jest.setTimeout(300_000)

interface Day {
  report: Report
  /** Of the processor, of all processes that took part. */
  seconds: number
}

const TSX = resolve(ROOT, 'node_modules/.bin/tsx')

const simulate = async (seed: number): Promise<Day> => {
  const timed = ['-c', 'TIMEFORMAT="processor %U %S"; time "$@"', 'timed', TSX, 'test/simulate/main.ts', '--quick', '--json']
  // Where a rule is broken it ends with 1, and says which.
  const { stdout, stderr } = await promisify(execFile)('bash', timed, { cwd: ROOT, env: { ...process.env, SEED: String(seed) }, maxBuffer: 1 << 24 }).catch((failure: { stdout?: string; stderr?: string }) => {
    if (!failure.stdout) throw failure
    return { stdout: failure.stdout, stderr: failure.stderr ?? '' }
  })
  const [, user, system] = /processor ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? []
  return { report: JSON.parse(stdout) as Report, seconds: Number(user) + Number(system) }
}

/** All but how long it took. */
const figures = ({ seconds: _seconds, timesLife: _times, ...rest }: Report): Omit<Report, 'seconds' | 'timesLife'> => rest

test('R05 R06 R07 R10 R13 R42 a simulated day breaks no rule, and the same seed gives the same day, however busy the machine is; a hundred times faster than life', async () => {
  const days = await Promise.all([simulate(SEED), simulate(SEED)])
  const [first, second] = [days[0].report, days[1].report]
  expect(first.broken).toEqual([])
  expect(first.invariantsBroken).toBe(0)
  expect(figures(second)).toEqual(figures(first))
  expect(first).toMatchObject({ technicians: 60, orders: 200 })
  const fastest = Math.min(...days.map(({ seconds }) => seconds))
  expect((first.hours * 3_600) / fastest).toBeGreaterThanOrEqual(100)
  expect(first.offers.sent).toBeGreaterThan(300)
  expect(first.calls.late + first.calls.never).toBeGreaterThan(0)
})

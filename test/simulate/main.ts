/**
 * A simulated day of a city. Run: SEED=42 npm run simulate [-- --json] [-- --quick]
 * Prints and draws it; with --json one JSON object on standard output. How far it is goes to standard error.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { liveADay } from './day'
import { drawDay } from './drawing/day-sheet'
import { printDay } from './drawing/print'

const SHEET = resolve(__dirname, '../../dist/simulate/day.svg')

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } } })
  const seed = Number(process.env.SEED ?? 42)
  if (!Number.isSafeInteger(seed)) throw new Error(`SEED is a whole number, not ${process.env.SEED}`)
  const { report, series } = await liveADay(seed, values.quick, (line) => console.error(line))
  mkdirSync(join(SHEET, '..'), { recursive: true })
  writeFileSync(SHEET, drawDay(report, series))
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  else printDay(report, series, SHEET)
  if (report.invariantsBroken > 0) process.exitCode = 1
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})

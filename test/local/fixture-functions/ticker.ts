/** Fired by a timer: writes down each call, with a wait to be seen running. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import cloud from 'wx-server-sdk'

export async function main(event: Record<string, unknown>) {
  const wait = Number(process.env.TICK_MS ?? 0)
  await new Promise((done) => setTimeout(done, wait))
  const line = { event, now: Date.now(), source: cloud.getWXContext().SOURCE, trigger: process.env.TRIGGER_SRC }
  appendFileSync(join(process.env.SCRATCH ?? '', `ticks-${process.env.SCF_FUNCTIONNAME}`), `${JSON.stringify(line)}\n`)
  if (process.env.TICK_FAILS === '1') throw new Error('this tick fails')
}

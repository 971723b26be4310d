/**
 * The moved clock: real time plus an offset that only grows. It lives in shared memory, so that warm function instances
 * (worker threads) see a move at once, and on disk, so that a restart does not fall back in time.
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { ServiceError } from './service-error'
import { writeWhole } from './whole-file'

/** How many ms the moved clock is ahead of real time; with a frozen clock, slot 1 holds the time itself. */
const SLOTS = 2
const OFFSET = 0
const FROZEN_AT = 1

const saved = z.object({ offset: z.number(), frozenAt: z.number().optional() })

/** The time that shared clock memory tells, in ms. Called on every `new Date()` of every function. */
export function readClock(cells: BigInt64Array, realNow: () => number): number {
  const frozenAt = Number(Atomics.load(cells, FROZEN_AT))
  return frozenAt > 0 ? frozenAt : realNow() + Number(Atomics.load(cells, OFFSET))
}

export class MovedClock {
  readonly shared = new SharedArrayBuffer(SLOTS * BigInt64Array.BYTES_PER_ELEMENT)
  private readonly cells = new BigInt64Array(this.shared)

  /** `frozen`: time stands still between moves, for tests that look at T − 1 s and T + 1 s. */
  constructor(
    private readonly path: string,
    frozen = false,
  ) {
    const { offset, frozenAt } = this.load()
    Atomics.store(this.cells, OFFSET, BigInt(offset))
    if (frozen) Atomics.store(this.cells, FROZEN_AT, BigInt(Math.max(frozenAt ?? 0, Date.now() + offset)))
  }

  /** ms since 1970, moved. */
  now(): number {
    return readClock(this.cells, Date.now)
  }

  /** What pages are told: ISO time, and whether it stands still until the next move. */
  told(): { now: string; frozen?: true } {
    const now = iso(this.now())
    return this.frozen ? { now, frozen: true } : { now }
  }

  private get frozen(): boolean {
    return Atomics.load(this.cells, FROZEN_AT) > 0n
  }

  /** Moves to `time` (ms). Throws ServiceError if that lies in the past: what has happened cannot be undone. */
  moveTo(time: number): void {
    const at = Math.round(time)
    const now = this.now()
    if (at < now) throw new ServiceError('CLOCK_FORWARD_ONLY', `时钟只能往前拨：现在是 ${iso(now)}，不能拨回 ${iso(at)}`)
    const { frozen } = this
    Atomics.store(this.cells, OFFSET, BigInt(at - Date.now()))
    if (frozen) Atomics.store(this.cells, FROZEN_AT, BigInt(at))
    writeWhole(this.path, JSON.stringify({ offset: at - Date.now(), ...(frozen ? { frozenAt: at } : {}) }))
  }

  private load(): z.infer<typeof saved> {
    try {
      return saved.parse(JSON.parse(readFileSync(this.path, 'utf8')))
    } catch {
      return { offset: 0 }
    }
  }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

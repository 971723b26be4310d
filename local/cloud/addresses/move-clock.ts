/** POST /__clock: moves time for functions, database, gateway, links and phones, and waits until what falls due is done. */
import * as z from 'zod'
import { iso, type MovedClock } from '../clock'
import type { EventStream } from '../events'
import { type Exchange, HttpRefusal, readJson, sendJson } from '../http/exchange'
import type { Timers } from '../timers'

/** ISO 8601 with a time zone; seconds may be left out. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
}

const move = z.union(
  [
    z.strictObject({
      advance: z
        .number()
        .int()
        .min(0, '只能往前拨')
        .max(10 * 366 * 86_400_000, '一次最多拨十年'),
    }),
    z.strictObject({ at: z.string().refine(isTime, '应是带时区的时间，例如 2026-11-22T08:00:00+08:00') }),
  ],
  { error: '请给 {"advance": 毫秒数} 或 {"at": "2026-11-22T08:00:00+08:00"}，只能往前拨' },
)

export interface MoveClockOptions {
  clock: MovedClock
  timers: Timers
  events: EventStream
  /** Delivers what waited for its time, such as late payment notifications. */
  deliverDue: () => Promise<void>
}

export class MoveClockAddress {
  private last: Promise<void> = Promise.resolve()

  constructor(private readonly options: MoveClockOptions) {}

  tell(exchange: Exchange): void {
    sendJson(exchange, 200, this.options.clock.told())
  }

  async serve(exchange: Exchange): Promise<void> {
    const request = await readJson(exchange, move)
    // One move after the other: each answers when its own work is done.
    const turn = this.last.then(() => this.carryOut(request))
    this.last = turn.catch(() => undefined)
    await turn
    this.tell(exchange)
  }

  private async carryOut(request: z.infer<typeof move>): Promise<void> {
    const { clock, timers, events } = this.options
    const target = 'at' in request ? Date.parse(request.at) : clock.now() + request.advance
    if (target < clock.now())
      throw new HttpRefusal(400, `时钟只能往前拨：现在是 ${iso(clock.now())}，不能拨回 ${iso(target)}`, 'CLOCK_FORWARD_ONLY')
    clock.moveTo(target)
    events.tell({ type: 'clock', ...clock.told() })
    timers.rearm()
    await this.options.deliverDue()
    await timers.catchUp()
  }
}

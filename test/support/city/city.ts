import { asked, moneyMissing } from './job'
import type { JobState } from './job'
import type { ActName, Told } from './model'
import { callOf } from './rules'
import type { Request } from './rules'
import type { Town } from './town'

/** Everything that people can do, with the code of the answer: what `model.ts` tells, in the same words. */
type Deeds = { [Name in ActName]: (...told: Told<Name>) => Promise<string> }

/** A city that the product runs, be it in memory or through the functions. The clock moves only here. */
export interface City extends Deeds {
  moveTo(now: number): Promise<void>
  sweep(): Promise<void>
  file(request: Request): Promise<void>
  look(): Promise<Seen>
}

/** What can be seen of a city from outside. */
export interface Seen {
  orders: Record<string, SeenOrder>
  workers: Record<string, { calling: string | null; day: string[] }>
}

interface SeenOrder {
  state: JobState
  asked: string[]
  waves: number
  holder: string | null
  helpers: string[]
  visitAt: number | null
  /** Something is to be confirmed or paid before anybody sets out. */
  isOwed: boolean
  isStopped: boolean
  raised: string[]
  open: string[]
}

/** What should be seen. */
export const expected = (town: Town): Seen => ({
  orders: Object.fromEntries(
    [...town.jobs].map(([id, job]) => [id, {
      state: job.state, asked: asked(job), waves: job.waves, holder: job.holder, helpers: [...job.helpers].sort(), visitAt: job.visitAt, isOwed: job.state !== 'cancelled' && moneyMissing(job) !== null, isStopped: job.state === 'scheduled' && job.isStopped,
      raised: [...job.raised.values()].sort(), open: [...job.open.values()].sort(),
    }]),
  ),
  workers: Object.fromEntries([...town.workers].map(([id, worker]) => [id, { calling: callOf(worker, town.now), day: worker.bookings.map(({ order, from, to }) => `${order} ${from}–${to}`).sort() }])),
})

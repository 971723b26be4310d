import { asked } from './job'
import type { Code, JobState } from './job'
import type { CityModel } from './model'
import { callOf } from './rules'
import type { Request, Spot } from './rules'

/** A city that the product runs, be it in memory or through the functions. The clock moves only here. */
export interface City {
  moveTo(now: number): Promise<void>
  sweep(): Promise<void>
  file(request: Request): Promise<void>
  claim(by: string, id: string): Promise<string>
  decline(by: string, id: string): Promise<string>
  giveBack(by: string, id: string): Promise<string>
  assign(to: string, id: string): Promise<string>
  cancel(id: string): Promise<string>
  dial(by: string, id: string): Promise<string>
  agree(by: string, id: string, at: number): Promise<string>
  noAnswer(by: string, id: string): Promise<string>
  /** Packs, sets out and checks in at the door. */
  arrive(by: string, id: string): Promise<string>
  goOnDuty(who: string, at: Spot): Promise<string>
  goOffDuty(who: string): Promise<string>
  report(who: string, at: Spot): Promise<string>
  suspend(who: string, suspended: boolean): Promise<string>
  look(): Promise<Seen>
}

/** What can be seen of a city from outside. */
export interface Seen {
  orders: Record<string, { state: JobState; asked: string[]; waves: number; holder: string | null; visitAt: number | null; raised: string[]; open: string[] }>
  workers: Record<string, { calling: string | null; day: string[] }>
}

/** What should be seen. */
export const expected = (model: CityModel): Seen => ({
  orders: Object.fromEntries(
    [...model.jobs].map(([id, job]) => [id, { state: job.state, asked: asked(job), waves: job.waves, holder: job.holder, visitAt: job.visitAt, raised: [...job.raised].sort(), open: [...job.open].sort() }]),
  ),
  workers: Object.fromEntries([...model.workers].map(([id, worker]) => [id, { calling: callOf(worker, model.now), day: worker.bookings.map(({ order, from, to }) => `${order} ${from}–${to}`).sort() }])),
})

export type { Code }

/** An order as the model of the service standard sees it. */
import type { Request } from './rules'

export type JobState = 'searching' | 'staff' | 'claimed' | 'scheduled' | 'arrived' | 'cancelled'
type Offer = 'open' | 'lost' | 'declined' | 'over'

export interface Job {
  request: Request
  state: JobState
  wave: number
  /** All waves that ever went out. */
  waves: number
  nextWaveAt: number | null
  offers: Map<string, Offer>
  /** Declined it, let it run out, gave it back or had it taken back: never asked again. */
  excluded: Set<string>
  holder: string | null
  call: { since: number; dials: number[]; countsFrom: number; unanswered: number; retryAt: number | null } | null
  visitAt: number | null
  /** What falls when nobody does anything, by kind. */
  due: Map<'late_call' | 'take_back' | 'no_answer' | 'late_arrival' | 'not_arrived', number>
  /** What was raised: to-dos and violations, with their moments. */
  raised: string[]
  /** What staff have open. */
  open: string[]
}

/** What a phone would read: OK, or the code of a refusal. */
export type Code = 'OK' | 'NOT_FOUND' | 'TAKEN' | 'OFFER_OVER' | 'BUSY' | 'OFF_DUTY' | 'SUSPENDED' | 'INVALID_INPUT' | 'WRONG_STATE'

export const newJob = (request: Request, now: number): Job => ({
  request, state: 'searching', wave: 0, waves: 0, nextWaveAt: now, offers: new Map(), excluded: new Set(), holder: null, call: null, visitAt: null, due: new Map(), raised: [], open: [],
})

/** Whom the order is offered to now. */
export const asked = (job: Job): string[] => [...job.offers].flatMap(([id, offer]) => (offer === 'open' ? [id] : [])).sort()

export const endOffers = (job: Job, as: Offer): void => {
  for (const id of asked(job)) job.offers.set(id, as)
}

/** Staff hear of it. */
export const raise = (job: Job, kind: string, at: number): void => {
  job.raised.push(`todo ${kind} ${at}`)
  job.open.push(kind)
}

/** It is done, or no longer needed. */
export const close = (job: Job, ...kinds: string[]): void => {
  job.open = job.open.filter((kind) => !kinds.includes(kind))
}

/** R07 waves count from 1 again. */
export const search = (job: Job, from: number): void => {
  Object.assign(job, { state: 'searching', wave: 0, nextWaveAt: from } satisfies Partial<Job>)
}

/** An outcome belongs to a call that was made from the app since the last one. */
export const awaitsOutcome = ({ state, call }: Job): boolean => state === 'claimed' && call!.dials.some((moment) => moment >= call!.countsFrom)

/** R42: what has passed is decided in the order of its times, each at its own. */
export const replay = (job: Job, now: number, release: () => void): void => {
  for (;;) {
    const [first] = [...job.due].filter(([, due]) => due < now).sort((a, b) => a[1] - b[1])
    if (!first) return
    const [kind, at] = first
    job.due.delete(kind)
    if (kind === 'take_back') {
      close(job, 'late_call')
      raise(job, 'taken_back', at)
      release()
      search(job, at)
    } else {
      if (kind === 'late_call') job.raised.push(`violation late_call ${job.holder} ${at}`)
      if (kind === 'not_arrived') job.raised.push(`violation late_arrival ${job.holder} ${at}`)
      raise(job, kind, at)
    }
  }
}

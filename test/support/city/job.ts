/** An order as the model of the service standard sees it. */
import { byDay, HOUR, MINUTE } from './hours'
import type { Request } from './rules'

export type JobState = 'searching' | 'staff' | 'claimed' | 'scheduled' | 'on_the_way' | 'arrived' | 'parts' | 'rebooking' | 'cancelled'
type Offer = 'open' | 'lost' | 'declined' | 'over'

export interface Job {
  request: Request
  state: JobState
  wave: number
  /** All waves that ever went out. */
  waves: number
  nextWaveAt: number | null
  offers: Map<string, Offer>
  /** To be asked before anybody else, and whoever is just now (R15). */
  alone: string | null
  askedAlone: string | null
  /** Declined it, let it run out, gave it back or had it taken back: never asked again for this visit. */
  excluded: Set<string>
  holder: string | null
  /** Who come along (R47). */
  helpers: readonly string[]
  call: { since: number; dials: number[]; countsFrom: number; unanswered: number; retryAt: number | null; isWrongNumber: boolean } | null
  /** T, and when it was set. */
  visitAt: number | null
  agreedAt: number | null
  delay: { to: number; answered: boolean } | null
  /** What is to be paid was not when the technician would have set out: their clock stands still (R13). */
  isStopped: boolean
  arrivedAt: number | null
  /** Nobody opens: since the first call from the door that nobody answered (R15). */
  nobodyOpens: { since: number; lastCall: number; noteFrom: number } | null
  reachedAt: number | null
  /** Whoever stood before the closed door. */
  cameLast: string | null
  quote: 'sent' | 'confirmed' | 'declined' | null
  /** Before what the price that was confirmed is to be paid; null when it is paid. */
  unpaidBefore: 'setting_out' | 'work' | null
  /** What falls when nobody does anything, by kind. */
  due: Map<'late_call' | 'take_back' | 'no_answer' | 'money_check' | 'unpaid' | 'late_arrival' | 'not_arrived' | 'delay_unanswered' | 'parts_overdue' | 'rebook_call', number>
  /** What was raised: to-dos and violations, by their occasion. */
  raised: Map<string, string>
  /** What staff have open: kinds, by their occasion. */
  open: Map<string, string>
}

/** What a phone would read: OK, or the code of a refusal. */
export type Code = 'OK' | 'NOT_FOUND' | 'TAKEN' | 'OFFER_OVER' | 'BUSY' | 'OFF_DUTY' | 'SUSPENDED' | 'FORBIDDEN' | 'INVALID_INPUT' | 'WRONG_STATE' | 'CONFLICT' | 'TOO_EARLY' | 'QUOTE_NOT_CONFIRMED' | 'UNPAID'

const NOBODYS = { holder: null, helpers: [], call: null, visitAt: null, agreedAt: null, delay: null, isStopped: false, arrivedAt: null, nobodyOpens: null, reachedAt: null } satisfies Partial<Job>

export const newJob = (request: Request, now: number): Job => ({
  request, state: 'searching', wave: 0, waves: 0, nextWaveAt: byDay(now, request.emergency), offers: new Map(), alone: null, askedAlone: null, excluded: new Set(), ...NOBODYS, cameLast: null,
  quote: request.isPriced ? 'sent' : null, unpaidBefore: null, due: new Map(), raised: new Map(), open: new Map(),
})

/** The agreed time; until one is, the time wanted stands in for it (R05). */
export const expected = ({ request, visitAt }: Job): Request => (visitAt === null ? request : { ...request, from: visitAt, to: visitAt + 2 * HOUR })

/** Nobody has it any more, and nothing of theirs counts. */
export const forgetHolder = (job: Job): void => {
  job.due.clear()
  Object.assign(job, NOBODYS)
}

/** Whom the order is offered to now. */
export const asked = (job: Job): string[] => [...job.offers].flatMap(([id, offer]) => (offer === 'open' ? [id] : [])).sort()

export const endOffers = (job: Job, as: Offer): void => {
  for (const id of asked(job)) job.offers.set(id, as)
}

/** Staff hear of it. What they have open they have; the same that was done and happens anew takes the place of what was. */
export const raise = (job: Job, kind: string, at: number, about: string | number = at): void => {
  const occasion = `${kind} ${about}`
  if (job.open.has(occasion)) return
  job.open.set(occasion, kind)
  job.raised.set(occasion, `todo ${kind} ${at}`)
}

/** A rule was broken by whoever has the order; of one occasion, once. */
export const blame = (job: Job, kind: 'late_call' | 'late_arrival' | 'late_notice', at: number, about = at): void => {
  const occasion = `violation ${kind} ${job.holder} ${about}`
  if (!job.raised.has(occasion)) job.raised.set(occasion, `violation ${kind} ${job.holder} ${at}`)
}

/** It is done, or no longer needed. */
export const close = (job: Job, ...kinds: string[]): void => {
  for (const [occasion, kind] of job.open) if (kinds.includes(kind)) job.open.delete(occasion)
}

/** One of what staff have open of a kind is done: the first. */
export const closeOne = (job: Job, kind: string): void => {
  const [first] = [...job.open].filter((open) => open[1] === kind)
  if (first) job.open.delete(first[0])
}

/** R07 waves count from 1 again, within the usual reach. */
export const search = (job: Job, from: number): void => {
  Object.assign(job, { state: 'searching', wave: 0, nextWaveAt: byDay(from, job.request.emergency), alone: null, askedAlone: null, request: { ...job.request, reach: 1 } } satisfies Partial<Job>)
}

/** T, and what counts from it (R12, R13): what is past already is not made. */
export const setTime = (job: Job, at: number, now: number): void => {
  Object.assign(job, { visitAt: at, agreedAt: now, isStopped: false } satisfies Partial<Job>)
  job.due.clear()
  for (const [kind, due] of [['money_check', at - 90 * MINUTE], ['late_arrival', at - 10 * MINUTE], ['not_arrived', at]] as const) if (due > now) job.due.set(kind, due)
  close(job, 'late_arrival', 'not_arrived', 'unpaid')
}

/** Why nobody may set out: what is priced at once is not confirmed, or what was confirmed not paid (R17, R19). */
export const moneyMissing = ({ quote, request, unpaidBefore }: Job): 'QUOTE_NOT_CONFIRMED' | 'UNPAID' | null => {
  if (quote !== 'confirmed' && request.isPriced) return 'QUOTE_NOT_CONFIRMED'
  return unpaidBefore === 'setting_out' ? 'UNPAID' : null
}

/** R13 nobody comes for what is not paid, and nobody is late: at T staff ask whether it is still wanted. */
const stop = (job: Job): void => {
  job.isStopped = true
  for (const kind of ARRIVAL) job.due.delete(kind)
  job.due.set('unpaid', job.visitAt!)
}

const ARRIVAL = ['money_check', 'late_arrival', 'not_arrived'] as const

/** R10: from then on they have five minutes to dial, and fifteen to an outcome; nobody's begins at night. */
export const startCall = (job: Job, now: number, isBlamed: boolean): void => {
  const since = byDay(now, job.request.emergency)
  job.call = { since, dials: [], countsFrom: Number.NEGATIVE_INFINITY, unanswered: 0, retryAt: null, isWrongNumber: false }
  job.due = new Map([...(isBlamed ? [['late_call', since + 5 * MINUTE] as const] : []), ['take_back', since + 15 * MINUTE]])
}

/** Somebody is to come, or is coming. */
export const isAgreed = ({ state }: Job): boolean => state === 'scheduled' || state === 'on_the_way'

/** An outcome belongs to a call that was made from the app since the last one; who waits for the money may phone for another time (R13). */
export const awaitsOutcome = ({ state, call, isStopped }: Job): boolean => (state === 'claimed' || (state === 'scheduled' && isStopped)) && call!.dials.some((moment) => moment >= call!.countsFrom)

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
    } else if (ARRIVAL.some((arrival) => arrival === kind) && job.state === 'scheduled' && moneyMissing(job)) {
      stop(job)
    } else if (kind !== 'money_check') {
      if (kind === 'late_call') blame(job, 'late_call', at)
      if (kind === 'not_arrived') blame(job, 'late_arrival', at)
      raise(job, kind, at)
    }
  }
}

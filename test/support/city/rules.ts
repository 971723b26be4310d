/**
 * The arithmetic of R05 and R52 once more, from the service standard's words and none of the product's code: where a technician is, whether they may be asked, when they could come, which two are nearest.
 * Times are ms, distances metres. What the product works out must agree with this.
 */
import { DAY, dayOf, HOUR, MINUTE, nextShift, workBegins, worksAt } from './hours'
import type { Shifts } from './hours'

export interface Spot {
  longitude: number
  latitude: number
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** The straight line over the globe. */
export const straightLine = (a: Spot, b: Spot): number => {
  const h = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** R05: straight line × 1.4 at 20 km/h, in whole ms, since moments are. */
export const ride = (a: Spot, b: Spot): number => Math.floor(((straightLine(a, b) * 1.4) / 20_000) * HOUR)

export interface Booking {
  order: string
  from: number
  to: number
  spot: Spot
  /** It still counts towards the day, and is in nobody's way. */
  isDone?: boolean
}

export interface Worker {
  id: string
  /** Their WeChat account: they may file repairs of their own. */
  account: string
  base: Spot
  radius: number
  mostADay: number
  trades: readonly string[]
  papers: readonly { trade: string; until: number }[]
  stars: number | null
  shifts: Shifts
  leave: { from: number; to: number }[]
  onDuty: boolean
  suspended: boolean
  /** When they were last suspended or reinstated. */
  decidedAt: number | null
  dutySince: number | null
  freeSince: number | null
  told: { spot: Spot; at: number } | null
  bookings: Booking[]
  /** The order whose call waits for its outcome (R10). Should the timer sleep, it keeps nobody from working for more than five minutes after it would have been taken back. */
  calling: { order: string; until: number } | null
}

/** The order whose call they must settle first. */
export const callOf = ({ calling }: Worker, now: number): string | null => (calling && calling.until > now ? calling.order : null)

export interface Request {
  id: string
  spot: Spot
  trade: string
  needsPaper: boolean
  /** Priced at once from the book, to be confirmed and paid before anybody sets out (R17). */
  isPriced: boolean
  lasts: number
  from: number
  to: number
  account: string
  emergency: boolean
  /** How many times farther than usual staff let look (R07). */
  reach: number
}

/** Shifts bind the search and the homeowner; a technician themself, and staff, may go beyond them (R52). */
export type Whose = 'asked' | 'own'

/** R05: a position within 30 min, else the current job, else the base. */
export const whereIs = ({ told, bookings, base }: Worker, now: number): Spot =>
  told && now - told.at <= 30 * MINUTE ? told.spot : (bookings.find((booking) => booking.from <= now && now <= booking.to)?.spot ?? base)

/** How long a job that should be over is believed to go on. */
export const FORGOTTEN_MS = 6 * HOUR

/** A job that should be over and is not told to be goes on: for half an hour from now, and nobody believes it after six hours. */
const stillOn = (booking: Booking, now: number): Booking[] => {
  if (booking.isDone) return []
  if (booking.to > now) return [booking]
  return booking.to + FORGOTTEN_MS > now ? [{ ...booking, to: now + 30 * MINUTE }] : []
}

/** What of somebody says when they can come, and what of an order. */
export type Day = Pick<Worker, 'bookings' | 'mostADay' | 'shifts' | 'leave' | 'onDuty'>
export type Wanted = Pick<Request, 'id' | 'spot' | 'lasts' | 'from' | 'to'>

/** What keeps them from being there at that time, with the first later moment at which it may not: leave, hours off, a day that is full, or the ride from the job before and to the one after. */
const obstacle = (worker: Day, { id, spot, lasts }: Wanted, start: number, now: number, whose: Whose): { until: number } | null => {
  const { bookings, mostADay, shifts, leave, onDuty } = worker
  const away = leave.find(({ from, to }) => from < start + lasts && start < to)
  if (away) return { until: away.to }
  // Who is on duty works for the next two hours, whatever their shifts.
  if (whose === 'asked' && !worksAt(shifts, start) && !(onDuty && start <= now + 2 * HOUR)) return { until: nextShift(shifts, start) }
  const others = bookings.filter((booking) => booking.order !== id)
  const ongoing = others.flatMap((booking) => stillOn(booking, now))
  if (others.filter((booking) => dayOf(booking.from) === dayOf(start)).length >= mostADay) {
    const later = [workBegins(shifts, dayOf(start) + 1), ...ongoing.map((booking) => booking.to + ride(booking.spot, spot)), ...leave.map(({ to }) => to)]
    return { until: Math.min(...later.filter((moment) => dayOf(moment) > dayOf(start))) }
  }
  const between = ongoing.find((booking) => start < booking.to + ride(booking.spot, spot) && booking.from < start + lasts + ride(booking.spot, spot))
  return between ? { until: between.to + ride(between.spot, spot) } : null
}

export const fitsAt = (worker: Day, request: Wanted, start: number, now: number, whose: Whose): boolean => obstacle(worker, request, start, now, whose) === null

/** The first moment within the time wanted, or as soon as can be when that has passed, at which they could come; null when they cannot. Walks from obstacle to obstacle. */
export const firstStart = (worker: Day, request: Wanted, now: number, whose: Whose): number | null => {
  const last = request.to > now ? request.to : now + 3 * DAY
  for (let start = Math.max(request.from, now); start <= last; ) {
    const found = obstacle(worker, request, start, now, whose)
    if (!found) return start
    start = found.until
  }
  return null
}

/** Whoever has the trade, its papers, no suspension, no other call open, and is not the homeowner: what staff cannot overrule. */
export const isFit = (worker: Worker, request: Request, now: number): 'SUSPENDED' | 'INVALID_INPUT' | 'BUSY' | null => {
  const { suspended, trades, papers, account } = worker
  if (suspended) return 'SUSPENDED'
  const own = papers.filter(({ trade }) => trade === request.trade)
  if (!trades.includes(request.trade) || own.some(({ until }) => until <= now) || (request.needsPaper && own.length === 0) || account === request.account) return 'INVALID_INPUT'
  return [null, request.id].includes(callOf(worker, now)) ? null : 'BUSY'
}

const mayBeAsked = (worker: Worker, request: Request, now: number): boolean =>
  worker.onDuty &&
  isFit(worker, request, now) === null &&
  straightLine(whereIs(worker, now), request.spot) <= worker.radius * request.reach * (request.emergency ? 1.5 : 1) &&
  firstStart(worker, request, now, 'asked') !== null

/** R05: buckets of 100 m counted from the nearest, then stars, then who has waited longest. */
export const nearestTwo = (workers: readonly Worker[], request: Request, notThese: ReadonlySet<string>, now: number): string[] => {
  const asked = workers.filter((worker) => !notThese.has(worker.id) && mayBeAsked(worker, request, now)).map((worker) => ({ worker, away: straightLine(whereIs(worker, now), request.spot) }))
  const nearest = Math.min(...asked.map(({ away }) => away))
  const sorts = ({ worker, away }: (typeof asked)[number]): [number, number, number] => [
    Math.floor((away - nearest) / 100),
    -Math.round((worker.stars ?? 4.5) * 10),
    worker.freeSince ?? worker.dutySince ?? Number.POSITIVE_INFINITY,
  ]
  const before = (a: (typeof asked)[number], b: (typeof asked)[number]): number => {
    const [first, second] = [sorts(a), sorts(b)]
    const place = first.findIndex((value, index) => value !== second[index])
    return place < 0 ? a.worker.id.localeCompare(b.worker.id) : first[place]! - second[place]!
  }
  return asked.sort(before).slice(0, 2).map(({ worker }) => worker.id)
}

import type { JobCard, JobsView, OfferView } from '../../../typings/contract'
import { CALL_FIRST, distance } from '../../components/offer-card/offer-words'
import { formatAgo, formatClock, formatCount } from '../../lib/time'

/** What the duty card says. */
export interface DutyWords {
  title: string
  second: string
  /** Where the phone is was told so long ago that it is worth telling anew. */
  stale: boolean
}

/** A phone that may tell where it is does so every two minutes: this old, it has stopped. */
const STALE_MS = 15 * 60_000

/** Without a network no offer arrives, whatever was read last (R06, R46). */
export function dutyWords(jobs: JobsView, now: number, online = true): DutyWords {
  if (jobs.suspended) return { title: '暂停接单', second: jobs.suspended, stale: false }
  if (!jobs.onDuty) return { title: '没在岗', second: online ? '打开开关就派单给您' : '有网了再打开开关', stale: false }
  if (!online) return { title: '没网，收不到新单', second: '您还在岗，有网了自动接着听单', stale: false }
  const title = '在岗，听单中'
  const stale = jobs.positionAt === null || now - Date.parse(jobs.positionAt) > STALE_MS
  if (stale) return { title, second: jobs.positionAt ? '好一会儿没有您的位置了' : '还没有您的位置', stale }
  return { title, second: `位置 ${formatAgo(jobs.positionAt ?? now, now)} · 接 ${formatKilometres(jobs.radiusMetres)}内的活`, stale }
}

function formatKilometres(metres: number): string {
  return `${Number((metres / 1000).toFixed(1))} 公里`
}

/** What the line about reminders says; `low` when a top-up is due. */
export interface CreditWords {
  before: string
  count: string
  after: string
  second: string
  low: boolean
}

export function creditWords(credits: number): CreditWords {
  if (credits <= 0) return { before: '微信叫不响您了', count: '', after: '', second: '点一下，来新单才会响', low: true }
  return { before: '微信还能叫您', count: String(credits), after: '次', second: '用完了，来新单就不响', low: credits <= 3 }
}

/** A stop on today's way. */
export interface Stop {
  orderId: string
  time: string
  /** 已完, 返工 … */
  mark: string
  place: string
  title: string
  done: boolean
  /** Whether the way from here to the next stop lies behind. */
  passed: boolean
  state: JobCard['state']
}

const KIND_MARKS: Record<JobCard['kind'], string> = { repair: '', return: '返工', warranty: '保修', survey: '勘察' }

/** Today's way in order; who has no time yet comes last. */
export function stopsOf(jobs: JobCard[]): Stop[] {
  const way = [...jobs].sort((one, other) => whenOf(one) - whenOf(other))
  return way.map((job, at) => stopOf(job, way[at + 1]))
}

const whenOf = ({ appointmentAt }: JobCard): number => (appointmentAt ? Date.parse(appointmentAt) : Number.MAX_SAFE_INTEGER)

function stopOf(job: JobCard, next: JobCard | undefined): Stop {
  const done = job.doneAt !== null
  return {
    orderId: job.orderId,
    time: job.appointmentAt ? formatClock(job.appointmentAt) : '待约',
    mark: done ? '已完' : job.helping ? '帮手' : KIND_MARKS[job.kind],
    place: job.district,
    title: job.title,
    done,
    passed: done && next !== undefined && next.doneAt !== null,
    state: job.state,
  }
}

/** As many as fit side by side; the rest opens with 看路线. */
export const STOPS_SIDE_BY_SIDE = 3

/** The stretch worth showing: the last that is done, then what comes. */
export function nearestStops(stops: Stop[]): Stop[] {
  const next = stops.findIndex(({ done }) => !done)
  const anchor = next === -1 ? stops.length : next
  const from = Math.max(0, Math.min(anchor - (STOPS_SIDE_BY_SIDE - 1), stops.length - STOPS_SIDE_BY_SIDE))
  return stops.slice(from, from + STOPS_SIDE_BY_SIDE)
}

/** What is said where there is no offer. */
export interface QuietWords {
  icon: string
  title: string
  second: string
}

export function quietWords({ suspended, onDuty, figures }: Pick<JobsView, 'suspended' | 'onDuty' | 'figures'>, online = true): QuietWords {
  if (suspended) return { icon: 'pause', title: '停单期间不派新单', second: '手上的活照常做完。有疑问，请找公司。' }
  if (!onDuty) return { icon: 'pause', title: '您没在岗，不会派单给您', second: online ? '打开上面的开关，就开始听单。' : '有网了，再打开上面的开关。' }
  if (!online) return { icon: 'offline', title: '没有网络，新单来不了', second: '走到有信号的地方，不用点，自动接着听单。' }
  return { icon: 'bell', title: '暂时没有新单', second: `附近有活，先请离得最近的${formatCount(figures.offersPerWave)}位。来单会震动。` }
}

/**
 * The offer that the big button claims, and the others. What is on the page stays there while it stands: a new one must not slip under a thumb that is coming
 * down. Else the most urgent: an emergency, then the one that ends first.
 */
export function offerInFront(offers: OfferView[], shownId: string | null): { offer: OfferView | null; others: OfferView[] } {
  const byUrgency = [...offers].sort((one, other) => Number(other.emergency) - Number(one.emergency) || endOf(one) - endOf(other))
  const offer = byUrgency.find(({ offerId }) => offerId === shownId) ?? byUrgency[0] ?? null
  return { offer, others: byUrgency.filter((one) => one !== offer) }
}

/** 来新单了; how many, since the second may lie under the fold. */
export const offersTitle = (count: number): string => (count > 1 ? `来新单了，${count} 张` : '来新单了')

const endOf = ({ endsAt }: OfferView): number => (endsAt ? Date.parse(endsAt) : Number.MAX_SAFE_INTEGER)

/** An offer behind the one in front. */
export interface OfferRow {
  orderId: string
  icon: string
  problem: string
  note: string
  /** For its ring; empty while it stands without an end. */
  startedAt: string
  endsAt: string
}

export function offerRow({ orderId, category, problem, distanceMetres, district, emergency, sentAt, endsAt }: OfferView): OfferRow {
  const { value, unit } = distance(distanceMetres)
  return { orderId, icon: category.icon, problem, note: [emergency ? '紧急' : '', `${value} ${unit}`, district].filter(Boolean).join(' · '), startedAt: sentAt, endsAt: endsAt ?? '' }
}

/** Beside the headline of the offers: what to mind while one is there. */
export interface OffersNote {
  icon: string
  text: string
}

export function offersNote(callFirst: boolean, online = true): OffersNote {
  if (!online) return { icon: 'offline', text: '没网抢不了，有网再抢' }
  return callFirst ? { icon: 'phone', text: CALL_FIRST } : { icon: 'bell', text: '来单会震动，屏幕别锁' }
}

/** What the page says that changes with the network, not only with what was read. */
export interface NetworkedWords {
  duty: DutyWords
  quiet: QuietWords
  note: OffersNote
}

export function networkedWords(jobs: JobsView, now: number, online: boolean): NetworkedWords {
  return { duty: dutyWords(jobs, now, online), quiet: quietWords(jobs, online), note: offersNote(jobs.callFirst !== null, online) }
}

/** Offers that were not there at the last look: the phone shakes for them. */
export function freshOffers(seen: ReadonlySet<string>, jobs: JobsView): string[] {
  return jobs.offers.map(({ offerId }) => offerId).filter((id) => !seen.has(id))
}

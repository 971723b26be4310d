/** R10, R12, R13: no violation for what was done in time, none missing for what was not. The database is held against what people did. */
import { MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Settings } from '../../../cloudfunctions/domain/settings'
import type { Collections } from '../../../cloudfunctions/platform/documents'
import type { ArrivalFact, CallFact, Journal, NoticeFact } from '../journal'

export function brokenViolations(found: readonly Collections['violations'][], journal: Journal, now: number, settings: Settings): string[] {
  const expected = new Set([
    ...journal.calls.filter((call) => isLateCall(call, now, settings)).map((call) => line('late_call', call, call.since + settings.call.breachMinutes * MINUTE)),
    ...journal.arrivals.filter((arrival) => isLateArrival(arrival, now, settings)).map((arrival) => line('late_arrival', arrival, arrival.at)),
    ...journal.notices.filter((notice) => isLateNotice(notice, settings)).map((notice) => line('late_notice', notice, notice.toldAt)),
  ])
  const written = new Set(found.map((violation) => line(violation.kind, violation, violation.at.getTime())))
  return [
    ...[...written].filter((one) => !expected.has(one)).map((one) => `R42 按时做了还记了违规：${one}`),
    ...[...expected].filter((one) => !written.has(one)).map((one) => `R42 没有按时做，没记违规：${one}`),
    ...(written.size === found.length ? [] : [`R42 ${found.length - written.size} 条违规记了两次`]),
  ]
}

const line = (kind: string, { orderId, technicianId }: { orderId: string; technicianId: string }, at: number): string => `${kind} ${orderId} ${technicianId} ${new Date(at).toISOString()}`

const firstOf = (...moments: (number | null)[]): number => Math.min(...moments.map((moment) => moment ?? Infinity))

/** R10 not dialled within 5:00, while the job was theirs. */
export const isLateCall = ({ since, dialledAt, endedAt }: CallFact, now: number, { call }: Settings): boolean => firstOf(dialledAt, endedAt, now) > since + call.breachMinutes * MINUTE

/** R13 not there at T, while that was the agreed time. Who may not set out, since it is not paid, is not late. */
export const isLateArrival = (arrival: ArrivalFact, now: number, settings: Settings): boolean =>
  !stoodStill(arrival, settings) && firstOf(arrival.arrivedAt, arrival.endedAt, now) > arrival.at

/** Whether the clock stands still at that moment, for what is unpaid: whoever gives back then is expected by nobody. */
export const standsStill = (arrival: ArrivalFact, now: number, settings: Settings): boolean => stoodStill(arrival, settings) && now >= looksAt(arrival, settings)

/** At T−90, or when it was agreed later than that at T−10, the clock stops for what is unpaid. */
const stoodStill = (arrival: ArrivalFact, settings: Settings): boolean => arrival.needsMoney && firstOf(arrival.paidAt) > looksAt(arrival, settings)

const looksAt = ({ at, agreedAt }: ArrivalFact, { arrival }: Settings): number => [at - arrival.reminderMinutes * MINUTE, at - arrival.earlyMinutes * MINUTE, at].find((moment) => moment > agreedAt) ?? at

/** R12 an hour ahead; with a time that was agreed later than that, until T−10, or until T. */
export function isLateNotice({ from, agreedAt, toldAt }: NoticeFact, { arrival }: Settings): boolean {
  const limit = [from - arrival.noticeMinutes * MINUTE, from - arrival.earlyMinutes * MINUTE, from].find((moment) => moment > agreedAt) ?? from
  return toldAt > limit && toldAt <= from
}

/** The day in figures: all but the seconds are the same for the same seed. */
import { MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { percentile, rounded } from '../bench/statistics'
import type { Findings } from './checks/end-of-day'
import { isLateArrival, isLateCall } from './checks/violations'
import { DAY_BEGINS } from './habits'
import type { Town } from './town'

export interface Report {
  seed: number
  quick: boolean
  technicians: number
  orders: number
  /** Simulated, hours. */
  hours: number
  /** Wall time of all of it, from the start of the workplace to the last check. */
  seconds: number
  timesLife: number
  invariantsBroken: number
  /** The first of them, in words. */
  broken: string[]
  claims: { orders: number; p50Seconds: number; p90Seconds: number; p99Seconds: number; inFirstWave: number; assignedByStaff: number }
  calls: { made: number; inTime: number; late: number; never: number; inTimePercent: number }
  arrivals: { counted: number; early: number; onTime: number; late: number; inTimePercent: number }
  offers: Findings['offers'] & { sent: number; checked: number; waves: number }
  ends: Findings['ends']
  alerts: Findings['todos']
  violations: Findings['violations']
  functionCalls: number
  refusals: Record<string, number>
}

/** What the pictures are drawn from. */
export interface Series {
  /** Seconds from filing (at night, from the morning) to the first claim. */
  claims: number[]
  /** Seconds from having to phone to dialling. */
  calls: number[]
  /** Minutes before (−) or after T at the door. */
  arrivals: number[]
  /** By hour since the day began. */
  filedByHour: number[]
  claimedByHour: number[]
}

export function seriesOf({ journal, repairs, now }: Town): Series {
  const first = new Map<string, (typeof journal.claims)[number]>()
  for (const claim of journal.claims) if (!first.has(claim.orderId)) first.set(claim.orderId, claim)
  const filed = repairs.filter(({ stage }) => stage !== 'unfiled')
  const hours = Math.round((now - DAY_BEGINS) / (60 * MINUTE))
  const byHour = (moments: readonly number[]): number[] => {
    const counts = Array.from({ length: hours }, () => 0)
    for (const at of moments) counts[Math.min(hours - 1, Math.floor((at - DAY_BEGINS) / (60 * MINUTE)))]! += 1
    return counts
  }
  return {
    claims: [...first.values()].map(({ at, searchedSince }) => Math.max(0, at - searchedSince) / SECOND),
    calls: journal.calls.flatMap(({ since, dialledAt }) => (dialledAt === null ? [] : [Math.max(0, dialledAt - since) / SECOND])),
    arrivals: journal.arrivals.flatMap(({ at, arrivedAt }) => (arrivedAt === null ? [] : [(arrivedAt - at) / MINUTE])),
    filedByHour: byHour(filed.map(({ filing }) => filing.at)),
    claimedByHour: byHour(journal.claims.map(({ at }) => at)),
  }
}

export function report(town: Town, findings: Findings, series: Series, about: { quick: boolean; seconds: number }): Report {
  const { journal, settings, now, line } = town
  const lateCalls = journal.calls.filter((call) => isLateCall(call, now, settings))
  const arrived = journal.arrivals.filter(({ arrivedAt }) => arrivedAt !== null)
  const late = arrived.filter((arrival) => isLateArrival(arrival, now, settings)).length
  const early = series.arrivals.filter((minutes) => minutes <= -settings.arrival.earlyMinutes).length
  const missed = journal.arrivals.filter((arrival) => arrival.arrivedAt === null && isLateArrival(arrival, now, settings)).length
  const simulated = now - DAY_BEGINS
  const percent = (part: number, whole: number): number => (whole === 0 ? 100 : rounded((100 * part) / whole, 1))
  return {
    seed: town.chance.seed,
    quick: about.quick,
    technicians: town.workers.length,
    orders: findings.orders,
    hours: rounded(simulated / (60 * MINUTE)),
    seconds: rounded(about.seconds),
    timesLife: rounded(simulated / SECOND / about.seconds),
    invariantsBroken: findings.broken.length,
    broken: findings.broken.slice(0, 20),
    claims: {
      orders: series.claims.length,
      p50Seconds: percentile(series.claims, 0.5), p90Seconds: percentile(series.claims, 0.9), p99Seconds: percentile(series.claims, 0.99),
      inFirstWave: series.claims.filter((seconds) => seconds <= settings.dispatch.waveMinutes * 60).length,
      assignedByStaff: journal.claims.filter(({ by }) => by === 'staff').length,
    },
    calls: {
      made: series.calls.length,
      inTime: journal.calls.filter((call) => call.dialledAt !== null).length - lateCalls.filter(({ dialledAt }) => dialledAt !== null).length,
      late: lateCalls.filter(({ dialledAt }) => dialledAt !== null).length,
      never: lateCalls.filter(({ dialledAt }) => dialledAt === null).length,
      inTimePercent: percent(journal.calls.length - lateCalls.length, journal.calls.length),
    },
    arrivals: { counted: arrived.length, early, onTime: arrived.length - early - late, late: late + missed, inTimePercent: percent(arrived.length - late, arrived.length + missed) },
    offers: { ...findings.offers, sent: Object.values(findings.offers).reduce((sum, count) => sum + count, 0), checked: town.offers.count, waves: findings.waves },
    ends: findings.ends,
    alerts: findings.todos,
    violations: findings.violations,
    functionCalls: [...line.calls.values()].reduce((sum, count) => sum + count, 0),
    refusals: Object.fromEntries([...line.refusals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))),
  }
}

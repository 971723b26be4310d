/** The whole day looked through once more, from the database. */
import type { Collections } from '../../../cloudfunctions/platform/documents'
import type { OfferState } from '../../../cloudfunctions/domain/order'
import type { Line } from '../line'
import type { Town } from '../town'
import { brokenDays } from './days'
import { brokenIn, type End, endOf } from './orders'
import { brokenViolations } from './violations'

/** What the database tells of the day. */
export interface Findings {
  broken: string[]
  orders: number
  offers: Record<OfferState, number>
  ends: Record<End, number>
  /** Alerts by kind: to-dos that staff got. */
  todos: Record<string, number>
  violations: Record<string, number>
  /** Rounds of offers that were sent. */
  waves: number
}

const NO_OFFERS: Record<OfferState, number> = { open: 0, claimed: 0, declined: 0, expired: 0, lost: 0, withdrawn: 0 }
const NO_ENDS: Record<End, number> = { served: 0, in_hand: 0, searching: 0, with_staff: 0, to_be_rebooked: 0, cancelled: 0 }

export async function endOfDay(town: Town): Promise<Findings> {
  const { line, now, settings, journal } = town
  const todos = await listed(line, 'todos')
  const states = new Map(todos.map(({ _id, state }) => [_id, state]))
  const violations = await listed(line, 'violations')
  const findings: Findings = {
    broken: [...line.faults, ...journal.broken, ...town.offers.broken, ...brokenDays(await listed(line, 'technicians'), now, settings), ...brokenViolations(violations, journal, now, settings)],
    orders: 0, offers: { ...NO_OFFERS }, ends: { ...NO_ENDS }, todos: countBy(todos, ({ kind }) => kind), violations: countBy(violations, ({ kind }) => kind), waves: 0,
  }
  for await (const order of line.all('orders')) {
    findings.orders += 1
    findings.ends[endOf(order, states)] += 1
    findings.waves += new Set(order.offers.filter(({ wave }) => wave > 0).map(({ visitNo, wave, sentAt }) => `${visitNo} ${wave} ${sentAt.getTime()}`)).size
    for (const { state } of order.offers) findings.offers[state] += 1
    findings.broken.push(...brokenIn(order, now, states))
  }
  const filed = town.repairs.filter(({ stage }) => stage !== 'unfiled').length
  if (filed !== findings.orders) findings.broken.push(`R04 报修 ${filed} 次，工单 ${findings.orders} 张`)
  const sent = Object.values(findings.offers).reduce((sum, each) => sum + each, 0) - journal.claims.filter(({ by }) => by === 'staff').length
  if (sent !== town.offers.count) findings.broken.push(`R05 派出 ${sent} 张，当场核对过 ${town.offers.count} 张`)
  for (const name of ['payments', 'refunds'] as const) {
    for await (const { _id, nextWorkAt, sweepFailures } of line.all(name)) {
      if (sweepFailures > 0 || (nextWorkAt && nextWorkAt.getTime() < now - 60_000)) findings.broken.push(`R23 ${name} ${_id} 没有办完`)
    }
  }
  return findings
}

async function listed<Name extends keyof Collections>(line: Line, name: Name): Promise<Collections[Name][]> {
  const all: Collections[Name][] = []
  for await (const document of line.all(name)) all.push(document)
  return all
}

function countBy<Value>(values: readonly Value[], kind: (value: Value) => string): Record<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(kind(value), (counts.get(kind(value)) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)))
}

/** Database round trips of every action, and how its time compares with those trips alone. */
import type { ActionAnswer, HelpView } from '../../../typings/contract'
import type { Product } from '../../support/product'
import type { Bench } from '../setting/bench'
import type { CallLine } from '../setting/call-log'
import { median, rounded } from '../statistics'
import { BareTrips } from './bare-trips'
import { liveOneDay, settle } from './day'

export interface ByAction {
  /** Over the actions' own medians. */
  median: number
  /** Trips: over all calls. Ratios: over the actions' own medians, since a single call may have had to wait for the machine. */
  max: number
  /** `function.action` → median over its calls. */
  byAction: Record<string, number>
}

export interface TripReport {
  roundTrips: ByAction
  outboxTrips: ByAction
  actionOverBareTrips: ByAction
  /** ms of one bare round trip of an order, of four at once, and of a call to another service. */
  bareTripMs: { read: number; write: number; fourReads: number; fourWrites: number; call: number }
  /** Actions that no day called: none, or the figures say less than they seem to. */
  notCalled: string[]
  /** How many calls were measured. */
  calls: number
}

const SAMPLE = 60
const ACTIONS = ['homeowner', 'technician', 'staff'] as const

/** Lives some days, the first ones to warm up, and looks at what the functions logged of the others. */
export async function measureTrips({ product, calls }: Bench, warmUpDays: number, days: number): Promise<TripReport> {
  const people = await settle(product)
  for (let day = 0; day < warmUpDays; day += 1) await liveOneDay(product, people)
  const bare = await BareTrips.prepare(product)
  calls.take()
  for (let day = 0; day < days; day += 1) {
    await bare.sample(SAMPLE)
    await liveOneDay(product, people)
  }
  await bare.sample(SAMPLE)
  const lines = calls.take().filter((line) => line.code === 'OK' && ACTIONS.some((name) => name === line.function))
  const withTrips = lines.filter(({ trips, outboxTrips }) => trips + outboxTrips > 0)
  const called = new Set(lines.map(nameOf))
  return {
    roundTrips: byAction(lines, ({ trips }) => trips),
    outboxTrips: byAction(lines, ({ outboxTrips }) => outboxTrips),
    actionOverBareTrips: ofMedians(byAction(withTrips, (line) => line.ms / bare.msOf(line, !READS.test(line.action)))),
    bareTripMs: { read: rounded(bare.readMs()), write: rounded(bare.writeMs()), fourReads: rounded(bare.readMs(4)), fourWrites: rounded(bare.writeMs(4)), call: rounded(bare.callMs) },
    notCalled: (await allActions(product, people.homeowners[0].openid, people.plumbers[0].openid)).filter((name) => !called.has(name)),
    calls: lines.length,
  }
}

const nameOf = (line: CallLine): string => `${line.function}.${line.action}`

/** Actions that read only: each trip is a read. The others end in one conditional write, and their outbox writes. */
const READS = /^(open|list|get|find|show|see|explain|preview|verify|priceBook)/

function byAction(lines: readonly CallLine[], valueOf: (line: CallLine) => number): ByAction {
  const values = new Map<string, number[]>()
  for (const line of lines) values.set(nameOf(line), [...(values.get(nameOf(line)) ?? []), valueOf(line)])
  const medians = [...values].map(([name, own]): [string, number] => [name, rounded(median(own))]).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    median: rounded(median(medians.map(([, value]) => value))),
    max: rounded(Math.max(...lines.map(valueOf))),
    byAction: Object.fromEntries(medians),
  }
}

const ofMedians = (all: ByAction): ByAction => ({ ...all, max: Math.max(...Object.values(all.byAction)) })

/** What the functions themselves say that they can do. */
async function allActions({ workplace }: Product, homeowner: string, technician: string): Promise<string[]> {
  const names = async (functionName: string, openid?: string): Promise<string[]> => {
    const answer = await workplace.invoke<ActionAnswer<HelpView>>(functionName, { action: 'help' }, openid)
    if (!answer.ok) throw new Error(`${functionName} does not say what it can do: ${answer.error.message}`)
    return answer.data.actions.map(({ name }) => `${functionName}.${name}`)
  }
  return (await Promise.all([names('homeowner', homeowner), names('technician', technician), names('staff')])).flat()
}

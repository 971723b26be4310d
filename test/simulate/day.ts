/** The simulated day: a workplace of its own, the town put into it, and the clock moved step by step until the day is over. */
import { performance } from 'node:perf_hooks'
import { HOUR, SECOND } from '../../cloudfunctions/domain/shanghai'
import { templateId } from '../../local/cloud/variables'
import type { TemplateKey } from '../../typings/contract'
import { addMany } from '../bench/dispatch/many-technicians'
import { Product } from '../support/product'
import { perform, STEP } from './agenda'
import { Chance } from './chance'
import { brokenDays } from './checks/days'
import { endOfDay } from './checks/end-of-day'
import { City } from './city/districts'
import { filings } from './city/filings'
import { crew, type CrewMember } from './city/technicians'
import { report, type Report, type Series, seriesOf } from './figures'
import { DAY_BEGINS, FULL, HABITS, QUICK } from './habits'
import { Line } from './line'
import { planDuty } from './people/duty'
import { planFiling } from './people/homeowners'
import { hear } from './people/offers'
import { Office } from './people/staff'
import { Town } from './town'

/** How often the clock's function runs (cloudbaserc.json). */
const TICK = 20 * SECOND
/** After the last act, so that what fell due in it is seen to. */
const QUIET = 2 * TICK

export interface Lived {
  report: Report
  series: Series
}

/** @param tell how far it is, once an hour */
export async function liveADay(seed: number, quick: boolean, tell: (line: string) => void): Promise<Lived> {
  const size = quick ? QUICK : FULL
  const begun = performance.now()
  const since = (): number => (performance.now() - begun) / 1_000
  // More instances than cores: half of the time one waits for the database.
  const product = await Product.start({ clock: 'frozen', env: { FUNCTION_CONCURRENCY: '4' } })
  const line = new Line(product.workplace.url)
  try {
    await line.moveClockTo(DAY_BEGINS)
    const chance = new Chance(seed)
    const city = new City(chance, size.districts)
    const people = crew(chance, city, size.technicians)
    await addMany(product, 'technicians', people.length, (index) => people[index]!.document)
    const town = new Town(line, chance, DAY_BEGINS, DAY_BEGINS + size.hours * HOUR, filings(chance, city, size), people, hear)
    await allowMessages(product, line, readers(town, people))
    for (const repair of town.repairs) planFiling(town, repair)
    town.workers.forEach((worker, index) => planDuty(town, worker, people[index] ?? { ...people[0]!, works: [] }))
    new Office(town).planDay()
    await liveThrough(town, (hour) => tell(`${String(hour).padStart(3)} h  ${since().toFixed(0).padStart(4)} s  ${count(line.calls)} calls`))
    const findings = await endOfDay(town)
    const series = seriesOf(town)
    return { series, report: report(town, findings, series, { quick, seconds: since() }) }
  } catch (error) {
    console.error(product.workplace.output().slice(-4_000))
    throw error
  } finally {
    line.close()
    await product.stop()
  }
}

interface Reader {
  openid: string
  template: TemplateKey
  times: number
}

/**
 * How often WeChat may tell a technician that a job is off, of those who allow it: more than in any day. Were it to run out, which of two messages of one moment has the last would be
 * chance, and the day another one.
 */
const TECHNICIAN_ALLOWED = 200
/** What a homeowner who presses “允许” at filing is told of, once each: all that staff would else phone them for. */
const HOMEOWNER_KEYS = ['quote', 'payment', 'acceptance'] as const

/** Who has pressed “允许”, and for what, before the day begins (R41). */
const readers = ({ repairs, chance }: Town, people: readonly CrewMember[]): Reader[] => [
  ...people.flatMap(({ document: { _id, openid }, works }) =>
    openid && works.length > 0 && chance.is(HABITS.offer.allowsMessages, 'technician', _id, 'allows messages') ? [{ openid, template: 'order_closed' as const, times: TECHNICIAN_ALLOWED }] : [],
  ),
  ...repairs
    .filter(({ filing }) => chance.is(HABITS.filing.allowsMessages, 'order', filing.no, 'allows messages'))
    .flatMap(({ filing: { openid } }) => HOMEOWNER_KEYS.map((template) => ({ openid, template, times: 1 }))),
]

async function allowMessages(product: Product, line: Line, allowed: readonly Reader[]): Promise<void> {
  await addMany(product, 'credits', allowed.length, (index) => {
    const { openid, template, times } = allowed[index]!
    return { _id: `${openid}:${template}`, openid, template, left: times, used: [], granted: [], refusal: null }
  })
  for (const { openid, template, times } of allowed) await line.allow(openid, templateId(template), times)
}

const count = (calls: ReadonlyMap<string, number>): number => [...calls.values()].reduce((sum, each) => sum + each, 0)

async function liveThrough(town: Town, everyHour: (hour: number) => void): Promise<void> {
  const { line, endsAt } = town
  for (let at = DAY_BEGINS + STEP; at <= endsAt + QUIET; at += STEP) {
    const acts = at <= endsAt ? town.agenda.take(at) : []
    const isTick = at % TICK === 0
    if (acts.length === 0 && !isTick) continue
    await line.moveClockTo(at)
    town.now = at
    await perform(acts, () => town.lookForOffers())
    if (isTick) await sweep(town)
    if ((at - DAY_BEGINS) % HOUR === 0) {
      await lookAtDays(town)
      everyHour((at - DAY_BEGINS) / HOUR)
    }
  }
}

async function sweep(town: Town): Promise<void> {
  const { orders, failures, finished } = await town.line.sweep()
  if (failures > 0 || !finished) town.journal.broken.push(`R42 ${new Date(town.now).toISOString()} 定时器没有办完：${failures} 件失败`)
  if (orders > 0) await town.lookForOffers()
}

/** Whoever is double-booked meanwhile may not be so any more at the end. */
async function lookAtDays(town: Town): Promise<void> {
  town.journal.broken.push(...brokenDays(await town.line.look('technicians', {}), town.now, town.settings))
}

/** The agreed time, and what becomes of it before anybody sets out: given back, late, moved. */
import { standsStill } from '../checks/violations'
import { DAY, HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { durationOf, shanghaiHour } from '../city/filings'
import { HABITS } from '../habits'
import type { Repair, Town, Worker } from '../town'
import { afterAgreement } from './homeowners'
import { planVisit } from './visits'

/** Times are agreed by the ten minutes. */
const GRID = 10 * MINUTE
/** How many times two people try before they give up. */
const MOST_TRIES = 3

export async function agreeOnTime(town: Town, repair: Repair, worker: Worker): Promise<void> {
  for (const at of timesThatSuit(town, repair, worker)) {
    const answer = await town.line.call('technician', worker.openid, 'recordCall', { orderId: repair.orderId, outcome: 'agreed', at: new Date(at).toISOString() })
    if (answer.ok) return settled(town, repair, worker, at)
    if (answer.error.code !== 'BUSY') return
  }
  town.planJob(repair, town.in(30), 'no room', () => giveBack(town, repair, worker, '时间排不开'), 'alone')
}

function settled(town: Town, repair: Repair, worker: Worker, at: number): void {
  const { chance } = town
  town.agreed(repair, worker, at, durationOf(repair.filing))
  afterAgreement(town, repair, at)
  planVisit(town, repair)
  const about = ['plan', repair.filing.no, repair.hold] as const
  const lead = at - town.now
  if (chance.is(HABITS.plan.givesBack, ...about, 'gives back')) {
    const moment = town.now + Math.min(lead, town.endsAt - town.now) * chance.between(0.1, 0.7, ...about, 'when')
    town.planJob(repair, moment, 'give back', async () => {
      if (repair.stage === 'agreed' && repair.appointmentAt === at) await giveBack(town, repair, worker, '车坏了，赶不过去')
    }, 'alone')
  } else if (lead > 2 * HOUR && chance.is(HABITS.plan.tellsDelay, ...about, 'late')) {
    town.planJob(repair, at - chance.between(35, 100, ...about, 'tells') * MINUTE, 'tell delay', () => tellDelay(town, repair, worker, at))
  }
}

/** In the wanted window first, around what they have in their diary; the product may know better and refuse. */
function timesThatSuit(town: Town, repair: Repair, worker: Worker): number[] {
  const { place, emergency } = repair.filing.input
  const ready = town.now + town.rideMs(worker.place, place) + (emergency ? 8 : 20) * MINUTE
  const { from, to } = repair.wanted.to > ready ? repair.wanted : laterWindow(ready)
  const times: number[] = []
  for (let at = Math.ceil(Math.max(from, ready) / GRID) * GRID; at <= to; at += GRID) if (hasTime(town, worker, repair, at)) times.push(at)
  const first = times.length > 0 ? Math.floor(Math.min(times.length - 1, 4) * town.chance.of('time', repair.filing.no, repair.hold)) : 0
  return [...times.slice(first), ...times.slice(0, first)].slice(0, MOST_TRIES)
}

/** The window is over: still this evening, or tomorrow by day. */
function laterWindow(ready: number): { from: number; to: number } {
  const hour = shanghaiHour(ready)
  if (hour >= 7 && hour < 20) return { from: ready, to: ready + 4 * HOUR }
  const morning = Math.floor((ready + 8 * HOUR) / DAY) * DAY - 8 * HOUR + 8 * HOUR + (hour < 7 ? 0 : DAY)
  return { from: morning, to: morning + 10 * HOUR }
}

const hasTime = (town: Town, worker: Worker, repair: Repair, at: number): boolean =>
  worker.diary.every((other) => {
    const ride = town.rideMs(other.place, repair.filing.input.place)
    return other.orderNo === repair.filing.no || other.to + ride <= at || at + durationOf(repair.filing) + ride <= other.from
  })

/** R09; with a time agreed, it says at that moment that nobody comes then (R12). */
async function giveBack(town: Town, repair: Repair, worker: Worker, reason: string): Promise<void> {
  const { appointmentAt: from, arrival } = repair
  const answer = await town.line.call('technician', worker.openid, 'giveBack', { orderId: repair.orderId, reason })
  if (!answer.ok) return
  if (from !== null && arrival && !standsStill(arrival, town.now, town.settings)) town.journal.notices.push({ orderId: repair.orderId, technicianId: worker.id, from, agreedAt: arrival.agreedAt, toldAt: town.now })
  town.searchAgain(repair)
}

/** R12 */
async function tellDelay(town: Town, repair: Repair, worker: Worker, from: number): Promise<void> {
  if (repair.stage !== 'agreed' || repair.appointmentAt !== from || !repair.arrival) return
  const { chance } = town
  const about = ['delay', repair.filing.no, repair.hold] as const
  const agreedAt = repair.arrival.agreedAt
  const at = from + Math.round(chance.between(3, 7, ...about, 'by')) * GRID
  const answer = await town.line.call('technician', worker.openid, 'tellDelay', { orderId: repair.orderId, at: new Date(at).toISOString(), reason: '上一家还没修完' })
  if (!answer.ok) return
  town.journal.notices.push({ orderId: repair.orderId, technicianId: worker.id, from, agreedAt, toldAt: town.now })
  town.agreed(repair, worker, at, durationOf(repair.filing))
  planVisit(town, repair)
  if (!chance.is(HABITS.plan.agreesToDelay, ...about, 'agrees')) return
  town.planJob(repair, town.in(chance.between(60, 1_200, ...about, 'answers')), 'agree to delay', async () => {
    if (repair.appointmentAt === at && repair.stage !== 'arrived') await town.line.call('homeowner', repair.filing.openid, 'agreeDelay', { orderId: repair.orderId, at: new Date(at).toISOString() })
  })
}

/** To the door: setting out in time or not, traffic, checking in, nobody at home (R13, R15). */
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { placeAt } from '../../bench/dispatch/many-technicians'
import { shanghaiHour } from '../city/filings'
import { HABITS } from '../habits'
import type { Repair, Town, Worker } from '../town'
import { free } from './duty'
import { cancel, planRebooking } from './homeowners'
import { repairToTheEnd } from './works'

const KIT = ['badge', 'brochure', 'shoe_covers', 'sheets', 'cloth', 'materials']
/** When they begin to think of the next visit. */
const THINKS_AHEAD = 75 * MINUTE

/** A visit of this very day: they think of it in time, or forget it until somebody phones. */
export function planVisit(town: Town, repair: Repair): void {
  const at = repair.appointmentAt
  if (at === null || at > town.endsAt || town.chance.is(HABITS.visit.forgets, ...about(repair), 'forgets')) return
  thinkOf(town, repair, at - THINKS_AHEAD)
}

/** Thinks of it then. */
export function thinkOf(town: Town, repair: Repair, moment: number): void {
  const at = repair.appointmentAt
  if (at === null) return
  town.planJob(repair, moment, `prepare ${at}`, async (worker) => {
    if (repair.stage !== 'agreed' || repair.appointmentAt !== at) return
    const margin = town.chance.between(HABITS.visit.marginLow, HABITS.visit.marginHigh, ...about(repair), 'margin') * MINUTE
    const leave = at - 10 * MINUTE - margin - town.rideMs(worker.place, repair.filing.input.place)
    town.planJob(repair, Math.max(leave, town.in(20)), `leave ${at}`, () => leaveFor(town, repair, worker, at))
  })
}

async function leaveFor(town: Town, repair: Repair, worker: Worker, at: number): Promise<void> {
  if (repair.stage !== 'agreed' || repair.appointmentAt !== at) return
  // Still at somebody's: as soon as that is done.
  if (worker.busy) return town.planJob(repair, town.in(120), `leave later ${at}`, () => leaveFor(town, repair, worker, at))
  const { line } = town
  const { orderId, visitNo } = repair
  await line.call('technician', worker.openid, 'completeStep', { orderId, visitNo, stepId: 'kit', ticks: KIT })
  const answer = await line.call('technician', worker.openid, 'setOut', { orderId })
  // Not paid: nobody sets out (R19), and the clock stands still.
  if (!answer.ok) return
  repair.stage = 'on_the_way'
  worker.busy = true
  const hour = shanghaiHour(town.now)
  const rush = (hour >= 7.5 && hour < 9.5) || (hour >= 17 && hour < 19) ? HABITS.visit.rushHour : 1
  const ride = town.rideMs(worker.place, repair.filing.input.place) * rush * town.chance.aboutMedian(0.95, HABITS.visit.traffic, ...about(repair), 'traffic') + 2 * MINUTE
  town.planJob(repair, town.now + ride, 'arrive', () => arrive(town, repair, worker))
}

async function arrive(town: Town, repair: Repair, worker: Worker): Promise<void> {
  const { chance, line } = town
  const { place } = repair.filing.input
  const far = chance.is(HABITS.visit.checksInFar, ...about(repair), 'far')
  const position = far ? placeAt(place, 900, 1) : { longitude: place.longitude, latitude: place.latitude }
  const answer = await line.call('technician', worker.openid, 'arrive', { orderId: repair.orderId, position, ...(far ? { reason: '小区大门不让进，绕路' } : {}) })
  if (!answer.ok) return free(town, worker)
  repair.stage = 'arrived'
  worker.place = { longitude: place.longitude, latitude: place.latitude }
  if (repair.arrival) repair.arrival.arrivedAt = town.now
  if (chance.is(HABITS.visit.nobodyAtHome, ...about(repair), 'nobody')) return town.planJob(repair, town.in(90), 'call at door', () => callAtDoor(town, repair, worker))
  if (repair.filing.toTheEnd && repair.visitNo === 1) return repairToTheEnd(town, repair, worker)
  // Looked at, explained, and not wanted after all: visits are free (R16).
  const { atDoorLow, atDoorHigh } = HABITS.visit
  town.planJob(repair, town.in(chance.between(atDoorLow, atDoorHigh, ...about(repair), 'decides')), 'decide at door', async () => {
    await cancel(town, repair, '师傅看过了，先不修')
    await free(town, worker)
  })
}

/** R15 phones from the door, waits half an hour, leaves the note. */
async function callAtDoor(town: Town, repair: Repair, worker: Worker): Promise<void> {
  const { line } = town
  const { orderId } = repair
  await line.call('technician', worker.openid, 'dial', { orderId })
  const called = await line.call('technician', worker.openid, 'recordDoorCall', { orderId, answered: false })
  const noteFrom = called.ok ? called.data.noShow?.noteFrom : undefined
  if (noteFrom === undefined) return free(town, worker)
  town.planJob(repair, Date.parse(noteFrom) + 30_000, 'leave note', async () => {
    const answer = await line.call('technician', worker.openid, 'leaveNote', { orderId })
    if (answer.ok) {
      town.released(repair)
      repair.stage = 'rebooking'
      planRebooking(town, repair)
    }
    await free(town, worker)
  })
}

const about = (repair: Repair) => ['visit', repair.filing.no, repair.hold, Math.floor((repair.appointmentAt ?? 0) / HOUR)] as const

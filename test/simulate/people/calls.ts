/** The call to the homeowner: most phone at once, some when reminded, a few too late or never (R10). */
import { MINUTE, SECOND } from '../../../cloudfunctions/domain/shanghai'
import { HABITS } from '../habits'
import type { Repair, Town, Worker } from '../town'
import { agreeOnTime } from './appointments'
import { cancel } from './homeowners'

/** Whoever has it now is to phone: when they do is drawn. */
export function startCall(town: Town, repair: Repair): void {
  const { chance } = town
  const { call } = HABITS
  const since = repair.call?.since ?? town.now
  const about = ['call', repair.filing.no, repair.hold, since] as const
  const draw = chance.of(...about)
  const at = (seconds: number): number => since + seconds * SECOND
  const phoneAt = (seconds: number): void => town.planJob(repair, at(seconds), 'phone', (worker) => phone(town, repair, worker, 1))
  if (draw < call.quick) phoneAt(chance.between(call.quickLow, call.quickHigh, ...about, 'when'))
  else if (draw < call.quick + call.slow) phoneAt(chance.between(call.quickHigh, call.slowHigh, ...about, 'when'))
  else if (draw < call.quick + call.slow + call.reminded) {
    town.planJob(repair, at(240 + chance.between(22, 48, ...about, 'when')), 'reminded', (worker) => whenReminded(town, repair, worker))
  } else if (draw < call.quick + call.slow + call.reminded + call.late) phoneAt(chance.between(305, call.lateHigh, ...about, 'when'))
}

/** Phones only because the reminder is there. */
async function whenReminded(town: Town, repair: Repair, worker: Worker): Promise<void> {
  const answer = await town.line.call('technician', worker.openid, 'listMessages', {})
  const since = repair.call?.since ?? town.now
  const reminded = answer.ok && answer.data.messages.some(({ at, page }) => page.includes(repair.orderId) && Date.parse(at) >= since + 4 * MINUTE)
  if (reminded) return phone(town, repair, worker, 1)
  town.journal.broken.push(`R10 ${repair.number} 过了 4 分钟没有提醒 ${worker.staffNumber}`)
}

/** @param tries the first, second or third call of this round */
export async function phone(town: Town, repair: Repair, worker: Worker, tries: number): Promise<void> {
  // About to be taken back: they leave it.
  if (tries === 1 && repair.call && town.now > repair.call.since + 14 * MINUTE) return
  const answer = await town.line.call('technician', worker.openid, 'dial', { orderId: repair.orderId })
  if (!answer.ok) return
  const first = repair.call?.dialledAt ?? town.now
  if (repair.call) repair.call.dialledAt = first
  const about = ['talk', repair.filing.no, repair.hold, first, tries] as const
  const { talkLow, talkHigh } = HABITS.call
  // Whoever phoned late does not leave the outcome for later too.
  const latest = repair.call && tries === 1 ? (repair.call.since + 14.5 * MINUTE - town.now) / SECOND : talkHigh
  const talks = Math.min(town.chance.between(talkLow, talkHigh, ...about), Math.max(latest, 10))
  town.planJob(repair, town.in(talks), `outcome ${tries}`, () => outcome(town, repair, worker, tries, first))
}

async function outcome(town: Town, repair: Repair, worker: Worker, tries: number, first: number): Promise<void> {
  const { chance, line } = town
  const { call } = HABITS
  const about = ['outcome', repair.filing.no, repair.hold, first, tries] as const
  const draw = chance.of(...about)
  if (tries === 1) {
    if (draw < call.cancelsOnThePhone) return cancel(town, repair, '电话里说不修了')
    if (draw < call.cancelsOnThePhone + call.wrongNumber && repair.visitNo === 1) {
      await line.call('technician', worker.openid, 'recordCall', { orderId: repair.orderId, outcome: 'wrong_number' })
      return
    }
  }
  const unanswered = tries === 1 ? draw < call.cancelsOnThePhone + call.wrongNumber + call.noAnswer : draw >= call.answersRetry
  if (!unanswered) return agreeOnTime(town, repair, worker)
  const answer = await line.call('technician', worker.openid, 'recordCall', { orderId: repair.orderId, outcome: 'no_answer' })
  if (!answer.ok || tries === 3 || chance.is(call.forgetsRetry, ...about, 'forgets')) return
  const minutes = town.settings.call.retryMinutes[tries - 1] ?? 10
  const again = Math.max(first + minutes * MINUTE, town.now) + chance.between(5, 150, ...about, 'again') * SECOND
  town.planJob(repair, again, `phone ${tries + 1}`, () => phone(town, repair, worker, tries + 1))
}

/** On duty and off: shifts as they are lived, the app opened now and then, positions told (R05, R52). */
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { placeAt } from '../../bench/dispatch/many-technicians'
import type { CrewMember } from '../city/technicians'
import { HABITS } from '../habits'
import { type Town, type Worker, workerKey } from '../town'

export function planDuty(town: Town, worker: Worker, { works }: CrewMember): void {
  for (const { from, to } of works) {
    const [begins, ends] = [town.now + from * HOUR, town.now + to * HOUR]
    if (begins >= town.endsAt) continue
    town.plan(begins, `on duty ${worker.no} ${from}`, [workerKey(worker)], async () => {
      worker.place = placeAt(worker.place, town.chance.between(0, 900, 'begins', worker.no, 'metres'), town.chance.between(0, 6.28, 'begins', worker.no, 'bearing'))
      const answer = await town.line.call('technician', worker.openid, 'goOnDuty', { position: worker.place })
      if (!answer.ok) return
      worker.onDuty = true
      planLook(town, worker, ends)
      planEnd(town, worker, ends)
    })
  }
}

/** Opens the app while waiting; seldom enough that positions grow old in between. */
function planLook(town: Town, worker: Worker, ends: number): void {
  const { opensLow, opensHigh } = HABITS.duty
  const at = town.now + town.chance.between(opensLow, opensHigh, 'opens', worker.no, town.now) * MINUTE
  if (at >= ends) return
  town.plan(at, `opens ${worker.no}`, [workerKey(worker)], async () => {
    if (!worker.onDuty) return
    if (!worker.busy) {
      worker.place = placeAt(worker.place, town.chance.between(0, 1_200, 'moves', worker.no, town.now), town.chance.between(0, 6.28, 'bearing', worker.no, town.now))
      await town.line.call('technician', worker.openid, 'reportPosition', { position: worker.place })
    }
    planLook(town, worker, ends)
  })
}

/** Nobody stops with a visit of today still to be made. */
function planEnd(town: Town, worker: Worker, ends: number): void {
  town.plan(ends, `off duty ${worker.no} ${ends}`, [workerKey(worker)], async () => {
    const isNeeded = worker.busy || worker.diary.some(({ from }) => from > town.now - HOUR && from < town.now + 3 * HOUR)
    if (isNeeded) return planEnd(town, worker, town.now + 20 * MINUTE)
    const answer = await town.line.call('technician', worker.openid, 'goOffDuty', {})
    if (answer.ok) worker.onDuty = false
  })
}

/** Done there: free for the next, and known to be where they are. */
export async function free(town: Town, worker: Worker): Promise<void> {
  worker.busy = false
  if (worker.onDuty) await town.line.call('technician', worker.openid, 'reportPosition', { position: worker.place })
}

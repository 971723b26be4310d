/** What technicians do with an offer: look or not, decline, let it lie, claim. */
import { HABITS } from '../habits'
import { orderKey, type Repair, type Town, type Worker, workerKey } from '../town'
import { startCall } from './calls'

const REASONS = ['手上的活还没干完', '太远了', '今天收工早', '这类活不熟'] as const

/** Their phone rings. */
export function hear(town: Town, repair: Repair, worker: Worker, { wave, metres }: { wave: number; metres: number }): void {
  const { chance } = town
  const { offer } = HABITS
  const about = ['offer', repair.filing.no, repair.visitNo, worker.no, wave] as const
  const { emergency } = repair.filing.input
  if (chance.is(emergency ? offer.overlooked / 2 : offer.overlooked, ...about, 'overlooked')) return
  const quick = emergency || chance.is(offer.quick, ...about, 'quick')
  const looks = quick ? Math.max(4, chance.aboutMedian(offer.quickMedian, 0.6, ...about, 'looks')) : chance.between(offer.slowLow, offer.slowHigh, ...about, 'looks')
  const decides = looks + chance.between(4, 28, ...about, 'decides')
  const keys = [orderKey(repair), workerKey(worker)]
  const name = `${repair.filing.no} ${repair.visitNo} ${wave} ${worker.no}`
  const { orderId } = repair
  if (chance.is(offer.reads, ...about, 'reads')) {
    town.plan(town.in(looks), `see ${name}`, keys, async () => void (await town.line.call('technician', worker.openid, 'seeOffer', { orderId })), 'search')
  }
  const declines = offer.declines + (offer.declinesPerKm * metres) / 1_000
  if (chance.is(declines, ...about, 'declines')) {
    const reason = chance.pick(REASONS.map((text) => [1, text] as const), ...about, 'reason')
    town.plan(town.in(decides), `decline ${name}`, keys, async () => void (await town.line.call('technician', worker.openid, 'declineOffer', { orderId, reason })), 'search')
    return
  }
  if (chance.is(offer.letsLie, ...about, 'lets lie')) return
  town.plan(town.in(decides), `claim ${name}`, keys, () => claim(town, repair, worker))
}

async function claim(town: Town, repair: Repair, worker: Worker): Promise<void> {
  if (repair.stage === 'over' || repair.holder === worker) return
  const answer = await town.line.call('technician', worker.openid, 'claimOffer', { orderId: repair.orderId })
  if (!answer.ok) return
  town.taken(repair, worker, 'claim')
  startCall(town, repair)
}

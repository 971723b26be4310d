/** A repair to its end: the door code, every step of the standard with its evidence, acceptance, card, old parts, checking out (R14, R28, R30). */
import { MINUTE, SECOND } from '../../../cloudfunctions/domain/shanghai'
import { smallRepair } from '../../../cloudfunctions/domain/standards/small-repair'
import type { Repair, Town, Worker } from '../town'
import { free } from './duty'
import { planAnswer } from './homeowners'

/** One after the other, each so many seconds after the one before. */
type Deed = readonly [seconds: number, name: string, run: (context: Context) => Promise<{ ok: boolean }>]

interface Context {
  town: Town
  repair: Repair
  worker: Worker
  orderId: string
  visitNo: number
}

const done = { ok: true }

const openDoor = async ({ town, repair, worker, orderId }: Context): Promise<{ ok: boolean }> => {
  const seen = await town.line.call('homeowner', repair.filing.openid, 'getOrder', { orderId })
  return seen.ok ? town.line.call('technician', worker.openid, 'enterDoorCode', { orderId, code: seen.data.doorCode ?? '' }) : seen
}

const step = (id: string) => async ({ town, worker, orderId, visitNo }: Context): Promise<{ ok: boolean }> => {
  const { ticks, photos } = smallRepair.steps.find((one) => one.id === id) ?? { ticks: [], photos: null }
  const pictures = photos ? await town.line.upload('technician', worker.openid, 'step', orderId, photos.min) : []
  return town.line.call('technician', worker.openid, 'completeStep', { orderId, visitNo, stepId: id, ticks: ticks.map((tick) => tick.id), photos: pictures })
}

const sign = async ({ town, repair, worker, orderId }: Context): Promise<{ ok: boolean }> => {
  const [own] = await town.line.upload('technician', worker.openid, 'signature', orderId, 1)
  const signed = await town.line.call('technician', worker.openid, 'signCard', { orderId, signature: own ?? '' })
  if (!signed.ok) return signed
  const [theirs] = await town.line.upload('homeowner', repair.filing.openid, 'signature', orderId, 1)
  return town.line.call('homeowner', repair.filing.openid, 'signWarrantyCard', { orderId, signature: theirs ?? '' })
}

const DEEDS: readonly Deed[] = [
  [60, 'door code', openDoor],
  [30, 'door', step('door')],
  [5 * 60, 'protect', step('protect')],
  [16 * 60, 'repair', step('repair')],
  [60, 'start test', ({ town, worker, orderId, visitNo }) => town.line.call('technician', worker.openid, 'startStep', { orderId, visitNo, stepId: 'test' })],
  [140, 'test', step('test')],
  [90, 'explain', step('explain')],
  [4 * 60, 'clean', step('clean')],
  [20, 'completion', async (context) => {
    const { town, repair, worker, orderId, visitNo } = context
    const answer = await town.line.call('technician', worker.openid, 'reportCompletion', { orderId, visitNo, findings: '', advice: '' })
    if (answer.ok) planAnswer(town, repair)
    return answer
  }],
  [120, 'accept', ({ town, repair, orderId, visitNo }) => town.line.call('homeowner', repair.filing.openid, 'acceptWork', { orderId, visitNo })],
  [60, 'sign', sign],
  [30, 'parts', ({ town, worker, orderId, visitNo }) => town.line.call('technician', worker.openid, 'handOverParts', { orderId, visitNo, handedOver: true, note: '旧件一个' })],
  [30, 'check out', ({ town, worker, orderId, visitNo }) => town.line.call('technician', worker.openid, 'checkOut', { orderId, visitNo, toolsCounted: true, nothingLeftBehind: true })],
  [10, 'free', async ({ town, repair, worker }) => {
    town.over(repair)
    await free(town, worker)
    return done
  }],
]

export function repairToTheEnd(town: Town, repair: Repair, worker: Worker): void {
  next(town, repair, worker, 0)
}

function next(town: Town, repair: Repair, worker: Worker, index: number): void {
  const deed = DEEDS[index]
  if (!deed) return
  const [seconds, name, run] = deed
  const pace = name === 'test' ? 1 : town.chance.between(0.7, 1.5, 'work', repair.filing.no, name)
  town.planJob(repair, town.now + Math.max(seconds * pace * SECOND, 5 * SECOND), name, async () => {
    const answer = await run({ town, repair, worker, orderId: repair.orderId, visitNo: repair.visitNo })
    if (answer.ok) return next(town, repair, worker, index + 1)
    // Whatever stopped them, they do not stand there for ever.
    town.planJob(repair, town.now + 5 * MINUTE, `leave after ${name}`, () => free(town, worker))
  })
}

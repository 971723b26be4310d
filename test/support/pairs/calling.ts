/** The call that a claim owes, in one moment with its own deadlines (R09, R10, R42). Whether something was in time goes by the moment that the order recorded, whoever wrote first. */
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Place } from '../../../cloudfunctions/domain/geography'
import type { Product } from '../product'
import type { Repair } from '../repair'
import { code, count, file, only } from './claiming'
import type { Answer, Pair, Ring } from './run'

const claimed = async (product: Product, home: Place): Promise<Repair[]> => {
  const repairs = await file(4)(product, home)
  await repairs[0]!.claim()
  return repairs
}
const dialled = async (product: Product, home: Place): Promise<Repair[]> => {
  const repairs = await claimed(product, home)
  await repairs[0]!.technician.do('dial', { orderId: repairs[0]!.orderId })
  return repairs
}

const dial = (repair: Repair) => repair.technician.call('dial', { orderId: repair.orderId }) as Promise<Answer>
const giveBack = (repair: Repair) => repair.technician.call('giveBack', { orderId: repair.orderId, reason: '车坏了' }) as Promise<Answer>
const noAnswer = (repair: Repair) => repair.technician.call('recordCall', { orderId: repair.orderId, outcome: 'no_answer' }) as Promise<Answer>
const agree = async (repair: Repair) =>
  repair.technician.call('recordCall', { orderId: repair.orderId, outcome: 'agreed', at: new Date((await repair.product.now()).getTime() + 4 * HOUR).toISOString() }) as Promise<Answer>

/** In time, and nothing was raised; or late, and it was raised once, dated 5:00, by whoever came first. */
export const LATENESS = ['in time', 'late, and the same write says so', 'late, and the timer had said so'] as const

/** The version of the order that wrote a line of the timeline. */
const versionOf = (id: string): string => id.split('.')[0] ?? ''

/** @param kind what was to be done by `due` */
export const lateness = async ({ due, repairs: [repair] }: Ring, kind: string): Promise<(typeof LATENESS)[number]> => {
  const [order, violations] = await Promise.all([repair!.order(), repair!.product.violations(repair!.orderId)])
  const done = order.timeline.find((entry) => entry.kind === kind)!
  const breach = order.timeline.filter((entry) => entry.kind === 'call_late')
  const late = done.at > due!
  expect(violations.map(({ kind: broken, at, technicianId }) => [broken, at, technicianId])).toEqual(late ? [['late_call', due, repair!.technician.id]] : [])
  expect(breach.map(({ at }) => at)).toEqual(late ? [due] : [])
  expect((await repair!.product.todos(repair!.orderId, false)).filter((todo) => todo === 'late_call')).toHaveLength(late ? 1 : 0)
  if (!late) return 'in time'
  return versionOf(breach[0]!.id) === versionOf(done.id) ? 'late, and the same write says so' : 'late, and the timer had said so'
}

/** Either done by 15:00, or taken back once, dated 15:00, and the technician reads that it is not theirs any more. */
const orTakenBack = (done: string) => async (ring: Ring, answers: readonly Answer[]): Promise<string> => {
  const repair = only(ring)
  const order = await repair.order()
  const took = order.timeline.filter((entry) => entry.kind === 'taken_back').map(({ at }) => at)
  expect([took.length, await count(repair, done)]).toEqual(answers[0]!.ok ? [0, 1] : [1, 0])
  if (answers[0]!.ok) {
    expect(order.timeline.find((entry) => entry.kind === done)!.at <= ring.due!).toBe(true)
    return 'in time'
  }
  expect([code(answers[0]), took]).toEqual(['NOT_FOUND', [ring.due]])
  expect(order).toMatchObject({ status: 'dispatching', visits: [{ technicianId: null }] })
  expect(order.offeredTo).not.toContain(repair.technician.id)
  expect(order.offeredTo).toHaveLength(2)
  return 'taken back'
}

export const CALLING: readonly Pair[] = [
  {
    title: 'R10 dial × five minutes',
    ends: LATENESS,
    begin: claimed,
    dueAfterMs: 5 * MINUTE,
    hands: (ring) => [() => dial(only(ring))],
    judge: async (ring, [answer]) => {
      expect([code(answer), (await only(ring).visit()).call?.dials.length]).toEqual(['OK', 1])
      return lateness(ring, 'dialled')
    },
  },
  {
    title: 'R10 call and its outcome × five minutes',
    ends: LATENESS,
    begin: claimed,
    dueAfterMs: 5 * MINUTE,
    hands: (ring) => [async () => ((await dial(only(ring))), agree(only(ring)))],
    judge: async (ring, [answer]) => {
      expect([code(answer), (await only(ring).order()).status]).toEqual(['OK', 'scheduled'])
      expect(await only(ring).product.todos(only(ring).orderId)).toEqual([])
      return lateness(ring, 'dialled')
    },
  },
  {
    title: 'R09 R10 give-back × five minutes',
    ends: LATENESS,
    begin: claimed,
    dueAfterMs: 5 * MINUTE,
    hands: (ring) => [() => giveBack(only(ring))],
    judge: async (ring, [answer]) => {
      const order = await only(ring).order()
      expect([code(answer), order.status]).toEqual(['OK', 'dispatching'])
      expect(order.offeredTo).not.toContain(only(ring).technician.id)
      return lateness(ring, 'given_back')
    },
  },
  { title: 'R09 R10 give-back × taken back', ends: ['in time', 'taken back'], begin: dialled, dueAfterMs: 15 * MINUTE, hands: (ring) => [() => giveBack(only(ring))], judge: orTakenBack('given_back') },
  { title: 'R10 a time agreed × taken back', ends: ['in time', 'taken back'], begin: dialled, dueAfterMs: 15 * MINUTE, hands: (ring) => [() => agree(only(ring))], judge: orTakenBack('appointed') },
  { title: 'R10 no answer × taken back', ends: ['in time', 'taken back'], begin: dialled, dueAfterMs: 15 * MINUTE, hands: (ring) => [() => noAnswer(only(ring))], judge: orTakenBack('no_answer') },
]

/** An agreed visit that changes, in one moment with its own deadlines or with another change (R12, R13, R45, R47). Whether something was in time goes by the moment that the order recorded. */
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Place } from '../../../cloudfunctions/domain/geography'
import type { Product } from '../product'
import { Repair } from '../repair'
import { code, count, only } from './claiming'
import { LATENESS, lateness } from './calling'
import type { Answer, Pair, Ring } from './run'

/** A repair that is priced at the door: nobody waits for money. */
export const unpriced = async (product: Product, home: Place, near = 1): Promise<Repair> => Repair.file(product, { near, homeowner: product.homeowner(home), items: [{ code: 'leak-find', quantity: 1 }] })

/** Claimed by the nearest, with a visit agreed for so much later. */
export const agreed =
  (aheadMs: number, near = 1) =>
  async (product: Product, home: Place): Promise<Repair[]> => {
    const repair = await unpriced(product, home, near)
    await repair.claim()
    await repair.agree(new Date((await product.now()).getTime() + aheadMs))
    return [repair]
  }

const T = 3 * HOUR

/** So much after the time that was agreed. */
const afterAgreed = async (repair: Repair, ms: number): Promise<string> => {
  const { timeline } = await repair.order()
  const { at } = timeline.find(({ kind }) => kind === 'appointed')!
  return new Date(at.getTime() + T + ms).toISOString()
}
const move = (ring: Ring, ms: number) => async () => only(ring).homeowner.call('moveAppointment', { orderId: only(ring).orderId, at: await afterAgreed(only(ring), ms) }) as Promise<Answer>
const delay = (ring: Ring, ms: number) => async () => only(ring).technician.call('tellDelay', { orderId: only(ring).orderId, at: await afterAgreed(only(ring), ms), reason: '上一家没修完' }) as Promise<Answer>

/** Whom WeChat could not reach is no affair of the order's. */
const raised = async (repair: Repair, open = true): Promise<string[]> => (await repair.product.todos(repair.orderId, open)).filter((kind) => kind !== 'unreachable')

const visitAt = async (repair: Repair): Promise<string | undefined> => (await repair.visit()).appointmentAt?.toISOString()

/** Whoever might help has a job of their own an hour later, next door. */
const withBusyHelper = async (product: Product, home: Place): Promise<Repair[]> => {
  const [repair] = await agreed(T, 2)(product, home)
  const helper = repair!.technicians[1]!
  const from = new Date((await product.now()).getTime() + T + HOUR)
  const neighbour = product.homeowner(home)
  const filed = await neighbour.file({ items: [{ code: 'leak-find', quantity: 1 }], wanted: { from: from.toISOString(), to: new Date(from.getTime() + 20 * MINUTE).toISOString() } })
  const other = Repair.of(product, neighbour, [helper], filed)
  await other.claim()
  await other.agree(from)
  return [repair!, other]
}

/** The version of the order that wrote a line of the timeline. */
const versionOf = (id: string): string => id.split('.')[0] ?? ''

export const CHANGING: readonly Pair[] = [
  {
    title: 'R12 R13 moved × the alert at T−10',
    ends: ['before', 'after, and withdrawn'],
    begin: agreed(T),
    dueAfterMs: T - 10 * MINUTE,
    hands: (ring) => [move(ring, HOUR)],
    judge: async (ring, [answer]) => {
      const repair = only(ring)
      const moved = (await repair.order()).timeline.find(({ kind }) => kind === 'appointment_moved')!
      const isLate = moved.at > ring.due!
      expect([code(answer), await visitAt(repair), await raised(repair)]).toEqual(['OK', await afterAgreed(repair, HOUR), []])
      expect(await raised(repair, false)).toEqual(isLate ? ['late_arrival'] : [])
      expect(await repair.product.violations(repair.orderId)).toEqual([])
      return isLate ? 'after, and withdrawn' : 'before'
    },
  },
  {
    title: 'R12 a delay × moved by the homeowner',
    ends: ['told, then moved', 'moved beyond what was to be told'],
    begin: agreed(T),
    hands: (ring) => [delay(ring, HOUR), move(ring, 2 * HOUR)],
    judge: async (ring, answers) => {
      const repair = only(ring)
      const visit = await repair.visit()
      expect([code(answers[1]), visit.appointmentAt?.toISOString()]).toEqual(['OK', await afterAgreed(repair, 2 * HOUR)])
      expect((await repair.order()).deadlines.filter(({ id }) => id === 'delay.unanswered')).toEqual([])
      if (answers[0]!.ok) {
        expect([visit.delay?.to.toISOString(), visit.delay?.answeredAt !== null]).toEqual([await afterAgreed(repair, HOUR), true])
        return 'told, then moved'
      }
      expect([code(answers[0]), visit.delay]).toEqual(['INVALID_INPUT', null])
      return 'moved beyond what was to be told'
    },
  },
  {
    title: 'R12 a delay × T',
    ends: ['told late, by T', 'after T, and the same write says so', 'after T, and the timer had said so'],
    begin: agreed(T),
    dueAfterMs: T,
    hands: (ring) => [delay(ring, HOUR)],
    judge: async (ring, [answer]) => {
      const repair = only(ring)
      const { timeline } = await repair.order()
      const told = timeline.find(({ kind }) => kind === 'delay_told')!
      const breach = timeline.filter(({ kind }) => kind === 'arrival_late')
      const isLate = told.at > ring.due!
      expect([code(answer), await visitAt(repair), await raised(repair)]).toEqual(['OK', await afterAgreed(repair, HOUR), []])
      // One of both: who has not come by T has that on record, and not that they said so too late.
      expect((await repair.product.violations(repair.orderId)).map(({ kind, at }) => [kind, at])).toEqual([isLate ? ['late_arrival', ring.due] : ['late_notice', told.at]])
      if (!isLate) return 'told late, by T'
      return versionOf(breach[0]!.id) === versionOf(told.id) ? 'after T, and the same write says so' : 'after T, and the timer had said so'
    },
  },
  {
    title: 'R05 R12 R47 a helper × moved by the homeowner to when the helper has another job',
    ends: ['added, and let go', 'moved, the helper is to be added again', 'moved, and the helper has no room', 'added, the homeowner is to press again'],
    mayCollide: true,
    begin: withBusyHelper,
    hands: (ring) => [
      async () => only(ring).technician.call('addHelper', { orderId: only(ring).orderId, staffNumber: (await only(ring).technicians[1]!.document()).staffNumber }) as Promise<Answer>,
      move(ring, HOUR),
    ],
    judge: async (ring, [added, moved]) => {
      const repair = only(ring)
      const stays = added!.ok && !moved!.ok
      expect((await repair.visit()).helpers).toEqual(stays ? [repair.technicians[1]!.id] : [])
      expect(await visitAt(repair)).toBe(await afterAgreed(repair, moved!.ok ? HOUR : 0))
      expect(await raised(repair)).toEqual(added!.ok && moved!.ok ? ['helper_out'] : [])
      if (moved!.ok) return added!.ok ? 'added, and let go' : code(added) === 'BUSY' ? 'moved, and the helper has no room' : 'moved, the helper is to be added again'
      // Never both of them in vain.
      expect([code(added), code(moved)]).toEqual(['OK', 'CONFLICT'])
      return 'added, the homeowner is to press again'
    },
  },
  {
    title: 'R10 R45 waiting for parts × five minutes',
    ends: LATENESS,
    begin: async (product, home) => {
      const repair = await unpriced(product, home, 1)
      await repair.claim()
      return [repair]
    },
    dueAfterMs: 5 * MINUTE,
    hands: (ring) => [
      async () =>
        (await only(ring).product.staff('waitForParts', { order: only(ring).number, parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: new Date(ring.due!.getTime() + 4 * HOUR).toISOString() }, { operator: 'lu-min' })) as Answer,
    ],
    judge: async (ring, [answer]) => {
      const repair = only(ring)
      const order = await repair.order()
      expect([code(answer), order.status, order.deadlines.map(({ id }) => id)]).toEqual(['OK', 'waiting_parts', ['parts.expected']])
      expect(await raised(repair)).toEqual([])
      expect(await count(repair, 'taken_back')).toBe(0)
      return lateness(ring, 'parts_waited')
    },
  },
]

/** Who gets an order, in one moment with whatever else may happen to it (R05, R06, R07, R23). */
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Place } from '../../../cloudfunctions/domain/geography'
import { north } from '../product'
import type { Product } from '../product'
import { Repair } from '../repair'
import type { Answer, Pair, Ring } from './run'

export const file = (near: number) => async (product: Product, home: Place): Promise<Repair[]> => [await Repair.file(product, { near, homeowner: product.homeowner(home) })]
export const only = ({ repairs }: Ring): Repair => repairs[0]!

export const code = (answer: Answer | undefined): string => (answer?.ok ? 'OK' : (answer?.error.code ?? ''))
const codes = (answers: readonly Answer[]): string => answers.map(code).join(' ')
export const count = async (repair: Repair, kind: string): Promise<number> => (await repair.told()).filter((told) => told === kind).length

const claimBy = (repair: Repair, index: number) => () => repair.technicians[index]!.call('claimOffer', { orderId: repair.orderId }) as Promise<Answer>
const assignTo = (repair: Repair, index: number) => async () =>
  (await repair.product.staff('assignOrder', { order: repair.number, staffNumber: (await repair.technicians[index]!.document()).staffNumber, reason: '就近' }, { operator: 'lu-min' })) as Answer

const inHours = async ({ product }: Repair | { product: Product }, hours: number): Promise<Date> => new Date((await product.now()).getTime() + hours * HOUR)

/** Two orders of neighbours, and one technician near. The times wanted are so narrow that one visit leaves no room for another then. */
const neighbours =
  (...hours: [number, number]) =>
  async (product: Product, home: Place): Promise<Repair[]> => {
    const technician = await product.technician(north(home, 1))
    return Promise.all(
      hours.map(async (ahead) => {
        const homeowner = product.homeowner(home)
        const from = await inHours({ product }, ahead)
        const wanted = { from: from.toISOString(), to: new Date(from.getTime() + 20 * MINUTE).toISOString() }
        return Repair.of(product, homeowner, [technician], await homeowner.file({ wanted }))
      }),
    )
  }

/** One of two orders got the technician, the other is still offered. */
const oneOfTwo = async ({ repairs }: Ring, answers: readonly Answer[]): Promise<number> => {
  expect(answers.map(code).sort()).toEqual(['BUSY', 'OK'])
  const winner = answers.findIndex((answer) => answer.ok)
  expect(await repairs[winner]!.order()).toMatchObject({ status: 'claimed', visits: [{ technicianId: repairs[winner]!.technician.id }] })
  expect(await repairs[1 - winner]!.order()).toMatchObject({ status: 'dispatching', offeredTo: [repairs[0]!.technician.id] })
  return winner
}

export const CLAIMING: readonly Pair[] = [
  {
    title: 'R06 claim × claim',
    ends: ['the nearest', 'the other'],
    begin: file(2),
    hands: (ring) => [claimBy(only(ring), 0), claimBy(only(ring), 1)],
    judge: async (ring, answers) => {
      expect(answers.map(code).sort()).toEqual(['OK', 'TAKEN'])
      const winner = answers.findIndex((answer) => answer.ok)
      expect((await only(ring).visit()).technicianId).toBe(only(ring).technicians[winner]!.id)
      return winner === 0 ? 'the nearest' : 'the other'
    },
  },
  {
    title: 'R07 claim × the end of its wave',
    ends: ['claimed before it ended', 'claimed after it ended, before the next went', 'the next wave went first'],
    begin: file(4),
    dueAfterMs: 3 * MINUTE,
    hands: (ring) => [claimBy(only(ring), 0)],
    judge: async (ring, [answer]) => {
      const order = await only(ring).order()
      const [a, , c, d] = only(ring).technicians.map(({ id }) => id)
      if (code(answer) === 'OK') {
        expect(order).toMatchObject({ status: 'claimed', visits: [{ technicianId: a }] })
        expect(await count(only(ring), 'wave_sent')).toBe(1)
        return order.visits[0]!.claimedAt! < ring.due! ? 'claimed before it ended' : 'claimed after it ended, before the next went'
      }
      expect(code(answer)).toBe('OFFER_OVER')
      expect([...order.offeredTo].sort()).toEqual([c, d].sort())
      expect(order.offers.filter((offer) => offer.state === 'expired')).toHaveLength(2)
      return 'the next wave went first'
    },
  },
  {
    title: 'R06 R23 claim × cancel',
    ends: ['claimed, then cancelled', 'cancelled first'],
    begin: file(2),
    hands: (ring) => [claimBy(only(ring), 0), () => only(ring).homeowner.call('cancelOrder', { orderId: only(ring).orderId, reason: '不修了' }) as Promise<Answer>],
    judge: async (ring, answers) => {
      expect(codes(answers)).toMatch(/^(OK|OFFER_OVER|WRONG_STATE) OK$/)
      expect((await only(ring).order()).status).toBe('cancelled')
      expect(await count(only(ring), 'claimed')).toBe(answers[0]!.ok ? 1 : 0)
      return answers[0]!.ok ? 'claimed, then cancelled' : 'cancelled first'
    },
  },
  {
    title: 'R06 R07 claim × assigned to somebody else',
    ends: ['claimed, then assigned', 'assigned first'],
    begin: file(3),
    hands: (ring) => [claimBy(only(ring), 0), assignTo(only(ring), 2)],
    judge: async (ring, answers) => {
      expect(codes(answers)).toMatch(/^(OK|OFFER_OVER) OK$/)
      expect((await only(ring).visit()).technicianId).toBe(only(ring).technicians[2]!.id)
      expect([await count(only(ring), 'claimed'), await count(only(ring), 'assigned')]).toEqual([answers[0]!.ok ? 1 : 0, 1])
      return answers[0]!.ok ? 'claimed, then assigned' : 'assigned first'
    },
  },
  {
    title: 'R06 R07 claim × assigned to the same one',
    ends: ['claimed', 'assigned'],
    begin: file(1),
    hands: (ring) => [claimBy(only(ring), 0), assignTo(only(ring), 0)],
    judge: async (ring, answers) => {
      expect(codes(answers)).toBe('OK OK')
      const claimed = await count(only(ring), 'claimed')
      expect([await count(only(ring), 'assigned'), (await only(ring).visit()).technicianId]).toEqual([1 - claimed, only(ring).technician.id])
      return claimed ? 'claimed' : 'assigned'
    },
  },
  {
    title: 'R05 two orders × one technician, who claims both',
    ends: ['the first', 'the second'],
    begin: neighbours(5, 5),
    hands: ({ repairs }) => repairs.map((repair) => claimBy(repair, 0)),
    judge: async (ring, answers) => ((await oneOfTwo(ring, answers)) === 0 ? 'the first' : 'the second'),
  },
  {
    title: 'R05 R07 two orders × one technician, who claims one and is assigned the other',
    ends: ['claimed', 'assigned'],
    begin: neighbours(5, 5),
    hands: ({ repairs }) => [claimBy(repairs[0]!, 0), assignTo(repairs[1]!, 0)],
    judge: async (ring, answers) => ((await oneOfTwo(ring, answers)) === 0 ? 'claimed' : 'assigned'),
  },
  {
    title: 'R05 R10 two orders × one technician, who agrees a time for one and claims the other for that time',
    ends: ['agreed', 'claimed'],
    begin: async (product, home) => {
      const repairs = await neighbours(2, 5)(product, home)
      const [first] = repairs
      // Nobody answered: the technician may claim another meanwhile.
      await first!.claim()
      await first!.technician.do('dial', { orderId: first!.orderId })
      await first!.technician.do('recordCall', { orderId: first!.orderId, outcome: 'no_answer' })
      return repairs
    },
    hands: ({ repairs: [first, second] }) => [
      async () => first!.technician.call('recordCall', { orderId: first!.orderId, outcome: 'agreed', at: (await inHours(first!, 5)).toISOString() }) as Promise<Answer>,
      claimBy(second!, 0),
    ],
    judge: async ({ repairs: [first, second] }, answers) => {
      expect(answers.map(code).sort()).toEqual(['BUSY', 'OK'])
      const agreed = answers[0]!.ok
      expect([(await first!.order()).status, (await second!.order()).status]).toEqual(agreed ? ['scheduled', 'dispatching'] : ['claimed', 'claimed'])
      return agreed ? 'agreed' : 'claimed'
    },
  },
]

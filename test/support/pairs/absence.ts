/** Before a closed door, and afterwards (R15). */
import { HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Place } from '../../../cloudfunctions/domain/geography'
import type { Product } from '../product'
import type { Repair } from '../repair'
import { agreed } from './changing'
import { code, only } from './claiming'
import type { Answer, Pair } from './run'

const T = 20 * MINUTE
/** From the beginning to when the note may be left: half an hour after T, since the call from the door came before. */
const NOTE = T + 30 * MINUTE

/** At the door before T, and nobody answers. */
const atTheDoor = async (product: Product, home: Place): Promise<Repair[]> => {
  const [repair] = await agreed(T, 3)(product, home)
  await repair!.setOut()
  await repair!.arrive()
  await repair!.technician.do('dial', { orderId: repair!.orderId })
  await repair!.technician.do('recordDoorCall', { orderId: repair!.orderId, answered: false })
  return [repair!]
}

const inHours = async ({ product }: Repair, hours: number): Promise<string> => new Date((await product.now()).getTime() + hours * HOUR).toISOString()

export const ABSENCE: readonly Pair[] = [
  {
    title: 'R15 the note × “I am at home”',
    ends: ['too early to leave', 'the note was left', 'they wait on'],
    begin: atTheDoor,
    dueAfterMs: NOTE,
    hands: (ring) => [
      () => only(ring).technician.call('leaveNote', { orderId: only(ring).orderId }) as Promise<Answer>,
      () => only(ring).homeowner.call('sayAtHome', { orderId: only(ring).orderId }) as Promise<Answer>,
    ],
    judge: async (ring, [left, said]) => {
      const { status, visits } = await only(ring).order()
      if (left!.ok) {
        // Who said so before has been heard, and then no note is left.
        expect([status, code(said), visits.map(({ state }) => state)]).toEqual(['dispatching', 'WRONG_STATE', ['absent', 'rebooking']])
        expect(visits[0]!.absent!.at >= ring.due!).toBe(true)
        return 'the note was left'
      }
      expect([status, code(said), visits.length, visits[0]!.noShow]).toEqual(['arrived', 'OK', 1, null])
      expect(code(left)).toMatch(/^(TOO_EARLY|WRONG_STATE)$/)
      return code(left) === 'TOO_EARLY' ? 'too early to leave' : 'they wait on'
    },
  },
  {
    title: 'R07 R15 booked again × assigned to somebody else',
    ends: ['booked, then assigned', 'assigned first'],
    begin: atTheDoor,
    between: { ms: NOTE, does: (repair) => repair.technician.do('leaveNote', { orderId: repair.orderId }) },
    hands: (ring) => [
      async () => only(ring).homeowner.call('rebook', { orderId: only(ring).orderId, wanted: { from: await inHours(only(ring), 1), to: await inHours(only(ring), 3) }, same: true }) as Promise<Answer>,
      async () =>
        (await only(ring).product.staff('assignOrder', { order: only(ring).number, staffNumber: (await only(ring).technicians[2]!.document()).staffNumber, reason: '业主来电' }, { operator: 'lu-min' })) as Answer,
    ],
    judge: async (ring, [booked, assigned]) => {
      const order = await only(ring).order()
      expect([code(assigned), order.status, order.visits[1]!.technicianId, order.offeredTo]).toEqual(['OK', 'claimed', only(ring).technicians[2]!.id, []])
      expect(order.deadlines.filter(({ id }) => id === 'absence.rebook' || id === 'dispatch.next_wave')).toEqual([])
      if (booked!.ok) {
        expect(order.offers.filter(({ alone }) => alone).map(({ technicianId, state }) => [technicianId, state])).toEqual([[only(ring).technician.id, 'withdrawn']])
        return 'booked, then assigned'
      }
      expect([code(booked), order.offers.filter(({ alone }) => alone)]).toEqual(['WRONG_STATE', []])
      return 'assigned first'
    },
  },
]

/** What a technician says of their working life, in one moment with what is booked (R05, R10, R52). */
import { HOUR } from '../../../cloudfunctions/domain/shanghai'
import type { Repair } from '../repair'
import { unpriced } from './changing'
import { code, file, only } from './claiming'
import type { Answer, Pair } from './run'

const inHours = async ({ product }: Repair, hours: number): Promise<string> => new Date((await product.now()).getTime() + hours * HOUR).toISOString()

export const WORKING: readonly Pair[] = [
  {
    title: 'R10 R52 leave × a time agreed in it',
    ends: ['agreed', 'on leave'],
    begin: async (product, home) => {
      const repair = await unpriced(product, home)
      await repair.claim()
      await repair.technician.do('dial', { orderId: repair.orderId })
      return [repair]
    },
    hands: (ring) => [
      async () => only(ring).technician.call('takeLeave', { from: await inHours(only(ring), 1), to: await inHours(only(ring), 4), reason: '家里有事' }) as Promise<Answer>,
      async () => only(ring).technician.call('recordCall', { orderId: only(ring).orderId, outcome: 'agreed', at: await inHours(only(ring), 2) }) as Promise<Answer>,
    ],
    judge: async (ring, [left, agreed]) => {
      const [{ leave }, { status }] = await Promise.all([only(ring).technician.document(), only(ring).order()])
      expect([code(left), code(agreed), leave.length, status]).toEqual(left!.ok ? ['OK', 'BUSY', 1, 'claimed'] : ['INVALID_INPUT', 'OK', 0, 'scheduled'])
      return left!.ok ? 'on leave' : 'agreed'
    },
  },
  {
    title: 'R05 R52 other shifts × a claim',
    ends: ['claimed', 'off then'],
    // Wanted in five hours: more than whoever is on duty works on beyond their shifts.
    begin: file(1),
    hands: (ring) => [
      () => only(ring).technician.call('setShifts', { shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '04:00' })) }) as Promise<Answer>,
      () => only(ring).technician.call('claimOffer', { orderId: only(ring).orderId }) as Promise<Answer>,
    ],
    judge: async (ring, [set, claimed]) => {
      const [{ shifts }, { status }] = await Promise.all([only(ring).technician.document(), only(ring).order()])
      expect([code(set), shifts.length, status]).toEqual(['OK', 7, claimed!.ok ? 'claimed' : 'dispatching'])
      if (!claimed!.ok) expect(code(claimed)).toBe('BUSY')
      return claimed!.ok ? 'claimed' : 'off then'
    },
  },
]

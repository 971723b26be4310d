/**
 * Random handfuls of acts on one order in the same moment (R05, R06, R07, R08, R09, R23, R42), through the built functions in threads of their own: whatever comes first, the end is one that the rules allow.
 * SEED=new lives others.
 */
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import type { ActionAnswer } from '../../typings/contract'
import { demandAgreement } from '../support/agreement'
import { randomFrom, SEED } from '../support/random'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

const ROUNDS = 500

jest.setTimeout(420_000)
const product = withProduct({ env: { FUNCTION_CONCURRENCY: '2' } })

const random = randomFrom(SEED)

type Act = () => Promise<ActionAnswer<unknown> | Record<string, unknown>>

/** What anybody might press while the order is offered. */
const whileOffered = ({ technicians: [a, b, c], homeowner, orderId, number }: Repair): Act[] => [
  () => a!.call('claimOffer', { orderId }),
  () => b!.call('claimOffer', { orderId }),
  () => a!.call('declineOffer', { orderId, reason: '太远' }),
  () => b!.call('claimOffer', { orderId }, 'claim-once-by-b-1'),
  () => homeowner.call('cancelOrder', { orderId, reason: '不修了' }),
  async () => product.staff('assignOrder', { order: number, staffNumber: (await c!.document()).staffNumber, reason: '就近' }, { operator: 'lu-min' }),
  () => product.sweep(),
  () => product.sweep(),
]

/** And once it is claimed. */
const whileClaimed = ({ technicians: [a, b, c], homeowner, orderId, number }: Repair, agreedAt: string): Act[] => [
  ...[a, b].flatMap((technician): Act[] => [
    () => technician!.call('dial', { orderId }),
    () => technician!.call('recordCall', { orderId, outcome: 'agreed', at: agreedAt }),
    () => technician!.call('recordCall', { orderId, outcome: 'no_answer' }),
    () => technician!.call('giveBack', { orderId, reason: '车坏了' }),
  ]),
  () => homeowner.call('cancelOrder', { orderId, reason: '不修了' }),
  async () => product.staff('assignOrder', { order: number, staffNumber: (await c!.document()).staffNumber, reason: '换一位' }, { operator: 'lu-min' }),
  () => homeowner.call('confirmQuote', { orderId, quoteVersion: 1 }),
  () => product.sweep(),
]

const some = <Item>(items: readonly Item[], count: number): Item[] => Array.from({ length: count }, () => items[random(items.length)]!)

test(`R05 R06 R07 R08 R09 R42 ${ROUNDS} orders, each pulled at by several hands at once (SEED=${SEED})`, async () => {
  const ends: Record<string, number> = {}
  const homes = Array.from({ length: 20 }, () => product.area())
  let acts = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const repair = await Repair.file(product, { near: 3, homeowner: product.homeowner(homes[round % homes.length]) })
    const agreedAt = new Date((await product.now()).getTime() + 4 * HOUR).toISOString()
    // The wave may be at its end in this very moment.
    if (random(3) === 0) await product.sleepTo(new Date((await product.now()).getTime() + 3 * MINUTE + (random(3) - 1) * 1_000))
    // Half of the time whoever has it has dialled already, so that what came of the call is written down amid the rest.
    const dialled = random(2) === 0 ? repair.technicians.slice(0, 2).map((technician): Act => () => technician.call('dial', { orderId: repair.orderId })) : []
    for (const hands of [some(whileOffered(repair), 2 + random(5)), dialled, some(whileClaimed(repair, agreedAt), 2 + random(6))]) {
      const answers = await Promise.all(hands.map((act) => act()))
      acts += answers.length
      for (const answer of answers as ActionAnswer<unknown>[]) if ('ok' in answer && !answer.ok) expect(answer.error.code).not.toMatch(/INTERNAL|UNAVAILABLE/)
      expect(answers.filter((answer) => answer.ok === undefined && !('orders' in answer))).toEqual([])
    }
    // Leases end, what is left of any outbox is done.
    await product.advance(25_000)
    await product.sweep()
    await demandAgreement(product, [repair])
    const { status } = await repair.order()
    ends[status] = (ends[status] ?? 0) + 1
    if (status !== 'cancelled') await product.staff('cancelOrder', { order: repair.number, reason: '试完了' })
    // Makes room for a later round in the same place.
    await Promise.all(repair.technicians.map(({ id }) => product.db.collection('technicians').doc(id).remove()))
  }
  // All of these ends were reached, or the hands did not pull at what they seem to.
  expect(Object.keys(ends)).toEqual(expect.arrayContaining(['cancelled', 'claimed', 'scheduled']))
  expect(acts).toBeGreaterThan(ROUNDS * 5)
})

/** Who is near and free (R05), through the functions. */
import { MINUTE } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import type { TechnicianPhone } from '../support/product'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const MINUTES = (count: number) => count * MINUTE
const ids = (...people: TechnicianPhone[]) => people.map((person) => person.id).sort()
const offeredTo = async (orderId: string) => [...(await product.order(orderId)).offeredTo].sort()

test('R05 a position older than 30 min counts no more: the base does, even when the timer slept', async () => {
  const home = product.area()
  const near = await product.technician(north(home, 1), { base: north(home, 2) })
  const away = await product.technician(north(home, 1.5), { base: north(home, 60) })
  await product.advance(MINUTES(31))
  const { orderId } = await product.homeowner(home).file()
  expect(await offeredTo(orderId)).toEqual(ids(near))
  expect((await product.order(orderId)).offers[0]?.distanceMetres).toBe(2_000)
  await away.do('reportPosition', { position: north(home, 1) })
  const again = await product.homeowner(home).file()
  expect(await offeredTo(again.orderId)).toContain(away.id)
})

test('R05 a busy afternoon: no time to travel between neighbouring appointments means no offer and no claim', async () => {
  const home = product.area()
  const technician = await product.technician(north(home, 1))
  const wanted = async (fromHours: number, toHours: number) => {
    const now = (await product.now()).getTime()
    return { from: new Date(now + fromHours * 60 * MINUTE).toISOString(), to: new Date(now + toHours * 60 * MINUTE).toISOString() }
  }
  const first = await product.homeowner(home).file({ wanted: await wanted(5, 6) })
  const second = await product.homeowner(home).file({ wanted: await wanted(5, 6) })
  await technician.do('claimOffer', { orderId: first.orderId })
  await technician.do('dial', { orderId: first.orderId })
  const at = new Date((await product.now()).getTime() + 5 * 60 * MINUTE)
  await technician.do('recordCall', { orderId: first.orderId, outcome: 'agreed', at: at.toISOString() })
  // 80 minutes of work and the way: nothing of 5:00–6:00 is left.
  expect(await technician.refused('claimOffer', { orderId: second.orderId })).toMatchObject({ code: 'BUSY' })
  const third = await product.homeowner(home).file({ wanted: await wanted(5, 6) })
  expect(await offeredTo(third.orderId)).toEqual([])
  const later = await product.homeowner(home).file({ wanted: await wanted(5, 8) })
  expect(await offeredTo(later.orderId)).toEqual([technician.id])
})

test('R05 off duty nobody is followed: where they were is forgotten, their base counts', async () => {
  const home = product.area()
  const technician = await product.technician(north(home, 3))
  await technician.do('reportPosition', { position: home })
  await technician.do('goOffDuty', {})
  const { whereabouts, position } = await technician.document()
  expect(position).toBeNull()
  expect(JSON.stringify(whereabouts)).toBe(JSON.stringify((await technician.document()).base))
})

test('R05 in a crowd on one spot the best rated are found, however many stand nearer; who stands a bucket farther is not', async () => {
  const home = product.area()
  const MANY = 230
  // All within one bucket of 100 m, 40 cm apart; the farthest two of them are the best.
  const crowd = await Promise.all(Array.from({ length: MANY }, (_none, index) => product.technician(north(home, 1 + index * 0.0004), { stars: index >= MANY - 2 ? 5 : 4 })))
  await Promise.all(Array.from({ length: 60 }, () => product.technician(north(home, 1.15), { stars: 5 })))
  const { orderId } = await product.homeowner(home).file()
  expect(await offeredTo(orderId)).toEqual(ids(...crowd.slice(-2)))
})

test('R05 the largest radius reaches to its edge: the database takes the earth for larger than it is', async () => {
  const home = product.area()
  const near = await product.technician(north(home, 19.99), { radiusMetres: 20_000 })
  await product.technician(north(home, 20.01), { radiusMetres: 20_000 })
  const { orderId } = await product.homeowner(home).file()
  expect(await offeredTo(orderId)).toEqual(ids(near))
})

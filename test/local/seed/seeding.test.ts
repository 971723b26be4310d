import { createHash } from 'node:crypto'
import cloudbase from '@cloudbase/node-sdk'
import { toTechnician } from '../../../cloudfunctions/platform/technician-document'
import type { TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'
import { people } from '../../../local/seed/people'
import { priceBook } from '../../../local/seed/price-book'
import { seed } from '../../../local/seed'
import { operators } from '../../../local/seed/staff'
import { technicians } from '../../../local/seed/technicians'
import { startWorkplace, tcbEnv } from '../../support/workplace'
import type { Workplace } from '../../support/workplace'

/** Collections that a city lives in. */
const COLLECTIONS = ['orders', 'technicians', 'operators', 'price_books', 'settings']

// Each test has a workplace of its own, beside all other tests.
jest.setTimeout(90_000)

let workplace: Workplace

const begin = (seeding: 'demo' | 'none') => startWorkplace({ seed: seeding, clock: 'frozen' })
const seedAgain = () => seed({ admin: `${workplace.url}/admin`, envId: 'local' })
/** As a program outside reaches the database. */
const openDatabase = () => {
  Object.assign(process.env, tcbEnv(workplace.url))
  return cloudbase.init({ env: 'local' }).database()
}
const counts = async () =>
  Object.fromEntries(await Promise.all(COLLECTIONS.map(async (name) => [name, (await workplace.db(name)).length] as const)))
const WHOLE = { orders: 0, technicians: technicians(new Date()).length, operators: operators.length, price_books: 1, settings: 1 }

describe('a city that has just been founded', () => {
  beforeAll(async () => {
    workplace = await begin('demo')
  })
  afterAll(() => workplace.stop())

  test('the first start fills the city, with everyone where the register says and their positions fresh', async () => {
    expect(await counts()).toEqual(WHOLE)
    const now = new Date(await workplace.clock.now())
    const stored = await workplace.db<TechnicianDocument>('technicians', { _id: 't0317' })
    const zhou = stored[0]!
    const expected = technicians(now).find(({ _id }) => _id === 't0317')!
    expect(zhou).toMatchObject({
      name: '周国平',
      staffNumber: '0317',
      base: { type: 'Point', coordinates: [expected.base.longitude, expected.base.latitude] },
    })
    expect(zhou.whereabouts).toEqual(zhou.position)
    expect(toTechnician(zhou).position).toEqual(expected.position)
    expect(Math.abs(now.getTime() - Date.parse((zhou.positionAt as unknown as { $date: string }).$date))).toBeLessThan(60_000)
    const [book] = await workplace.db<{ published: boolean; version: number; categories: unknown }>('price_books')
    expect(book).toMatchObject({ published: true, version: 1, categories: JSON.parse(JSON.stringify(priceBook().categories)) })
  })

  test('R43 of each operator only the hash of the token is stored', async () => {
    for (const { _id, token } of operators) {
      const found = await workplace.db('operators', { _id })
      expect(found).toEqual([expect.objectContaining({ tokenHash: createHash('sha256').update(token).digest('hex'), active: true })])
      expect(JSON.stringify(found)).not.toContain(token)
    }
  })

  test('R41 every moment that sends a message has a template id', async () => {
    const [settings] = await workplace.db<{ templateIds: Record<string, string> }>('settings', { _id: 'current' })
    const { list } = (await workplace.get('/__templates')) as { list: { id: string; name: string }[] }
    expect(Object.keys(settings!.templateIds)).toHaveLength(13)
    expect(settings!.templateIds).toEqual(Object.fromEntries(list.map(({ name, id }) => [name, id])))
  })

  test('phones and maps can ask for the people and places', async () => {
    expect(await workplace.get('/__people')).toEqual(people)
    expect(await workplace.get('/__places')).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: '梧桐里', address: '临江市江湾区梧桐里' })]),
    )
  })
})

describe('founding it', () => {
  afterEach(() => workplace.stop())

  test('a second seeding changes nothing: what staff set and where people went stays', async () => {
    workplace = await begin('demo')
    const before = await Promise.all(COLLECTIONS.map((name) => workplace.db(name)))
    await workplace.clock.advance(60_000)
    await seedAgain()
    expect(await Promise.all(COLLECTIONS.map((name) => workplace.db(name)))).toEqual(before)
  })

  test('a start that was cut off half-way is carried on by the next', async () => {
    workplace = await begin('none')
    const db = openDatabase()
    // What a power cut may leave: some of the documents, no mark.
    await db
      .collection('operators')
      .doc('lu-min')
      .set({ name: '陆敏', roles: ['dispatcher'], tokenHash: 'half', active: true })
    await seedAgain()
    expect(await counts()).toEqual(WHOLE)
    expect(await workplace.db('operators', { tokenHash: 'half' })).toEqual([])
  })

  test('a database with orders in it is somebody’s own: it is left alone, and an empty city tells of nobody', async () => {
    workplace = await begin('none')
    const db = openDatabase()
    await db.collection('orders').doc('o1').set({ number: 'SF1122-0001' })
    expect([await workplace.get('/__people'), await workplace.get('/__places')]).toEqual([[], []])
    await seedAgain()
    expect(await counts()).toEqual({ orders: 1, technicians: 0, operators: 0, price_books: 0, settings: 0 })
  })
})

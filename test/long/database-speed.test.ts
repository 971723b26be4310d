import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database, type CollectionDeclaration } from '../../local/cloud/database'
import { index } from '../support/database-fixture'

/**
 * A city of 100,000 technicians and 10,000 due orders. The bounds are ten times what a quiet two-core machine needs, and far below what
 * looking at every document costs: they fail when an index is no longer used, not when the machine is busy.
 */
const TECHNICIANS = 100_000
const ORDERS = 10_000
const collections: CollectionDeclaration[] = [
  { name: 'technicians', indexes: [index('location', '2dsphere'), index('openid', 1, true)] },
  { name: 'orders', indexes: [index('nextWorkAt'), { name: 'status_created', keys: [{ field: 'status', direction: 1 }, { field: 'created', direction: -1 }] }] }, // prettier-ignore
]
const path = mkdtempSync(join(tmpdir(), 'database-speed-'))
let database: Database

const date = (ms: number): object => ({ $date: { $numberLong: String(ms) } })
let seed = 11
const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
const place = (): object => ({ type: 'Point', coordinates: [121 + random() / 2, 31 + random() / 2] })

async function fill(collectionName: string, count: number, make: (n: number) => object): Promise<void> {
  for (let from = 0; from < count; from += 1000) {
    const data = Array.from({ length: 1000 }, (_, i) => JSON.stringify(make(from + i)))
    await database.handle('database.insertDocument', { collectionName, data })
  }
}

/** Median ms of fifty runs. */
async function median(run: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  await run(0)
  for (let n = 1; n <= 50; n++) {
    const began = performance.now()
    await run(n)
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[25]!
}

const find = async (collectionName: string, query: object, more: object = {}): Promise<string[]> => {
  const answer = await database.handle('database.getDocument', {
    collectionName,
    queryType: 'WHERE',
    query: JSON.stringify(query),
    limit: 100,
    ...more,
  })
  return (answer.data as { list: string[] }).list
}

beforeAll(async () => {
  database = Database.open({ path, collections, now: Date.now, strictIndexes: true })
  await fill('technicians', TECHNICIANS, (n) => ({
    _id: `t${n}`,
    openid: `o${n}`,
    name: `师傅${n}`,
    onDuty: n % 3 > 0,
    skills: ['水', '电', '木'].slice(0, 1 + (n % 3)),
    location: place(),
    note: 'x'.repeat(200),
  }))
  await fill('orders', ORDERS, (n) => ({
    _id: `r${n}`,
    status: 'dispatching',
    created: date(n),
    nextWorkAt: date(1_700_000_000_000 + n),
    version: 1,
    body: 'y'.repeat(1000),
  }))
}, 300_000)
afterAll(async () => {
  await database.close()
  rmSync(path, { recursive: true })
})

test('opens within seconds', async () => {
  await database.close()
  const began = performance.now()
  database = Database.open({ path, collections, now: Date.now, strictIndexes: true })
  expect(performance.now() - began).toBeLessThan(30_000)
  expect((await find('technicians', { openid: 'o99999' }))[0]).toContain('"t99999"')
}, 60_000)

test.each<[string, number, (n: number) => Promise<unknown>]>([
  ['a document by its _id', 3, (n) => find('technicians', { _id: `t${n * 37}` })],
  ['a document by a unique key', 3, (n) => find('technicians', { openid: `o${n * 37}` })],
  ['the first hundred due', 20, () => find('orders', { nextWorkAt: { $lte: date(1_800_000_000_000) } }, { order: '{"nextWorkAt":1}' })],
  ['the newest of a status', 20, () => find('orders', { status: 'dispatching' }, { order: '{"created":-1}', limit: 20 })],
  [
    'the nearest fifty with a skill',
    40,
    () =>
      find(
        'technicians',
        { onDuty: true, skills: '木', location: { $nearSphere: { $geometry: place(), $maxDistance: 10_000 } } },
        { limit: 50 },
      ),
  ],
  [
    'a guarded write',
    5,
    (n) =>
      database.handle('database.modifyDocument', {
        collectionName: 'orders',
        queryType: 'WHERE',
        query: `{"_id":"r${n}","version":1}`,
        data: '{"$inc":{"version":1},"$set":{"status":"claimed"}}',
        multi: true,
        merge: true,
      }),
  ],
])('%s: median below %d ms', async (_name, most, run) => {
  expect(await median(run)).toBeLessThan(most)
})

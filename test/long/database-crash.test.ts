import { CrashLoad, crashRepeatedly } from '../support/crash-load'
import { DatabaseProcess } from '../support/start-database'

/** The long form of test/local/database/durability.test.ts: a hundred lives, killed after none to a hundred and more writes. */
test(
  'killed a hundred times under load, the database is always whole',
  async () => {
    const start = (path?: string): Promise<DatabaseProcess> => DatabaseProcess.start({ collections: CrashLoad.collections, path })
    const { load, damage } = await crashRepeatedly(start, 100, (life) => (life * 37) % 150)
    expect(damage).toEqual([])
    expect(load.acknowledged.single).toBeGreaterThan(500)
    expect(load.acknowledged.transferred).toBeGreaterThan(100)
  },
  15 * 60_000,
)

test('a transaction is gone after 30 seconds of real time, and whoever waited for its lock goes on', async () => {
  const server = await DatabaseProcess.start({ collections: [{ name: 'things', indexes: [] }] })
  const db = server.connect()
  await db.collection('things').add({ _id: 'x', n: 1 })
  const t = await db.startTransaction()
  await t.collection('things').doc('x').update({ n: 2 })
  const began = Date.now()
  await expect(db.collection('things').doc('x').update({ n: 3 })).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  expect(Date.now() - began).toBeGreaterThan(4900)
  let updated = 0
  while (updated === 0 && Date.now() - began < 60_000) {
    const outcome = await db.collection('things').doc('x').update({ n: 4 }).catch(() => undefined) // prettier-ignore
    updated = (outcome as { updated?: number } | undefined)?.updated ?? 0
  }
  expect(updated).toBe(1)
  expect(Date.now() - began).toBeGreaterThan(25_000)
  await expect(t.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
  await server.stop()
}, 90_000)

import { readdirSync } from 'node:fs'
import { CrashLoad, crashRepeatedly } from '../../support/crash-load'
import { DatabaseProcess } from '../../support/start-database'
import { index, type Row } from '../../support/database-fixture'

const start = (path?: string): Promise<DatabaseProcess> => DatabaseProcess.start({ collections: CrashLoad.collections, path })

test('killed at any moment: what was acknowledged is there, what was not is absent or whole', async () => {
  const { load, damage } = await crashRepeatedly(start, 4, (life) => 20 + life * 9)
  expect(damage).toEqual([])
  // Each kind of write must have been under way, or nothing has been proven.
  for (const count of [load.acknowledged.single, load.acknowledged.stamp, load.acknowledged.batches.size, load.acknowledged.transferred]) {
    expect(count).toBeGreaterThan(5)
  }
}, 120_000)

test('a transaction that was open at the crash has left nothing', async () => {
  const first = await start()
  const db = first.connect()
  await db.collection('left').add({ _id: 'a', n: 1 })
  const t = await db.startTransaction()
  await t.collection('left').doc('a').update({ n: 2 })
  await t.collection('right').add({ _id: 'b' })
  await first.kill()
  const second = await start(first.path)
  expect((await second.connect().collection('left').get()).data).toEqual([{ _id: 'a', n: 1 }])
  expect((await second.connect().collection('right').get()).data).toEqual([])
  await second.stop()
})

test('removed and added again in one transaction, a document is there once, also after a restart', async () => {
  const first = await start()
  const db = first.connect()
  await db.collection('left').add([
    { _id: 'a', n: 1 },
    { _id: 'b', n: 1 },
  ])
  const t = await db.startTransaction()
  await t.collection('left').doc('a').remove()
  await t.collection('left').add({ _id: 'a', n: 2 })
  await t.commit()
  const expected = [
    { _id: 'b', n: 1 },
    { _id: 'a', n: 2 },
  ]
  expect((await db.collection('left').get()).data).toEqual(expected)
  expect((await db.collection('left').doc('a').get()).data).toEqual([{ _id: 'a', n: 2 }])
  await first.kill()
  const second = await start(first.path)
  expect((await second.connect().collection('left').get()).data).toEqual(expected)
  await second.stop()
})

test('values, order of insertion, collections and indexes survive a restart; what is declared anew is made', async () => {
  const doc = { _id: 'v', i: 5, l: 2 ** 40, f: 0.1, d: new Date(7), s: '师傅\u0000"\\', list: [1, null, { x: [] }], nan: NaN }
  const first = await DatabaseProcess.start({ collections: [{ name: 'things', indexes: [index('code', 1, true)] }] })
  const db = first.connect()
  await db.createCollection('runtime')
  await db.collection('things').add([
    { _id: 'z', code: 1 },
    { ...doc, code: 2 },
    { _id: 'a', code: 3 },
  ])
  await db.collection('things').doc('z').remove()
  await db.collection('things').doc('v').update({ changed: true })
  await db.collection('things').add({ _id: 'b', code: 4 })
  await first.kill()
  const second = await DatabaseProcess.start({
    path: first.path,
    collections: [
      { name: 'things', indexes: [index('code', 1, true), index('f')] },
      { name: 'later', indexes: [] },
    ],
  })
  const again = second.connect()
  expect((await again.collection('things').get()).data).toEqual([
    { ...doc, code: 2, changed: true },
    { _id: 'a', code: 3 },
    { _id: 'b', code: 4 },
  ])
  await expect(again.collection('things').add({ code: 3 })).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE_WRITE' })
  expect((await again.collection('runtime').get()).data).toEqual([])
  expect((await again.collection('later').get()).data).toEqual([])
  await again.collection('things').add({ _id: 'c', code: 5 })
  expect(((await again.collection('things').get()).data as Row[]).map((d) => d._id)).toEqual(['v', 'a', 'b', 'c'])
  expect(readdirSync(second.path)).toContain('data.mdb')
  await second.stop()
})

import type * as WxServerSdk from 'wx-server-sdk'
import { index, type Row } from '../../support/database-fixture'
import { DatabaseProcess } from '../../support/start-database'

type Sdk = typeof WxServerSdk
type Db = ReturnType<Sdk['database']>

let server: DatabaseProcess
let db: Db
let _: Db['command']
beforeAll(async () => {
  server = await DatabaseProcess.start({
    collections: [
      { name: 'todos', indexes: [index('place', '2dsphere'), index('code', 1, false)] },
      { name: 'counters', indexes: [] },
      { name: 'unique', indexes: [index('code', 1, true)] },
    ],
  })
  // Read only now: the SDK looks at the environment, which says where the database is.
  const cloud = (await import('wx-server-sdk')) as Sdk & { default?: Sdk }
  const sdk = cloud.default ?? cloud
  sdk.init({ env: 'local' })
  db = sdk.database()
  _ = db.command
})
afterAll(() => server.stop())

type Transaction = Awaited<ReturnType<Db['startTransaction']>>
/** The document of a get(): the SDK's own types leave that open. */
const docOf = async (getting: unknown): Promise<unknown> => ((await getting) as { data: unknown }).data
const rows = (result: unknown): Row[] => (result as { data: Row[] }).data

describe('wx-server-sdk, with its own copy of the database SDK', () => {
  test('collections: made, made twice, unknown', async () => {
    await db.createCollection('fresh')
    await expect(db.createCollection('fresh')).rejects.toMatchObject({ errMsg: expect.stringContaining('already exist') })
    await expect(db.collection('nowhere').add({ data: { a: 1 } })).rejects.toMatchObject({ errCode: -502005 })
    await expect(db.collection('nowhere').get()).rejects.toMatchObject({ errCode: -502005 })
  })

  test('add one and many, get, set, update, remove', async () => {
    const todos = db.collection('todos')
    const { _id } = (await todos.add({ data: { text: '学习', due: new Date(5), done: false, n: 1, tags: ['a'] } })) as { _id: string }
    expect(_id).toMatch(/^[0-9a-f]{32}$/)
    expect(await docOf(todos.doc(_id).get())).toEqual({ _id, text: '学习', due: new Date(5), done: false, n: 1, tags: ['a'] })
    expect(await todos.add({ data: [{ _id: 'm1' }, { _id: 'm2' }] as never })).toMatchObject({ _ids: ['m1', 'm2'] })
    expect(await todos.doc(_id).update({ data: { n: _.inc(1), tags: _.push(['b']), style: { color: 'red' } } })).toMatchObject({
      stats: { updated: 1 },
    })
    expect(await todos.doc('made').set({ data: { n: 5 } })).toMatchObject({ _id: 'made', stats: { updated: 0, created: 1 } })
    expect(await todos.doc('made').set({ data: { n: 6 } })).toMatchObject({ stats: { updated: 1, created: 0 } })
    expect(await todos.doc('made').remove({} as never)).toMatchObject({ stats: { removed: 1 } })
    await expect(todos.doc('made').get()).rejects.toMatchObject({ errMsg: expect.stringContaining('does not exist') })
    expect(await todos.where({ n: 2, style: { color: 'red' } }).count()).toMatchObject({ total: 1 })
    await expect(todos.add({ data: { _id: 'm1' } })).rejects.toMatchObject({ errCode: -501001, errMsg: expect.stringContaining('E11000') })
    expect(await todos.where({}).remove()).toMatchObject({ stats: { removed: 3 } })
  })

  test('queries: commands, order, skip, limit, field, regular expressions', async () => {
    const todos = db.collection('todos')
    await todos.add({ data: [1, 2, 3, 4, 5].map((n) => ({ _id: `q${n}`, n, kind: n % 2 ? 'odd' : 'even', name: `Todo ${n}` })) as never })
    expect(
      rows(
        await todos
          .where({ n: _.gt(1).and(_.lt(5)) })
          .orderBy('n', 'desc')
          .skip(1)
          .limit(2)
          .field({ n: true, _id: false })
          .get(),
      ),
    ).toEqual([{ n: 3 }, { n: 2 }])
    expect(rows(await todos.where(_.or([{ n: 1 }, { kind: 'even', n: _.gte(4) }])).get()).map((r) => r._id)).toEqual(['q1', 'q4'])
    expect(rows(await todos.where({ name: db.RegExp({ regexp: '^todo [45]$', options: 'i' }) }).get())).toHaveLength(2)
    expect(rows(await todos.where({ name: /3$/ }).get())).toHaveLength(1)
    expect(await todos.where({ kind: 'odd' }).update({ data: { seen: _.set({ by: 'me' }) } })).toMatchObject({ stats: { updated: 3 } })
    expect(await todos.where({ kind: 'odd' }).update({ data: { first: true }, multi: false } as never)).toMatchObject({
      stats: { updated: 1 },
    })
    const removeOne = todos.where({ kind: 'odd' }) as unknown as { remove(options: object): Promise<unknown> }
    expect(await removeOne.remove({ multi: false })).toMatchObject({ stats: { removed: 1 } })
    await todos.where({}).remove()
  })

  test('places and server dates', async () => {
    const todos = db.collection('todos')
    const before = Date.now()
    const inAMinute = (db.serverDate as (options: object) => unknown)({ offset: 60_000 })
    await todos.add({ data: { _id: 'p', place: db.Geo.Point(121.5, 31.2), at: inAMinute } })
    const [row] = rows(await todos.where({ place: _.geoNear({ geometry: db.Geo.Point(121.5, 31.2), maxDistance: 10 }) }).get())
    expect((row!.at as Date).getTime()).toBeGreaterThanOrEqual(before + 60_000)
    expect(row!.place).toMatchObject({ longitude: 121.5, latitude: 31.2 })
    const near = (await todos
      .aggregate()
      .geoNear({ near: db.Geo.Point(121.5, 31.21), distanceField: 'd', spherical: true, key: 'place' } as never)
      .project({ d: 1 })
      .end()) as unknown as { list: Row[] }
    expect(near.list).toEqual([{ _id: 'p', d: expect.closeTo(0.01 * ((6378100 * Math.PI) / 180), 3) }])
    await todos.where({}).remove()
  })

  test('aggregation', async () => {
    const todos = db.collection('todos')
    const $ = db.command.aggregate
    await todos.add({ data: [1, 2, 3].map((n) => ({ n, k: n > 1 ? 'big' : 'small' })) as never })
    const { list } = (await todos
      .aggregate()
      .match({ n: _.gte(1) })
      .group({ _id: '$k', sum: $.sum('$n'), mean: $.avg('$n') })
      .sort({ _id: 1 })
      .end()) as unknown as { list: Row[] }
    expect(list).toEqual([
      { _id: 'big', sum: 5, mean: 2.5 },
      { _id: 'small', sum: 1, mean: 1 },
    ])
    await todos.where({}).remove()
  })

  test('transactions: commit, rollback, and its own way with conflicts', async () => {
    const counters = db.collection('counters')
    await counters.add({ data: { _id: 'c', n: 1 } })
    const result = await db.runTransaction(async (t: Transaction) => {
      const { data } = (await t.collection('counters').doc('c').get()) as unknown as { data: { n: number } }
      await t
        .collection('counters')
        .doc('c')
        .update({ data: { n: data.n + 1 } })
      await t.collection('counters').add({ data: { _id: 'd', n: 9 } })
      return data.n
    })
    expect(result).toBe(1)
    expect(await docOf(counters.doc('c').get())).toEqual({ _id: 'c', n: 2 })
    const t = await db.startTransaction()
    await t
      .collection('counters')
      .doc('c')
      .update({ data: { n: 100 } })
    const late = db.runTransaction(
      (u: Transaction) =>
        u
          .collection('counters')
          .doc('c')
          .update({ data: { n: 200 } }) as never,
    )
    await expect(late).rejects.toMatchObject({ errCode: -501001 })
    await t.rollback('no')
    expect(await docOf(counters.doc('c').get())).toEqual({ _id: 'c', n: 2 })
  })

  test('throwOnNotFound: false', async () => {
    const cloud = (await import('wx-server-sdk')) as Sdk & { default?: Sdk }
    const lenient = (cloud.default ?? cloud).database({ throwOnNotFound: false } as never)
    expect(await docOf(lenient.collection('todos').doc('none').get())).toBeNull()
  })
})

import { DatabaseFixture, index, type Row } from '../../support/database-fixture'

let fixture: DatabaseFixture
let db: DatabaseFixture['db']
let _: DatabaseFixture['db']['command']
beforeAll(async () => {
  fixture = await DatabaseFixture.start([{ name: 'unique', indexes: [index('code', 1, true), index('n')] }])
  db = fixture.db
  _ = db.command
})
afterAll(() => fixture.stop())

type Transaction = Awaited<ReturnType<DatabaseFixture['db']['startTransaction']>>
type Collection = Awaited<ReturnType<DatabaseFixture['with']>>
const CONFLICT = { code: 'DATABASE_TRANSACTION_CONFLICT' }
const GONE = { code: 'DATABASE_TRANSACTION_FAIL', message: expect.stringContaining('[ResourceUnavailable.TransactionNotExist]') }
const begin = (): Promise<Transaction> => db.startTransaction()
const read = async (things: Collection, id: string): Promise<unknown> => ((await things.doc(id).get()).data as Row[])[0]

describe('one transaction', () => {
  test('reads its own writes, shows nobody before the commit, everybody after it', async () => {
    const [a, b] = [await fixture.with({ _id: 'x', n: 1 }, { _id: 'gone', n: 1 }), await fixture.with()]
    const t = await begin()
    expect((await t.collection(a.name).doc('x').get()).data).toEqual({ _id: 'x', n: 1 })
    expect(
      await t
        .collection(a.name)
        .doc('x')
        .update({ n: _.inc(1) }),
    ).toMatchObject({ updated: 1 })
    expect(await t.collection(b.name).add({ _id: 'y', n: 7 })).toMatchObject({ id: 'y', inserted: 1 })
    expect(await t.collection(b.name).doc('z').set({ n: 8 })).toMatchObject({ updated: 0, upserted: [{ _id: 'z' }] })
    expect(await t.collection(a.name).doc('gone').remove()).toMatchObject({ deleted: 1 })
    expect((await t.collection(a.name).doc('x').get()).data).toEqual({ _id: 'x', n: 2 })
    expect((await t.collection(a.name).doc('gone').get()).data).toBeNull()
    expect(
      (
        await t
          .collection(b.name)
          .where({ n: _.gt(0) })
          .orderBy('n', 'desc')
          .get()
      ).data,
    ).toEqual([
      { _id: 'z', n: 8 },
      { _id: 'y', n: 7 },
    ])
    expect(await read(a, 'x')).toEqual({ _id: 'x', n: 1 })
    expect((await b.count()).total).toBe(0)
    await t.commit()
    expect(await read(a, 'x')).toEqual({ _id: 'x', n: 2 })
    expect(await read(a, 'gone')).toBeUndefined()
    expect((await b.count()).total).toBe(2)
  })

  test('where().get, updateAndReturn and adding many are served inside', async () => {
    const things = await fixture.with({ _id: 'a', k: 1, n: 3 }, { _id: 'b', k: 1, n: 2 }, { _id: 'c', k: 2, n: 1 })
    const t = await begin()
    expect(
      await t
        .collection(things.name)
        .where({ k: 1 })
        .updateAndReturn({ n: _.inc(10) }),
    ).toMatchObject({ updated: 1, doc: { _id: 'a', n: 13 } })
    expect(
      await t.collection(things.name).add([
        { _id: 'd', k: 1, n: 9 },
        { _id: 'e', k: 1, n: 1 },
      ]),
    ).toMatchObject({ ids: ['d', 'e'] })
    const found = await t.collection(things.name).where({ k: 1 }).orderBy('n', 'asc').skip(1).limit(3).get()
    expect((found.data as Row[]).map((d) => d._id)).toEqual(['b', 'd', 'a'])
    await t.rollback('changed my mind')
    expect((await things.get()).data).toEqual([
      { _id: 'a', k: 1, n: 3 },
      { _id: 'b', k: 1, n: 2 },
      { _id: 'c', k: 2, n: 1 },
    ])
  })

  test('where().update leaves the transaction, as the SDK has it', async () => {
    const things = await fixture.with({ _id: 'a', n: 1 })
    const t = await begin()
    await t.collection(things.name).where({ _id: 'a' }).update({ n: 2 })
    expect(await read(things, 'a')).toEqual({ _id: 'a', n: 2 })
    await t.rollback('')
  })

  test('an ended or unknown transaction is refused in the words of the cloud', async () => {
    const things = await fixture.with({ _id: 'a' })
    const [committed, aborted] = [await begin(), await begin()]
    await committed.commit()
    await aborted.rollback('')
    for (const t of [committed, aborted]) {
      await expect(t.collection(things.name).doc('a').get()).rejects.toMatchObject(GONE)
      await expect(t.commit()).rejects.toMatchObject(GONE)
      await expect(t.rollback('')).rejects.toMatchObject(GONE)
    }
    expect(await fixture.server.send({ action: 'database.commitTransaction', transactionId: 'none' })).toMatchObject(GONE)
    expect(await fixture.server.send({ action: 'database.commitTransaction' })).toMatchObject({ code: 'INVALID_PARAM' })
    expect(String((await fixture.server.send({ action: 'database.commitTransaction', transactionId: 'none' })).message)).toMatch(
      /Please check your request, but if the problem persists, contact us\.$/,
    )
  })

  test('an operation that fails ends it, as in MongoDB', async () => {
    const things = await fixture.with({ _id: 'a', s: 'text' })
    const t = await begin()
    await t.collection(things.name).doc('b').set({ n: 1 })
    await expect(
      t
        .collection(things.name)
        .doc('a')
        .update({ s: _.inc(1) }),
    ).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    await expect(t.commit()).rejects.toMatchObject(GONE)
    expect((await things.count()).total).toBe(1)
  })

  test('runTransaction gives back what its function returned, and rolls back when it throws', async () => {
    const things = await fixture.with({ _id: 'a', n: 1 })
    expect(await db.runTransaction(async (t: Transaction) => {
      await t.collection(things.name).doc('a').update({ n: 2 })
      return 'done'
    })).toBe('done') // prettier-ignore
    await expect(db.runTransaction(async (t: Transaction) => {
      await t.collection(things.name).doc('a').update({ n: 3 })
      throw new Error('no')
    })).rejects.toThrow('no') // prettier-ignore
    expect(await read(things, 'a')).toEqual({ _id: 'a', n: 2 })
  })
})

describe('snapshots', () => {
  test('are taken at the first operation, for all collections at once', async () => {
    const [a, b] = [await fixture.with({ _id: 'x', n: 1 }), await fixture.with({ _id: 'y', n: 1 })]
    const t = await begin()
    await a.doc('x').update({ n: 2 })
    expect((await t.collection(a.name).doc('x').get()).data).toEqual({ _id: 'x', n: 2 })
    await a.doc('x').update({ n: 3 })
    await b.doc('y').update({ n: 2 })
    await b.add({ _id: 'new', n: 5 })
    await b.doc('y').update({ n: 4 })
    expect((await t.collection(a.name).doc('x').get()).data).toEqual({ _id: 'x', n: 2 })
    expect(
      (
        await t
          .collection(b.name)
          .where({ n: _.gt(0) })
          .get()
      ).data,
    ).toEqual([{ _id: 'y', n: 1 }])
    expect((await t.collection(b.name).doc('new').get()).data).toBeNull()
    await t.commit()
  })

  test('keep what others have removed', async () => {
    const things = await fixture.with({ _id: 'x', n: 1 }, { _id: 'z', n: 2 })
    const t = await begin()
    await t.collection(things.name).doc('z').get()
    await things.doc('x').remove()
    expect((await t.collection(things.name).where({}).get()).data).toEqual([
      { _id: 'x', n: 1 },
      { _id: 'z', n: 2 },
    ])
    await expect(t.collection(things.name).doc('x').update({ n: 3 })).rejects.toMatchObject(CONFLICT)
  })
})

describe('conflicts', () => {
  test('the first writer wins; the second fails at its write and is gone', async () => {
    const things = await fixture.with({ _id: 'x', n: 1 })
    const [first, second] = [await begin(), await begin()]
    await first.collection(things.name).doc('x').update({ n: 2 })
    await expect(second.collection(things.name).doc('x').update({ n: 3 })).rejects.toMatchObject(CONFLICT)
    await expect(second.collection(things.name).doc('x').get()).rejects.toMatchObject(GONE)
    await first.commit()
    expect(await read(things, 'x')).toEqual({ _id: 'x', n: 2 })
  })

  test('what has changed since the snapshot cannot be written, what changed before it can', async () => {
    const things = await fixture.with({ _id: 'x', n: 1 }, { _id: 'y', n: 1 })
    const t = await begin()
    await things.doc('y').update({ n: 5 })
    await t.collection(things.name).doc('x').get()
    await t
      .collection(things.name)
      .doc('y')
      .update({ n: _.inc(1) })
    await things.doc('x').update({ n: 2 })
    await expect(t.collection(things.name).doc('x').update({ n: 9 })).rejects.toMatchObject(CONFLICT)
    expect((await things.get()).data).toEqual([
      { _id: 'x', n: 2 },
      { _id: 'y', n: 5 },
    ])
  })

  test('a document that came, or went and came again, since the snapshot is a conflict', async () => {
    const things = await fixture.with({ _id: 'x', n: 1 })
    const t = await begin()
    await t.collection(things.name).doc('other').get()
    await things.add({ _id: 'new' })
    await expect(t.collection(things.name).add({ _id: 'new' })).rejects.toMatchObject(CONFLICT)
    const u = await begin()
    await u.collection(things.name).doc('other').get()
    await things.doc('x').remove()
    await things.add({ _id: 'x', n: 1 })
    await expect(u.collection(things.name).doc('x').set({ n: 2 })).rejects.toMatchObject(CONFLICT)
  })

  test('reading does not lock, and writes of different documents do not meet', async () => {
    const things = await fixture.with({ _id: 'x', n: 1 }, { _id: 'y', n: 1 })
    const [a, b] = [await begin(), await begin()]
    await a.collection(things.name).doc('y').get()
    await a.collection(things.name).doc('x').update({ n: 2 })
    await b.collection(things.name).doc('y').update({ n: 2 })
    await a.commit()
    await b.commit()
    expect((await things.get()).data).toEqual([
      { _id: 'x', n: 2 },
      { _id: 'y', n: 2 },
    ])
  })

  test('concurrent runTransactions all come through: node-sdk runs the losers again', async () => {
    const things = await fixture.with({ _id: 'counter', n: 0 })
    let runs = 0
    const once = (): Promise<unknown> =>
      db.runTransaction(async (t: Transaction) => {
        runs++
        const { data } = (await t.collection(things.name).doc('counter').get()) as unknown as { data: { n: number } }
        await t
          .collection(things.name)
          .doc('counter')
          .update({ n: data.n + 1 })
      })
    await Promise.all([once(), once(), once()])
    expect(await read(things, 'counter')).toEqual({ _id: 'counter', n: 3 })
    expect(runs).toBeGreaterThan(3)
  })
})

describe('plain writes', () => {
  test('wait for the lock and then act on what was committed', async () => {
    const things = await fixture.with({ _id: 'x', n: 1 })
    const t = await begin()
    await t.collection(things.name).doc('x').update({ n: 10 })
    const waiting = [
      things.doc('x').update({ n: _.inc(1) }),
      things.where({ n: _.gt(0) }).update({ seen: true }),
      things.where({ _id: 'x' }).updateAndReturn({ m: 1 }),
    ]
    let settled = 0
    for (const each of waiting) void each.then(() => settled++)
    expect(await read(things, 'x')).toEqual({ _id: 'x', n: 1 })
    expect(settled).toBe(0)
    await t.commit()
    await Promise.all(waiting)
    expect(await read(things, 'x')).toEqual({ _id: 'x', n: 11, seen: true, m: 1 })
  })

  test('wait for a rollback too; a guarded write then finds its condition met', async () => {
    const things = await fixture.with({ _id: 'x', status: 'open' })
    const t = await begin()
    await t.collection(things.name).doc('x').update({ status: 'taken' })
    const claim = things.where({ _id: 'x', status: 'open' }).update({ status: 'mine' })
    await t.rollback('')
    expect(await claim).toMatchObject({ updated: 1 })
  })

  test('a removal and an addition under the same _id wait as well', async () => {
    const things = await fixture.with({ _id: 'x' })
    const t = await begin()
    await t.collection(things.name).doc('x').remove()
    await t.collection(things.name).doc('y').set({ from: 'transaction' })
    const [removal, addition] = [things.doc('x').remove(), things.add({ _id: 'y' })]
    const refused = expect(addition).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE_WRITE' })
    await t.commit()
    expect(await removal).toMatchObject({ deleted: 0 })
    await refused
  })
})

describe('unique keys', () => {
  const unique = (): Collection => db.collection('unique')
  beforeEach(() => unique().where({}).remove())

  test('are held by the transaction that wrote them first', async () => {
    const [a, b] = [await begin(), await begin()]
    await a.collection('unique').add({ _id: 'a', code: 'X' })
    await expect(b.collection('unique').add({ _id: 'b', code: 'X' })).rejects.toMatchObject(CONFLICT)
    const plain = unique().add({ _id: 'c', code: 'X' })
    const refused = expect(plain).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE_WRITE' })
    await a.commit()
    await refused
  })

  test('a taken key that the snapshot sees is a duplicate, one that came later a conflict', async () => {
    await unique().add({ _id: 'old', code: 'X' })
    const t = await begin()
    await expect(t.collection('unique').add({ code: 'X' })).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE_WRITE' })
    const u = await begin()
    await u.collection('unique').doc('old').get()
    await unique().add({ _id: 'later', code: 'Y' })
    await expect(u.collection('unique').add({ code: 'Y' })).rejects.toMatchObject(CONFLICT)
  })

  test('a key freed inside the transaction can be taken inside it', async () => {
    await unique().add({ _id: 'old', code: 'X' })
    const t = await begin()
    await t.collection('unique').doc('old').remove()
    await t.collection('unique').add({ _id: 'new', code: 'X' })
    await t.commit()
    expect((await unique().where({ code: 'X' }).get()).data).toEqual([{ _id: 'new', code: 'X' }])
  })

  test('two documents may trade keys in one transaction step by step', async () => {
    await unique().add([
      { _id: 'a', code: 'X' },
      { _id: 'b', code: 'Y' },
    ])
    const t = await begin()
    await t.collection('unique').doc('a').update({ code: 'tmp' })
    await t.collection('unique').doc('b').update({ code: 'X' })
    await t.collection('unique').doc('a').update({ code: 'Y' })
    await t.commit()
    expect((await unique().orderBy('_id', 'asc').get()).data).toEqual([
      { _id: 'a', code: 'Y' },
      { _id: 'b', code: 'X' },
    ])
  })
})

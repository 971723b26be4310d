import { DatabaseFixture, type Row } from '../../support/database-fixture'

let fixture: DatabaseFixture
beforeAll(async () => {
  fixture = await DatabaseFixture.start()
})
afterAll(() => fixture.stop())

describe('collections', () => {
  test('a made collection exists, making it again is refused with its own code', async () => {
    await fixture.db.createCollection('made')
    await expect(fixture.db.createCollection('made')).rejects.toMatchObject({ code: 'DATABASE_COLLECTION_ALREADY_EXIST' })
  })

  test.each([
    ['add', () => fixture.db.collection('nowhere').add({ a: 1 })],
    ['get', () => fixture.db.collection('nowhere').get()],
    ['doc get', () => fixture.db.collection('nowhere').doc('x').get()],
    ['count', () => fixture.db.collection('nowhere').count()],
    ['update', () => fixture.db.collection('nowhere').where({ a: 1 }).update({ b: 1 })],
    ['set', () => fixture.db.collection('nowhere').doc('x').set({ b: 1 })],
    ['remove', () => fixture.db.collection('nowhere').where({ a: 1 }).remove()],
    ['updateAndReturn', () => fixture.db.collection('nowhere').where({ a: 1 }).updateAndReturn({ b: 1 })],
    ['aggregate', () => fixture.db.collection('nowhere').aggregate().limit(1).end()],
  ])('%s on an unknown collection is refused and creates none', async (_name, operate) => {
    await expect(operate()).rejects.toMatchObject({ code: 'DATABASE_COLLECTION_NOT_EXIST' })
    await expect(operate()).rejects.toMatchObject({ code: 'DATABASE_COLLECTION_NOT_EXIST' })
  })

  test.each(['', '$a', 'a b', '.a', 'x'.repeat(200)])('the name %j is refused', async (name) => {
    expect(await fixture.server.send({ action: 'database.addCollection', collectionName: name })).toMatchObject({ code: 'INVALID_PARAM' })
  })
})

describe('adding', () => {
  test('makes an _id of 32 hex digits and gives back what was stored, values as they were', async () => {
    const at = new Date('2026-03-01T01:02:03.456Z')
    const doc = {
      int: 5,
      whole: 5.0,
      long: 1_700_000_000_000,
      fraction: 0.1,
      negative: -7,
      huge: 1e300,
      text: '水龙头漏水 🔧 "\\\n',
      empty: '',
      yes: true,
      nothing: null,
      at,
      list: [1, 'two', [3], { four: 4 }, []],
      nested: { deep: { er: [{ x: null }] }, none: {} },
    }
    const things = await fixture.with()
    const { id } = await things.add(doc)
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    const { data } = await things.doc(String(id)).get()
    expect(data).toEqual([{ _id: id, ...doc }])
    expect(Object.keys((data as Row[])[0] ?? {})).toEqual(['_id', ...Object.keys(doc)])
  })

  test('keeps NaN, the infinities and the kinds of numbers', async () => {
    const things = await fixture.with({ _id: 'n', nan: NaN, up: Infinity, down: -Infinity })
    expect((await things.doc('n').get()).data).toEqual([{ _id: 'n', nan: NaN, up: Infinity, down: -Infinity }])
    const typed = {
      i: { $numberInt: '5' },
      l: { $numberLong: '5' },
      d: { $numberDouble: '5.0' },
      z: { $numberDouble: '-0.0' },
      big: { $numberLong: '9007199254740993' },
      m: { $numberDecimal: '1.10' },
    }
    await things.add({ _id: 't', ...typed })
    const answer = await fixture.server.send({
      action: 'database.getDocument',
      collectionName: things.name,
      query: '{"_id":"t"}',
      queryType: 'DOC',
    })
    expect(JSON.parse((answer.data as { list: string[] }).list[0] ?? '')).toEqual({ _id: 't', ...typed })
  })

  test('keeps ObjectIds, binary data, regular expressions, timestamps and the extreme keys', async () => {
    const special = {
      oid: { $oid: '5f0c8e2a9d3b4c0012345678' },
      bin: { $binary: { base64: 'aGVsbG8=', subType: '00' } },
      re: { $regularExpression: { pattern: '^a.b$', options: 'im' } },
      ts: { $timestamp: { t: 7, i: 9 } },
      low: { $minKey: 1 },
      high: { $maxKey: 1 },
    }
    const things = await fixture.with({ _id: 's', ...special })
    const answer = await fixture.server.send({
      action: 'database.getDocument',
      collectionName: things.name,
      query: '{"_id":"s"}',
      queryType: 'DOC',
    })
    expect(JSON.parse((answer.data as { list: string[] }).list[0] ?? '')).toEqual({ _id: 's', ...special })
    expect(await fixture.idsOf(things, { oid: { $oid: '5f0c8e2a9d3b4c0012345678' } })).toEqual(['s'])
    expect(await fixture.idsOf(things, { oid: '5f0c8e2a9d3b4c0012345678' })).toEqual([])
  })

  test('many at once: ids in order; a number may be an _id, other than its text', async () => {
    const things = await fixture.with()
    expect(await things.add([{ _id: 1, who: 'number' }, { _id: '1', who: 'text' }, { who: 'made' }])).toMatchObject({
      ids: [1, '1', expect.stringMatching(/^[0-9a-f]{32}$/)],
    })
    expect((await things.doc(1).get()).data).toEqual([{ _id: 1, who: 'number' }])
    expect((await things.doc('1').get()).data).toEqual([{ _id: '1', who: 'text' }])
  })

  test('many at once are one step: a taken _id keeps all of them out', async () => {
    const things = await fixture.with({ _id: 'b' })
    await expect(things.add([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }])).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE_WRITE' })
    await expect(things.add([{ _id: 'x' }, { _id: 'x' }])).rejects.toMatchObject({ code: 'DATABASE_DUPLICATE_WRITE' })
    expect(await fixture.idsOf(things, {})).toEqual(['b'])
  })

  test.each([
    ['an array as _id', { _id: [1] }],
    ['a regular expression as _id', { _id: { $regularExpression: { pattern: 'a', options: '' } } }],
    ['a field that begins with $', { a: { $set: 1 } }],
    ['101 levels', JSON.parse('{"a":'.repeat(101) + '1' + '}'.repeat(101)) as object],
    ['more than 512 KB', { text: 'x'.repeat(600_000) }],
    ['more than 512 KB of Chinese', { text: '修'.repeat(180_000) }],
  ])('%s is refused', async (_name, doc) => {
    const things = await fixture.with()
    await expect(things.add(doc)).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    expect((await things.count()).total).toBe(0)
  })

  test('field names that JavaScript knows itself are fields like others', async () => {
    const things = await fixture.with()
    const data = ['{"_id":"p","__proto__":{"x":"1"},"constructor":"c","toString":null,"_bsontype":"ObjectID"}']
    await fixture.server.send({ action: 'database.insertDocument', collectionName: things.name, data })
    const answer = await fixture.server.send({
      action: 'database.getDocument',
      collectionName: things.name,
      query: '{"constructor":"c"}',
      queryType: 'WHERE',
      limit: 5,
    })
    expect((answer.data as { list: string[] }).list[0]).toBe(
      '{"_id":"p","__proto__":{"x":"1"},"constructor":"c","toString":null,"_bsontype":"ObjectID"}',
    )
    expect(await fixture.idsOf(things, { hasOwnProperty: { $exists: true } })).toEqual([])
    await fixture.server.send({
      action: 'database.modifyDocument',
      collectionName: things.name,
      query: '{"_id":"p"}',
      data: '{"$set":{"__proto__.y":2}}',
      multi: false,
      merge: true,
    })
    const changed = await fixture.server.send({
      action: 'database.getDocument',
      collectionName: things.name,
      query: '{"_id":"p"}',
      queryType: 'DOC',
    })
    expect((changed.data as { list: string[] }).list[0]).toContain('"__proto__":{"x":"1","y":{"$numberInt":"2"}}')
  })

  test('server dates come from the clock that can be moved, with their offset', async () => {
    const things = await fixture.with()
    await fixture.server.advanceClock(86_400_000)
    const before = Date.now()
    await things.add({
      _id: 'd',
      now: fixture.db.serverDate(),
      later: fixture.db.serverDate({ offset: 60_000 }),
      in: { side: [fixture.db.serverDate()] },
    })
    const [doc] = (await things.doc('d').get()).data as { now: Date; later: Date; in: { side: Date[] } }[]
    expect(doc!.now.getTime() - before).toBeGreaterThanOrEqual(86_400_000)
    expect(doc!.now.getTime() - before).toBeLessThan(86_400_000 + 5000)
    expect(doc!.later.getTime() - doc!.now.getTime()).toBe(60_000)
    expect(doc!.in.side[0]).toEqual(doc!.now)
  })
})

describe('reading', () => {
  test('100 without a limit, 1000 at most, skip and limit together', async () => {
    const things = await fixture.with(...Array.from({ length: 1100 }, (_, i) => ({ _id: `d${i}`, i })))
    expect((await things.get()).data).toHaveLength(100)
    expect((await things.limit(5000).get()).data).toHaveLength(1000)
    const raw = await fixture.server.send({ action: 'database.getDocument', collectionName: things.name, queryType: 'WHERE', limit: 1100 })
    expect((raw.data as { list: string[] }).list).toHaveLength(1000)
    expect(((await things.skip(1095).limit(10).get()).data as Row[]).map((d) => d.i)).toEqual([1095, 1096, 1097, 1098, 1099])
    expect((await things.skip(2000).get()).data).toEqual([])
    expect((await things.count()).total).toBe(1100)
  })

  test('a missing document is an empty list', async () => {
    const things = await fixture.with()
    expect((await things.doc('none').get()).data).toEqual([])
  })

  test.each([
    [{ limit: -1 }, 'DATABASE_REQUEST_FAILED'],
    [{ offset: -1 }, 'DATABASE_REQUEST_FAILED'],
    [{ limit: 'many' }, 'INVALID_PARAM'],
    [{ query: '{' }, 'INVALID_PARAM'],
    [{ query: '[]' }, 'INVALID_PARAM'],
    [{ query: 7 }, 'INVALID_PARAM'],
    [{ order: '{"a":2}' }, 'DATABASE_REQUEST_FAILED'],
    [{ query: '{"a":{"$date":"yesterday"}}' }, 'INVALID_PARAM'],
    [{ query: '{"a":{"$numberLong":"x"}}' }, 'INVALID_PARAM'],
    [{ collectionName: undefined }, 'INVALID_PARAM'],
    [{ transactionId: 'unknown' }, 'DATABASE_TRANSACTION_FAIL'],
  ])('a request with %j is refused with %s', async (change, code) => {
    const things = await fixture.with({ a: 1 })
    expect(
      await fixture.server.send({ action: 'database.getDocument', collectionName: things.name, queryType: 'WHERE', ...change }),
    ).toMatchObject({ code })
  })

  test('an unknown action is refused', async () => {
    expect(await fixture.server.send({ action: 'database.queryDocument' })).toMatchObject({ code: 'INVALID_PARAM' })
    expect(await fixture.server.send({ action: 'constructor' })).toMatchObject({ code: 'INVALID_PARAM' })
  })
})

describe('setting, removing, counting', () => {
  test('set replaces the whole document, or makes it', async () => {
    const things = await fixture.with({ _id: 'a', old: 1, kept: 2 })
    expect(await things.doc('a').set({ fresh: true })).toMatchObject({ updated: 1, upsertedId: null })
    expect((await things.doc('a').get()).data).toEqual([{ _id: 'a', fresh: true }])
    expect(await things.doc('b').set({ made: 1 })).toMatchObject({ updated: 0, upsertedId: 'b' })
    expect((await things.doc('b').get()).data).toEqual([{ _id: 'b', made: 1 }])
    expect(await things.doc('a').set({ fresh: true })).toMatchObject({ updated: 1 })
  })

  test('remove one, remove many, remove nothing', async () => {
    const things = await fixture.with({ _id: 1, k: 'x' }, { _id: 2, k: 'x' }, { _id: 3, k: 'y' }, { _id: 4, k: 'x' })
    expect(await things.doc(1).remove()).toMatchObject({ deleted: 1 })
    expect(await things.doc(1).remove()).toMatchObject({ deleted: 0 })
    expect(await things.where({ k: 'x' }).options({ multiple: false }).remove()).toMatchObject({ deleted: 1 })
    expect(await things.where({ k: 'x' }).remove()).toMatchObject({ deleted: 1 })
    expect(await fixture.idsOf(things, {})).toEqual([3])
    expect(await things.where({}).remove()).toMatchObject({ deleted: 1 })
    expect((await things.count()).total).toBe(0)
  })

  test('count with a condition', async () => {
    const _ = fixture.db.command
    const things = await fixture.with({ n: 1 }, { n: 2 }, { n: 3 }, {})
    expect((await things.where({ n: _.gte(2) }).count()).total).toBe(2)
    expect((await things.where({ n: _.exists(false) }).count()).total).toBe(1)
  })

  test('updateAndReturn changes one and gives it back as it is afterwards', async () => {
    const _ = fixture.db.command
    const things = await fixture.with({ _id: 'a', n: 1, s: 'open' }, { _id: 'b', n: 1, s: 'open' })
    expect(await things.where({ s: 'open' }).updateAndReturn({ s: 'taken', n: _.inc(1) })).toMatchObject({
      updated: 1,
      doc: { _id: 'a', n: 2, s: 'taken' },
    })
    expect(await things.where({ s: 'taken' }).updateAndReturn({ s: 'taken' })).toMatchObject({ updated: 1, doc: { _id: 'a', n: 2 } })
    expect(await things.where({ s: 'none' }).updateAndReturn({ s: 'taken' })).toMatchObject({ updated: 0, doc: null })
    expect((await things.doc('b').get()).data).toEqual([{ _id: 'b', n: 1, s: 'open' }])
  })
})

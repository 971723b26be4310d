import { DatabaseFixture, type Row } from '../../support/database-fixture'

let fixture: DatabaseFixture
let _: DatabaseFixture['db']['command']
beforeAll(async () => {
  fixture = await DatabaseFixture.start()
  _ = fixture.db.command
})
afterAll(() => fixture.stop())

const START = {
  n: 5,
  f: 1.5,
  s: 'text',
  d: new Date('2026-01-01T00:00:00Z'),
  nothing: null,
  list: [3, 1, 2],
  tags: ['a', 'b', 'a'],
  docs: [
    { k: 'x', n: 1 },
    { k: 'y', n: 2 },
    { k: 'x', n: 3 },
  ],
  o: { p: { q: 1 }, r: [1] },
}

/** START after an SDK update. */
async function after(data: object): Promise<Row> {
  const things = await fixture.with({ _id: 'u', ...START })
  expect(await things.doc('u').update(data)).toMatchObject({ updated: 1 })
  const { _id, ...rest } = ((await things.doc('u').get()).data as Row[])[0]!
  expect(_id).toBe('u')
  return rest
}

/** START after raw operators, or the code of the refusal; refused updates must leave it whole. */
async function raw(modifiers: object, query: object = { _id: 'u' }): Promise<Row | string> {
  const things = await fixture.with({ _id: 'u', ...START })
  try {
    await things.options({ raw: true }).where(query).update(modifiers)
  } catch (error) {
    expect((await things.doc('u').get()).data).toEqual([{ _id: 'u', ...START }])
    return (error as { code: string }).code
  }
  const { _id, ...rest } = ((await things.doc('u').get()).data as Row[])[0]!
  expect(_id).toBe('u')
  return rest
}

describe('the commands of the SDK', () => {
  test.each<[string, () => object, object]>([
    ['plain fields and nested merge', () => ({ n: 6, o: { p: { w: 2 } } }), { n: 6, o: { p: { q: 1, w: 2 }, r: [1] } }],
    ['set replaces a whole object', () => ({ o: _.set({ only: 1 }) }), { o: { only: 1 } }],
    ['remove', () => ({ s: _.remove(), o: { p: _.remove() } }), { s: undefined, o: { r: [1] } }],
    ['inc', () => ({ n: _.inc(2), f: _.inc(-0.5), fresh: _.inc(3) }), { n: 7, f: 1, fresh: 3 }],
    ['mul', () => ({ n: _.mul(2), f: _.mul(2), fresh: _.mul(7) }), { n: 10, f: 3, fresh: 0 }],
    ['min and max', () => ({ n: _.min(3), f: _.max(9), fresh: _.min(1) }), { n: 3, f: 9, fresh: 1 }],
    ['min and max that change nothing', () => ({ n: _.min(8), f: _.max(1) }), {}],
    ['max over types', () => ({ n: _.max('text') }), { n: 'text' }],
    [
      'rename',
      () => ({ s: _.rename('title'), 'o.p': _.rename('o.moved') }),
      { s: undefined, title: 'text', o: { r: [1], moved: { q: 1 } } },
    ],
    ['rename of a missing field', () => ({ none: _.rename('some') }), {}],
    ['rename onto an existing field', () => ({ s: _.rename('n') }), { s: undefined, n: 'text' }],
    ['bit', () => ({ n: _.bit({ and: 4 }), fresh: _.bit({ or: 3 }) }), { n: 4, fresh: 3 }],
    ['push one', () => ({ list: _.push(9), fresh: _.push('x') }), { list: [3, 1, 2, 9], fresh: ['x'] }],
    ['push several', () => ({ list: _.push([8, 9]) }), { list: [3, 1, 2, 8, 9] }],
    ['push several arguments', () => ({ list: _.push(8, 9) }), { list: [3, 1, 2, 8, 9] }],
    ['push with position', () => ({ list: _.push({ each: [8, 9], position: 1 }) }), { list: [3, 8, 9, 1, 2] }],
    ['push with negative position', () => ({ list: _.push({ each: [8], position: -1 }) }), { list: [3, 1, 8, 2] }],
    ['push with sort', () => ({ list: _.push({ each: [0], sort: 1 }) }), { list: [0, 1, 2, 3] }],
    [
      'push with sort of documents and slice',
      () => ({ docs: _.push({ each: [{ k: 'z', n: 9 }], sort: { n: -1 }, slice: 2 }) }),
      {
        docs: [
          { k: 'z', n: 9 },
          { k: 'x', n: 3 },
        ],
      },
    ],
    ['push with negative slice', () => ({ list: _.push({ each: [7], slice: -2 }) }), { list: [2, 7] }],
    ['push nothing, slice to nothing', () => ({ list: _.push({ each: [], slice: 0 }) }), { list: [] }],
    ['push documents with dates', () => ({ docs: _.push([{ at: START.d }]) }), { docs: [...START.docs, { at: START.d }] }],
    ['pop and shift', () => ({ list: _.pop(), tags: _.shift() }), { list: [3, 1], tags: ['b', 'a'] }],
    ['pop of a missing field', () => ({ none: _.pop(), 'deep.none': _.shift() }), {}],
    ['unshift', () => ({ list: _.unshift([7, 8]) }), { list: [7, 8, 3, 1, 2] }],
    ['pull a value', () => ({ tags: _.pull('a') }), { tags: ['b'] }],
    ['pull by condition', () => ({ list: _.pull(_.gt(1)) }), { list: [1] }],
    ['pull with in', () => ({ list: _.pull(_.in([1, 2])) }), { list: [3] }],
    [
      'pull documents by fields',
      () => ({ docs: _.pull({ k: 'x', n: _.gt(1) }) }),
      {
        docs: [
          { k: 'x', n: 1 },
          { k: 'y', n: 2 },
        ],
      },
    ],
    ['pullAll', () => ({ tags: _.pullAll(['a', 'c']) }), { tags: ['b'] }],
    ['addToSet', () => ({ tags: _.addToSet('b'), fresh: _.addToSet('x') }), { fresh: ['x'] }],
    ['addToSet of several', () => ({ tags: _.addToSet({ $each: ['b', 'c', 'c'] }) }), { tags: ['a', 'b', 'a', 'c'] }],
    [
      'addToSet of documents heeds the order of fields',
      () => ({ docs: _.addToSet({ n: 1, k: 'x' }) }),
      { docs: [...START.docs, { n: 1, k: 'x' }] },
    ],
    [
      'an array element by its number',
      () => ({ 'list.1': 10, 'docs.0.n': _.inc(5) }),
      { list: [3, 10, 2], docs: [{ k: 'x', n: 6 }, ...START.docs.slice(1)] },
    ],
    ['beyond the end of an array', () => ({ 'list.5': 1 }), { list: [3, 1, 2, null, null, 1] }],
    ['a new path', () => ({ 'new.path.here': 1 }), { new: { path: { here: 1 } } }],
    ['null and an empty list', () => ({ s: null, list: [] }), { s: null, list: [] }],
    ['undefined is left out', () => ({ s: undefined, n: 1 }), { n: 1 }],
    ['an empty object is left out', () => ({ o: {}, n: 1 }), { n: 1 }],
  ])('%s', async (_name, data, expected) => {
    expect(await after(data())).toEqual(
      JSON.parse(JSON.stringify({ ...START, ...expected }), (key, value: unknown) => (key === 'd' || key === 'at' ? START.d : value)),
    )
  })

  test('server dates in an update', async () => {
    const row = await after({ s: fixture.db.serverDate(), o: { at: fixture.db.serverDate({ offset: 1000 }) } })
    expect(row.s).toBeInstanceOf(Date)
    expect((row.o as Row).at).toEqual(new Date((row.s as Date).getTime() + 1000))
  })

  test('a server date beyond the calendar is refused', async () => {
    const things = await fixture.with({ _id: 'u' })
    const refusal = { code: 'INVALID_PARAM' }
    await expect(things.doc('u').update({ at: fixture.db.serverDate({ offset: 1e20 }) })).rejects.toMatchObject(refusal)
    await expect(things.add({ at: fixture.db.serverDate({ offset: 1e20 }) })).rejects.toMatchObject(refusal)
    expect((await things.get()).data).toEqual([{ _id: 'u' }])
  })

  test('several documents, all of them or the first one', async () => {
    const things = await fixture.with({ _id: 1, k: 'x' }, { _id: 2, k: 'x' }, { _id: 3, k: 'y' })
    expect(await things.where({ k: 'x' }).update({ seen: true })).toMatchObject({ updated: 2 })
    expect(await things.where({ k: 'x' }).options({ multiple: false }).update({ first: true })).toMatchObject({ updated: 1 })
    expect(await things.where({ k: 'none' }).update({ seen: true })).toMatchObject({ updated: 0 })
    expect((await things.get()).data).toEqual(
      [
        { _id: 1, k: 'x', first: true, seen: true },
        { _id: 2, k: 'x', seen: true },
        { _id: 3, k: 'y' },
      ].map((d) => expect.objectContaining(d)),
    )
  })

  test('what matches counts, even if it stays as it was', async () => {
    const things = await fixture.with({ _id: 1, k: 'x' }, { _id: 2, k: 'x' })
    expect(await things.where({ k: 'x' }).update({ k: 'x' })).toMatchObject({ updated: 2 })
    expect(await things.doc(1).update({ none: _.remove() })).toMatchObject({ updated: 1 })
    expect(await things.doc('other').update({ k: 'y' })).toMatchObject({ updated: 0 })
  })
})

describe("raw operators, as strict as MongoDB's", () => {
  test.each<[object, object]>([
    [{ $set: { z: 1, b: 2, 'o.x': 3 } }, { b: 2, z: 1, o: { ...START.o, x: 3 } }],
    [{ $unset: { 'list.1': '' } }, { list: [3, null, 2] }],
    [{ $unset: { 's.t.u': '' } }, {}],
    [{ $setOnInsert: { fresh: 1 } }, {}],
    [
      { $set: { 'docs.$[].n': 0 } },
      {
        docs: [
          { k: 'x', n: 0 },
          { k: 'y', n: 0 },
          { k: 'x', n: 0 },
        ],
      },
    ],
    [{ $pull: { tags: { $in: ['a'] } } }, { tags: ['b'] }],
    [{ $pull: { tags: { $regularExpression: { pattern: '^a', options: '' } } } }, { tags: ['b'] }],
    [{ $pull: { s: 1 }, $set: { n: 1 } }, { code: 'DATABASE_REQUEST_FAILED' }],
    [{ $pull: { 's.t': 1 }, $set: { n: 1 } }, { n: 1 }],
    [{ $push: { list: { plain: 1 } } }, { list: [3, 1, 2, { plain: 1 }] }],
    [{ $push: { list: [4, 5] } }, { list: [3, 1, 2, [4, 5]] }],
    [{ $addToSet: { list: [3] } }, { list: [3, 1, 2, [3]] }],
    [{ $mul: { nope: { $numberDouble: '2.5' } } }, { nope: 0 }],
    [{ $bit: { n: { xor: 1, or: 8 } } }, { n: 12 }],
    [{ $set: { _id: 'u', n: 1 } }, { n: 1 }],
  ])('%j', async (modifiers, expected) => {
    const result = await raw(modifiers)
    if ('code' in expected) expect(result).toBe(expected.code)
    else expect(result).toEqual({ ...START, ...expected })
  })

  test.each<[string, object]>([
    ['$inc on a string', { $inc: { s: 1 } }],
    ['$inc on null', { $inc: { nothing: 1 } }],
    ['$inc by a string', { $inc: { n: '1' } }],
    ['$inc on an array', { $inc: { list: 1 } }],
    ['$inc past the longest integer', { $inc: { n: { $numberLong: '9223372036854775807' } } }],
    ['$mul on a date', { $mul: { d: 2 } }],
    ['$push on a number', { $push: { n: 1 } }],
    ['$push on null', { $push: { nothing: 1 } }],
    ['$push with a bad $each', { $push: { list: { $each: 1 } } }],
    ['$push with an unknown clause', { $push: { list: { $each: [1], $what: 1 } } }],
    ['$push with a fractional position', { $push: { list: { $each: [1], $position: 1.5 } } }],
    ['$push with a bad sort', { $push: { list: { $each: [1], $sort: 2 } } }],
    ['$push with a text slice', { $push: { list: { $each: [1], $slice: 'x' } } }],
    ['$addToSet on a string', { $addToSet: { s: 1 } }],
    ['$addToSet with more than $each', { $addToSet: { list: { $each: [1], $slice: 1 } } }],
    ['$pop on a string', { $pop: { s: 1 } }],
    ['$pop by 2', { $pop: { list: 2 } }],
    ['$pull on a number', { $pull: { n: 1 } }],
    ['$pullAll on a document', { $pullAll: { o: [1] } }],
    ['$pullAll of no array', { $pullAll: { list: 1 } }],
    ['$set through a string', { $set: { 's.x': 1 } }],
    ['$set through null', { $set: { 'nothing.x': 1 } }],
    ['$set through a number', { $set: { 'n.x.y': 1 } }],
    ['$set by a name into an array', { $set: { 'list.x': 1 } }],
    ['$set far beyond an array', { $set: { 'list.99999999': 1 } }],
    ['two operators on one path', { $set: { n: 1 }, $inc: { n: 1 } }],
    ['a path and its parent', { $set: { o: 1, 'o.p': 2 } }],
    ['a path and its child under other operators', { $set: { 'o.p.q': 1 }, $unset: { 'o.p': '' } }],
    ['$rename onto a path that is set', { $rename: { s: 'n' }, $set: { n: 1 } }],
    ['$rename onto itself', { $rename: { s: 's' } }],
    ['$rename onto its own child', { $rename: { o: 'o.p' } }],
    ['$rename of an array element', { $rename: { 'docs.0.k': 'x' } }],
    ['$rename into an array', { $rename: { s: 'list.0' } }],
    ['$rename to no string', { $rename: { s: 1 } }],
    ['another _id', { $set: { _id: 'v' } }],
    ['no _id', { $unset: { _id: '' } }],
    ['_id under another name', { $rename: { _id: 'id' } }],
    ['an unknown operator', { $what: { n: 1 } }],
    ['$bit on a double', { $bit: { f: { and: 1 } } }],
    ['$bit with a double', { $bit: { n: { and: 1.5 } } }],
    ['$bit with another word', { $bit: { n: { not: 1 } } }],
    ['$currentDate of a word', { $currentDate: { d: 'now' } }],
    ['an empty path', { $set: { '': 1 } }],
    ['an empty name in a path', { $set: { 'a..b': 1 } }],
    ['a $ name', { $set: { 'o.$x': 1 } }],
    ['a $ name in a value', { $set: { o: { $x: 1 } } }],
    ['the positional operator without a match in an array', { $set: { 'docs.$.n': 1 } }],
    ['all elements of no array', { $set: { 's.$[].n': 1 } }],
    ['an operator of no fields', { $set: {} }],
    ['an operator of a number', { $inc: 5 }],
    ['nothing', {}],
    ['fields beside operators', { $set: { n: 1 }, s: 2 }],
    ['a good change beside a bad one', { $set: { aaa: 1 }, $inc: { s: 1 } }],
    ['$bit with a word that objects know', { $bit: { n: { constructor: 1 } } }],
    ['a path of more levels than can be stored', { $set: { [Array(101).fill('a').join('.')]: 1 } }],
    ['a value that is too deep where it is put', { $set: { 'o.p.q': JSON.parse('{"a":'.repeat(98) + '1' + '}'.repeat(98)) as object } }],
    ['a null byte in a path', { $set: { 'o.a\u0000b': 1 } }],
    ['too large', { $set: { s: 'x'.repeat(530_000) } }],
  ])('%s is refused and nothing changes', async (_name, modifiers) => {
    expect(await raw(modifiers)).toBe('DATABASE_REQUEST_FAILED')
  })

  test('$ stands for the element that the query found', async () => {
    expect(await raw({ $set: { 'docs.$.n': 99 } }, { 'docs.k': 'y' })).toMatchObject({
      docs: [START.docs[0], { k: 'y', n: 99 }, START.docs[2]],
    })
    expect(await raw({ $inc: { 'docs.$.n': 10 } }, { docs: { $elemMatch: { k: 'x', n: 3 } } })).toMatchObject({
      docs: [START.docs[0], START.docs[1], { k: 'x', n: 13 }],
    })
    expect(await raw({ $set: { 'list.$': 7 } }, { list: 1 })).toMatchObject({ list: [3, 7, 2] })
  })

  test('through the SDK: fields of a found element', async () => {
    const things = await fixture.with({ _id: 'u', ...START })
    await things.where({ 'docs.k': 'y' }).update({ 'docs.$.n': _.inc(40) })
    expect(((await things.doc('u').get()).data as Row[])[0]).toMatchObject({ docs: [START.docs[0], { k: 'y', n: 42 }, START.docs[2]] })
  })

  test('new fields appear in the order of their names, kept ones stay in place', async () => {
    const things = await fixture.with({ _id: 'o', m: 1, b: 2 })
    await things.doc('o').update({ z: 1, a: 2, b: 3, k10: 1, k9: 1, 'n.b': 1, 'n.a': 2 })
    const [row] = (await things.doc('o').get()).data as Row[]
    expect(Object.keys(row!)).toEqual(['_id', 'm', 'b', 'a', 'k10', 'k9', 'n', 'z'])
    expect(Object.keys(row!.n as Row)).toEqual(['a', 'b'])
  })

  test('one bad document keeps an update of many from all', async () => {
    const things = await fixture.with({ _id: 1, n: 1 }, { _id: 2, n: 'x' }, { _id: 3, n: 3 })
    await expect(things.where({}).update({ n: _.inc(1) })).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    expect((await things.get()).data).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 'x' },
      { _id: 3, n: 3 },
    ])
  })

  test('upserts start from what the query pins down', async () => {
    const things = await fixture.with()
    const send = (query: object, data: object): Promise<unknown> =>
      fixture.server.send({
        action: 'database.modifyDocument',
        collectionName: things.name,
        queryType: 'WHERE',
        query: JSON.stringify(query),
        data: JSON.stringify(data),
        multi: false,
        merge: true,
        upsert: true,
      })
    const first = await send(
      { k: 'x', 'o.p': { $eq: '1' }, n: { $gt: '5' }, $and: [{ t: 'y' }] },
      { $set: { v: 'w' }, $setOnInsert: { made: true } },
    )
    const id = (first as { data: { upsert_id: string } }).data.upsert_id
    expect(first).toMatchObject({ data: { updated: 0, upsert_id: expect.stringMatching(/^[0-9a-f]{32}$/) } })
    expect((await things.doc(id).get()).data).toEqual([{ _id: id, k: 'x', o: { p: '1' }, t: 'y', v: 'w', made: true }])
    expect(await send({ k: 'x' }, { $set: { v: 'z' }, $setOnInsert: { made: false } })).toMatchObject({
      data: { updated: 1, upsert_id: null },
    })
    expect((await things.doc(id).get()).data).toMatchObject([{ v: 'z', made: true }])
    expect(await send({ _id: 'given' }, { $set: { v: 'a' } })).toMatchObject({ data: { upsert_id: 'given' } })
  })

  test('the kinds of numbers that arithmetic gives', async () => {
    const things = await fixture.with({ _id: 'n', i: 2_000_000_000, l: { $numberLong: '5' }, d: 1.5, t: 3 })
    await things
      .options({ raw: true })
      .where({ _id: 'n' })
      .update({ $inc: { i: 2_000_000_000, l: 1, d: { $numberDouble: '0.5' }, t: { $numberLong: '4' } } })
    const answer = await fixture.server.send({
      action: 'database.getDocument',
      collectionName: things.name,
      query: '{"_id":"n"}',
      queryType: 'DOC',
    })
    expect(JSON.parse((answer.data as { list: string[] }).list[0]!)).toEqual({
      _id: 'n',
      i: { $numberLong: '4000000000' },
      l: { $numberLong: '6' },
      d: { $numberDouble: '2.0' },
      t: { $numberLong: '7' },
    })
  })

  test('$currentDate shows the moved clock', async () => {
    await fixture.server.advanceClock(3_600_000)
    const row = (await raw({ $currentDate: { d: true, stamp: { $type: 'date' } } })) as { d: Date; stamp: Date }
    expect(row.d.getTime() - Date.now()).toBeGreaterThan(3_590_000)
    expect(row.stamp).toEqual(row.d)
  })
})

import fc from 'fast-check'
import { compileQuery } from '../../../local/cloud/database/query/match'
import { baseEnv } from '../../../local/cloud/database/aggregate/env'
import { Collection } from '../../../local/cloud/database/indexes/collection'
import { DocRecord } from '../../../local/cloud/database/indexes/record'
import { plan } from '../../../local/cloud/database/indexes/planner'
import { SortedKeys } from '../../../local/cloud/database/indexes/sorted-keys'
import { search } from '../../../local/cloud/database/storage/search'
import { compare } from '../../../local/cloud/database/values/compare'
import { AFTER, orderKey, reversed } from '../../../local/cloud/database/values/order-key'
import { parseSort, sortBy } from '../../../local/cloud/database/values/sort'
import { Double, Long, ObjectId, type Doc, type Value } from '../../../local/cloud/database/values/value'
import { DatabaseFixture, index, type Row } from '../../support/database-fixture'

/** More with FC_RUNS: the long tests ask for it. */
const RUNS = Number(process.env.FC_RUNS ?? 400)

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, true, false, NaN, 0, -0, Infinity, -Infinity, '', 'a', 'a\u0000', 'ab', '\uffff', '😀', '～', '师'),
  fc.integer({ min: -3, max: 3 }),
  fc.double(),
  fc.string(),
  fc.date({ noInvalidDate: true }),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((n) => Long.fromBigInt(n)),
  fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n).map((n) => Long.fromBigInt(n)),
  fc.constantFrom(2 ** 53, 5).map((n) => new Double(n)),
  fc.constantFrom('5f0c8e2a9d3b4c0012345678', '5f0c8e2a9d3b4c0012345679').map((hex) => new ObjectId(hex)),
)
const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

describe('order keys', () => {
  test("sort as BSON's comparison does, upwards and reversed, with anything behind them", () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, tail) => {
        const order = Math.sign(compare(a, b))
        const [x, y] = [orderKey(a), orderKey(b)]
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(order)
        if (order === 0) return
        expect(x + orderKey(tail) < y).toBe(order < 0)
        expect(reversed(x) + orderKey(tail) < reversed(y)).toBe(order > 0)
        expect((order < 0 ? x : y) + AFTER < (order < 0 ? y : x)).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  test('comparison is a total order', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: RUNS },
    )
  })
})

test('sorted keys in blocks behave like a sorted list', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3000 })), { minLength: 900, maxLength: 2500 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      (steps, from, to) => {
        const text = (n: number): string => String(n).padStart(4, '0')
        const keys = new SortedKeys([text(5), text(1)])
        const model = new Set([text(5), text(1)])
        for (const [add, n] of steps) {
          if (add) keys.add(text(n))
          else keys.remove(text(n))
          if (add) model.add(text(n))
          else model.delete(text(n))
        }
        const expected = [...model].sort().filter((key) => key >= text(from) && key < text(to))
        expect([...keys.up(text(from), text(to))]).toEqual(expected)
        expect([...keys.down(text(from), text(to))]).toEqual(expected.reverse())
      },
    ),
    { numRuns: 30 },
  )
})

describe('the planner', () => {
  const small = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom<Value>(null, 'x', 'y', '', true))
  const field: fc.Arbitrary<Value> = fc.oneof({ weight: 5, arbitrary: small }, { weight: 1, arbitrary: fc.array(small, { maxLength: 3 }) })
  const doc: fc.Arbitrary<Doc> = fc.record(
    { a: field, b: small, c: fc.record({ d: field }, { requiredKeys: [] }) },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Doc>
  const condition: fc.Arbitrary<Value> = fc.oneof(
    small,
    fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), small, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    fc.array(small, { maxLength: 3 }).map((list) => ({ $in: list })),
    fc.array(small, { maxLength: 2 }),
    fc.boolean().map((b) => ({ $exists: b })),
    small.map((v) => ({ $elemMatch: { $gte: v } })),
    fc.array(small, { minLength: 1, maxLength: 2 }).map((list) => ({ $all: list })),
    fc.constantFrom('^x', '^', 'y$').map((pattern) => ({ $regex: pattern })),
  )
  const plainQuery = fc.dictionary(fc.constantFrom('a', 'b', 'c.d', '_id'), condition, { maxKeys: 3, noNullPrototype: true })
  const query: fc.Arbitrary<Doc> = fc.oneof(
    { weight: 4, arbitrary: plainQuery },
    { weight: 1, arbitrary: fc.array(plainQuery, { minLength: 1, maxLength: 3 }).map((list) => ({ $or: list })) },
    { weight: 1, arbitrary: fc.array(plainQuery, { minLength: 1, maxLength: 2 }).map((list) => ({ $and: list })) },
  )
  const sort = fc.dictionary(fc.constantFrom('a', 'b', 'c.d', '_id'), fc.constantFrom(1, -1), { maxKeys: 2, noNullPrototype: true })
  const directions = fc.constantFrom<1 | -1>(1, -1)

  test('finds with indexes exactly what a look at every document finds, and in that order', () => {
    fc.assert(
      fc.property(
        fc.array(doc, { maxLength: 25 }),
        query,
        sort,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 30 }),
        directions,
        directions,
        (docs, wanted, order, skip, limit, d1, d2) => {
          const indexed = new Collection('indexed', 1)
          indexed.addIndex({
            name: 'ab',
            keys: [
              { field: 'a', direction: d1 },
              { field: 'b', direction: d2 },
            ],
          })
          indexed.addIndex({ name: 'b', keys: [{ field: 'b', direction: d1 }] })
          indexed.addIndex({ name: 'cd', keys: [{ field: 'c.d', direction: d2 }] })
          indexed.addIndex({
            name: 'bcd',
            keys: [
              { field: 'b', direction: d2 },
              { field: 'c.d', direction: d1 },
            ],
          })
          const records = docs.map((each, i) => {
            const full: Doc = { _id: i, ...each }
            return new DocRecord(i + 1, orderKey(i), full)
          })
          for (const record of records) indexed.exchange(undefined, record)
          // Removed and put back, so that buckets have seen both.
          for (const record of records.slice(0, 5)) indexed.exchange(record, record)
          const matches = compileQuery(wanted, baseEnv(0))
          const fields = parseSort(order)
          const expected = sortBy(records.filter((r) => matches(r.doc)), fields, (r) => r.doc) // prettier-ignore
          const found = search(indexed, {
            query: wanted,
            matches,
            sort: fields,
            skip: 0,
            limit: Infinity,
            overlay: undefined,
            strict: false,
          })
          expect(found.map((r) => r.seq).sort()).toEqual(expected.map((r) => r.seq).sort())
          const key = (r: DocRecord): string =>
            JSON.stringify(fields.map((f) => sortBy([r], [f], (x) => x.doc).length && sortKeyOf(r.doc, f)))
          expect(found.map(key)).toEqual(expected.map(key))
          const page = search(indexed, { query: wanted, matches, sort: fields, skip, limit, overlay: undefined, strict: false })
          expect(page.map(key)).toEqual(expected.slice(skip, skip + limit).map(key))
        },
      ),
      { numRuns: RUNS / 2 },
    )
  })

  /** What a document sorts by, as a value: the least or greatest element of an array. */
  function sortKeyOf(doc: Doc, { path, direction }: { path: string; direction: 1 | -1 }): string {
    const value = path === 'c.d' ? (doc.c as Doc | undefined)?.d : doc[path]
    const keys = (Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) ? 'EMPTY' : value])
      .map((v) => (v === 'EMPTY' ? '' : orderKey(v)))
      .sort()
    return (direction === 1 ? keys[0] : keys.at(-1)) ?? ''
  }

  const shape = (collection: Collection, wanted: Doc, order: Doc = {}): string => {
    const chosen = plan(collection, wanted, parseSort(order))
    return chosen.kind === 'index' ? `${chosen.index.name}${chosen.ordered ? ' in order' : ''}` : chosen.kind
  }

  test.each<[Doc, Doc, string]>([
    [{ _id: 'x' }, {}, '_id_'],
    [{ _id: { $in: ['x', 'y'] }, status: 'open' }, {}, '_id_'],
    [{ openid: 'o', status: 'open' }, {}, 'openid'],
    [{ status: 'open' }, {}, 'status_due'],
    [{ status: 'open' }, { due: 1 }, 'status_due in order'],
    [{ status: 'open' }, { due: -1 }, 'status_due in order'],
    [{ status: { $in: ['open', 'taken'] } }, { due: 1 }, 'status_due in order'],
    [{ status: 'open', due: { $lte: 5 } }, {}, 'status_due'],
    [{ due: { $lte: 5 } }, {}, 'due'],
    [{ due: { $lte: 5 } }, { due: 1 }, 'due in order'],
    [{}, { due: -1 }, 'due in order'],
    [{}, { _id: 1 }, '_id_ in order'],
    [{ $and: [{ due: { $gt: 1 } }, { due: { $lt: 5 } }] }, {}, 'due'],
    [{ $or: [{ due: 5 }, { openid: 'o' }] }, {}, 'union'],
    [{ $or: [{ due: 5 }, { other: 'o' }] }, {}, 'scan'],
    [{ name: { $regex: '^师' } }, {}, 'name'],
    [{ name: { $regex: '师' } }, {}, 'scan'],
    [{ due: { $ne: 5 } }, {}, 'scan'],
    [{ other: 1 }, {}, 'scan'],
    [{}, { other: 1 }, 'scan'],
    [{}, {}, 'scan'],
  ])('%j sorted by %j uses %s', (wanted, order, expected) => {
    const collection = new Collection('c', 1)
    const key = (field: string): { field: string; direction: 1 } => ({ field, direction: 1 })
    collection.addIndex({ name: 'openid', keys: [key('openid')], unique: true })
    collection.addIndex({ name: 'due', keys: [key('due')] })
    collection.addIndex({ name: 'name', keys: [key('name')] })
    collection.addIndex({ name: 'status_due', keys: [key('status'), key('due')] })
    expect(shape(collection, wanted, order)).toBe(expected)
  })
})

describe('unique indexes, through the SDK', () => {
  let fixture: DatabaseFixture
  beforeAll(async () => {
    const keys = [
      { field: 'city', direction: 1 as const },
      { field: 'number', direction: -1 as const },
    ]
    fixture = await DatabaseFixture.start([
      { name: 'phones', indexes: [index('phone', 1, true)] },
      { name: 'doors', indexes: [{ name: 'city_number', keys, unique: true }] },
      { name: 'tags', indexes: [index('tags', 1, true)] },
      {
        name: 'parallel',
        indexes: [
          {
            name: 'a_b',
            keys: [
              { field: 'a', direction: 1 },
              { field: 'b', direction: 1 },
            ],
          },
        ],
      },
    ])
  })
  afterAll(() => fixture.stop())
  const DUPLICATE = { code: 'DATABASE_DUPLICATE_WRITE' }

  test('a value once; missing and null are one value', async () => {
    const phones = fixture.db.collection('phones')
    await phones.add({ _id: 1, phone: '130' })
    await expect(phones.add({ phone: '130' })).rejects.toMatchObject({
      ...DUPLICATE,
      message: expect.stringContaining('E11000 duplicate key error collection: phones index: phone_1'),
    })
    await phones.add({ _id: 2 })
    await expect(phones.add({ phone: null })).rejects.toMatchObject(DUPLICATE)
    await expect(phones.add({})).rejects.toMatchObject(DUPLICATE)
    await expect(phones.doc(2).update({ phone: '130' })).rejects.toMatchObject(DUPLICATE)
    await expect(phones.doc(9).set({ phone: '130' })).rejects.toMatchObject(DUPLICATE)
    await phones.doc(1).update({ phone: '130', name: 'same' })
    await phones.doc(1).update({ phone: '131' })
    await phones.add({ _id: 3, phone: '130' })
    await phones.doc(3).remove()
    await phones.add({ _id: 4, phone: '130' })
    await expect(phones.add([{ phone: '140' }, { phone: '140' }])).rejects.toMatchObject(DUPLICATE)
    await expect(phones.where({}).update({ phone: 'all' })).rejects.toMatchObject(DUPLICATE)
    expect((await phones.orderBy('_id', 'asc').get()).data).toEqual([
      { _id: 1, phone: '131', name: 'same' },
      { _id: 2 },
      { _id: 4, phone: '130' },
    ])
  })

  test('several fields together', async () => {
    const doors = fixture.db.collection('doors')
    await doors.add([{ city: 'A', number: 1 }, { city: 'A', number: 2 }, { city: 'B', number: 1 }, { city: 'A' }])
    await expect(doors.add({ number: { $numberDouble: '1.0' }, city: 'A' })).rejects.toMatchObject(DUPLICATE)
    await expect(doors.add({ city: 'A', number: null })).rejects.toMatchObject(DUPLICATE)
  })

  test('each element of an array, except within one document', async () => {
    const tags = fixture.db.collection('tags')
    await tags.add({ _id: 1, tags: ['a', 'b', 'a'] })
    await expect(tags.add({ tags: 'b' })).rejects.toMatchObject(DUPLICATE)
    await expect(tags.add({ tags: ['c', 'a'] })).rejects.toMatchObject(DUPLICATE)
    await tags.add({ _id: 2, tags: ['c'] })
    expect(await fixture.idsOf(tags, { tags: 'c' })).toEqual([2])
  })

  test('two arrays cannot be indexed together', async () => {
    await expect(fixture.db.collection('parallel').add({ a: [1], b: [2] })).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    await fixture.db.collection('parallel').add({ a: [1, 2], b: 3 })
  })
})

describe('strict indexes', () => {
  let fixture: DatabaseFixture
  beforeAll(async () => {
    const keys = [
      { field: 'status', direction: 1 as const },
      { field: 'due', direction: 1 as const },
    ]
    fixture = await DatabaseFixture.start(
      [
        { name: 'orders', indexes: [{ name: 'status_due', keys }, index('at', '2dsphere')] },
        { name: 'notes', indexes: [index('order')] },
      ],
      true,
    )
    await fixture.db.collection('orders').add([
      { _id: 1, status: 'open', due: 5 },
      { _id: 2, status: 'open', due: 3 },
    ])
  })
  afterAll(() => fixture.stop())
  const orders = (): Awaited<ReturnType<DatabaseFixture['with']>> => fixture.db.collection('orders')

  test.each<[string, () => Promise<unknown>]>([
    ['an _id', () => orders().doc(1).get()],
    ['an equality', () => orders().where({ status: 'open' }).get()],
    ['an equality with more', () => orders().where({ status: 'open', other: 1 }).update({ x: 1 })],
    ['an equality and an order', () => orders().where({ status: 'open' }).orderBy('due', 'desc').get()],
    ['an equality with an order in memory', () => orders().where({ status: 'open' }).orderBy('other', 'desc').get()],
    ['an order by an index', () => orders().orderBy('status', 'asc').get()],
    [
      'a place',
      () =>
        orders()
          .where({ at: fixture.db.command.geoNear({ geometry: new fixture.db.Geo.Point(1, 1) }) })
          .get(),
    ],
    ['a count of all', () => orders().count()],
    ['a match in front', () => orders().aggregate().match({ status: 'open' }).limit(1).end()],
    [
      'a lookup by an index',
      () => orders().aggregate().match({ _id: 1 }).lookup({ from: 'notes', localField: '_id', foreignField: 'order', as: 'notes' }).end(),
    ],
  ])('%s is served', async (_name, operate) => {
    await expect(operate()).resolves.toBeDefined()
  })

  test.each<[string, () => Promise<unknown>]>([
    ['a find', () => orders().where({ due: 5 }).get()],
    ['a count', () => orders().where({ due: 5 }).count()],
    ['an update', () => orders().where({ due: 5 }).update({ x: 1 })],
    ['a removal', () => orders().where({ due: 5 }).remove()],
    ['updateAndReturn', () => orders().where({ due: 5 }).updateAndReturn({ x: 1 })],
    ['an aggregation', () => orders().aggregate().match({ due: 5 }).end()],
    ['an aggregation of everything', () => orders().aggregate().group({ _id: null }).end()],
    ['a listing', () => orders().limit(1).get()],
    ['an order without an index', () => orders().orderBy('other', 'asc').get()],
    [
      'a negation',
      () =>
        orders()
          .where({ status: fixture.db.command.neq('open') })
          .get(),
    ],
    [
      'a lookup without an index',
      () => orders().aggregate().match({ _id: 1 }).lookup({ from: 'orders', localField: '_id', foreignField: 'parent', as: 'x' }).end(),
    ],
  ])('%s that no index serves is refused', async (_name, operate) => {
    await expect(operate()).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })

  test('the refusal names the collection, the shape and an index that would do', async () => {
    const query = { city: '临江', price: fixture.db.command.gt(5) }
    await expect(orders().where(query).orderBy('created', 'desc').get()).rejects.toThrow(
      /collection 'orders'.*\{"city":"\?","price":\{"\$gt":"\?"\}\} sorted by created:-1.*\{ city: 1, created: -1, price: 1 \}/,
    )
  })

  test('the workplace itself may look at everything', async () => {
    expect(await fixture.server.send({ collection: 'orders', query: { due: { $gt: 4 } } }, '/find')).toEqual([
      expect.objectContaining({ _id: 1 } as Row),
    ])
    expect(await fixture.server.send({ collection: 'orders', query: '{"due":{"$lt":{"$numberInt":"4"}}}' }, '/find')).toMatchObject([
      { _id: 2, status: 'open', due: 3 },
    ])
    expect(await fixture.server.send({ collection: 'orders' }, '/find')).toHaveLength(2)
  })
})

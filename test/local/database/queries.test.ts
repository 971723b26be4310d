import { DatabaseFixture, type Row } from '../../support/database-fixture'

let fixture: DatabaseFixture
let _: DatabaseFixture['db']['command']
beforeAll(async () => {
  fixture = await DatabaseFixture.start()
  _ = fixture.db.command
})
afterAll(() => fixture.stop())

const DAY = new Date('2026-05-01T00:00:00Z')
const MIXED = [
  { _id: 'int', v: 5 },
  { _id: 'double', v: 5.5 },
  { _id: 'text', v: '5' },
  { _id: 'null', v: null },
  { _id: 'missing' },
  { _id: 'list', v: [1, 5, 9] },
  { _id: 'empty', v: [] },
  { _id: 'date', v: DAY },
  { _id: 'yes', v: true },
  { _id: 'no', v: false },
  { _id: 'doc', v: { a: 1, b: 2 } },
  { _id: 'zero', v: 0 },
  { _id: 'nan', v: NaN },
  { _id: 'lists', v: [[1, 5], [7]] },
]

describe('one field, values of every type', () => {
  let things: { name: string }
  beforeAll(async () => {
    things = await fixture.with(...MIXED)
  })

  test.each<[object, string[]]>([
    [{ v: 5 }, ['int', 'list']],
    [{ v: { $eq: 5 } }, ['int', 'list']],
    [{ v: { $numberDouble: '5.0' } }, ['int', 'list']],
    [{ v: '5' }, ['text']],
    [{ v: null }, ['null', 'missing']],
    [{ v: { $eq: null } }, ['null', 'missing']],
    [{ v: { $ne: null } }, ['int', 'double', 'text', 'list', 'empty', 'date', 'yes', 'no', 'doc', 'zero', 'nan', 'lists']],
    [{ v: true }, ['yes']],
    [{ v: DAY }, ['date']],
    [{ v: [1, 5, 9] }, ['list']],
    [{ v: [1, 5] }, ['lists']],
    [{ v: [5, 1, 9] }, []],
    [{ v: [] }, ['empty']],
    [{ v: { a: 1, b: 2 } }, ['doc']],
    [{ v: { b: 2, a: 1 } }, []],
    [{ v: { a: 1 } }, []],
    [{ v: {} }, []],
    [{ v: { $numberDouble: 'NaN' } }, ['nan']],
    [{ v: { $gt: 4 } }, ['int', 'double', 'list']],
    [{ v: { $gte: 5 } }, ['int', 'double', 'list']],
    [{ v: { $lt: 5 } }, ['list', 'zero']],
    [{ v: { $lte: 5 } }, ['int', 'list', 'zero']],
    [{ v: { $gt: 1, $lt: 5 } }, ['list']],
    [{ v: { $gt: '4' } }, ['text']],
    [{ v: { $gte: DAY } }, ['date']],
    [{ v: { $lt: DAY } }, []],
    [{ v: { $gte: null } }, ['null', 'missing']],
    [{ v: { $gt: null } }, []],
    [{ v: { $gte: false } }, ['yes', 'no']],
    [{ v: { $gt: { a: 1 } } }, ['doc']],
    [{ v: { $gt: [1, 5] } }, ['list', 'lists']],
    [{ v: { $gte: { $numberDouble: 'NaN' } } }, ['nan']],
    [{ v: { $gt: { $minKey: 1 } } }, MIXED.map((d) => d._id).filter((id) => id !== 'missing' && id !== 'nan')],
    [{ v: { $in: [5, null] } }, ['int', 'null', 'missing', 'list']],
    [{ v: { $in: [] } }, []],
    [{ v: { $in: ['5', true, [7]] } }, ['text', 'yes', 'lists']],
    [{ v: { $in: [{ $regularExpression: { pattern: '^5', options: '' } }] } }, ['text']],
    [{ v: { $nin: [5, null] } }, ['double', 'text', 'empty', 'date', 'yes', 'no', 'doc', 'zero', 'nan', 'lists']],
    [{ v: { $nin: [] } }, MIXED.map((d) => d._id)],
    [{ v: { $exists: true } }, MIXED.map((d) => d._id).filter((id) => id !== 'missing')],
    [{ v: { $exists: false } }, ['missing']],
    [{ v: { $exists: 0 } }, ['missing']],
    [{ v: { $exists: null } }, ['missing']],
    [{ v: { $type: 'number' } }, ['int', 'double', 'list', 'zero', 'nan']],
    [{ v: { $type: 'int' } }, ['int', 'list', 'zero']],
    [{ v: { $type: 'array' } }, ['list', 'empty', 'lists']],
    [{ v: { $type: [2, 'date'] } }, ['text', 'date']],
    [{ v: { $type: 'null' } }, ['null']],
    [{ v: { $size: 0 } }, ['empty']],
    [{ v: { $size: 3 } }, ['list']],
    [{ v: { $mod: [5, 0] } }, ['int', 'double', 'list', 'zero']],
    [{ v: { $mod: [4, 1] } }, ['int', 'double', 'list']],
    [{ v: { $all: [1, 9] } }, ['list']],
    [{ v: { $all: [5] } }, ['int', 'list']],
    [{ v: { $all: [[1, 5]] } }, ['lists']],
    [{ v: { $all: [] } }, []],
    [{ v: { $elemMatch: { $gt: 4, $lt: 6 } } }, ['list']],
    [{ v: { $elemMatch: { $in: [9] } } }, ['list']],
    [{ v: { $elemMatch: { $elemMatch: { $eq: 7 } } } }, ['lists']],
    [{ v: { $not: { $gt: 0 } } }, ['text', 'null', 'missing', 'empty', 'date', 'yes', 'no', 'doc', 'zero', 'nan', 'lists']],
    [{ v: { $not: { $regularExpression: { pattern: '5', options: '' } } } }, MIXED.map((d) => d._id).filter((id) => id !== 'text')],
    [{ v: { $bitsAllSet: 5 } }, ['int', 'list']],
    [{ v: { $bitsAnySet: [0] } }, ['int', 'list']],
    [{ v: { $bitsAllClear: 1 } }, ['zero']],
    [{ $and: [{ v: { $gt: 0 } }, { v: { $type: 'int' } }] }, ['int', 'list']],
    [{ $or: [{ v: 0 }, { v: '5' }] }, ['text', 'zero']],
    [{ $nor: [{ v: { $type: 'number' } }, { v: { $type: 'array' } }, { v: null }] }, ['text', 'date', 'yes', 'no', 'doc']],
    [{ 'v.a': 1 }, ['doc']],
    [{ 'v.0': 1 }, ['list']],
    [{ 'v.0.1': 5 }, ['lists']],
    [{ 'v.1': 7 }, []],
    [{ 'v.1': [7] }, ['lists']],
    [{ 'v.a': null, _id: { $in: ['int', 'doc', 'list', 'empty', 'missing'] } }, ['int', 'missing']],
    [{ 'v.a': { $exists: false }, _id: { $in: ['int', 'doc', 'list', 'empty'] } }, ['int', 'list', 'empty']],
    [{ $expr: { $gt: ['$v', 5] }, v: { $type: 'number' } }, ['double', 'list']],
    [{ $comment: 'why', v: 0 }, ['zero']],
    [{ v: { $comment: 'why', $eq: 0 } }, ['zero']],
    [{ _id: { $gt: 'text' } }, ['yes', 'zero']],
  ])('%j', async (query, expected) => {
    expect((await fixture.idsOf(things, query)).sort()).toEqual([...expected].sort())
  })

  test.each<[object]>([
    [{ v: { $what: 1 } }],
    [{ v: { $gt: 1, plain: 2 } }],
    [{ $what: 1 }],
    [{ $and: [] }],
    [{ $or: {} }],
    [{ $nor: [1] }],
    [{ v: { $in: 5 } }],
    [{ v: { $in: [{ $gt: 1 }] } }],
    [{ v: { $not: 5 } }],
    [{ v: { $not: {} } }],
    [{ v: { $size: -1 } }],
    [{ v: { $size: 1.5 } }],
    [{ v: { $size: 'x' } }],
    [{ v: { $mod: [0, 1] } }],
    [{ v: { $mod: [1] } }],
    [{ v: { $mod: [1, 2, 3] } }],
    [{ v: { $mod: ['a', 1] } }],
    [{ v: { $all: 5 } }],
    [{ v: { $elemMatch: 5 } }],
    [{ v: { $type: 'integer' } }],
    [{ v: { $type: [] } }],
    [{ v: { $regex: '(' } }],
    [{ v: { $regex: 5 } }],
    [{ v: { $options: 'i' } }],
    [{ v: { $ne: { $regularExpression: { pattern: 'a', options: '' } } } }],
    [{ v: { $gt: { $regularExpression: { pattern: 'a', options: '' } } } }],
    [{ v: { $bitsAllSet: -1 } }],
    [{ $text: { $search: 'tap' } }],
    [{ $where: 'true' }],
    [{ $expr: { $what: 1 } }],
    [{ v: { $near: { $geometry: { type: 'Point', coordinates: [1, 2] } } } }],
    [{ v: { $geoWithin: { $geometry: { type: 'Point', coordinates: [1, 2] } } } }],
  ])('%j is refused', async (query) => {
    const collectionName = things.name
    expect(
      await fixture.server.send({
        action: 'database.getDocument',
        collectionName,
        query: JSON.stringify(query),
        queryType: 'WHERE',
        limit: 5,
      }),
    ).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })
})

describe('the commands of the SDK', () => {
  let orders: Awaited<ReturnType<DatabaseFixture['with']>>
  beforeAll(async () => {
    orders = await fixture.with(
      {
        _id: 'a',
        price: 100,
        tags: ['水', '急'],
        home: { city: '临江', floor: 3 },
        parts: [
          { sku: 'x', n: 1 },
          { sku: 'y', n: 5 },
        ],
        title: 'Tap drips',
      },
      { _id: 'b', price: 250, tags: ['电'], home: { city: '临江', floor: 12 }, parts: [{ sku: 'x', n: 7 }], title: 'tap\nbroken' },
      { _id: 'c', price: 60, tags: [], home: { city: '江湾' }, parts: [], title: '漏水' },
      { _id: 'd', tags: ['水', '电', '木'], title: 'TAP' },
    )
  })
  /** The SDK's types forget that it takes arguments. */
  const mod = (...args: unknown[]): unknown => (_.mod as (...args: unknown[]) => unknown)(...args)
  const ids = async (query: object): Promise<unknown[]> => ((await orders.where(query).get()).data as Row[]).map((doc) => doc._id)

  test.each<[string, () => object, string[]]>([
    ['equality', () => ({ price: 100 }), ['a']],
    ['eq', () => ({ price: _.eq(100) }), ['a']],
    ['eq of an object', () => ({ home: _.eq({ city: '江湾' }) }), ['c']],
    ['neq', () => ({ price: _.neq(100) }), ['b', 'c', 'd']],
    ['gt and lt', () => ({ price: _.gt(60).and(_.lt(250)) }), ['a']],
    ['gte or lte', () => ({ price: _.gte(250).or(_.lte(60)) }), ['b', 'c']],
    ['in', () => ({ price: _.in([60, 250]) }), ['b', 'c']],
    ['nin', () => ({ price: _.nin([60, 250]) }), ['a', 'd']],
    ['and of conditions', () => _.and([{ price: _.gt(60) }, { 'home.floor': _.lt(10) }]), ['a']],
    ['or of conditions', () => _.or([{ price: 60 }, { tags: '木' }]), ['c', 'd']],
    ['or of plain arguments', () => _.or({ price: 60 }, { price: 100 }), ['a', 'c']],
    ['nor', () => _.nor([{ price: _.gt(60) }, { tags: '木' }]), ['c']],
    ['not', () => ({ price: _.not(_.gt(60)) }), ['c', 'd']],
    ['not of a regular expression', () => ({ title: _.not(/tap/i) }), ['c']],
    ['nor on a field', () => ({ price: _.nor([_.gt(200), _.lt(80)]) }), ['a', 'd']],
    ['exists', () => ({ price: _.exists(true) }), ['a', 'b', 'c']],
    ['not exists', () => ({ 'home.floor': _.exists(false) }), ['c', 'd']],
    ['mod', () => ({ price: mod(100, 50) }), ['b']],
    ['mod of a list', () => ({ price: mod([100, 60]) }), ['c']],
    ['all', () => ({ tags: _.all(['电', '水']) }), ['d']],
    ['size', () => ({ tags: _.size(2) }), ['a']],
    ['elemMatch of fields', () => ({ parts: _.elemMatch({ sku: 'x', n: _.gt(5) }) }), ['b']],
    ['elemMatch of values', () => ({ tags: _.elemMatch(_.eq('木')) }), ['d']],
    ['all of elemMatch', () => ({ parts: _.all([_.elemMatch({ sku: 'x' }), _.elemMatch({ n: 5 })]) }), ['a']],
    ['nested object', () => ({ home: { city: '临江', floor: _.gt(5) } }), ['b']],
    ['dotted path', () => ({ 'home.city': '临江' }), ['a', 'b']],
    ['path through an array', () => ({ 'parts.sku': 'y' }), ['a']],
    ['two conditions met by two elements', () => ({ 'parts.sku': 'x', 'parts.n': 5 }), ['a']],
    ['path with an index', () => ({ 'parts.1.sku': 'y' }), ['a']],
    ['element of an array', () => ({ tags: '水' }), ['a', 'd']],
    ['whole array', () => ({ tags: ['水', '急'] }), ['a']],
    ['regular expression', () => ({ title: /^tap/i }), ['a', 'b', 'd']],
    ['db.RegExp with options', () => ({ title: fixture.db.RegExp({ regexp: '^tap', options: 'i' }) }), ['a', 'b', 'd']],
    ['db.RegExp, dot over lines', () => ({ title: fixture.db.RegExp({ regexp: 'tap.broken', options: 's' }) }), ['b']],
    ['multiline', () => ({ title: /^broken$/m }), ['b']],
    ['Chinese', () => ({ title: /漏./ }), ['c']],
    ['expr', () => _.expr(_.aggregate.gt(['$price', 90])), ['a', 'b']],
    ['jsonSchema', () => _.jsonSchema({ required: ['price'], properties: { price: { bsonType: 'number', minimum: 100 } } }), ['a', 'b']],
  ])('%s', async (_name, query, expected) => {
    expect(await ids(query())).toEqual(expected)
  })

  test.each<[string, string, string, string[]]>([
    ['extended', 't a p # comment', 'xi', ['a', 'b', 'd']],
    ['inline flag', '(?i)^TAP', '', ['a', 'b', 'd']],
    ['ends', '\\ATAP\\z', '', ['d']],
    ['POSIX class', '^[[:upper:]]+$', '', ['d']],
    ['named group', '(?P<first>T)AP', '', ['d']],
    ['unknown options are dropped', '^TAP', 'guy', ['d']],
  ])('PCRE: %s', async (_name, pattern, options, expected) => {
    expect((await fixture.idsOf(orders, { title: { $regularExpression: { pattern, options } } })).sort()).toEqual(expected)
  })
})

describe('order', () => {
  const mixed = [
    { _id: 1, v: 'b' },
    { _id: 2, v: 3 },
    { _id: 3 },
    { _id: 4, v: true },
    { _id: 5, v: null },
    { _id: 6, v: [9, 1] },
    { _id: 7, v: new Date(5) },
    { _id: 8, v: { a: 1 } },
    { _id: 9, v: [] },
    { _id: 10, v: 'a' },
    { _id: 11, v: -1 },
  ]

  test("types in BSON's order, missing like null, an array by its least or greatest element, ties as they were added", async () => {
    const things = await fixture.with(...mixed)
    const ids = async (direction: 'asc' | 'desc'): Promise<unknown[]> =>
      ((await things.orderBy('v', direction).get()).data as Row[]).map((d) => d._id)
    expect(await ids('asc')).toEqual([9, 3, 5, 11, 6, 2, 10, 1, 8, 4, 7])
    expect(await ids('desc')).toEqual([7, 4, 8, 1, 10, 6, 2, 11, 3, 5, 9])
  })

  test('several fields, nested fields, skip and limit after the sort', async () => {
    const things = await fixture.with(
      { _id: 1, a: 1, b: { c: 2 } },
      { _id: 2, a: 2, b: { c: 1 } },
      { _id: 3, a: 1, b: { c: 3 } },
      { _id: 4, a: 2 },
    )
    const found = await things.orderBy('a', 'desc').orderBy('b.c', 'asc').get()
    expect((found.data as Row[]).map((d) => d._id)).toEqual([4, 2, 1, 3])
    const part = await things.orderBy('a', 'desc').orderBy('b.c', 'asc').skip(1).limit(2).get()
    expect((part.data as Row[]).map((d) => d._id)).toEqual([2, 1])
  })

  test("text in the order of its bytes, not of JavaScript's units", async () => {
    const things = await fixture.with(
      { _id: 1, v: '\uff5e' },
      { _id: 2, v: '😀' },
      { _id: 3, v: 'z' },
      { _id: 4, v: '师' },
      { _id: 5, v: 'a\u0000' },
      { _id: 6, v: 'a' },
    )
    expect(((await things.orderBy('v', 'asc').get()).data as Row[]).map((d) => d._id)).toEqual([6, 5, 3, 4, 1, 2])
  })
})

describe('projection', () => {
  const doc = { _id: 'p', a: 1, b: { c: 2, d: { e: 3, f: 4 } }, list: [{ x: 1, y: 2 }, { x: 3, y: 4 }, 5], n: [1, 2, 3, 4, 5] }
  const project = async (fields: object, query: object = {}): Promise<unknown> =>
    ((await (await fixture.with(doc)).where(query).field(fields).get()).data as Row[])[0]

  test.each<[object, object]>([
    [{ a: true }, { _id: 'p', a: 1 }],
    [{ a: 1, _id: 0 }, { a: 1 }],
    [{ _id: true }, { _id: 'p' }],
    [{ _id: false, a: false, list: false, n: false }, { b: doc.b }],
    [{ 'b.d.e': true }, { _id: 'p', b: { d: { e: 3 } } }],
    [{ b: { d: { f: 1 } } }, { _id: 'p', b: { d: { f: 4 } } }],
    [
      { 'b.d': false, list: false, n: false },
      { _id: 'p', a: 1, b: { c: 2 } },
    ],
    [{ 'list.x': true }, { _id: 'p', list: [{ x: 1 }, { x: 3 }] }],
    [
      { 'list.x': false, a: false, b: false, n: false },
      { _id: 'p', list: [{ y: 2 }, { y: 4 }, 5] },
    ],
    [{ none: true }, { _id: 'p' }],
    [{ 'a.b': true }, { _id: 'p' }],
  ])('%j', async (fields, expected) => {
    expect(await project(fields)).toEqual(expected)
  })

  test('slice and elemMatch of the SDK', async () => {
    const { slice, elemMatch } = _.project
    expect(await project({ n: slice(2), a: 1 })).toEqual({ _id: 'p', a: 1, n: [1, 2] })
    expect(await project({ n: slice(-2), a: 1 })).toEqual({ _id: 'p', a: 1, n: [4, 5] })
    expect(await project({ n: slice([1, 2]), a: 1 })).toEqual({ _id: 'p', a: 1, n: [2, 3] })
    expect(await project({ n: slice([-3, 2]), a: 1 })).toEqual({ _id: 'p', a: 1, n: [3, 4] })
    expect(await project({ n: slice(1) })).toEqual({ ...doc, n: [1] })
    expect(await project({ list: elemMatch({ x: 3 }) })).toEqual({ _id: 'p', list: [{ x: 3, y: 4 }] })
    expect(await project({ list: elemMatch({ x: 99 }) })).toEqual({ _id: 'p' })
  })

  test('the positional operator shows the element that was found', async () => {
    expect(await project({ 'list.$': 1 }, { 'list.x': 3 })).toEqual({ _id: 'p', list: [{ x: 3, y: 4 }] })
  })

  test('of one document', async () => {
    const things = await fixture.with(doc)
    expect((await things.doc('p').field({ a: true }).get()).data).toEqual([{ _id: 'p', a: 1 }])
  })

  test.each<[object]>([
    [{ a: 1, b: 0 }],
    [{ a: 1, 'a.b': 1 }],
    [{ 'b.c': 1, b: 1 }],
    [{ n: { $slice: 'x' } }],
    [{ n: { $slice: [1, 0] } }],
    [{ list: { $elemMatch: 5 } }],
    [{ '': 1 }],
  ])('%j is refused', async (fields) => {
    const things = await fixture.with(doc)
    const answer = await fixture.server.send({
      action: 'database.getDocument',
      collectionName: things.name,
      queryType: 'WHERE',
      projection: JSON.stringify(fields),
    })
    expect(answer).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })
})

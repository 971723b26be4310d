import { DatabaseFixture, type Row } from '../../support/database-fixture'

let fixture: DatabaseFixture
let $: DatabaseFixture['db']['command']['aggregate']
let _: DatabaseFixture['db']['command']
beforeAll(async () => {
  fixture = await DatabaseFixture.start()
  _ = fixture.db.command
  $ = _.aggregate
})
afterAll(() => fixture.stop())

type Collection = Awaited<ReturnType<DatabaseFixture['with']>>
const raw = async (collection: Collection, ...stages: object[]): Promise<Row[]> =>
  ((await collection.options({ raw: true }).aggregate(stages).end()) as { data: Row[] }).data
const refused = async (collection: Collection, ...stages: object[]): Promise<unknown> => raw(collection, ...stages).then(() => 'served', (error: { code: string }) => error.code) // prettier-ignore

describe('stages of the SDK', () => {
  let sales: Collection
  beforeAll(async () => {
    sales = await fixture.with(
      { _id: 1, item: 'tap', price: 10, qty: 2, at: new Date('2026-01-31T16:30:00Z'), tags: ['水', '急'], by: { name: '甲' } },
      { _id: 2, item: 'lamp', price: 20, qty: 1, at: new Date('2026-02-01T00:00:00Z'), tags: ['电'], by: { name: '乙' } },
      { _id: 3, item: 'tap', price: 5, qty: 10, at: new Date('2026-03-15T12:00:00Z'), tags: [], by: { name: '甲' } },
      { _id: 4, item: 'door', price: 7.5, qty: 4, at: new Date('2026-03-16T12:00:00Z') },
    )
  })
  const run = async (build: (pipeline: ReturnType<Collection['aggregate']>) => ReturnType<Collection['aggregate']>): Promise<Row[]> =>
    ((await build(sales.aggregate()).end()) as { data: Row[] }).data

  test('match with commands, project with expressions', async () => {
    expect(
      await run((p) =>
        p.match({ price: _.gt(6), item: _.neq('door') }).project({ _id: 0, item: 1, total: $.multiply(['$price', '$qty']) }),
      ),
    ).toEqual([
      { item: 'tap', total: 20 },
      { item: 'lamp', total: 20 },
    ])
  })

  test('group: sums, averages, extremes, first, last, push, set', async () => {
    const rows = await run((p) =>
      p
        .sort({ _id: 1 })
        .group({
          _id: '$item',
          n: $.sum(1),
          total: $.sum($.multiply(['$price', '$qty'])),
          mean: $.avg('$price'),
          least: $.min('$price'),
          most: $.max('$price'),
          first: $.first('$_id'),
          last: $.last('$_id'),
          all: $.push('$qty'),
          names: $.addToSet('$by.name'),
        }) // prettier-ignore
        .sort({ _id: 1 }),
    )
    expect(rows).toEqual([
      { _id: 'door', n: 1, total: 30, mean: 7.5, least: 7.5, most: 7.5, first: 4, last: 4, all: [4], names: [] },
      { _id: 'lamp', n: 1, total: 20, mean: 20, least: 20, most: 20, first: 2, last: 2, all: [1], names: ['乙'] },
      { _id: 'tap', n: 2, total: 70, mean: 7.5, least: 5, most: 10, first: 1, last: 3, all: [2, 10], names: ['甲'] },
    ])
  })

  test('group by null, by several fields, by a missing field', async () => {
    expect(await run((p) => p.group({ _id: null, n: $.sum(1), sd: $.stdDevPop('$qty'), ss: $.stdDevSamp('$none') }))).toEqual([
      { _id: null, n: 4, sd: expect.closeTo(3.49, 2), ss: null },
    ])
    expect(
      await run((p) =>
        p
          .group({ _id: { item: '$item', who: '$by.name' }, n: $.sum(1) })
          .sort({ n: -1 })
          .limit(1),
      ),
    ).toEqual([{ _id: { item: 'tap', who: '甲' }, n: 2 }])
    expect(await run((p) => p.group({ _id: '$by.name', n: $.sum(1) }).sort({ _id: 1 }))).toEqual([
      { _id: null, n: 1 },
      { _id: '乙', n: 1 },
      { _id: '甲', n: 2 },
    ])
  })

  test('addFields, nested and through arrays; replaceRoot; unwind', async () => {
    expect(await run((p) => p.match({ _id: 1 }).addFields({ total: $.add(['$price', 1]), 'by.age': 30, tags: $.size('$tags') }))).toEqual([
      expect.objectContaining({ _id: 1, total: 11, by: { name: '甲', age: 30 }, tags: 2 }),
    ])
    expect(await run((p) => p.match({ by: _.exists(true) }).replaceRoot({ newRoot: '$by' }))).toEqual([
      { name: '甲' },
      { name: '乙' },
      { name: '甲' },
    ])
    expect(await run((p) => p.replaceRoot({ newRoot: $.mergeObjects([{ name: '无' }, '$by', { id: '$_id' }]) }).skip(2))).toEqual([
      { name: '甲', id: 3 },
      { name: '无', id: 4 },
    ])
    expect((await run((p) => p.unwind('$tags'))).map((r) => [r._id, r.tags])).toEqual([
      [1, '水'],
      [1, '急'],
      [2, '电'],
    ])
    expect(
      await run((p) => p.unwind({ path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true }).project({ tags: 1, i: 1 })),
    ).toEqual([
      { _id: 1, tags: '水', i: 0 },
      { _id: 1, tags: '急', i: 1 },
      { _id: 2, tags: '电', i: 0 },
      { _id: 3, i: null },
      { _id: 4, i: null },
    ])
  })

  test('bucket and bucketAuto', async () => {
    expect(
      await run((p) =>
        p.bucket({ groupBy: '$price', boundaries: [0, 8, 15], default: 'more', output: { n: $.sum(1), ids: $.push('$_id') } }),
      ),
    ).toEqual([
      { _id: 0, n: 2, ids: [3, 4] },
      { _id: 8, n: 1, ids: [1] },
      { _id: 'more', n: 1, ids: [2] },
    ])
    expect(await run((p) => p.bucketAuto({ groupBy: '$price', buckets: 2 }))).toEqual([
      { _id: { min: 5, max: 10 }, count: 2 },
      { _id: { min: 10, max: 20 }, count: 2 },
    ])
    expect(await run((p) => p.bucketAuto({ groupBy: '$qty', buckets: 3, granularity: 'R5', output: { n: $.sum(1) } }))).toEqual([
      { _id: { min: 0.63, max: 1.6 }, n: 1 },
      { _id: { min: 1.6, max: 2.5 }, n: 1 },
      { _id: { min: 2.5, max: 16 }, n: 2 },
    ])
  })

  test('count, sortByCount, sample, skip, limit', async () => {
    expect(await run((p) => p.match({ price: _.lt(15) }).count('cheap'))).toEqual([{ cheap: 3 }])
    expect(await run((p) => p.match({ price: 99 }).count('none'))).toEqual([])
    expect((await run((p) => p.sortByCount('$item')))[0]).toEqual({ _id: 'tap', count: 2 })
    const sampled = await run((p) => p.sample({ size: 3 }))
    expect(new Set(sampled.map((r) => r._id)).size).toBe(3)
    expect((await run((p) => p.sort({ price: -1, _id: 1 }).skip(1).limit(2))).map((r) => r._id)).toEqual([1, 4])
  })

  test('sort by what was computed, mixed types and missing values', async () => {
    expect((await run((p) => p.addFields({ name: '$by.name' }).sort({ name: -1, _id: -1 }).project({ _id: 1 }))).map((r) => r._id)).toEqual(
      [3, 1, 2, 4],
    )
  })

  test('lookup by fields, and by a pipeline with let', async () => {
    const stock = await fixture.with(
      { _id: 's1', name: 'tap', n: 3, where: 'A' },
      { _id: 's2', name: 'tap', n: 12, where: 'B' },
      { _id: 's3', name: null, n: 0 },
    )
    expect(
      await run((p) =>
        p.lookup({ from: stock.name, localField: 'item', foreignField: 'name', as: 'stock' }).project({ stock: '$stock._id' }),
      ),
    ).toEqual([
      { _id: 1, stock: ['s1', 's2'] },
      { _id: 2, stock: [] },
      { _id: 3, stock: ['s1', 's2'] },
      { _id: 4, stock: [] },
    ])
    expect(
      (await run((p) => p.match({ _id: 4 }).lookup({ from: stock.name, localField: 'none', foreignField: 'name', as: 's' })))[0]!.s,
    ).toEqual([{ _id: 's3', name: null, n: 0 }])
    const pipeline = $.pipeline()
      .match(_.expr($.and([$.eq(['$name', '$$wanted']), $.gte(['$n', '$$qty'])])))
      .project({ _id: 0, where: 1 })
      .done()
    expect(
      await run((p) =>
        p.lookup({ from: stock.name, let: { wanted: '$item', qty: '$qty' }, pipeline, as: 'enough' }).project({ enough: 1 }),
      ),
    ).toEqual([
      { _id: 1, enough: [{ where: 'A' }, { where: 'B' }] },
      { _id: 2, enough: [] },
      { _id: 3, enough: [{ where: 'B' }] },
      { _id: 4, enough: [] },
    ])
    await expect(sales.aggregate().lookup({ from: 'nowhere', localField: 'a', foreignField: 'b', as: 'c' }).end()).rejects.toMatchObject({
      code: 'DATABASE_COLLECTION_NOT_EXIST',
    })
  })

  test('dates come back as dates, geometry as plain GeoJSON', async () => {
    const places = await fixture.with({ _id: 1, at: new fixture.db.Geo.Point(121, 31), d: new Date(5) })
    expect(
      (
        (await places
          .aggregate()
          .match({ d: _.lte(new Date(5)) })
          .end()) as { data: Row[] }
      ).data,
    ).toEqual([{ _id: 1, at: { type: 'Point', coordinates: [121, 31] }, d: new Date(5) }])
  })
})

describe('raw pipelines', () => {
  let docs: Collection
  beforeAll(async () => {
    docs = await fixture.with({ _id: 1, a: 1, parent: null }, { _id: 2, a: 2, parent: 1 }, { _id: 3, a: 3, parent: 2 })
  })

  test('facet, unionWith, unset, replaceWith, set', async () => {
    expect(
      await raw(docs, { $facet: { high: [{ $match: { a: { $gt: 1 } } }, { $count: 'n' }], ids: [{ $project: { a: 0, parent: 0 } }] } }),
    ).toEqual([{ high: [{ n: 2 }], ids: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] }])
    expect(
      await raw(
        docs,
        { $match: { _id: 1 } },
        { $unionWith: { coll: docs.name, pipeline: [{ $match: { _id: 3 } }] } },
        { $unset: ['a', 'parent'] },
      ),
    ).toEqual([{ _id: 1 }, { _id: 3 }])
    expect(await raw(docs, { $match: { _id: 2 } }, { $set: { b: '$a' } }, { $replaceWith: { x: '$b' } })).toEqual([{ x: 2 }])
  })

  test('graphLookup follows links', async () => {
    const [row] = await raw(
      docs,
      { $match: { _id: 3 } },
      {
        $graphLookup: {
          from: docs.name,
          startWith: '$parent',
          connectFromField: 'parent',
          connectToField: '_id',
          as: 'up',
          depthField: 'd',
        },
      },
    )
    expect(row!.up).toEqual([
      { _id: 2, a: 2, parent: 1, d: 0 },
      { _id: 1, a: 1, parent: null, d: 1 },
    ])
  })

  test('redact prunes and descends', async () => {
    const tree = await fixture.with({
      _id: 1,
      level: 1,
      inner: { level: 5, x: 1 },
      list: [
        { level: 1, y: 2 },
        { level: 9, z: 3 },
      ],
    })
    expect(await raw(tree, { $redact: { $cond: [{ $lte: ['$level', 3] }, '$$DESCEND', '$$PRUNE'] } })).toEqual([
      { _id: 1, level: 1, list: [{ level: 1, y: 2 }] },
    ])
  })

  test.each<[string, object[]]>([
    ['an unknown stage', [{ $what: 1 }]],
    ['geoNear later on', [{ $match: {} }, { $geoNear: {} }]],
    ['a group without _id', [{ $group: { n: { $sum: 1 } } }]],
    ['an unknown accumulator', [{ $group: { _id: 1, n: { $what: 1 } } }]],
    ['a dotted group field', [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }]],
    ['no accumulator', [{ $group: { _id: 1, n: '$a' } }]],
    ['limit 0', [{ $limit: 0 }]],
    ['limit -1', [{ $limit: -1 }]],
    ['limit of text', [{ $limit: 'x' }]],
    ['skip -1', [{ $skip: -1 }]],
    ['sort by 2', [{ $sort: { a: 2 } }]],
    ['sort by nothing', [{ $sort: {} }]],
    ['an empty projection', [{ $project: {} }]],
    ['a mixed projection', [{ $project: { a: 1, b: 0 } }]],
    ['unwind without $', [{ $unwind: 'a' }]],
    ['buckets out of order', [{ $bucket: { groupBy: '$a', boundaries: [5, 1] } }]],
    ['buckets of mixed types', [{ $bucket: { groupBy: '$a', boundaries: [1, 'x'] } }]],
    ['a bucket without default for what is outside', [{ $bucket: { groupBy: '$a', boundaries: [100, 200] } }]],
    ['no automatic buckets', [{ $bucketAuto: { groupBy: '$a', buckets: 0 } }]],
    ['a $ count', [{ $count: '$n' }]],
    ['an undefined variable', [{ $project: { x: '$$nope' } }]],
    ['an unknown operator', [{ $project: { x: { $what: 1 } } }]],
    ['two operators in one', [{ $project: { x: { $add: [1], $sum: 1 } } }]],
    ['$near in $match', [{ $match: { a: { $near: { $geometry: { type: 'Point', coordinates: [1, 2] } } } } }]],
    ['a lookup without as', [{ $lookup: { from: 'x', localField: 'a', foreignField: 'b' } }]],
    ['a lookup with half its fields', [{ $lookup: { from: 'x', localField: 'a', as: 'b' } }]],
    ['a root that is no document', [{ $replaceRoot: { newRoot: '$a' } }]],
    ['division by zero', [{ $project: { x: { $divide: ['$a', 0] } } }]],
    ['adding text', [{ $project: { x: { $add: ['$a', 'x'] } } }]],
    ['$size of no array', [{ $project: { x: { $size: '$a' } } }]],
    ['concatenating a number', [{ $project: { x: { $concat: ['a', '$a'] } } }]],
    ['wrong number of arguments', [{ $project: { x: { $divide: [1] } } }]],
    ['out', [{ $out: 'x' }]],
  ])('%s is refused', async (_name, stages) => {
    expect(await refused(docs, ...stages)).toBe('DATABASE_REQUEST_FAILED')
  })
})

describe('expressions', () => {
  const D = new Date('2026-03-05T07:08:09.123Z')
  let one: Collection
  beforeAll(async () => {
    one = await fixture.with({
      _id: 1,
      n: 7,
      f: 2.5,
      neg: -7,
      s: 'Hello 世界',
      list: [3, 1, 2],
      docs: [
        { k: 'a', v: 1 },
        { k: 'b', v: 2 },
      ],
      o: { x: 1, y: 'two' },
      d: D,
      t: true,
      nil: null,
      empty: [],
      mix: [1, 'a', null, 1],
    })
  })

  test.each<[unknown, unknown]>([
    [{ $abs: '$neg' }, 7],
    [{ $add: ['$n', '$f', 1] }, 10.5],
    [{ $add: ['$d', 1000] }, new Date(D.getTime() + 1000)],
    [{ $add: ['$n', '$nil'] }, null],
    [{ $subtract: ['$d', new Date(D.getTime() - 5)] }, 5],
    [{ $subtract: ['$d', 123] }, new Date('2026-03-05T07:08:09.000Z')],
    [{ $multiply: ['$n', 2, '$f'] }, 35],
    [{ $divide: ['$n', 2] }, 3.5],
    [{ $mod: ['$neg', 4] }, -3],
    [{ $mod: ['$f', 2] }, 0.5],
    [{ $pow: [2, 10] }, 1024],
    [{ $pow: [2, -1] }, 0.5],
    [{ $sqrt: 16 }, 4],
    [{ $exp: 0 }, 1],
    [{ $ln: 1 }, 0],
    [{ $log: [8, 2] }, 3],
    [{ $log10: 1000 }, 3],
    [{ $ceil: 2.1 }, 3],
    [{ $floor: '$f' }, 2],
    [{ $trunc: -2.7 }, -2],
    [{ $trunc: [1234.567, 2] }, 1234.56],
    [{ $round: ['$f', 0] }, 2],
    [{ $round: [3.5] }, 4],
    [{ $round: [1234, -2] }, 1200],
    [{ $ceil: '$missing' }, null],
    [{ $cmp: ['$n', 3] }, 1],
    [{ $eq: ['$missing', null] }, false],
    [{ $lt: ['$missing', null] }, true],
    [{ $gt: ['text', 5] }, true],
    [{ $ne: ['$nil', null] }, false],
    [{ $and: ['$t', '$n', 0] }, false],
    [{ $and: [] }, true],
    [{ $or: ['$nil', '$missing', 'x'] }, true],
    [{ $not: ['$empty'] }, false],
    [{ $cond: { if: { $gt: ['$n', 5] }, then: 'big', else: 'small' } }, 'big'],
    [{ $cond: ['$nil', 1, 2] }, 2],
    [{ $ifNull: ['$nil', '$missing', 'last'] }, 'last'],
    [
      {
        $switch: {
          branches: [
            { case: { $eq: ['$n', 1] }, then: 'one' },
            { case: '$t', then: 'yes' },
          ],
          default: 'no',
        },
      },
      'yes',
    ],
    [{ $arrayElemAt: ['$list', -1] }, 2],
    [{ $arrayToObject: '$docs' }, { a: 1, b: 2 }],
    [
      {
        $arrayToObject: [
          [
            ['x', 1],
            ['y', 2],
          ],
        ],
      },
      { x: 1, y: 2 },
    ],
    [
      { $objectToArray: '$o' },
      [
        { k: 'x', v: 1 },
        { k: 'y', v: 'two' },
      ],
    ],
    [{ $concatArrays: ['$list', [9]] }, [3, 1, 2, 9]],
    [{ $concatArrays: ['$list', '$nil'] }, null],
    [{ $filter: { input: '$list', as: 'i', cond: { $gt: ['$$i', 1] } } }, [3, 2]],
    [{ $filter: { input: '$docs', cond: { $eq: ['$$this.k', 'b'] } } }, [{ k: 'b', v: 2 }]],
    [{ $in: [2, '$list'] }, true],
    [{ $indexOfArray: ['$list', 2] }, 2],
    [{ $indexOfArray: ['$list', 9] }, -1],
    [{ $isArray: ['$list'] }, true],
    [{ $map: { input: '$list', as: 'i', in: { $multiply: ['$$i', '$n'] } } }, [21, 7, 14]],
    [{ $range: [0, 10, 3] }, [0, 3, 6, 9]],
    [{ $range: [5, 0, -2] }, [5, 3, 1]],
    [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $reverseArray: '$list' }, [2, 1, 3]],
    [{ $size: '$list' }, 3],
    [{ $slice: ['$list', 1, 1] }, [1]],
    [{ $slice: ['$list', -2] }, [1, 2]],
    [
      { $zip: { inputs: ['$list', ['a', 'b']] } },
      [
        [3, 'a'],
        [1, 'b'],
      ],
    ],
    [
      { $zip: { inputs: ['$list', ['a']], useLongestLength: true, defaults: [0, '-'] } },
      [
        [3, 'a'],
        [1, '-'],
        [2, '-'],
      ],
    ],
    [{ $sortArray: { input: '$list', sortBy: -1 } }, [3, 2, 1]],
    [{ $first: '$list' }, 3],
    [{ $last: '$docs.k' }, 'b'],
    ['$docs.v', [1, 2]],
    ['$list.0', []],
    [{ $allElementsTrue: ['$list'] }, true],
    [{ $anyElementTrue: [[0, null]] }, false],
    [{ $setDifference: ['$mix', [1]] }, ['a', null]],
    [{ $setEquals: ['$list', [1, 2, 3, 3]] }, true],
    [{ $setIntersection: ['$list', [2, 3, 9]] }, [2, 3]],
    [{ $setIsSubset: [[1], '$list'] }, true],
    [{ $setUnion: ['$list', [4]] }, [1, 2, 3, 4]],
    [{ $concat: ['a', '$o.y'] }, 'atwo'],
    [{ $concat: ['a', '$nil'] }, null],
    [{ $indexOfBytes: ['$s', '界'] }, 9],
    [{ $indexOfCP: ['$s', '界'] }, 7],
    [{ $indexOfCP: ['$s', 'l', 4] }, -1],
    [{ $split: ['$s', ' '] }, ['Hello', '世界']],
    [{ $strLenBytes: '$s' }, 12],
    [{ $strLenCP: '$s' }, 8],
    [{ $strcasecmp: ['abc', 'ABD'] }, -1],
    [{ $substr: ['$s', 0, 5] }, 'Hello'],
    [{ $substrBytes: ['$s', 6, 3] }, '世'],
    [{ $substrCP: ['$s', 6, 1] }, '世'],
    [{ $toLower: '$s' }, 'hello 世界'],
    [{ $toUpper: '$o.y' }, 'TWO'],
    [{ $trim: { input: '  x ' } }, 'x'],
    [{ $ltrim: { input: 'xxa', chars: 'x' } }, 'a'],
    [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b-c'],
    [{ $regexMatch: { input: '$s', regex: '^hello', options: 'i' } }, true],
    [{ $regexFind: { input: '$s', regex: '(世)(.)' } }, { match: '世界', idx: 6, captures: ['世', '界'] }],
    [{ $mergeObjects: ['$o', { x: 9 }] }, { x: 9, y: 'two' }],
    [{ $literal: '$n' }, '$n'],
    [{ $let: { vars: { a: '$n', b: 2 }, in: { $add: ['$$a', '$$b'] } } }, 9],
    [{ $type: '$d' }, 'date'],
    [{ $type: '$missing' }, 'missing'],
    [{ $toInt: '42' }, 42],
    [{ $toString: '$f' }, '2.5'],
    [{ $toDate: { $literal: '2026-01-01' } }, new Date('2026-01-01')],
    [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
    [{ $toBool: 'false' }, true],
    [{ $year: '$d' }, 2026],
    [{ $month: '$d' }, 3],
    [{ $dayOfMonth: '$d' }, 5],
    [{ $dayOfWeek: '$d' }, 5],
    [{ $dayOfYear: '$d' }, 64],
    [{ $hour: { date: '$d', timezone: 'Asia/Shanghai' } }, 15],
    [{ $hour: { date: '$d', timezone: '+08:00' } }, 15],
    [{ $minute: '$d' }, 8],
    [{ $second: '$d' }, 9],
    [{ $millisecond: '$d' }, 123],
    [{ $week: '$d' }, 9],
    [{ $isoWeek: '$d' }, 10],
    [{ $isoWeekYear: '$d' }, 2026],
    [{ $isoDayOfWeek: '$d' }, 4],
    [{ $dateToString: { date: '$d', format: '%Y-%m-%d %H:%M:%S.%L', timezone: 'Asia/Shanghai' } }, '2026-03-05 15:08:09.123'],
    [{ $dateToString: { date: '$d' } }, '2026-03-05T07:08:09.123Z'],
    [{ $dateToString: { date: '$d', format: '%j %u %V %G %z %%', timezone: '+08:00' } }, '064 4 10 2026 +0800 %'],
    [{ $dateToString: { date: '$missing', onNull: '-' } }, '-'],
    [{ $dateFromString: { dateString: '2026-03-05T15:08:09.123', timezone: 'Asia/Shanghai' } }, D],
    [{ $dateFromString: { dateString: '05/03/2026', format: '%d/%m/%Y' } }, new Date('2026-03-05')],
    [{ $dateFromString: { dateString: 'never', onError: null } }, null],
    [{ $dateFromParts: { year: 2026, month: 3, day: 5, hour: 15, timezone: 'Asia/Shanghai' } }, new Date('2026-03-05T07:00:00Z')],
    [{ $dateFromParts: { year: 2026, month: 14, day: 0 } }, new Date('2027-01-31')],
    [{ $dateFromParts: { isoWeekYear: 2026, isoWeek: 10, isoDayOfWeek: 4 } }, new Date('2026-03-05')],
    [
      { $dateToParts: { date: '$d', timezone: '+08:00' } },
      { year: 2026, month: 3, day: 5, hour: 15, minute: 8, second: 9, millisecond: 123 },
    ],
    [{ $dateFromString: { dateString: '2026/3/5 15:08', timezone: 'Asia/Shanghai' } }, new Date('2026-03-05T07:08:00Z')],
    [{ $dateAdd: { startDate: new Date('2026-01-31'), unit: 'month', amount: 1 } }, new Date('2026-02-28')],
    [{ $dateDiff: { startDate: new Date('2026-01-31T23:00:00Z'), endDate: '$d', unit: 'month' } }, 2],
    [{ $dateTrunc: { date: '$d', unit: 'hour' } }, new Date('2026-03-05T07:00:00Z')],
    [{ $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'monday' } }, new Date('2026-03-02')],
    [{ $sum: '$list' }, 6],
    [{ $avg: ['$n', '$f'] }, 4.75],
    [{ $max: '$mix' }, 'a'],
    [{ $min: ['$n', '$neg', '$nil'] }, -7],
    [{ $stdDevPop: [[1, 3]] }, 1],
  ])('%j', async (expression, expected) => {
    // An array as a projected value would be read as a list of expressions: wrapped, so that every form is one.
    const [row] = await raw(one, { $addFields: { result: { value: expression } } })
    expect((row!.result as Row).value).toEqual(expected)
  })

  test.each<[object]>([
    [{ $sqrt: -1 }],
    [{ $ln: 0 }],
    [{ $log: [1, 1] }],
    [{ $mod: [1, 0] }],
    [{ $add: ['$d', '$d'] }],
    [{ $arrayElemAt: ['$n', 0] }],
    [{ $arrayElemAt: ['$list', 1.5] }],
    [{ $in: [1, '$n'] }],
    [{ $range: [0, 5, 0] }],
    [{ $size: { $range: [0, 200_000_000] } }],
    [{ $size: { $reduce: { input: { $range: [0, 40] }, initialValue: [1], in: { $concatArrays: ['$$value', '$$value'] } } } }],
    [{ $add: [new Date(8.64e15), 1] }],
    [{ $toString: { $subtract: [new Date(-8.64e15), 1] } }],
    [{ $dateToString: { date: new Date(8.64e15), timezone: 'Asia/Shanghai' } }],
    [{ $dateAdd: { startDate: '$d', unit: 'hour', amount: 1e15 } }],
    [{ $dateAdd: { startDate: '$d', unit: 'month', amount: 1e15 } }],
    [{ $dateFromParts: { year: 9999, day: 2_000_000_000 } }],
    [{ $slice: ['$list', 1, 0] }],
    [{ $filter: { input: '$n', cond: true } }],
    [{ $map: { input: '$list' } }],
    [{ $reduce: { input: '$list', initialValue: 0, in: '$$nope' } }],
    [{ $switch: { branches: [{ case: false, then: 1 }] } }],
    [{ $cond: [1, 2] }],
    [{ $split: ['$s', ''] }],
    [{ $strLenCP: '$nil' }],
    [{ $substrBytes: ['$s', 7, 1] }],
    [{ $toInt: 'x' }],
    [{ $toDate: { $toDouble: 1e20 } }],
    [{ $toInt: 3_000_000_000 }],
    [{ $year: '$s' }],
    [{ $dateToString: { date: '$d', format: '%Q' } }],
    [{ $dateFromString: { dateString: 'never' } }],
    [{ $dateFromString: { dateString: '2026/03-05' } }],
    [{ $hour: { date: '$d', timezone: 'Mars/Olympus' } }],
    [{ $mergeObjects: ['$n'] }],
    [{ $let: { vars: { Big: 1 }, in: 1 } }],
    [{ $setUnion: ['$n'] }],
    [{ $regexMatch: { input: '$s', regex: '(' } }],
    [{ $dateFromParts: { month: 1 } }],
  ])('%j is refused', async (expression) => {
    expect(await refused(one, { $project: { x: expression } })).toBe('DATABASE_REQUEST_FAILED')
  })

  test('numbers keep their kinds: whole sums stay whole, means and quotients are doubles', async () => {
    const stages = [
      {
        stageKey: '$project',
        stageValue: JSON.stringify({
          _id: 0,
          sum: { $add: ['$n', { $numberInt: '1' }] },
          quotient: { $divide: ['$n', { $numberInt: '7' }] },
          big: { $multiply: [{ $numberInt: '2000000000' }, { $numberInt: '2' }] },
          mean: { $avg: '$list' },
          count: { $size: '$list' },
        }),
      },
    ]
    const answer = await fixture.server.send({ action: 'database.aggregateDocuments', collectionName: one.name, stages })
    expect(JSON.parse((answer.data as { list: string[] }).list[0]!)).toEqual({
      sum: { $numberInt: '8' },
      quotient: { $numberDouble: '1.0' },
      big: { $numberLong: '4000000000' },
      mean: { $numberDouble: '2.0' },
      count: { $numberInt: '3' },
    })
  })

  test('$$NOW, $$ROOT, $$REMOVE', async () => {
    const [row] = await raw(one, { $project: { _id: 0, now: '$$NOW', root: '$$ROOT.n', gone: '$$REMOVE', none: '$missing' } })
    expect(row).toEqual({ now: expect.any(Date), root: 7 })
  })
})

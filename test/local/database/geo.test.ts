import { DatabaseFixture, index, type Row } from '../../support/database-fixture'

let fixture: DatabaseFixture
let _: DatabaseFixture['db']['command']
const CENTER: [number, number] = [121.5, 31.2]
const NEAR = { type: 'Point', coordinates: CENTER }
/** MongoDB's metres in a degree of latitude. */
const DEGREE = (6378100 * Math.PI) / 180

beforeAll(async () => {
  const geo = [index('at', '2dsphere')]
  fixture = await DatabaseFixture.start([
    { name: 'places', indexes: geo },
    { name: 'shapes', indexes: geo },
    { name: 'strict', indexes: geo },
    { name: 'two', indexes: [index('from', '2dsphere'), index('to', '2dsphere')] },
    { name: 'edges', indexes: geo },
    { name: 'many', indexes: geo },
    { name: 'plain', indexes: [] },
  ])
  _ = fixture.db.command
  const { Point } = fixture.db.Geo
  await fixture.db.collection('places').add([
    { _id: 'here', at: new Point(...CENTER), kind: 'a' },
    { _id: '1km', at: new Point(121.5, 31.2 + 1000 / DEGREE), kind: 'b' },
    { _id: '3km', at: new Point(121.5, 31.2 - 3000 / DEGREE), kind: 'a' },
    { _id: '500m', at: new Point(121.5 + 500 / DEGREE / Math.cos((31.2 * Math.PI) / 180), 31.2), kind: 'b' },
    { _id: 'far', at: new Point(116.4, 39.9), kind: 'a' },
    { _id: 'nowhere', kind: 'a' },
  ])
})
afterAll(() => fixture.stop())

/** All shapes of the SDK; its types know of Point only. */
type Shape = new (parts: unknown[]) => object
const shapesOf = (): Record<'LineString' | 'Polygon' | 'MultiPoint' | 'MultiPolygon', Shape> => fixture.db.Geo as never
const names = (rows: unknown): unknown[] => (rows as Row[]).map((row) => row._id)
const point = (lng: number, lat: number): InstanceType<DatabaseFixture['db']['Geo']['Point']> => new fixture.db.Geo.Point(lng, lat)

describe('nearest first', () => {
  test.each<[string, object, string[]]>([
    ['without limits', {}, ['here', '500m', '1km', '3km', 'far']],
    ['up to a distance', { maxDistance: 1001 }, ['here', '500m', '1km']],
    ['just short of it', { maxDistance: 999 }, ['here', '500m']],
    ['from a distance on', { minDistance: 600, maxDistance: 5000 }, ['1km', '3km']],
  ])('%s', async (_name, bounds, expected) => {
    const found = await fixture.db
      .collection('places')
      .where({ at: _.geoNear({ geometry: point(...CENTER), ...bounds }) })
      .get()
    expect(names(found.data)).toEqual(expected)
  })

  test('with other conditions, skip and limit; an order of its own wins', async () => {
    const near = { at: _.geoNear({ geometry: point(...CENTER), maxDistance: 5000 }) }
    const places = fixture.db.collection('places')
    expect(names((await places.where({ ...near, kind: 'b' }).get()).data)).toEqual(['500m', '1km'])
    expect(names((await places.where(near).skip(1).limit(2).get()).data)).toEqual(['500m', '1km'])
    expect(names((await places.where(near).orderBy('_id', 'desc').get()).data)).toEqual(['here', '500m', '3km', '1km'])
    expect((await places.where(near).count()).total).toBe(4)
    expect(await places.where({ ...near, kind: 'a' }).update({ seen: true })).toMatchObject({ updated: 2 })
    expect(names((await places.where(_.and([near, { kind: 'a' }])).get()).data)).toEqual(['here', '3km'])
  })

  test('what is read are Geo.Points', async () => {
    const [row] = (await fixture.db.collection('places').doc('far').get()).data as { at: { longitude: number; latitude: number } }[]
    expect(row!.at).toBeInstanceOf(fixture.db.Geo.Point)
    expect([row!.at.longitude, row!.at.latitude]).toEqual([116.4, 39.9])
  })

  test("$geoNear measures on MongoDB's earth, in metres", async () => {
    const { data } = (await fixture.db
      .collection('places')
      .aggregate()
      .geoNear({
        near: point(...CENTER),
        distanceField: 'distance',
        includeLocs: 'place',
        key: 'at',
        spherical: true,
        query: { kind: _.in(['a', 'b']) },
        maxDistance: 5000,
        minDistance: 1,
        distanceMultiplier: 0.001,
      } as never)
      .project({ distance: 1, place: 1 })
      .end()) as unknown as { data: { _id: string; distance: number; place: object }[] }
    expect(data.map((row) => [row._id, Math.round(row.distance * 1e6) / 1e6])).toEqual([
      ['500m', 0.5],
      ['1km', 1],
      ['3km', 3],
    ])
    expect(data[1]!.place).toEqual({ type: 'Point', coordinates: [121.5, 31.2 + 1000 / DEGREE] })
  })

  test('$geoNear with a limit behind it, and without a key while there is one index', async () => {
    const stages = [{ $geoNear: { near: NEAR, distanceField: 'far.away' } }, { $limit: 2 }, { $project: { far: 1 } }]
    const found = await fixture.db.collection('places').options({ raw: true }).aggregate(stages).end()
    expect((found as unknown as { data: Row[] }).data).toEqual([
      { _id: 'here', far: { away: 0 } },
      { _id: '500m', far: { away: expect.closeTo(500, 3) } },
    ])
  })

  test('over the 180th meridian and at a pole', async () => {
    await fixture.db.collection('edges').add([
      { _id: 'east', at: point(179.99, 0) },
      { _id: 'west', at: point(-179.99, 0) },
      { _id: 'pole', at: point(10, 89.99) },
      { _id: 'other', at: point(-170, 89.99) },
    ])
    const around = async (lng: number, lat: number, maxDistance: number): Promise<unknown> => names((await fixture.db.collection('edges').where({ at: _.geoNear({ geometry: point(lng, lat), maxDistance }) }).get()).data) // prettier-ignore
    expect(await around(179.995, 0, 5000)).toEqual(['east', 'west'])
    expect(await around(10, 90, 5000)).toEqual(expect.arrayContaining(['pole', 'other']))
  })

  test('among many the same as by measuring each', async () => {
    let seed = 7
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
    const docs = Array.from({ length: 800 }, (_v, i) => ({
      _id: i,
      at: { type: 'Point', coordinates: [121 + random(), 31 + random()] },
      on: i % 3 > 0,
    }))
    await fixture.db.collection('many').add(docs)
    const hav = ([lng, lat]: number[]): number => {
      const r = Math.PI / 180
      const h =
        Math.sin(((lat! - CENTER[1]) * r) / 2) ** 2 +
        Math.cos(lat! * r) * Math.cos(CENTER[1] * r) * Math.sin(((lng! - CENTER[0]) * r) / 2) ** 2
      return 2 * 6378100 * Math.asin(Math.sqrt(h))
    }
    for (const [maxDistance, limit] of [
      [3000, 100],
      [20_000, 50],
      [200_000, 800],
    ] as const) {
      const expected = docs.filter((d) => d.on && hav(d.at.coordinates) <= maxDistance).sort((a, b) => hav(a.at.coordinates) - hav(b.at.coordinates)).slice(0, limit) // prettier-ignore
      const found = await fixture.db
        .collection('many')
        .where({ on: true, at: _.geoNear({ geometry: point(...CENTER), maxDistance }) })
        .limit(limit)
        .get()
      expect(names(found.data)).toEqual(expected.map((d) => d._id))
    }
    await fixture.db.collection('many').doc(0).remove()
    await fixture.db
      .collection('many')
      .doc(1)
      .update({ at: _.set(NEAR) })
    expect(
      names(
        (
          await fixture.db
            .collection('many')
            .where({ at: _.geoNear({ geometry: point(...CENTER) }) })
            .limit(1)
            .get()
        ).data,
      ),
    ).toEqual([1])
  })
})

describe('regions', () => {
  const square = (west: number, south: number, size: number): object => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  })
  const { stringify } = JSON

  beforeAll(async () => {
    const ring = (...corners: [number, number][]): unknown => new (shapesOf().LineString)(corners.map(([x, y]) => point(x, y)))
    const { Polygon, MultiPoint, LineString, MultiPolygon } = shapesOf()
    await fixture.db.collection('shapes').add([
      { _id: 'inside', at: point(0.5, 0.5) },
      { _id: 'edge', at: point(0, 0.5) },
      { _id: 'outside', at: point(1.5, 0.5) },
      { _id: 'line', at: new LineString([point(-1, 0.5), point(2, 0.5)]) },
      { _id: 'points', at: new MultiPoint([point(0.2, 0.2), point(0.8, 0.8)]) },
      { _id: 'half', at: new MultiPoint([point(0.2, 0.2), point(5, 5)]) },
      { _id: 'area', at: new Polygon([ring([0.1, 0.1], [0.3, 0.1], [0.3, 0.3], [0.1, 0.3], [0.1, 0.1])] as never) },
      { _id: 'around', at: new Polygon([ring([-9, -9], [9, -9], [9, 9], [-9, 9], [-9, -9])] as never) },
      {
        _id: 'islands',
        at: new MultiPolygon([
          new Polygon([ring([3, 3], [4, 3], [4, 4], [3, 3])] as never),
          new Polygon([ring([0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.4])] as never),
        ]),
      },
    ])
  })

  test('geoWithin a polygon, with holes, a multi-polygon, a circle', async () => {
    const { Polygon, LineString, MultiPolygon } = shapesOf()
    const line = (...corners: [number, number][]): InstanceType<typeof LineString> => new LineString(corners.map(([x, y]) => point(x, y)))
    const outer = line([0, 0], [1, 0], [1, 1], [0, 1], [0, 0])
    const shapes = fixture.db.collection('shapes')
    const within = async (geometry: unknown): Promise<unknown> =>
      names((await shapes.where({ at: _.geoWithin({ geometry } as never) }).get()).data)
    expect(await within(new Polygon([outer]))).toEqual(expect.arrayContaining(['inside', 'edge', 'points', 'area']))
    expect(await within(new Polygon([outer]))).toHaveLength(4)
    expect(await within(new Polygon([outer, line([0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6], [0.4, 0.4])]))).toEqual(
      expect.not.arrayContaining(['inside']),
    )
    expect(await within(new MultiPolygon([new Polygon([line([1.4, 0.4], [1.6, 0.4], [1.6, 0.6], [1.4, 0.6], [1.4, 0.4])])]))).toEqual([
      'outside',
    ])
    const circle = async (center: unknown, radians: number): Promise<unknown> =>
      names((await shapes.where({ at: _.geoWithin({ centerSphere: [center, radians] } as never) }).get()).data)
    expect(await circle(point(0.5, 0.5), 0.1 / 57.3)).toEqual(['inside'])
    expect(await circle([0.5, 0.5], 0.6 / 57.3)).toEqual(expect.arrayContaining(['inside', 'edge', 'points']))
  })

  test('geoIntersects with a point, a line, a polygon', async () => {
    const shapes = fixture.db.collection('shapes')
    const { LineString } = shapesOf()
    const meets = async (geometry: unknown): Promise<unknown[]> =>
      names((await shapes.where({ at: _.geoIntersects({ geometry } as never) }).get()).data).sort()
    expect(await meets(point(0.2, 0.2))).toEqual(['area', 'around', 'half', 'points'])
    expect(await meets(new LineString([point(0.5, 0.3), point(0.5, 0.7)]))).toEqual(['around', 'inside', 'islands', 'line'])
    const raw = await fixture.idsOf(shapes, { at: { $geoIntersects: { $geometry: square(2.5, 2.5, 3) } } })
    expect(raw.sort()).toEqual(['around', 'half', 'islands'])
  })

  test('edges are great circles: the straight line between two northern towns bulges northwards', async () => {
    const places = await fixture.with({ _id: 'on the parallel', at: { type: 'Point', coordinates: [0, 60.5] } })
    const wide = {
      type: 'Polygon',
      coordinates: [
        [
          [-40, 30],
          [40, 30],
          [40, 60],
          [-40, 60],
          [-40, 30],
        ],
      ],
    }
    expect(await fixture.idsOf(places, { at: { $geoWithin: { $geometry: wide } } })).toEqual(['on the parallel'])
  })

  test.each([
    {
      at: {
        $geoWithin: {
          $geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 0],
                [1, 1],
              ],
            ],
          },
        },
      },
    },
    {
      at: {
        $geoWithin: {
          $geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 0],
                [1, 1],
                [0, 2],
              ],
            ],
          },
        },
      },
    },
    { at: { $geoWithin: { $centerSphere: [[0, 0], -1] } } },
    { at: { $geoWithin: { $centerSphere: [[200, 0], 1] } } },
    { at: { $geoWithin: { $what: 1 } } },
    { at: { $geoIntersects: { $centerSphere: [[0, 0], 1] } } },
    {
      at: {
        $nearSphere: {
          $geometry: {
            type: 'LineString',
            coordinates: [
              [0, 0],
              [1, 1],
            ],
          },
        },
      },
    },
    { at: { $nearSphere: { $geometry: NEAR, $maxDistance: -1 } } },
    { at: { $nearSphere: { $geometry: { type: 'Point', coordinates: [181, 0] } } } },
    { $or: [{ at: { $nearSphere: { $geometry: NEAR } } }, { a: 1 }] },
    { at: { $maxDistance: 5 } },
  ])('%j is refused', async (query) => {
    expect(
      await fixture.server.send({ action: 'database.getDocument', collectionName: 'shapes', queryType: 'WHERE', query: stringify(query) }),
    ).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })
})

describe('the index', () => {
  test('nearness without a 2dsphere index is refused, as in the cloud; regions need none', async () => {
    const plain = fixture.db.collection('plain')
    await plain.add({ at: point(...CENTER) })
    await expect(plain.where({ at: _.geoNear({ geometry: point(...CENTER) }) }).get()).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
    await expect(
      plain
        .aggregate()
        .geoNear({ near: point(...CENTER), distanceField: 'd', key: 'at', spherical: true } as never)
        .end(),
    ).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    expect((await plain.where({ at: _.geoWithin({ centerSphere: [point(...CENTER), 0.1] } as never) }).get()).data).toHaveLength(1)
  })

  test('two 2dsphere indexes: $geoNear must name its key', async () => {
    const two = fixture.db.collection('two').options({ raw: true })
    await fixture.db.collection('two').add({ _id: 1, from: point(0, 0), to: point(1, 1) })
    await expect(two.aggregate([{ $geoNear: { near: NEAR, distanceField: 'd' } }]).end()).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
    expect(
      await two.aggregate([{ $geoNear: { near: { type: 'Point', coordinates: [1, 1] }, distanceField: 'd', key: 'to' } }]).end(),
    ).toMatchObject({ data: [{ d: 0 }] })
  })

  test.each([
    ['text'],
    [{ type: 'Point', coordinates: [200, 10] }],
    [{ type: 'Point' }],
    [
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      },
    ],
    [7],
  ])('%j is no place: refused on adding and on updating', async (at) => {
    const strict = fixture.db.collection('strict')
    await strict.doc('kept').set({ at: NEAR })
    await expect(strict.add({ at })).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    await expect(strict.doc('kept').update({ at: _.set(at) })).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    expect(((await strict.doc('kept').get()).data as Row[])[0]).toMatchObject({ at: { longitude: 121.5 } })
  })

  test('null, missing, an old-style pair and a list of places are all right', async () => {
    const strict = fixture.db.collection('strict')
    await strict.add([
      { _id: 'null', at: null },
      { _id: 'none' },
      { _id: 'pair', at: [10, 20] },
      {
        _id: 'list',
        at: [
          { type: 'Point', coordinates: [50, 50] },
          { type: 'Point', coordinates: [10.001, 20] },
        ],
      },
    ])
    expect(names((await strict.where({ at: _.geoNear({ geometry: point(10, 20), maxDistance: 1000 }) }).get()).data)).toEqual([
      'pair',
      'list',
    ])
  })
})

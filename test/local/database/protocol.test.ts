import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import tcb from '@cloudbase/node-sdk'

/**
 * What the SDKs put on the wire, action by action, as recorded from the pinned versions. If an SDK's update changes its protocol, this
 * is where it shows, and not in some answer that the stand-in gives to a request that it misread.
 */
type Body = Record<string, unknown>

let server: Server
let url: string
let last: Body
const ANSWERS: Record<string, Body> = {
  'database.insertDocument': { data: { insertedIds: ['id'] } },
  'database.getDocument': { data: { list: [] } },
  'database.calculateDocument': { data: { total: 0 } },
  'database.modifyDocument': { data: { updated: 0, upsert_id: null } },
  'database.modifyAndReturnDoc': { data: { updated: 0, doc: null } },
  'database.removeDocument': { data: { deleted: 0 } },
  'database.aggregateDocuments': { data: { list: [] } },
  'database.startTransaction': { transactionId: 'T' },
}
/** Sent with every request, whatever the action. */
const COMMON = ['envName', 'wxCloudApiToken', 'wxCloudbaseAccesstoken', 'tcb_sessionToken', 'sessionToken', 'crossAuthorizationToken']

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Body
      last = Object.fromEntries(Object.entries(body).filter(([key]) => !COMMON.includes(key)))
      response.end(JSON.stringify({ requestId: 'r', ...ANSWERS[String(body.action)] }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TCB_ENV: 'local',
    SCF_NAMESPACE: 'local',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'x',
    TENCENTCLOUD_SECRETKEY: 'x',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
  })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

type Db = ReturnType<ReturnType<typeof tcb.init>['database']>

/** The two SDKs share one database library; each case runs with both entries. */
const CASES: [string, (db: Db) => Promise<unknown>, Body][] = [
  ['createCollection', (db) => db.createCollection('c') as Promise<unknown>, { action: 'database.addCollection', collectionName: 'c' }],
  ['add one', (db) => db.collection('c').add({ a: 1, f: 0.5, d: new Date(5), u: undefined, big: 2 ** 40 }), { action: 'database.insertDocument', collectionName: 'c', data: ['{"a":{"$numberInt":"1"},"f":{"$numberDouble":"0.5"},"d":{"$date":{"$numberLong":"5"}},"big":{"$numberLong":"1099511627776"}}'] }],
  ['add many', (db) => db.collection('c').add([{ a: 'x' }, { a: 'y' }]), { action: 'database.insertDocument', collectionName: 'c', data: ['{"a":"x"}', '{"a":"y"}'] }],
  ['server date', (db) => db.collection('c').add({ at: db.serverDate({ offset: 5 }) }), { action: 'database.insertDocument', collectionName: 'c', data: ['{"at":{"$tcb_server_date":{"offset":{"$numberInt":"5"}}}}'] }],
  ['point', (db) => db.collection('c').add({ p: new db.Geo.Point(121, 31.5) }), { action: 'database.insertDocument', collectionName: 'c', data: ['{"p":{"type":"Point","coordinates":[{"$numberInt":"121"},{"$numberDouble":"31.5"}]}}'] }],
  ['doc get', (db) => db.collection('c').doc('x').get(), { action: 'database.getDocument', collectionName: 'c', query: '{"_id":"x"}', queryType: 'DOC', multi: false }],
  ['doc field get', (db) => db.collection('c').doc('x').field({ a: true }).get(), { action: 'database.getDocument', collectionName: 'c', query: '{"_id":"x"}', queryType: 'DOC', multi: false, projection: '{"a":{"$numberInt":"1"}}' }],
  ['list', (db) => db.collection('c').get(), { action: 'database.getDocument', collectionName: 'c', queryType: 'WHERE', limit: 100 }],
  ['find', (db) => db.collection('c').where({ a: 1, b: { c: db.command.gt(2) } }).orderBy('a', 'desc').orderBy('b', 'asc').skip(3).limit(5000).field({ a: 1 }).get(), { action: 'database.getDocument', collectionName: 'c', queryType: 'WHERE', query: '{"a":{"$numberInt":"1"},"b.c":{"$gt":{"$numberInt":"2"}}}', order: '{"a":{"$numberInt":"-1"},"b":{"$numberInt":"1"}}', offset: 3, limit: 1000, projection: '{"a":{"$numberInt":"1"}}' }],
  ['logic', (db) => db.collection('c').where({ a: db.command.gt(1).and(db.command.lt(5)) }).get(), { action: 'database.getDocument', collectionName: 'c', queryType: 'WHERE', query: '{"$and":[{"a":{"$gt":{"$numberInt":"1"}}},{"a":{"$lt":{"$numberInt":"5"}}}]}', limit: 100 }],
  ['near', (db) => db.collection('c').where({ p: db.command.geoNear({ geometry: new db.Geo.Point(1, 2), maxDistance: 5 }) }).get(), { action: 'database.getDocument', collectionName: 'c', queryType: 'WHERE', query: '{"p":{"$nearSphere":{"$geometry":{"type":"Point","coordinates":[{"$numberInt":"1"},{"$numberInt":"2"}]},"$maxDistance":{"$numberInt":"5"}}}}', limit: 100 }],
  ['regular expression', (db) => db.collection('c').where({ s: /^a/i }).get(), { action: 'database.getDocument', collectionName: 'c', queryType: 'WHERE', query: '{"s":{"$regularExpression":{"pattern":"^a","options":"i"}}}', limit: 100 }],
  ['count', (db) => db.collection('c').where({ a: 'x' }).count(), { action: 'database.calculateDocument', collectionName: 'c', queryType: 'WHERE', query: '{"a":"x"}' }],
  ['doc set', (db) => db.collection('c').doc('x').set({ a: 'b' }), { action: 'database.modifyDocument', collectionName: 'c', queryType: 'DOC', query: '{"_id":"x"}', data: '{"a":"b"}', multi: false, merge: false, upsert: true }],
  ['doc update', (db) => db.collection('c').doc('x').update({ a: 'b', n: db.command.inc(1), o: { p: 'q' }, l: db.command.push(['r']), g: db.command.remove() }), { action: 'database.modifyDocument', collectionName: 'c', queryType: 'DOC', query: '{"_id":"x"}', data: '{"$set":{"a":"b","o.p":"q"},"$inc":{"n":{"$numberInt":"1"}},"$push":{"l":{"$each":["r"]}},"$unset":{"g":""}}', multi: false, merge: true, upsert: false }],
  ['update', (db) => db.collection('c').where({ a: 'x' }).update({ b: 'y' }), { action: 'database.modifyDocument', collectionName: 'c', queryType: 'WHERE', query: '{"a":"x"}', data: '{"$set":{"b":"y"}}', multi: true, merge: true, upsert: false }],
  ['updateAndReturn', (db) => db.collection('c').where({ a: 'x' }).updateAndReturn({ b: 'y' }), { action: 'database.modifyAndReturnDoc', collectionName: 'c', queryType: 'WHERE', query: '{"a":"x"}', data: '{"$set":{"b":"y"}}' }],
  ['doc remove', (db) => db.collection('c').doc('x').remove(), { action: 'database.removeDocument', collectionName: 'c', queryType: 'DOC', query: '{"_id":"x"}', multi: false }],
  ['remove', (db) => db.collection('c').where({ a: 'x' }).remove(), { action: 'database.removeDocument', collectionName: 'c', queryType: 'WHERE', query: '{"a":"x"}', multi: true }],
  ['remove all', (db) => db.collection('c').remove(), { action: 'database.removeDocument', collectionName: 'c', query: '', queryType: 'WHERE', multi: true }],
  ['aggregate', (db) => db.collection('c').aggregate().match({ a: db.command.gt(1) }).group({ _id: '$k', n: db.command.aggregate.sum('$a') }).limit(5).unwind('$l').end() as Promise<unknown>, { action: 'database.aggregateDocuments', collectionName: 'c', stages: [{ stageKey: '$match', stageValue: '{"a":{"$gt":{"$numberInt":"1"}}}' }, { stageKey: '$group', stageValue: '{"_id":"$k","n":{"$sum":"$a"}}' }, { stageKey: '$limit', stageValue: '5' }, { stageKey: '$unwind', stageValue: '"$l"' }] }],
  ['startTransaction', (db) => db.startTransaction(), { action: 'database.startTransaction' }],
  ['commit', async (db) => (await db.startTransaction()).commit(), { action: 'database.commitTransaction', transactionId: 'T' }],
  ['rollback', async (db) => (await db.startTransaction()).rollback('x'), { action: 'database.abortTransaction', transactionId: 'T' }],
  ['read in a transaction', async (db) => (await db.startTransaction()).collection('c').doc('x').get(), { action: 'database.getDocument', collectionName: 'c', query: '{"_id":"x"}', transactionId: 'T', queryType: 'DOC', multi: false }],
  ['find in a transaction', async (db) => (await db.startTransaction()).collection('c').where({ a: 'x' }).get(), { action: 'database.getDocument', collectionName: 'c', query: '{"a":"x"}', transactionId: 'T', queryType: 'WHERE', limit: 100 }],
  ['add in a transaction', async (db) => (await db.startTransaction()).collection('c').add({ a: 'x' }), { action: 'database.insertDocument', collectionName: 'c', transactionId: 'T', data: ['{"a":"x"}'] }],
  ['update by condition in a transaction leaves it', async (db) => (await db.startTransaction()).collection('c').where({ a: 'x' }).update({ b: 'y' }), { action: 'database.modifyDocument', collectionName: 'c', queryType: 'WHERE', query: '{"a":"x"}', data: '{"$set":{"b":"y"}}', multi: true, merge: true, upsert: false }],
] // prettier-ignore

describe('what node-sdk sends', () => {
  test.each(CASES)('%s', async (_name, operate, expected) => {
    await operate(tcb.init({ env: 'local' }).database())
    expect(last).toEqual(expected)
  })
})

describe('what the copy inside wx-server-sdk sends', () => {
  const nested = jest.requireActual<typeof tcb>('../../../node_modules/wx-server-sdk/node_modules/@cloudbase/node-sdk')
  test.each(CASES)('%s', async (_name, operate, expected) => {
    await operate(nested.init({ env: 'local' }).database() as Db)
    expect(last).toEqual(expected)
  })
})

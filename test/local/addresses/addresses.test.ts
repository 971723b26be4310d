/** The contract of addresses (docs): what programs from outside drive. */
import tcb from '@cloudbase/node-sdk'
import { tcbEnv } from '../../support/workplace'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

let workplace: TestWorkplace

beforeAll(async () => {
  workplace = await startTestWorkplace({ identity: {}, limits: {} }, { collections: ['things'], strictIndexes: true, clock: 'frozen' })
  Object.assign(process.env, tcbEnv(workplace.url))
})
afterAll(() => workplace.stop())

test('POST /__invoke: 200 and what the function returned, 500 { error } if it threw, 404 for none', async () => {
  const call = async (name: string, body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${workplace.url}/__invoke/${name}`, { method: 'POST', body, headers })
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  await expect(call('limits', '{"act":"kept"}')).resolves.toEqual({ status: 200, body: [] })
  await expect(call('limits', '{"act":"nothing"}')).resolves.toEqual({ status: 200, body: null })
  await expect(call('limits', '')).resolves.toEqual({ status: 200, body: 'unknown act undefined' })
  await expect(call('limits', '{"act":"throw"}')).resolves.toEqual({
    status: 500,
    body: { error: 'TypeError: the tap drips', code: 'FUNCTIONS_EXECUTE_FAIL' },
  })
  await expect(call('nobody', '{}')).resolves.toMatchObject({ status: 404, body: { code: 'FUNCTION_NOT_FOUND' } })
  await expect(call('..%2f..%2fmain', '{}')).resolves.toMatchObject({ status: 404 })
})

test('GET /__db/COLLECTION filters, sorts and limits, whatever the indexes, and refuses nonsense in Chinese', async () => {
  const things = tcb.init({ env: 'local' }).database().collection('things')
  for (const [name, size] of [
    ['a', 3],
    ['b', 1],
    ['c', 2],
  ] as const)
    await things.add({ name, size })
  await expect(workplace.db('things', { size: { $gte: 2 } }, { sort: { size: -1 } })).resolves.toMatchObject([{ name: 'a' }, { name: 'c' }])
  await expect(workplace.db('things', {}, { limit: 1 })).resolves.toHaveLength(1)
  await things.add({ name: 'dated', at: new Date('2026-11-22T00:00:00Z') })
  for (const query of [
    '{"at":{"$date":"2026-11-22T00:00:00Z"}}',
    '{"at":{"$gt":{"$date":{"$numberLong":"1700000000000"}}}}',
    '{"name":{"$regex":"^DA","$options":"i"}}',
    '{"name":{"$regularExpression":{"pattern":"^da","options":""}}}',
  ])
    await expect(workplace.get(`/__db/things?query=${encodeURIComponent(query)}`)).resolves.toMatchObject({ list: [{ name: 'dated' }] })
  await expect(workplace.get(`/__db/things?query=${encodeURIComponent('{"at":{"$date":"soon"}}')}`)).rejects.toMatchObject({ status: 400 })
  await expect(workplace.get('/__db/things?query={"size"')).rejects.toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('EJSON') as string },
  })
  await expect(workplace.get('/__db/things?limit=0')).rejects.toMatchObject({ status: 400 })
  await expect(workplace.get('/__db/nowhere')).rejects.toMatchObject({ status: 400, body: { code: 'DATABASE_COLLECTION_NOT_EXIST' } })
})

test('GET /__events tells the time at once, then moves, messages and changes as they happen', async () => {
  const stop = new AbortController()
  const answer = await fetch(`${workplace.url}/__events`, { signal: stop.signal })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = answer.body!.getReader()
  let text = ''
  const next = async (): Promise<unknown> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const event = text.slice(0, end)
        text = text.slice(end + 2)
        if (event.startsWith('data: ')) return JSON.parse(event.slice(6))
        continue
      }
      const { value } = await reader.read()
      text += Buffer.from(value!).toString()
    }
  }
  await expect(next()).resolves.toEqual({ type: 'clock', now: await workplace.clock.now(), frozen: true })
  const now = await workplace.clock.advance(60_000)
  await expect(next()).resolves.toEqual({ type: 'clock', now, frozen: true })
  const db = tcb.init({ env: 'local' }).database()
  await db.collection('things').add({ name: 'd' })
  await expect(next()).resolves.toEqual({ type: 'database', collections: ['things'] })
  // Looking changes nothing and is not told.
  await db.collection('things').doc('none').get()
  await db.collection('things').add({ name: 'e' })
  await expect(next()).resolves.toEqual({ type: 'database', collections: ['things'] })
  stop.abort()
})

test('GET /__messages is newest first and narrows to one receiver', async () => {
  await expect(workplace.messages()).resolves.toEqual([])
  await expect(workplace.messages('oNobody')).resolves.toEqual([])
})

test('database, functions and clock tell the same moved time', async () => {
  const now = await workplace.clock.advance(86_400_000)
  const db = tcb.init({ env: 'local' }).database()
  const { id } = await db.collection('things').add({ at: db.serverDate() })
  const [thing] = (await db.collection('things').doc(id!).get()).data as { at: Date }[]
  expect(thing!.at.toISOString()).toBe(now)
})

/** POST /admin on the wire: shapes that the SDKs of today send and read, pinned; and what they never send. */
import tcb from '@cloudbase/node-sdk'
import { tcbEnv } from '../../support/workplace'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

const REQUEST_ID = expect.stringMatching(/^[\da-f-]{36}$/) as string
let workplace: TestWorkplace
const send = async (body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; answer: Record<string, unknown> }> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${workplace.url}/admin?env=local&seqId=1`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  })
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
}

beforeAll(async () => {
  workplace = await startTestWorkplace({ identity: {}, limits: {} }, { collections: ['things'], strictIndexes: false })
  Object.assign(process.env, tcbEnv(workplace.url))
})
afterAll(() => workplace.stop())

test('success is { requestId, data }, a refusal { requestId, code, message }, both HTTP 200', async () => {
  await expect(send({ action: 'storage.batchDeleteFile', fileid_list: ['cloud://x/y'] })).resolves.toEqual({
    status: 200,
    answer: { requestId: REQUEST_ID, data: { delete_list: [{ fileID: 'cloud://x/y', code: 'STORAGE_FILE_NONEXIST' }] } },
  })
  await expect(send({ action: 'database.getDocument', collectionName: 'nowhere', queryType: 'WHERE', query: '{}' })).resolves.toEqual({
    status: 200,
    answer: { requestId: REQUEST_ID, code: 'DATABASE_COLLECTION_NOT_EXIST', message: expect.any(String) as string },
  })
})

test('functions.invokeFunction takes and gives JSON text, and the source from its header', async () => {
  const { answer } = await send(
    { action: 'functions.invokeFunction', function_name: 'identity', request_data: '{"wait":1}' },
    { 'x-tcb-source': ',unknown' },
  )
  const { response_data } = answer.data as { response_data: string }
  expect(JSON.parse(response_data)).toMatchObject({ before: { ENV: 'local', SOURCE: 'unknown' } })
  await expect(
    send({ action: 'functions.invokeFunction', function_name: 'limits', request_data: '{"act":"throw"}' }),
  ).resolves.toMatchObject({
    status: 200,
    answer: { code: 'FUNCTIONS_EXECUTE_FAIL', message: 'TypeError: the tap drips' },
  })
})

test('a transaction’s id stands at the top level', async () => {
  const { answer } = await send({ action: 'database.startTransaction' })
  expect(answer).toEqual({ requestId: REQUEST_ID, transactionId: expect.any(String) as string })
  await send({ action: 'database.abortTransaction', transactionId: answer.transactionId })
})

test('storage metadata and links have the names that the SDK reads', async () => {
  const upload = await send({ action: 'storage.getUploadMetadata', path: 'a/水.jpg', method: 'put' })
  expect(upload.answer.data).toEqual({
    url: `${workplace.url}/cos/a/%E6%B0%B4.jpg`,
    token: expect.any(String) as string,
    authorization: expect.stringContaining('q-signature=') as string,
    fileId: 'cloud://local.6c6f-local-1300000000/a/水.jpg',
    cosFileId: expect.any(String) as string,
  })
  const link = await send({
    action: 'storage.batchGetDownloadUrl',
    file_list: [{ fileid: 'cloud://local.6c6f-local-1300000000/none', max_age: 60 }],
  })
  expect(link.answer.data).toEqual({
    download_list: [{ code: 'STORAGE_FILE_NONEXIST', fileID: 'cloud://local.6c6f-local-1300000000/none', tempFileURL: '' }],
  })
})

test.each([
  ['no JSON', '{"action"', 'INVALID_PARAM'],
  ['a list', '[]', 'INVALID_PARAM'],
  ['null', 'null', 'INVALID_PARAM'],
  ['no action', '{}', 'INVALID_PARAM'],
  ['an unknown action', '{"action":"database.queryDocument"}', expect.any(String)],
  ['a name of Object’s own', '{"action":"constructor"}', 'INVALID_PARAM'],
  ['files of the wrong type', '{"action":"storage.batchDeleteFile","fileid_list":"x"}', 'INVALID_PARAM'],
  [
    'too many files',
    JSON.stringify({ action: 'storage.batchDeleteFile', fileid_list: Array.from({ length: 51 }, () => 'x') }),
    'INVALID_PARAM',
  ],
  [
    'more than 6 MB',
    JSON.stringify({ action: 'functions.invokeFunction', function_name: 'identity', request_data: 'x'.repeat(6 * 1024 * 1024) }),
    'EXCEED_MAX_PAYLOAD_SIZE',
  ],
])('%s is refused with a code', async (_what, body, code) => {
  await expect(send(body)).resolves.toMatchObject({ status: 200, answer: { requestId: REQUEST_ID, code } })
})

test('any program with TCB_CONTEXT_CNFG reaches database, functions and users through the SDK', async () => {
  const app = tcb.init({ env: 'local' })
  const db = app.database()
  const { id } = await db.collection('things').add({ name: '水龙头', at: new Date(0) })
  await expect(db.collection('things').doc(id!).get()).resolves.toMatchObject({ data: [{ name: '水龙头', at: new Date(0) }] })
  await expect(workplace.db('things', { name: '水龙头' })).resolves.toEqual([
    { _id: id, name: '水龙头', at: { $date: '1970-01-01T00:00:00Z' } },
  ])
  await expect(app.callFunction({ name: 'limits', data: { act: 'values' } })).resolves.toMatchObject({
    result: { date: '1970-01-01T00:00:00.000Z' },
  })
  await expect(app.auth().queryUserInfo({ platform: 'OPENID', platformId: 'oA', uid: '' } as never)).resolves.toMatchObject({
    userInfo: { openId: 'oA' },
  })
  await expect(app.auth().getEndUserInfo('nobody')).rejects.toMatchObject({ code: 'USER_NOT_EXIST' })
})

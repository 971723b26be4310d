/** Files through both SDKs and through the phone's addresses: links that expire on the moved clock, rules, paths, kill -9. */
import { createReadStream, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'
import { Shelves } from '../../../local/cloud/shelf'
import { FileStore, type StoredFile } from '../../../local/cloud/storage/file-store'
import { tcbEnv } from '../../support/workplace'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 10, 13])
let workplace: TestWorkplace
let app: ReturnType<typeof tcb.init>
const fetchAll = async (url: string): Promise<{ status: number; bytes: Buffer; type: string | null }> => {
  const answer = await fetch(url)
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), type: answer.headers.get('content-type') }
}
const linkTo = async (fileID: string, maxAge = 600): Promise<string> =>
  (await app.getTempFileURL({ fileList: [{ fileID, maxAge }] })).fileList[0]!.tempFileURL

beforeAll(async () => {
  workplace = await startTestWorkplace({ identity: {} }, { clock: 'frozen' })
  Object.assign(process.env, tcbEnv(workplace.url))
  app = tcb.init({ env: 'local' })
  cloud.init({ env: 'local' })
})
afterAll(() => workplace.stop())

test.each([
  ['node-sdk', async (cloudPath: string) => (await app.uploadFile({ cloudPath, fileContent: PICTURE })).fileID],
  [
    'wx-server-sdk',
    async (cloudPath: string) =>
      (await cloud.uploadFile({ cloudPath, fileContent: PICTURE as unknown as NodeJS.ReadableStream as never })).fileID,
  ],
])('%s uploads, links, downloads, asks about and deletes a file, Chinese names too', async (_sdk, upload) => {
  const fileID = await upload('orders/o1/门口 照片+1.png')
  expect(fileID).toBe('cloud://local.6c6f-local-1300000000/orders/o1/门口 照片+1.png')
  const [entry] = (await app.getTempFileURL({ fileList: [fileID] })).fileList
  expect(entry).toMatchObject({ code: 'SUCCESS', fileID, maxAge: 86_400 })
  await expect(fetchAll(encodeURI(entry!.tempFileURL))).resolves.toEqual({ status: 200, bytes: PICTURE, type: 'image/png' })
  // Browsers encode by themselves; both ways reach the file.
  await expect(fetchAll(entry!.tempFileURL)).resolves.toMatchObject({ status: 200, bytes: PICTURE })
  expect((await app.downloadFile({ fileID })).fileContent!).toEqual(PICTURE)
  expect((await cloud.downloadFile({ fileID })).fileContent).toEqual(PICTURE)
  await expect(app.getFileInfo({ fileList: [fileID] })).resolves.toMatchObject({
    fileList: [{ size: PICTURE.length, mime: 'image/png', fileName: '门口 照片+1.png' }],
  })
  await expect(app.deleteFile({ fileList: [fileID, fileID] })).resolves.toMatchObject({
    fileList: [{ code: 'SUCCESS' }, { code: 'STORAGE_FILE_NONEXIST' }],
  })
  await expect(app.downloadFile({ fileID })).rejects.toMatchObject({ code: 'STORAGE_FILE_NONEXIST' })
})

test.each(['a%20b.txt', '100%.txt', 'what?.txt', 'part#2.txt', 'a&b=c.txt', '+ .txt'])(
  'a name with signs of its own (%s) comes back whole',
  async (name) => {
    const { fileID } = await app.uploadFile({ cloudPath: `odd/${name}`, fileContent: Buffer.from(name) })
    expect((await app.downloadFile({ fileID })).fileContent!.toString()).toBe(name)
    expect((await fetchAll(await linkTo(fileID))).bytes.toString()).toBe(name)
  },
)

test('a stream uploads too, and a second upload to the same path replaces', async () => {
  const file = join(workplace.scratch, 'stream.txt')
  writeFileSync(file, 'first')
  const { fileID } = await app.uploadFile({ cloudPath: 'stream.txt', fileContent: createReadStream(file) })
  await app.uploadFile({ cloudPath: 'stream.txt', fileContent: Buffer.from('second, longer') })
  expect((await app.downloadFile({ fileID })).fileContent!.toString()).toBe('second, longer')
})

test('files are copied; overwrite: false and removeOriginal do what they say', async () => {
  const upload = async (cloudPath: string, text: string): Promise<string> =>
    (await app.uploadFile({ cloudPath, fileContent: Buffer.from(text) })).fileID
  await upload('from/x.txt', 'one')
  const target = await upload('to/x.txt', 'two')
  await expect(app.copyFile({ fileList: [{ srcPath: 'from/x.txt', dstPath: 'to/x.txt', overwrite: false }] })).resolves.toMatchObject({
    fileList: [{ code: 'STORAGE_FILE_EXIST' }],
  })
  await expect(app.copyFile({ fileList: [{ srcPath: 'from/x.txt', dstPath: 'to/x.txt', removeOriginal: true }] })).resolves.toMatchObject({
    fileList: [{ code: 'SUCCESS', fileId: target }],
  })
  expect((await app.downloadFile({ fileID: target })).fileContent!.toString()).toBe('one')
  await expect(app.copyFile({ fileList: [{ srcPath: 'from/x.txt', dstPath: 'to/x.txt' }] })).resolves.toMatchObject({
    fileList: [{ code: 'STORAGE_FILE_NONEXIST' }],
  })
})

test('R39 a link ends with its time on the moved clock, and cannot be lengthened or pointed elsewhere', async () => {
  const { fileID } = await app.uploadFile({ cloudPath: 'private/a.jpg', fileContent: PICTURE })
  await app.uploadFile({ cloudPath: 'private/b.jpg', fileContent: PICTURE })
  const link = await linkTo(fileID, 600)
  await workplace.clock.advance(600_000)
  expect((await fetchAll(link)).status).toBe(200)
  await workplace.clock.advance(1000)
  const late = await fetchAll(link)
  expect(late.status).toBe(403)
  expect(late.bytes.toString()).toContain('<Code>AccessDenied</Code>')
  expect((await fetchAll(link.replace(/t=(\d+)/, (_all, until: string) => `t=${Number(until) + 9999}`))).status).toBe(403)
  const fresh = await linkTo(fileID)
  expect((await fetchAll(fresh)).status).toBe(200)
  expect((await fetchAll(fresh.replace('a.jpg', 'b.jpg'))).status).toBe(403)
  expect((await fetchAll(`${workplace.url}/cos/private/a.jpg`)).status).toBe(403)
})

test('an upload needs the authorisation that was given for its path, and in time', async () => {
  const { data } = (await app.getUploadMetadata({ cloudPath: 'mine.txt' })) as { data: { url: string; authorization: string } }
  const put = (url: string, authorization: string) => fetch(url, { method: 'PUT', body: 'x', headers: { authorization } })
  const other = await put(data.url.replace('mine.txt', 'yours.txt'), data.authorization)
  expect(other.status).toBe(403)
  expect(await other.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
  expect((await put(data.url, '')).status).toBe(403)
  expect((await put(data.url, data.authorization)).status).toBe(200)
  await workplace.clock.advance(16 * 60_000)
  expect((await put(data.url, data.authorization)).status).toBe(403)
})

test.each(['../secret', 'a/../../b', '/absolute', 'a//b', 'a/', '', 'a/./b', 'back\\slash', 'null\u0000byte', 'x'.repeat(851)])(
  'no path leads outside or nowhere: %j',
  async (path) => {
    await expect(app.getUploadMetadata({ cloudPath: path })).rejects.toMatchObject({ code: 'INVALID_PARAM' })
    await expect(workplace.upload(path, 'x', 'oA')).rejects.toMatchObject({ status: 400 })
  },
)

test.each(['/cos/../secrets.json', '/cos/%2e%2e/secrets.json', '/cos/..%2fsecrets.json', '/cos/%00', '/cos/%'])(
  '%s gives nothing away',
  async (path) => {
    const { request } = await import('node:http')
    const { port } = new URL(workplace.url)
    const status = await new Promise((done, failed) => {
      // fetch() would tidy the path up: sent as it stands.
      request({ host: '127.0.0.1', port, path: `${path}?sign=x&t=9999999999` }, (answer) => done(answer.resume().statusCode))
        .on('error', failed)
        .end()
    })
    expect(status).toBe(403)
  },
)

describe('as a phone', () => {
  test('R39 only the one who uploaded a file gets a link to it or may replace it; functions may', async () => {
    const fileID = await workplace.upload('orders/o9/door.jpg', PICTURE, 'oOwner')
    const links = async (openid?: string) =>
      ((await workplace.post('/__tempurl', { fileList: [fileID] }, openid)) as { fileList: { status: number; tempFileURL: string }[] })
        .fileList[0]!
    const own = await links('oOwner')
    expect(own.status).toBe(0)
    expect((await fetchAll(own.tempFileURL)).bytes).toEqual(PICTURE)
    await expect(links('oStranger')).resolves.toMatchObject({ status: -503002, tempFileURL: '' })
    await expect(links()).resolves.toMatchObject({ status: -503002, tempFileURL: '' })
    await expect(workplace.upload('orders/o9/door.jpg', 'other', 'oStranger')).rejects.toMatchObject({ status: 403 })
    await workplace.upload('orders/o9/door.jpg', 'newer', 'oOwner')
    expect((await app.downloadFile({ fileID })).fileContent!.toString()).toBe('newer')
  })

  test('a file id of elsewhere or of nothing is told so', async () => {
    const fileList = ['cloud://other.bucket/a.jpg', 'cloud://local.6c6f-local-1300000000/none.jpg', 'a.jpg']
    const answer = (await workplace.post('/__tempurl', { fileList }, 'oOwner')) as { fileList: { status: number }[] }
    expect(answer.fileList.map((one) => one.status)).toEqual([-503003, -503003, -503003])
  })

  test('more than 50 MB is refused, said beforehand or not, and leaves nothing behind', async () => {
    const url = `${workplace.url}/__upload?path=big.mp4`
    const chunk = new Uint8Array(1024 * 1024)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => (sent++ < 52 ? controller.enqueue(chunk) : controller.close()) })
    const before = readdirSync(join(workplace.dataDir, 'files'))
    const undeclared = await fetch(url, {
      method: 'POST',
      body: endless,
      headers: { 'x-local-openid': 'oA' },
      duplex: 'half',
    } as RequestInit)
    expect(undeclared.status).toBe(413)
    await expect(workplace.upload('big.mp4', new Uint8Array(50 * 1024 * 1024 + 1), 'oA')).rejects.toMatchObject({ status: 413 })
    expect(readdirSync(join(workplace.dataDir, 'files'))).toEqual(before)
    await expect(app.getTempFileURL({ fileList: ['cloud://local.6c6f-local-1300000000/big.mp4'] })).resolves.toMatchObject({
      fileList: [{ code: 'STORAGE_FILE_NONEXIST' }],
    })
  })

  test('an upload without a header that says who is refused', async () => {
    const answer = await fetch(`${workplace.url}/__upload?path=a.jpg`, { method: 'POST', body: 'x' })
    expect(answer.status).toBe(400)
  })
})

test('a user’s page is not run in this origin', async () => {
  const { fileID } = await app.uploadFile({ cloudPath: 'evil.html', fileContent: Buffer.from('<script>alert(1)</script>') })
  const answer = await fetch(await linkTo(fileID))
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
})

test('a link gives the part that a player asks for', async () => {
  const { fileID } = await app.uploadFile({ cloudPath: 'clip.mp4', fileContent: Buffer.from('0123456789') })
  const link = await linkTo(fileID)
  const ask = async (range: string): Promise<[number, string | null, string]> => {
    const answer = await fetch(link, { headers: { range } })
    return [answer.status, answer.headers.get('content-range'), answer.status === 416 ? '' : await answer.text()]
  }
  await expect(ask('bytes=2-4')).resolves.toEqual([206, 'bytes 2-4/10', '234'])
  await expect(ask('bytes=7-')).resolves.toEqual([206, 'bytes 7-9/10', '789'])
  await expect(ask('bytes=-3')).resolves.toEqual([206, 'bytes 7-9/10', '789'])
  await expect(ask('bytes=0-999')).resolves.toEqual([206, 'bytes 0-9/10', '0123456789'])
  await expect(ask('bytes=10-')).resolves.toEqual([416, null, ''])
  await expect(ask('bytes=0-1,3-4')).resolves.toEqual([200, null, '0123456789'])
  const empty = (await app.uploadFile({ cloudPath: 'empty.txt', fileContent: Buffer.alloc(0) })).fileID
  await expect(fetchAll(await linkTo(empty))).resolves.toMatchObject({ status: 200, bytes: Buffer.alloc(0) })
  expect((await app.downloadFile({ fileID: empty })).fileContent).toHaveLength(0)
})

test('whoever has begun to read a file reads all of it, though it is replaced or removed meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'))
  const shelves = new Shelves(join(folder, 'shelves.mdb'))
  const files = new FileStore(join(folder, 'files'), shelves.open<StoredFile>('files'), () => 0)
  const about = { contentType: 'text/plain', limit: 100 }
  const first = await files.store('a.txt', Readable.from(['first']), about)
  const reading = files.open(first)
  const second = await files.store('a.txt', Readable.from(['second']), about)
  const readingSecond = files.open(second)
  files.remove('a.txt')
  await expect(text(reading)).resolves.toBe('first')
  await expect(text(readingSecond)).resolves.toBe('second')
  await shelves.close()
  rmSync(folder, { recursive: true })
})

test('what was uploaded is whole after kill -9; what a kill cut short is gone', async () => {
  const { fileID } = await app.uploadFile({ cloudPath: 'kept.bin', fileContent: PICTURE })
  const owned = await workplace.upload('kept-by.jpg', PICTURE, 'oOwner')
  const unfinished = fetch(`${workplace.url}/__upload?path=cut.bin`, {
    method: 'POST',
    headers: { 'x-local-openid': 'oA' },
    body: new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(100_000)) }),
    duplex: 'half',
  } as RequestInit).catch(() => 'cut')
  const files = join(workplace.dataDir, 'files')
  while (!readdirSync(files).some((name) => name.endsWith('.half'))) await new Promise((done) => setTimeout(done, 5))
  await workplace.kill()
  await expect(unfinished).resolves.toBe('cut')
  const again = await workplace.again()
  expect(readdirSync(files).some((name) => name.endsWith('.half'))).toBe(false)
  expect((await app.downloadFile({ fileID })).fileContent!).toEqual(PICTURE)
  await expect(again.post('/__tempurl', { fileList: [owned] }, 'oStranger')).resolves.toMatchObject({ fileList: [{ status: -503002 }] })
  await expect(again.post('/__tempurl', { fileList: ['cloud://local.6c6f-local-1300000000/cut.bin'] }, 'oA')).resolves.toMatchObject({
    fileList: [{ status: -503003 }],
  })
  await again.stop()
})

/** The server itself: this machine alone, clear refusals, pages, HTTP access to functions, start and stop. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startWorkplace } from '../../support/workplace'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

const ROOT = resolve(__dirname, '../../..')
let workplace: TestWorkplace

/** As it stands: fetch() sets Host itself and tidies paths up. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port: new URL(workplace.url).port, path, method, headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, body, headers: answer.headers }))
    })
      .on('error', failed)
      .end()
  })
}

beforeAll(async () => {
  workplace = await startTestWorkplace({ web: { http: '/web', closed: true }, identity: { http: '/web/deeper' } })
})
afterAll(() => workplace.stop())

describe('this machine alone', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '127.0.0.1@evil.example'])('Host %j is refused', async (host) => {
    await expect(raw('/__clock', { host })).resolves.toMatchObject({ status: 403 })
  })

  test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])('Origin %s is refused', async (origin) => {
    await expect(raw('/__clock', { origin })).resolves.toMatchObject({ status: 403 })
  })

  test('its own pages, by either name, are served', async () => {
    const { port } = new URL(workplace.url)
    await expect(raw('/__clock', { origin: workplace.url })).resolves.toMatchObject({ status: 200 })
    await expect(raw('/__clock', { host: `localhost:${port}`, origin: `http://localhost:${port}` })).resolves.toMatchObject({ status: 200 })
  })
})

test('what is not there, and what is asked wrongly, is said in Chinese', async () => {
  await expect(raw('/__nothing', {}, 'POST')).resolves.toMatchObject({ status: 404 })
  await expect(raw('/nothing.html')).resolves.toMatchObject({ status: 404, body: expect.stringMatching(/没有|还没有构建/) as string })
  await expect(raw('/__invoke/web', {}, 'GET')).resolves.toMatchObject({ status: 405 })
  await expect(raw('/__db/%E0%A4%A')).resolves.toMatchObject({ status: 400 })
  await expect(raw('/nothing.html', { accept: 'text/html' })).resolves.toMatchObject({
    headers: expect.objectContaining({ 'content-type': 'text/html; charset=utf-8' }) as unknown,
  })
})

test.each([
  '/phone/../secrets.json',
  '/phone/%2e%2e/local/main.mjs',
  '/phone/..%2flocal%2fmain.mjs',
  '/%2e%2e/local/main.mjs',
  '/phone/%00',
  '/phone/a%5c..%5cb',
])('pages are served from below their folder alone: %s', async (path) => {
  const { status, body } = await raw(path)
  expect([400, 403, 404]).toContain(status)
  expect(body).not.toContain('startWorkplace')
})

describe('HTTP access', () => {
  test('the function gets the request as the cloud’s event, body untouched, and no identity', async () => {
    const body = '{"amount": 1.0,  "name":"水"}\n'
    const answer = await fetch(`${workplace.url}/http/web/notify/%E5%8D%95?a=1&b=%E6%B0%B4`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-local-openid': 'oVictim' },
    })
    await expect(answer.json()).resolves.toMatchObject({
      path: '/web/notify/单',
      httpMethod: 'POST',
      queryStringParameters: { a: '1', b: '水' },
      body,
      isBase64Encoded: false,
      headers: { 'content-type': 'application/json' },
      requestContext: { envId: 'local', requestId: expect.any(String) as string },
    })
    const identity = await (await fetch(`${workplace.url}/http/web/deeper`, { headers: { 'x-local-openid': 'oVictim' } })).json()
    expect(identity).toMatchObject({ before: { ENV: 'local', SOURCE: 'wx_http', CLIENTIP: '127.0.0.1' }, user: { openId: '' } })
  })

  test('bytes that are no text come as base64 and are the same', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 1, 0x80])
    const event = (await (await fetch(`${workplace.url}/http/web`, { method: 'POST', body: bytes })).json()) as {
      body: string
      isBase64Encoded: boolean
    }
    expect(event.isBase64Encoded).toBe(true)
    expect(Buffer.from(event.body, 'base64')).toEqual(bytes)
  })

  test.each([
    ['text', 200, 'text/plain; charset=utf-8', 'plain words'],
    ['json', 200, 'application/json; charset=utf-8', '{"hello":"您好"}'],
    ['nothing', 200, 'text/plain; charset=utf-8', ''],
    ['binary', 201, 'image/png', Buffer.from([0, 255, 1, 254]).toString('latin1')],
  ])('what the function returns becomes the answer (%s)', async (as, status, type, body) => {
    const answer = await fetch(`${workplace.url}/http/web?as=${as}`)
    expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({ status, type })
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(as === 'binary' ? bytes.toString('latin1') : bytes.toString()).toBe(body)
  })

  test('204 has no body and keeps its headers', async () => {
    const answer = await fetch(`${workplace.url}/http/web?as=no-content`)
    expect({ status: answer.status, kept: answer.headers.get('x-kept'), length: answer.headers.get('content-length') }).toEqual({
      status: 204,
      kept: 'yes',
      length: null,
    })
  })

  test('a function that throws is a 500 that hides the inside; a path that is not declared is a 404', async () => {
    const thrown = await fetch(`${workplace.url}/http/web?as=throw`)
    expect(thrown.status).toBe(500)
    expect(await thrown.text()).not.toContain('inner secret')
    expect((await fetch(`${workplace.url}/http/elsewhere`)).status).toBe(404)
    expect((await fetch(`${workplace.url}/http/webby`)).status).toBe(404)
  })
})

describe('the process', () => {
  const run = (env: Record<string, string>): Promise<{ code: number | null; output: string }> =>
    new Promise((done) => {
      const child = spawn(process.execPath, ['dist/local/main.mjs'], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, PORT: '0', SEED: 'none', ...env },
      })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.on('exit', (code) => done({ code, output }))
    })

  test('refuses a data folder that another workplace uses, in one clear line', async () => {
    const { code, output } = await run({ DATA_DIR: workplace.dataDir })
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toEqual([expect.stringMatching(/^数据目录 .* 正被另一个工作区使用（进程 \d+）/)])
  })

  test('refuses a port that is taken, a setting and a declaration that make no sense, naming them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'process-'))
    const free = { DATA_DIR: join(folder, 'data') }
    await expect(run({ ...free, PORT: new URL(workplace.url).port })).resolves.toMatchObject({
      code: 1,
      output: expect.stringMatching(/^端口已被占用/) as string,
    })
    await expect(run({ ...free, PORT: 'many' })).resolves.toMatchObject({ code: 1, output: expect.stringContaining('PORT') as string })
    const broken = join(folder, 'cloudbaserc.json')
    writeFileSync(broken, JSON.stringify({ version: '2.0', envId: 'x', functionRoot: '.', functions: [{ name: 'clock', timeout: 0 }] }))
    const refused = await run({ ...free, CLOUDBASERC: broken })
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining(broken) as string })
    expect(refused.output).toContain('functions[0].timeout')
    rmSync(folder, { recursive: true })
  })

  test('prints one line with its address when it can be used, starts within the time that tests allow, and ends cleanly', async () => {
    const began = Date.now()
    const other = await startWorkplace({ env: {} })
    const took = Date.now() - began
    expect(other.output()).toMatch(/^师服到 本地工作区：http:\/\/127\.0\.0\.1:\d+\/\n$/)
    expect((await fetch(`${other.url}/__clock`)).status).toBe(200)
    await other.stop()
    // 600 ms alone on a quiet machine; tests run beside each other.
    expect(took).toBeLessThan(6000)
  })

  test('takes over what a killed one left behind', async () => {
    const first = await startWorkplace({ dataDir: mkdtempSync(join(tmpdir(), 'killed-')) })
    await first.kill()
    const second = await startWorkplace({ dataDir: first.dataDir })
    expect((await fetch(`${second.url}/__clock`)).status).toBe(200)
    await second.stop()
    rmSync(first.dataDir, { recursive: true })
  })
})

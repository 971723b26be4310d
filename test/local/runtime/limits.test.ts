/** Functions run within the limits of cloudbaserc.json, and what they do is told as the cloud tells it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

let workplace: TestWorkplace
const run = (act: string, more: Record<string, unknown> = {}): Promise<unknown> => workplace.invoke('limits', { act, ...more })
const relayed = (data: Record<string, unknown>): Promise<unknown> => workplace.invoke('relay', { to: 'limits', data })

beforeAll(async () => {
  workplace = await startTestWorkplace(
    { limits: { timeout: 1, memorySize: 64 }, greedy: { source: 'limits', memorySize: 64 }, relay: {} },
    { env: { FUNCTION_CONCURRENCY: '1' } },
  )
})
afterAll(() => workplace.stop())

test('an answer goes through JSON, as the cloud sends it', async () => {
  await expect(run('nothing')).resolves.toBeNull()
  await expect(run('values')).resolves.toEqual({ date: '1970-01-01T00:00:00.000Z', list: [null, null], nan: null })
})

test('a thrown error is a failed call with its words; the stack is in the log only', async () => {
  await expect(run('throw')).rejects.toMatchObject({
    status: 500,
    body: { error: 'TypeError: the tap drips', code: 'FUNCTIONS_EXECUTE_FAIL' },
  })
  await expect(run('throw-object')).rejects.toMatchObject({ status: 500, body: { error: '{"code":7,"what":"no error at all"}' } })
  await expect(run('circular')).rejects.toMatchObject({ status: 500, body: { code: 'FUNCTIONS_EXECUTE_FAIL' } })
  const log = readFileSync(join(workplace.dataDir, 'logs/limits.log'), 'utf8')
  expect(log).toMatch(/ERROR TypeError: the tap drips\n\s+at /)
})

test.each(['wait', 'spin'])('a function that goes on past its timeout (%s) is killed and named so', async (act) => {
  const before = Date.now()
  await expect(run(act, { ms: 30_000 })).rejects.toMatchObject({
    status: 500,
    body: { error: 'Invoking task timed out after 1 seconds', code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' },
  })
  expect(Date.now() - before).toBeGreaterThanOrEqual(990)
  // The next call gets a new instance.
  await expect(run('nothing')).resolves.toBeNull()
})

test('waiting for a free instance does not count against the timeout', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => run('wait', { ms: 600 })))
  expect(answers).toEqual(['done', 'done', 'done', 'done'])
})

test('a function that takes more memory than declared is stopped, and only that function', async () => {
  await expect(workplace.invoke('greedy', { act: 'hoard' })).rejects.toMatchObject({
    status: 500,
    body: { code: 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED', error: 'Memory limit exceeded: 64 MB' },
  })
  await expect(workplace.invoke('greedy', { act: 'nothing' })).resolves.toBeNull()
})

test('a timeout and an end of memory in the same moment end the instance, not the workplace', async () => {
  await expect(run('hoard')).rejects.toMatchObject({ status: 500, body: { code: expect.stringMatching(/LIMIT_EXCEEDED$/) as string } })
  await expect(run('nothing')).resolves.toBeNull()
})

test.each(['exit', 'reject-later', 'reject-and-answer'])(
  'a function that ends its process (%s) fails its call; the workplace goes on',
  async (act) => {
    await expect(run(act)).rejects.toMatchObject({ status: 500, body: { code: 'FUNCTIONS_EXECUTE_FAIL' } })
    await expect(run('nothing')).resolves.toBeNull()
  },
)

test('what a function leaves running is frozen with its instance when it has answered', async () => {
  await expect(run('leave-running', { ms: 1 })).resolves.toBe('answered')
  await new Promise((done) => setTimeout(done, 60))
  await expect(run('kept')).resolves.toEqual([])
})

test('the SDK throws the same codes: thrown, timed out, too large, unknown', async () => {
  await expect(relayed({ act: 'throw' })).resolves.toMatchObject({ code: 'FUNCTIONS_EXECUTE_FAIL', message: 'TypeError: the tap drips' })
  await expect(relayed({ act: 'spin' })).resolves.toMatchObject({ code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' })
  await expect(relayed({ act: 'large', bytes: 7_000_000 })).resolves.toMatchObject({ code: 'EXCEED_MAX_PAYLOAD_SIZE' })
  await expect(workplace.invoke('relay', { to: 'nowhere' })).resolves.toMatchObject({ code: 'FUNCTION_NOT_FOUND' })
  await expect(workplace.invoke('relay', { to: 'limits', data: { act: 'throw' }, by: 'wx' })).resolves.toMatchObject({
    // wx-server-sdk drops the code that node-sdk throws; only the words are left.
    errCode: -1,
    message: expect.stringContaining('the tap drips') as string,
  })
})

test('an answer of more than 6 MB is a failure of the function', async () => {
  await expect(run('large', { bytes: 7_000_000 })).rejects.toMatchObject({ status: 500, body: { code: 'EXCEED_MAX_PAYLOAD_SIZE' } })
})

test('an event of more than 6 MB does not reach the function', async () => {
  await expect(run('nothing', { filler: 'x'.repeat(6 * 1024 * 1024) })).rejects.toMatchObject({ status: 413 })
})

test('an event that is no JSON is refused in Chinese', async () => {
  const answer = await fetch(`${workplace.url}/__invoke/limits`, { method: 'POST', body: '{"act": ' })
  expect(answer.status).toBe(400)
  await expect(answer.json()).resolves.toEqual({ error: '事件不是合法的 JSON' })
})

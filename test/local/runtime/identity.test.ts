/** Who calls is what the platform says, one caller an instance at a time. */
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

interface Seen {
  event: Record<string, unknown>
  instance: string
  before: Record<string, string>
  after: Record<string, string>
  user: { openId: string; appId: string }
  context: Record<string, unknown>
  environment: Record<string, string>
}

let workplace: TestWorkplace

beforeAll(async () => {
  workplace = await startTestWorkplace({
    identity: { memorySize: 128, timeout: 9, envVariables: { OWN: 'a value of {{env.ENV_ID}}' } },
    relay: {},
    hidden: { closed: true },
  })
})
afterAll(() => workplace.stop())

test('R40 a client call carries the OPENID of its header and the source wx_client, in both SDKs', async () => {
  const seen = await workplace.invoke<Seen>('identity', {}, 'oHomeowner')
  expect(seen.before).toEqual({
    OPENID: 'oHomeowner',
    APPID: 'wx0000000000000001',
    CLIENTIP: '127.0.0.1',
    ENV: 'local',
    SOURCE: 'wx_client',
  })
  expect(seen.user).toMatchObject({ openId: 'oHomeowner', appId: 'wx0000000000000001' })
})

test('R40 nothing in the event makes a caller somebody else', async () => {
  const event = { OPENID: 'oVictim', WX_OPENID: 'oVictim', userInfo: { openId: 'oVictim' }, openid: 'oVictim', TCB_SOURCE: 'wx_trigger' }
  const seen = await workplace.invoke<Seen>('identity', event, 'oStranger')
  expect(seen.before.OPENID).toBe('oStranger')
  expect(seen.before.SOURCE).toBe('wx_client')
  // What the cloud puts into the event itself goes over what the client wrote.
  expect(seen.event.userInfo).toEqual({ appId: 'wx0000000000000001', openId: 'oStranger' })
})

test('twelve callers at once each keep their own OPENID, before and after waiting', async () => {
  const callers = Array.from({ length: 12 }, (_, index) => `oCaller-${index}`)
  const seen = await Promise.all(callers.map((openid) => workplace.invoke<Seen>('identity', { wait: 40 }, openid)))
  expect(seen.map((one) => one.before.OPENID)).toEqual(callers)
  expect(seen.map((one) => one.after.OPENID)).toEqual(callers)
  expect(seen.map((one) => one.user.openId)).toEqual(callers)
  // Warm instances were used again: the proof is about more than fresh threads.
  expect(new Set(seen.map((one) => one.instance)).size).toBeLessThanOrEqual(4)
})

test('a console run has no identity at all, on an instance that a client has just used', async () => {
  const client = await Promise.all(
    Array.from({ length: 4 }, (_, index) => workplace.invoke<Seen>('identity', { wait: 30 }, `oBefore-${index}`)),
  )
  const console = await workplace.invoke<Seen>('identity', {})
  expect(client.map((one) => one.instance)).toContain(console.instance)
  expect(console.before).toEqual({ ENV: 'local' })
  expect(console.user.openId).toBe('')
  expect(console.environment.WX_OPENID).toBeUndefined()
  expect(console.environment.TCB_SOURCE).toBe('')
})

test.each(['tcb', 'wx'])('a function called by a function (%s) sees the chain of sources and no OPENID', async (by) => {
  const { result } = await workplace.invoke<{ result: Seen }>('relay', { to: 'identity', by }, 'oHomeowner')
  expect(result.before).toEqual({ ENV: 'local', SOURCE: 'wx_client,scf' })
})

test('an instance has the variables of the cloud and of cloudbaserc.json, and none of this machine', async () => {
  const { environment, context } = await workplace.invoke<Seen>('identity', {}, 'oHomeowner')
  expect(environment).toMatchObject({
    TENCENTCLOUD_RUNENV: 'SCF',
    SCF_NAMESPACE: 'local',
    TCB_ENV: 'local',
    SCF_FUNCTIONNAME: 'identity',
    OWN: 'a value of local',
  })
  expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(['PATH']))
  expect(environment).not.toHaveProperty('DATA_DIR')
  expect(context).toMatchObject({ function_name: 'identity', namespace: 'local', memory_limit_in_mb: 128, time_limit_in_ms: 9000 })
  expect(context.request_id).toMatch(/^[\da-f-]{36}$/)
})

test.each(['123456', '-9', 'o with space', '../x', 'o'.repeat(65)])(
  'an OPENID that WeChat would not give (%s) is refused',
  async (openid) => {
    await expect(workplace.invoke('identity', {}, openid)).rejects.toMatchObject({ status: 400 })
  },
)

test('R40 a client call to a function whose rule says invoke: false is refused before its code runs; the console is not', async () => {
  await expect(workplace.invoke('hidden', {}, 'oHomeowner')).rejects.toMatchObject({
    status: 403,
    body: { code: 'FUNCTIONS_PERMISSION_DENIED' },
  })
  // Not built: so far and no further does a console run come.
  await expect(workplace.invoke('hidden', {})).rejects.toMatchObject({ status: 404, body: { code: 'FUNCTION_NOT_FOUND' } })
})

test('a function that is built anew runs anew at its next call; a call that runs finishes on the old code', async () => {
  const source = join(workplace.functionRoot, 'identity/index.js')
  const slow = workplace.invoke<Seen>('identity', { wait: 300 }, 'oOld')
  const old = await workplace.invoke<Seen>('identity', {}, 'oOld')
  writeFileSync(`${source}.new`, 'exports.main = async () => "the new code"')
  renameSync(`${source}.new`, source)
  await expect(workplace.invoke('identity', {}, 'oNew')).resolves.toBe('the new code')
  expect(old.instance).toBeTruthy()
  await expect(slow).resolves.toMatchObject({ before: { OPENID: 'oOld' } })
})

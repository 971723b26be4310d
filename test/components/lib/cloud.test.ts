import type { ActionFailure } from '../../../miniprogram/lib/cloud'
import { call, isActionFailure, serverNow } from '../../../miniprogram/lib/cloud'
import { errorText, isCancelled, isPermissionRefused } from '../../../miniprogram/lib/error-text'
import { learnServerTime } from '../../../miniprogram/lib/server-clock'
import { installWx } from '../support/fake-wx'

const NOW = '2026-11-22T05:20:00.000Z'
const ok = (data: unknown, serverTime = NOW) => ({ result: { ok: true, data, serverNow: serverTime } })
const callFunction = jest.fn<Promise<unknown>, [{ name: string; data: Record<string, unknown> }]>()

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse(NOW) })
  callFunction.mockReset()
  installWx({ cloud: { callFunction } })
  learnServerTime(NOW, Date.now(), Date.now())
})
afterEach(() => jest.useRealTimers())

/** Runs the timers that a call waits for until it settles. */
async function settle<T>(work: Promise<T>): Promise<T | ActionFailure> {
  const settled = work.catch((error: unknown) => (isActionFailure(error) ? error : Promise.reject(error)))
  await jest.advanceTimersByTimeAsync(60_000)
  return settled
}

test('a call sends action, input and requestId, and gives the data of the envelope', async () => {
  callFunction.mockResolvedValue(ok({ orderId: 'o1', number: 'SF1' }))
  const input = { orderId: 'o1', visitNo: 1 }
  await expect(call('homeowner', 'acceptWork', input, { requestId: 'r1' })).resolves.toEqual({ orderId: 'o1', number: 'SF1' })
  expect(callFunction).toHaveBeenCalledWith({ name: 'homeowner', data: { action: 'acceptWork', input, requestId: 'r1' } })
})

test('a read sends no requestId', async () => {
  callFunction.mockResolvedValue(ok({}))
  await call('homeowner', 'openHome', {})
  expect(callFunction.mock.calls[0]?.[0].data).toEqual({ action: 'openHome', input: {} })
})

test('a refusal becomes a failure with code, sentence and fields', async () => {
  callFunction.mockResolvedValue({
    result: {
      ok: false,
      serverNow: NOW,
      error: { code: 'INVALID_INPUT', message: '请改一下', fields: { 'contact.phone': '手机号要 11 位' } },
    },
  })
  const failure = await settle(call('homeowner', 'acceptWork', { orderId: 'o1', visitNo: 1 }))
  expect(failure).toMatchObject({
    code: 'INVALID_INPUT',
    message: '请改一下',
    fields: { 'contact.phone': '手机号要 11 位' },
    unsettled: false,
  })
  expect(callFunction).toHaveBeenCalledTimes(1)
})

test('R04 a read is tried three times on a weak network, an action that changes something once', async () => {
  callFunction.mockRejectedValue({ errCode: -1, errMsg: 'cloud.callFunction:fail request:fail' })
  expect(await settle(call('homeowner', 'getOrder', { orderId: 'o1' }))).toMatchObject({ code: 'NETWORK', unsettled: true })
  expect(callFunction).toHaveBeenCalledTimes(3)

  callFunction.mockClear()
  expect(await settle(call('homeowner', 'acceptWork', { orderId: 'o1', visitNo: 1 }, { requestId: 'r1' }))).toMatchObject({
    code: 'NETWORK',
    // R46 what was typed is kept, and it is said.
    message: '没有网络，没等到回音。写好的都还在，有网了再点一次，不会重复办理',
  })
  expect(callFunction).toHaveBeenCalledTimes(1)
})

test('a read that comes through the second time is no failure', async () => {
  callFunction.mockRejectedValueOnce(new Error('network error')).mockResolvedValueOnce(ok({ id: 'o1' }))
  expect(await settle(call('homeowner', 'getOrder', { orderId: 'o1' }))).toEqual({ id: 'o1' })
})

test('a refused read is not tried again', async () => {
  callFunction.mockResolvedValue({ result: { ok: false, serverNow: NOW, error: { code: 'NOT_FOUND', message: '没有这张单' } } })
  expect(await settle(call('homeowner', 'getOrder', { orderId: 'o1' }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(callFunction).toHaveBeenCalledTimes(1)
})

test('without an answer in time the outcome is open, and the sentence says that pressing again is safe', async () => {
  callFunction.mockReturnValue(new Promise(() => undefined))
  const work = call('homeowner', 'acceptWork', { orderId: 'o1', visitNo: 1 }, { requestId: 'r1', timeoutMs: 5_000 }).catch(
    (error: unknown) => error,
  )
  await jest.advanceTimersByTimeAsync(4_999)
  let settled = false
  void work.then(() => (settled = true))
  await Promise.resolve()
  expect(settled).toBe(false)
  await jest.advanceTimersByTimeAsync(1)
  expect(await work).toMatchObject({ code: 'TIMEOUT', unsettled: true })
  expect(errorText(await work)).toContain('不会重复')
})

test('an old WeChat without wx.cloud is told to upgrade', async () => {
  installWx({})
  expect(await settle(call('homeowner', 'openHome', {}))).toMatchObject({
    code: 'OUTDATED_CLIENT',
    message: expect.stringContaining('升级微信') as string,
  })
})

test.each([[null], ['done'], [{ ok: true }], [{ ok: false, serverNow: NOW }]])(
  'an answer that is no envelope (%j) is a failure in words',
  async (result) => {
    callFunction.mockResolvedValue({ result })
    expect(await settle(call('homeowner', 'acceptWork', { orderId: 'o1', visitNo: 1 }))).toMatchObject({ code: 'UNAVAILABLE' })
  },
)

test.each([
  'cloud.callFunction:fail -504002 functions execute fail',
  'errCode: -501000 | FunctionName not found',
  'TypeError: x is not a function',
])('raw reasons are never shown: %s', (errMsg) => expect(errorText({ errMsg })).toMatch(/^[\u4e00-\u9fff，。]+$/u))

test('R42 the server clock follows the answers, half the round trip taken off, whatever the phone says', async () => {
  callFunction.mockImplementation(async () => {
    await jest.advanceTimersByTimeAsync(400)
    return ok({}, '2026-11-22T05:33:00.000Z')
  })
  await call('homeowner', 'openHome', {})
  expect(serverNow()).toBe(Date.parse('2026-11-22T05:33:00.200Z'))
  jest.advanceTimersByTime(60_000)
  expect(serverNow()).toBe(Date.parse('2026-11-22T05:34:00.200Z'))
  learnServerTime('yesterday', 0, 0)
  expect(serverNow()).toBe(Date.parse('2026-11-22T05:34:00.200Z'))
  // The phone's clock was set between asking and hearing.
  learnServerTime('2026-11-22T05:33:00.000Z', Date.now() - 20 * 60_000, Date.now())
  learnServerTime('2026-11-22T05:33:00.000Z', Date.now() + 20 * 60_000, Date.now())
  expect(serverNow()).toBe(Date.parse('2026-11-22T05:34:00.200Z'))
})

test('closing a dialog is told from a refused permission', () => {
  expect(isCancelled({ errMsg: 'requestPayment:fail cancel' })).toBe(true)
  expect(isCancelled({ errMsg: 'saveImageToPhotosAlbum:fail auth deny' })).toBe(false)
  expect(isPermissionRefused({ errMsg: 'saveImageToPhotosAlbum:fail auth deny' })).toBe(true)
  expect(isPermissionRefused({ errMsg: 'saveImageToPhotosAlbum:fail cancel' })).toBe(false)
})

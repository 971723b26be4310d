import { ActionFailure } from '../../../miniprogram/lib/action-failure'
import type { PageStatus } from '../../../miniprogram/lib/live-view'
import { LiveView } from '../../../miniprogram/lib/live-view'
import { watchNetwork } from '../../../miniprogram/lib/network'
import { installWx } from '../support/fake-wx'

const modal = jest.fn().mockResolvedValue({})
const toast = jest.fn().mockResolvedValue({})
const stopPull = jest.fn().mockResolvedValue({})

function page() {
  const data = { status: 'loading' as PageStatus, message: '' }
  return { data, setData: (changes: Partial<typeof data>) => void Object.assign(data, changes) }
}

/** Answers that the test gives when it likes, in the order of asking. */
function slowFetch() {
  const waiting: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = []
  const fetch = jest.fn(() => new Promise<string>((resolve, reject) => waiting.push({ resolve, reject })))
  return { fetch, waiting }
}

beforeEach(() => {
  jest.useFakeTimers()
  installWx({ showModal: modal, showToast: toast, stopPullDownRefresh: stopPull })
  modal.mockClear()
  toast.mockClear()
  stopPull.mockClear()
})
afterEach(() => jest.useRealTimers())

test('a first look that fails shows the sentence and 重试; 重试 shows the skeleton, then the page', async () => {
  const shown: string[] = []
  const fetch = jest
    .fn<Promise<string>, []>()
    .mockRejectedValueOnce(new ActionFailure('NETWORK', '网络没连上'))
    .mockResolvedValueOnce('order')
  const on = page()
  const live = new LiveView<string>({ page: on, fetch, show: (value) => void shown.push(value) })
  await live.shown()
  expect(on.data).toEqual({ status: 'error', message: '网络没连上' })
  const again = live.retry()
  expect(on.data).toEqual({ status: 'loading', message: '' })
  await again
  expect(on.data.status).toBe('ready')
  expect(shown).toEqual(['order'])
})

test('the page may say that it is empty', async () => {
  const on = page()
  await new LiveView<string>({ page: on, fetch: () => Promise.resolve('none'), show: () => 'empty' }).shown()
  expect(on.data.status).toBe('empty')
})

test('a refresh that fails keeps what is there; pulled down, it says so', async () => {
  const fetch = jest
    .fn<Promise<string>, []>()
    .mockResolvedValueOnce('first')
    .mockRejectedValue(new ActionFailure('NETWORK', '网络没连上，请看看信号再试'))
  const on = page()
  const live = new LiveView<string>({ page: on, fetch, show: () => undefined })
  await live.shown()
  await live.shown()
  expect(on.data.status).toBe('ready')
  expect(toast.mock.calls.length + modal.mock.calls.length).toBe(0)
  await live.pulled()
  expect(on.data.status).toBe('ready')
  expect(toast.mock.calls.length + modal.mock.calls.length).toBe(1)
  expect(stopPull).toHaveBeenCalledTimes(1)
})

test('the answer of a button is newer than any look under way: the late look is dropped', async () => {
  const shown: string[] = []
  const { fetch, waiting } = slowFetch()
  const live = new LiveView<string>({ page: page(), fetch, show: (value) => void shown.push(value) })
  const looking = live.shown()
  live.put('accepted')
  waiting[0]?.resolve('before acceptance')
  await looking
  expect(shown).toEqual(['accepted'])
})

test('of two looks the later asked wins, however they come back', async () => {
  const shown: string[] = []
  const { fetch, waiting } = slowFetch()
  const live = new LiveView<string>({ page: page(), fetch, show: (value) => void shown.push(value) })
  const looks = [live.shown(), live.shown()]
  waiting[1]?.resolve('new')
  await looks[1]
  waiting[0]?.resolve('old')
  await looks[0]
  expect(shown).toEqual(['new'])
})

test('it polls while shown, as often as the value asks, and never when hidden', async () => {
  let value = 'dispatching'
  const fetch = jest.fn(() => Promise.resolve(value))
  const live = new LiveView<string>({
    page: page(),
    fetch,
    show: () => undefined,
    everyMs: (now) => (now === 'dispatching' ? 5_000 : null),
  })
  await live.shown()
  await jest.advanceTimersByTimeAsync(15_000)
  expect(fetch).toHaveBeenCalledTimes(4)
  live.hidden()
  await jest.advanceTimersByTimeAsync(60_000)
  expect(fetch).toHaveBeenCalledTimes(4)
  value = 'at rest'
  await live.shown()
  await jest.advanceTimersByTimeAsync(60_000)
  expect(fetch).toHaveBeenCalledTimes(5)
  expect(jest.getTimerCount()).toBe(0)
})

test('a page that was left while its look was under way does not begin to poll', async () => {
  const { fetch, waiting } = slowFetch()
  const live = new LiveView<string>({ page: page(), fetch, show: () => undefined, everyMs: () => 5_000 })
  const looking = live.shown()
  live.hidden()
  waiting[0]?.resolve('late')
  await looking
  expect(jest.getTimerCount()).toBe(0)
})

test('polling that fails pauses longer, up to a minute, and recovers', async () => {
  const fetch = jest
    .fn<Promise<string>, []>()
    .mockResolvedValueOnce('first')
    .mockRejectedValueOnce(new Error('off'))
    .mockRejectedValueOnce(new Error('off'))
    .mockResolvedValue('back')
  const live = new LiveView<string>({ page: page(), fetch, show: () => undefined, everyMs: () => 5_000 })
  await live.shown()
  await jest.advanceTimersByTimeAsync(5_000)
  expect(fetch).toHaveBeenCalledTimes(2)
  await jest.advanceTimersByTimeAsync(9_999)
  expect(fetch).toHaveBeenCalledTimes(2)
  await jest.advanceTimersByTimeAsync(1)
  expect(fetch).toHaveBeenCalledTimes(3)
  await jest.advanceTimersByTimeAsync(20_000)
  expect(fetch).toHaveBeenCalledTimes(4)
  await jest.advanceTimersByTimeAsync(5_000)
  expect(fetch).toHaveBeenCalledTimes(5)
  live.hidden()
})

describe('R46 without a network', () => {
  function cutting() {
    let tell: (status: { isConnected: boolean }) => void = () => undefined
    installWx({ onNetworkStatusChange: (listener: typeof tell) => (tell = listener), stopPullDownRefresh: stopPull, showModal: modal })
    watchNetwork()
    return (isConnected: boolean) => tell({ isConnected })
  }

  test('the page learns of when it is what it shows, and looks at once when the network is back, whatever pause its failures had made', async () => {
    const online = cutting()
    let reachable = true
    const fetch = jest.fn(() => (reachable ? Promise.resolve('order') : Promise.reject(new ActionFailure('NETWORK', '网络没连上'))))
    const on = page()
    const live = new LiveView<string>({ page: on, fetch, show: () => undefined, everyMs: () => 5_000 })
    await live.shown()
    const read = Date.now()
    expect(on.data).not.toHaveProperty('readAt')
    await jest.advanceTimersByTimeAsync(2_000)
    reachable = false
    online(false)
    expect(on.data).toMatchObject({ status: 'ready', readAt: read })
    await jest.advanceTimersByTimeAsync(120_000)
    reachable = true
    const before = fetch.mock.calls.length
    online(true)
    expect(fetch).toHaveBeenCalledTimes(before + 1)
    await jest.advanceTimersByTimeAsync(5_000)
    expect(fetch).toHaveBeenCalledTimes(before + 2)
    live.hidden()
    online(false)
    online(true)
    expect(fetch).toHaveBeenCalledTimes(before + 2)
    expect(jest.getTimerCount()).toBe(0)
  })

  test('a page that was opened without one opens by itself', async () => {
    const online = cutting()
    online(false)
    const fetch = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new ActionFailure('NETWORK', '网络没连上')).mockResolvedValue('order')
    const on = page()
    const live = new LiveView<string>({ page: on, fetch, show: () => undefined })
    await live.shown()
    expect(on.data.status).toBe('error')
    online(true)
    await jest.advanceTimersByTimeAsync(0)
    expect(on.data.status).toBe('ready')
    live.hidden()
  })
})

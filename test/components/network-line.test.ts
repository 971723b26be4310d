/** R46 without a network every page says so in one thin line, and goes on by itself. */
import { networkWords } from '../../miniprogram/components/network-line/network-words'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as Network from '../../miniprogram/lib/network'
import { installWx } from './support/fake-wx'
import { mount } from './support/render'

const AT = Date.parse('2026-11-23T06:32:00Z')

/** The phone's network as WeChat tells of it. */
function fakeNetwork() {
  let tell: (status: { isConnected: boolean; networkType: string }) => void = () => undefined
  let type = 'wifi'
  installWx({
    onNetworkStatusChange: (listener: typeof tell) => {
      tell = listener
    },
    getNetworkType: ({ success }: { success(result: { networkType: string }): void }) => success({ networkType: type }),
  })
  return {
    tell: (isConnected: boolean) => tell({ isConnected, networkType: isConnected ? '4g' : 'none' }),
    /** Changed while the app was in the background. */
    silently: (networkType: string) => {
      type = networkType
    },
  }
}

describe('R46 the words of the line', () => {
  test('of when it is what is shown, that it may be old, that nothing need be pressed', () => {
    expect(networkWords('shown', AT, AT + 60_000)).toBe('没有网络。这是 14:32 的，可能变了，有网自动更新')
    expect(networkWords('shown', AT, AT + 86_400_000)).toContain('这是 昨天 14:32 的')
    expect(networkWords('shown', 0, AT)).toBe('没有网络。有网了自动打开，不用点')
  })
  test('a form keeps what is typed; a question waits', () => {
    expect(networkWords('form', 0, AT)).toBe('没有网络。您接着写，都替您存着，有网再提交')
    expect(networkWords('question', 0, AT)).toBe('没有网络，现在查不了。有网了再查')
  })
})

test('R46 the line is there while the network is gone, and tells no more once the page is left', async () => {
  const phone = fakeNetwork()
  const line = mount('components/network-line/network-line', { readAt: AT })
  expect(line.text()).toBe('')
  // The same module that the component hears: loaded with it.
  const network = jest.requireActual<typeof Network>('../../miniprogram/lib/network')
  network.watchNetwork()
  phone.tell(false)
  await new Promise((done) => setTimeout(done, 0))
  expect(line.text()).toMatch(/^没有网络。这是 .*14:32 的，可能变了，有网自动更新$/)
  phone.tell(true)
  await new Promise((done) => setTimeout(done, 0))
  expect(line.text()).toBe('')
  line.unmount()
  phone.tell(false)
  expect(line.text()).toBe('')
})

test('R46 heard once each way; what changed in the background is read when the app comes back', () => {
  jest.isolateModules(() => {
    const phone = fakeNetwork()
    const { watchNetwork, readNetwork, onNetworkChange, isOnline } = jest.requireActual<typeof Network>('../../miniprogram/lib/network')
    const heard: boolean[] = []
    const stop = onNetworkChange((online) => heard.push(online))
    watchNetwork()
    phone.tell(true)
    phone.tell(false)
    phone.tell(false)
    expect(heard).toEqual([false])
    readNetwork()
    expect(isOnline()).toBe(true)
    phone.silently('none')
    readNetwork()
    expect(heard).toEqual([false, true, false])
    stop()
    phone.tell(true)
    expect(heard).toHaveLength(3)
    expect(isOnline()).toBe(true)
  })
})

test('R46 no page is without the line', () => {
  const root = join(__dirname, '../../miniprogram')
  const app = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8')) as { pages: string[]; subPackages: { root: string; pages: string[] }[] }
  const pages = [...app.pages, ...app.subPackages.flatMap(({ root: folder, pages: own }) => own.map((page) => `${folder}/${page}`))]
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.filter((page) => !readFileSync(join(root, `${page}.wxml`), 'utf8').includes('<network-line '))).toEqual([])
})

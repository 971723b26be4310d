/** What the components under test may call of WeChat. Anything else throws, so that no call goes unnoticed. */

type Api = Record<string, unknown>

const ALWAYS: Api = {
  // TDesign asks these while its modules load.
  getAppBaseInfo: () => ({ SDKVersion: '3.15.2', theme: 'light', fontSizeScaleFactor: 1 }),
  getWindowInfo: () => ({ windowWidth: 390, pixelRatio: 2, statusBarHeight: 47 }),
  getDeviceInfo: () => ({ platform: 'ios' }),
  getSystemInfoSync: () => ({ SDKVersion: '3.15.2', windowWidth: 390, platform: 'ios' }),
  canIUse: () => true,
  nextTick: (work: () => void) => setTimeout(work, 0),
  getStorageSync: () => '',
}

/** Puts `wx`, `getApp` and `getCurrentPages` in place. */
export function installWx(api: Api = {}): void {
  const known: Api = { ...ALWAYS, ...api }
  const wx = new Proxy(known, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name) as unknown
      // Asked whether it exists, as `wx.cloud` is in an old WeChat.
      if (name === 'cloud') return undefined
      throw new Error(`wx.${name} was called and the test does not give it`)
    },
  })
  Object.assign(globalThis, { wx, getApp: () => ({}), getCurrentPages: () => [] })
}

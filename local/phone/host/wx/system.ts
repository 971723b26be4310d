/** Facts of the device and the app, network, calls, clipboard, vibration. */
import { element } from '../dom'
import { messageOf, offFault, onFault } from '../faults'
import type { Phone } from '../phone'
import { api } from './api'

type Listener<T> = (value: T) => void

/** A set of listeners as `wx.onX` / `wx.offX`. */
function subscription<T>(): { on(listener: Listener<T>): void; off(listener?: Listener<T>): void; fire(value: T): void } {
  const listeners = new Set<Listener<T>>()
  return {
    on: (listener) => void listeners.add(listener),
    off: (listener) => (listener ? void listeners.delete(listener) : listeners.clear()),
    fire: (value) => listeners.forEach((listener) => listener(value)),
  }
}

const LIBRARY = '3.8.12'
const VERSION = '8.0.60'
/** WeChat's standard size on iOS; scaled by the user's setting. */
const STANDARD_FONT = 17

export function systemApis({ device, layers, record, pages, openSetting, permissions, app }: Phone): Record<string, unknown> {
  const network = subscription<{ isConnected: boolean; networkType: string }>()
  const theme = subscription<{ theme: string }>()
  const resize = subscription<{ size: { windowWidth: number; windowHeight: number } }>()
  device.onNetworkChange(() => network.fire({ isConnected: device.networkType !== 'none', networkType: device.networkType }))
  device.onThemeChange(() => theme.fire({ theme: device.theme }))

  const windowInfo = (): Record<string, unknown> => {
    const { width, height, statusBarHeight, homeIndicatorHeight } = device
    const view = pages.current?.view
    const safeArea = {
      left: 0,
      right: width,
      top: statusBarHeight,
      bottom: height - homeIndicatorHeight,
      width,
      height: height - homeIndicatorHeight - statusBarHeight,
    }
    return {
      pixelRatio: devicePixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: view?.clientWidth ?? width,
      windowHeight: view?.clientHeight ?? height,
      statusBarHeight,
      safeArea,
      screenTop: view ? height - view.clientHeight : 0,
    }
  }
  const baseInfo = (): Record<string, unknown> => ({
    SDKVersion: LIBRARY, version: VERSION, language: 'zh_CN', theme: device.theme, enableDebug: false, host: { env: 'WeChat', appId: '', version: 0 },
    fontSizeSetting: STANDARD_FONT * device.fontScale, fontSizeScaleFactor: device.fontScale,
  }) // prettier-ignore
  const deviceInfo = (): Record<string, unknown> => ({
    brand: 'devtools',
    model: 'Browser',
    system: 'iOS 17.0',
    platform: 'devtools',
    benchmarkLevel: -1,
    abi: '',
    deviceAbi: '',
    cpuType: '',
    memorySize: '4096',
  })
  const all = (): Record<string, unknown> => ({ ...windowInfo(), ...baseInfo(), ...deviceInfo() })
  const leave = (): void => void layers.modal({ title: '更新', content: '新版本已经准备好。', showCancel: false })

  return {
    getWindowInfo: windowInfo,
    getAppBaseInfo: baseInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: all,
    getSystemInfo: api('getSystemInfo', all),
    getSystemSetting: () => ({ bluetoothEnabled: true, locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' }),
    getAppAuthorizeSetting: () => ({
      albumAuthorized: 'authorized',
      cameraAuthorized: 'authorized',
      locationAuthorized: 'authorized',
      notificationAuthorized: 'authorized',
      phoneCalendarAuthorized: 'not determined',
    }),
    getMenuButtonBoundingClientRect: () => device.capsule,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' }, plugin: {} }),
    getLaunchOptionsSync: () => app.launch,
    getEnterOptionsSync: () => app.launch,
    getNetworkType: api('getNetworkType', () => ({ networkType: device.networkType })),
    onNetworkStatusChange: network.on,
    offNetworkStatusChange: network.off,
    onThemeChange: theme.on,
    offThemeChange: theme.off,
    onWindowResize: resize.on,
    offWindowResize: resize.off,
    onAppShow: app.onShow.bind(app),
    offAppShow: app.offShow.bind(app),
    onAppHide: app.onHide.bind(app),
    offAppHide: app.offHide.bind(app),
    onError: onFault,
    offError: offFault,
    onUnhandledRejection: (listener: (event: { reason: string }) => void) =>
      addEventListener('unhandledrejection', (event) => listener({ reason: messageOf(event.reason) })),
    onPageNotFound: () => undefined,
    onMemoryWarning: () => undefined,
    makePhoneCall: api<{ phoneNumber: string }>('makePhoneCall', async ({ phoneNumber }) => {
      if (!phoneNumber) throw new Error('parameter error: parameter.phoneNumber should be String')
      const called = await layers.sheet<boolean>({
        label: `呼叫 ${phoneNumber}`,
        class: 'host-action-sheet',
        onOutside: false,
        content: (close) => [
          element('button', { text: `呼叫 ${phoneNumber}`, onClick: () => close(true) }),
          element('button', { text: '取消', class: 'host-cancel', onClick: () => close(false) }),
        ],
      })
      record('phoneCall', { phoneNumber, called })
      if (!called) throw new Error('cancel')
    }),
    scanCode: api('scanCode', async () => {
      const { confirmed, content } = await layers.modal({ title: '扫码', content: '', editable: true, placeholderText: '输入码里的内容' })
      if (!confirmed || content === '') throw new Error('cancel')
      return { result: content, scanType: 'QR_CODE', charSet: 'utf-8', path: '' }
    }),
    setClipboardData: api<{ data: string }>('setClipboardData', ({ data }) => {
      record('clipboard', { data })
      layers.toast({ title: '内容已复制', icon: 'none', duration: 1500 })
    }),
    vibrateShort: api<{ type?: string }>('vibrateShort', ({ type = 'medium' }) => record('vibrate', { type })),
    vibrateLong: api('vibrateLong', () => record('vibrate', { type: 'long' })),
    setKeepScreenOn: api<{ keepScreenOn: boolean }>('setKeepScreenOn', ({ keepScreenOn }) => record('keepScreenOn', { keepScreenOn })),
    hideKeyboard: api('hideKeyboard', () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    }),
    getSetting: api<{ withSubscriptions?: boolean }>('getSetting', ({ withSubscriptions = false }) => ({
      authSetting: permissions.all,
      ...(withSubscriptions ? { subscriptionsSetting: { mainSwitch: true, itemSettings: {} } } : {}),
    })),
    openSetting: api('openSetting', () => openSetting()),
    authorize: api<{ scope: string }>('authorize', async ({ scope }) => {
      if (!(await permissions.ask(scope))) throw new Error('auth deny')
    }),
    getPrivacySetting: api('getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '《师服到小程序隐私保护指引》' })),
    requirePrivacyAuthorize: api('requirePrivacyAuthorize', () => undefined),
    openPrivacyContract: api('openPrivacyContract', async () => {
      await layers.modal({ title: '隐私保护指引', content: '在微信里，这里会打开隐私保护指引。', showCancel: false, confirmText: '知道了' })
    }),
    onNeedPrivacyAuthorization: () => undefined,
    getUpdateManager: () => ({
      onCheckForUpdate: (listener: (result: { hasUpdate: boolean }) => void) => listener({ hasUpdate: false }),
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
      applyUpdate: leave,
    }),
    login: api('login', () => ({ code: `local-${Date.now()}` })),
    checkSession: api('checkSession', () => undefined),
    showShareMenu: api('showShareMenu', () => undefined),
    hideShareMenu: api('hideShareMenu', () => undefined),
    updateShareMenu: api('updateShareMenu', () => undefined),
    reportEvent: (name: string, data: unknown) => record('event', { name, data }),
    reportPerformance: () => undefined,
    getLogManager: () => ({ debug: () => undefined, info: () => undefined, log: () => undefined, warn: () => undefined }),
    getRealtimeLogManager: () => ({
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
      setFilterMsg: () => undefined,
      addFilterMsg: () => undefined,
      in: () => undefined,
      tag: () => undefined,
    }),
    nextTick: (callback: () => void) => void setTimeout(callback, 0),
    onMenuButtonBoundingClientRectWeightChange: () => undefined,
    offMenuButtonBoundingClientRectWeightChange: () => undefined,
  }
}

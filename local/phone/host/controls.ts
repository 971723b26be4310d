/** `window.__phone`: what journeys and the workbench may ask of a phone, and do to it. The workbench also sends messages. */
import { movedNow } from './clock'
import type { Device, Theme } from './device'
import type { Happening, Phone } from './phone'
import { observeCalls, pendingCloudCalls } from './wx/api'

interface LastCall {
  name: string
  options: unknown
}

/** The phone's controls, for tests (`page.evaluate(() => window.__phone …)`) and the workbench's frames. */
export interface PhoneControls {
  readonly openid: string
  /** resolves when the first page has been shown */
  readonly ready: Promise<void>
  readonly happened: Happening[]
  readonly lastCall: LastCall | undefined
  /** calls of functions and files that have no answer yet */
  readonly pendingCalls: number
  currentPage(): { path: string; query: Record<string, string>; title: string; data: unknown } | null
  routes(): string[]
  now(): number
  setNetwork(on: boolean): void
  setPosition(latitude: number, longitude: number): void
  setTheme(theme: Theme | null): void
  setForeground(on: boolean): void
}

declare global {
  interface Window {
    __phone?: PhoneControls
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

export function installControls(phone: Phone, device: Device): { started(): void } {
  let started = (): void => undefined
  let lastCall: LastCall | undefined
  observeCalls((name, options) => {
    lastCall = { name, options }
  })
  const controls: PhoneControls = {
    openid: phone.openid,
    ready: new Promise((resolve) => {
      started = resolve
    }),
    happened: [],
    get lastCall() {
      return lastCall
    },
    get pendingCalls() {
      return pendingCloudCalls()
    },
    currentPage: () => {
      const page = phone.pages.current
      return page
        ? {
            path: page.path,
            query: page.route.query,
            title: page.bar.text,
            data: JSON.parse(JSON.stringify(page.instance.data)) as unknown,
          }
        : null
    },
    routes: () => phone.pages.routes,
    now: movedNow,
    setNetwork: (on) => device.setNetwork(on),
    setPosition: (latitude, longitude) => {
      device.position = { latitude, longitude }
    },
    setTheme: (theme) => device.setTheme(theme ?? undefined),
    setForeground: (on) => {
      if (on) {
        phone.app.show()
        phone.pages.appShown()
      } else {
        phone.pages.appHidden()
        phone.app.hide()
      }
    },
  }
  window.__phone = controls
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.origin !== location.origin || !isRecord(event.data)) return
    const { type, on, latitude, longitude, theme } = event.data
    if (type === 'phone:network') controls.setNetwork(on === true)
    else if (type === 'phone:position' && typeof latitude === 'number' && typeof longitude === 'number')
      controls.setPosition(latitude, longitude)
    else if (type === 'phone:theme') controls.setTheme(theme === 'dark' || theme === 'light' ? theme : null)
    else if (type === 'phone:open' && typeof event.data.url === 'string') phone.pages.reLaunch(event.data.url)
  })
  return {
    started: () => {
      started()
      if (parent !== window) parent.postMessage({ type: 'phone:ready', openid: phone.openid }, location.origin)
    },
  }
}

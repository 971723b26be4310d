/** Turns the phone on: who it belongs to, the clock, glass-easel with the built-in components, `wx`, the app, its first page. */
import { AppRuntime } from './app-lifecycle'
import { PhoneBackend } from './backend'
import { showChooser } from './chrome/chooser'
import { ScreenLayers } from './chrome/layers'
import { leaveApp, openMenu } from './chrome/menu'
import { Screen } from './chrome/screen'
import { installClock } from './clock'
import { ComponentRegistry } from './component-registry'
import { installControls } from './controls'
import { Device } from './device'
import { watchFaults } from './faults'
import { FileStore } from './files'
import { installFrameworkOptions } from './framework'
import { Gestures } from './gestures'
import { PageStack } from './pages/page-stack'
import { parseRoute } from './pages/route'
import { Permissions } from './permissions'
import type { LaunchOptions, Phone } from './phone'
import type { Position } from './device'
import type { Person, Place } from './server'
import { fetchPeople, fetchPlaces, Server } from './server'
import { StyleSheets } from './styles'
import type { PhoneConfig } from './types'
import { createWx } from './wx'
import { shareCurrentPage } from './wx/share'

/** What WXS has besides JavaScript; needed while templates load. */
const wxsGlobals = {
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...args: ConstructorParameters<DateConstructor>) => new Date(...args),
}

const SCENE_DISCOVER = 1001

function launchOptions(config: PhoneConfig): LaunchOptions {
  const asked = location.hash.startsWith('#/') ? parseRoute(location.hash.slice(1), '') : null
  const route = asked && config.pages.includes(asked.path) ? asked : { path: config.pages[0] ?? '', query: {} }
  return { ...route, scene: SCENE_DISCOVER, referrerInfo: {} }
}

const openidOf = (): string | null => new URLSearchParams(location.search).get('as')

/** Starts the phone. Without `?as=OPENID` it shows a list of users instead. */
export async function startPhone(config: PhoneConfig): Promise<void> {
  watchFaults()
  const openid = openidOf()
  const device = new Device()
  document.documentElement.classList.toggle('phone-dark', device.theme === 'dark' && config.app.darkmode === true)
  if (openid === null || openid === '') {
    showChooser(await fetchPeople().catch(() => null))
    return
  }
  installClock()
  const phone = assemble(config, device, openid)
  const controls = installControls(phone.phone, device)
  await Promise.all([phone.phone.server.followClock(), phone.phone.files.load()])
  const { app, pages } = phone
  app.start(() => config.loadApp())
  const { path, query } = app.launch
  const text = Object.entries(query).map(([key, value]) => `${key}=${value}`)
  pages.reLaunch(`/${path}${text.length > 0 ? `?${text.join('&')}` : ''}`)
  controls.started()
}

/** 江湾区, where the demonstration city is: for a workplace without one. */
const NOWHERE: Position = { latitude: 29.87, longitude: 123.42 }

async function homeOf({ people, places, openid }: Phone): Promise<Position> {
  const [everybody, everywhere] = await Promise.all([people(), places()])
  const home = everybody.find((person) => person.openid === openid)?.place
  const { latitude, longitude } = everywhere.find(({ name }) => name === home) ?? everywhere[0] ?? NOWHERE
  return { latitude, longitude }
}

function assemble(config: PhoneConfig, device: Device, openid: string): { phone: Phone; app: AppRuntime; pages: PageStack } {
  installFrameworkOptions((path) => !path.startsWith('miniprogram_npm/') && !path.startsWith('builtin/'))
  const layers = new ScreenLayers()
  const server = new Server(openid)
  const styleSheets = new StyleSheets(() => (config.app.darkmode === true ? device.themeOverride : 'light'))
  const permissions = new Permissions(openid, layers)
  const app = new AppRuntime(launchOptions(config))
  const controlled: { pages?: PageStack; people?: Promise<Person[]>; places?: Promise<Place[]> } = {}
  const currentPages = (): PageStack => {
    if (!controlled.pages) throw new Error('the page stack is not there yet')
    return controlled.pages
  }
  const theme = (): 'light' | 'dark' => (config.app.darkmode === true ? device.theme : 'light')
  const phone: Phone = {
    openid,
    config,
    device,
    server,
    layers,
    permissions,
    styleSheets,
    app,
    files: new FileStore(
      server,
      () => currentPages().current?.path ?? '',
      () => device.networkType !== 'none',
    ),
    get pages() {
      return currentPages()
    },
    record: (kind, details = {}) => window.__phone?.happened.push({ kind, at: Date.now(), ...details }),
    people: () => (controlled.people ??= fetchPeople().then((people) => people ?? [])),
    places: () => (controlled.places ??= fetchPlaces()),
    whereabouts: async () => device.position ?? (await homeOf(phone)),
    share: (options) => shareCurrentPage(phone, options),
    openSetting: () => permissions.openSettings(),
    colour: (value, fallback) =>
      value === undefined ? fallback : value.startsWith('@') ? (config.theme[theme()]?.[value.slice(1)] ?? fallback) : value,
  }
  const screen = new Screen(device, { onMenu: () => void openMenu(phone), onClose: () => leaveApp(phone) })
  const pages = new PageStack(phone, (current) => screen.setFront(current.bar.front))
  controlled.pages = pages
  const viewport = (): { width: number; height: number; element: HTMLElement | null } => {
    const view = pages.current?.view
    return { width: device.width, height: view?.clientHeight ?? device.height, element: view ?? null }
  }
  const registry = new ComponentRegistry(config, styleSheets, new PhoneBackend(styleSheets, viewport), phone)
  pages.useRegistry(registry)
  new Gestures((target) => {
    const page = pages.pageOf(target) ?? pages.current
    const box = page?.view.getBoundingClientRect()
    return {
      left: box?.left ?? 0,
      top: box?.top ?? 0,
      scrollLeft: page?.scroller.scrollLeft ?? 0,
      scrollTop: page?.scroller.scrollTop ?? 0,
    }
  })
  device.onThemeChange(() => {
    document.documentElement.classList.toggle('phone-dark', theme() === 'dark')
    styleSheets.applyTheme()
  })
  Object.assign(window, { wx: createWx(phone), getCurrentPages: () => pages.instances, ...wxsGlobals })
  return { phone, app, pages }
}

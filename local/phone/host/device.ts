/** The phone in the hand: its size, theme, font size, place and network. Set by the address, later by the workbench or a test through `window.__phone`. */
export interface Position {
  latitude: number
  longitude: number
}

export type NetworkType = 'wifi' | 'none'
export type Theme = 'light' | 'dark'
type Listener = () => void

const STATUS_BAR = 47
const NAVIGATION_BAR = 44
const HOME_INDICATOR = 34
const DEFAULT_SIZE = { width: 390, height: 844 }
/** Windows up to this width are taken to be a phone (or a frame of the workbench): the host fills them. */
const FULL_WINDOW_WIDTH = 500
const CAPSULE = { width: 87, height: 32, margin: 7 }

const parameters = new URLSearchParams(location.search)
const numberParameter = (name: string): number | undefined => {
  const text = parameters.get(name)
  const value = text === null || text === '' ? NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}

export class Device {
  readonly statusBarHeight = STATUS_BAR
  readonly navigationBarHeight = NAVIGATION_BAR
  readonly homeIndicatorHeight = HOME_INDICATOR
  readonly fontScale = numberParameter('font') ?? 1
  /** where the phone is, once it was told (by the address, the workbench or a test) */
  position: Position | undefined = ((latitude, longitude) =>
    latitude === undefined || longitude === undefined ? undefined : { latitude, longitude })(numberParameter('lat'), numberParameter('lng'))
  /** Taken away by the address, the workbench or a test; the browser's own network (`navigator.onLine`) may be gone besides. */
  private cutOff = parameters.get('network') === 'off'
  private network: NetworkType = this.reachable()
  private forcedTheme: Theme | undefined = ((theme) => (theme === 'dark' || theme === 'light' ? theme : undefined))(parameters.get('theme'))
  private readonly systemDark = matchMedia('(prefers-color-scheme: dark)')
  private readonly themeListeners = new Set<Listener>()
  private readonly networkListeners = new Set<Listener>()
  private readonly sizeListeners = new Set<Listener>()

  constructor() {
    this.systemDark.addEventListener('change', () => this.themeListeners.forEach((listener) => listener()))
    addEventListener('online', () => this.applyNetwork())
    addEventListener('offline', () => this.applyNetwork())
    addEventListener('resize', () => {
      this.applySize()
      this.sizeListeners.forEach((listener) => listener())
    })
    this.applySize()
  }

  get fillsWindow(): boolean {
    return innerWidth <= FULL_WINDOW_WIDTH
  }

  get width(): number {
    return numberParameter('w') ?? (this.fillsWindow ? innerWidth : DEFAULT_SIZE.width)
  }

  get height(): number {
    return numberParameter('h') ?? (this.fillsWindow ? innerHeight : Math.min(DEFAULT_SIZE.height, innerHeight))
  }

  /** The capsule (menu and close) at the top right, in phone coordinates. */
  get capsule(): { left: number; top: number; right: number; bottom: number; width: number; height: number } {
    const top = STATUS_BAR + (NAVIGATION_BAR - CAPSULE.height) / 2
    const right = this.width - CAPSULE.margin
    return { left: right - CAPSULE.width, top, right, bottom: top + CAPSULE.height, width: CAPSULE.width, height: CAPSULE.height }
  }

  get theme(): Theme {
    return this.forcedTheme ?? (this.systemDark.matches ? 'dark' : 'light')
  }

  /** undefined = as the system says */
  get themeOverride(): Theme | undefined {
    return this.forcedTheme
  }

  setTheme(theme: Theme | undefined): void {
    this.forcedTheme = theme
    this.themeListeners.forEach((listener) => listener())
  }

  get networkType(): NetworkType {
    return this.network
  }

  setNetwork(on: boolean): void {
    this.cutOff = !on
    this.applyNetwork()
  }

  private reachable(): NetworkType {
    return this.cutOff || !navigator.onLine ? 'none' : 'wifi'
  }

  private applyNetwork(): void {
    const next = this.reachable()
    if (next === this.network) return
    this.network = next
    this.networkListeners.forEach((listener) => listener())
  }

  onThemeChange(listener: Listener): void {
    this.themeListeners.add(listener)
  }

  onNetworkChange(listener: Listener): void {
    this.networkListeners.add(listener)
  }

  onResize(listener: Listener): void {
    this.sizeListeners.add(listener)
  }

  private applySize(): void {
    const style = document.documentElement.style
    style.setProperty('--phone-width', `${this.width}px`)
    style.setProperty('--phone-height', `${this.height}px`)
    document.documentElement.classList.toggle('phone-fills-window', this.fillsWindow)
  }
}

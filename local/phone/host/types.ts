/** What the build hands to the runtime. */
import type { glassEasel } from 'glass-easel-miniprogram-adapter'

export interface TabItem {
  pagePath: string
  text: string
  iconPath?: string
  selectedIconPath?: string
}

/** The `window` part of app.json and of a page's own .json. */
export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: string
  backgroundColor?: string
  backgroundTextStyle?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  disableScroll?: boolean
}

export interface AppConfig {
  pages: string[]
  window?: WindowConfig
  tabBar?: { custom?: boolean; color?: string; selectedColor?: string; backgroundColor?: string; borderStyle?: string; list: TabItem[] }
  darkmode?: boolean
  requiredPrivateInfos?: string[]
}

export interface ComponentModule {
  config: WindowConfig & {
    component?: boolean
    styleIsolation?: string
    usingComponents: Record<string, string>
    [key: string]: unknown
  }
  isPage: boolean
  style: string
  /** runs the module, which calls Page() or Component() */
  load(): void
}

export interface PhoneConfig {
  app: AppConfig
  /** theme.json: colours that app.json names as `@name` */
  theme: { light?: Record<string, string>; dark?: Record<string, string> }
  pages: string[]
  templates: Record<string, (name: string) => unknown>
  appStyle: string
  loadApp(): void
  components: Record<string, ComponentModule>
}

/** What a page script wrote: the instance behind `this` in a page. */
export type PageInstance = Record<string, unknown> & { setData(data: object, callback?: () => void): void; data: Record<string, unknown> }

export type GeneralComponent = glassEasel.GeneralComponent

/** Everything of one phone, handed to the parts that need each other. */
import type { Device, Position } from './device'
import type { FileStore } from './files'
import type { PageStack } from './pages/page-stack'
import type { ScreenLayers } from './chrome/layers'
import type { Permissions } from './permissions'
import type { Person, Place, Server } from './server'
import type { StyleSheets } from './styles'
import type { PhoneConfig } from './types'

export interface Phone {
  readonly openid: string
  readonly config: PhoneConfig
  readonly device: Device
  readonly server: Server
  readonly layers: ScreenLayers
  readonly files: FileStore
  readonly styleSheets: StyleSheets
  readonly pages: PageStack
  readonly app: AppLifecycle
  /** notes what was done outside of the app (a call, a shared card …), for tests and the workbench */
  record(kind: string, details?: Record<string, unknown>): void
  /** where the phone is: as it was told, or else at its user's home, or at the first place of the city */
  whereabouts(): Promise<Position>
  /** the users of the workplace, as far as it tells */
  people(): Promise<Person[]>
  /** the named places of the demonstration city */
  places(): Promise<Place[]>
  share(options: { from: 'menu' | 'button'; target?: unknown }): Promise<void>
  openSetting(): Promise<{ errMsg: string; authSetting: Record<string, boolean> }>
  permissions: Permissions
  /** a colour of app.json or a page's .json: `@name` is looked up in theme.json for the theme of the phone */
  colour(value: string | undefined, fallback: string): string
}

export type Happening = { kind: string; at: number } & Record<string, unknown>

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: Record<string, never>
}

export interface AppLifecycle {
  readonly launch: LaunchOptions
  readonly instance: Record<string, unknown>
  show(): void
  hide(): void
  onShow(listener: (options: LaunchOptions) => void): void
  offShow(listener?: (options: LaunchOptions) => void): void
  onHide(listener: () => void): void
  offHide(listener?: () => void): void
}

/** App(): one instance, launched once, shown and hidden as the user leaves WeChat and comes back. */
import { report } from './faults'
import type { AppLifecycle, LaunchOptions } from './phone'

type ShowListener = (options: LaunchOptions) => void

export class AppRuntime implements AppLifecycle {
  instance: Record<string, unknown> = {}
  private readonly showListeners = new Set<ShowListener>()
  private readonly hideListeners = new Set<() => void>()
  private visible = false

  constructor(readonly launch: LaunchOptions) {
    Object.assign(window, {
      App: (definition: Record<string, unknown>) => {
        this.instance = Object.assign(this.instance, definition)
      },
      getApp: () => this.instance,
    })
  }

  start(loadApp: () => void): void {
    loadApp()
    this.call('onLaunch', this.launch)
    this.show()
  }

  show(): void {
    if (this.visible) return
    this.visible = true
    this.call('onShow', this.launch)
    this.showListeners.forEach((listener) => listener(this.launch))
  }

  hide(): void {
    if (!this.visible) return
    this.visible = false
    this.call('onHide')
    this.hideListeners.forEach((listener) => listener())
  }

  onShow(listener: ShowListener): void {
    this.showListeners.add(listener)
  }

  offShow(listener?: ShowListener): void {
    if (listener) this.showListeners.delete(listener)
    else this.showListeners.clear()
  }

  onHide(listener: () => void): void {
    this.hideListeners.add(listener)
  }

  offHide(listener?: () => void): void {
    if (listener) this.hideListeners.delete(listener)
    else this.hideListeners.clear()
  }

  call(name: string, ...args: unknown[]): void {
    const handler = this.instance[name]
    if (typeof handler !== 'function') return
    try {
      Reflect.apply(handler, this.instance, args)
    } catch (error) {
      report(error)
    }
  }
}

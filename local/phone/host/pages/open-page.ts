/** One page on the stack: its element, its bar, its scrolling, and the calls of its life. */
import type { Root } from 'glass-easel-miniprogram-adapter'
import { asBackend, asDom } from '../backend'
import type { ComponentRegistry } from '../component-registry'
import { element } from '../dom'
import { report } from '../faults'
import type { Phone } from '../phone'
import { flushReady } from '../ready-queue'
import type { PageInstance, WindowConfig } from '../types'
import { EventChannel } from './event-channel'
import { initialState, NavigationBar } from './navigation-bar'
import { PullDown } from './pull-down'
import type { Route } from './route'

const REACH_BOTTOM = 50
const CUSTOM_TAB_BAR = 'custom-tab-bar/index'

export interface OpenPageOptions {
  phone: Phone
  registry: ComponentRegistry
  route: Route
  isTab: boolean
  channel?: EventChannel
  onBack(): void
  onBarChange(): void
}

export class OpenPage {
  readonly route: Route
  readonly element = element('section', { class: 'host-page' })
  readonly view = element('div', { class: 'host-view' })
  readonly scroller = element('div', { class: 'host-scroller' })
  readonly portals = element('div', { class: 'host-portals' })
  readonly bar: NavigationBar
  readonly pullDown: PullDown
  readonly isTab: boolean
  readonly config: WindowConfig
  /** asks before the page is left, with this text */
  leaveAlert: string | undefined
  private readonly root: Root
  private readonly tabBarRoot: Root | undefined
  private reachedBottom = false
  private shown = false

  constructor({ phone, registry, route, isTab, channel, onBack, onBarChange }: OpenPageOptions) {
    this.route = route
    this.isTab = isTab
    registry.ensure(route.path)
    this.config = { ...phone.config.app.window, ...phone.config.components[route.path]?.config }
    this.bar = new NavigationBar(initialState(this.config, phone.colour), onBarChange, onBack)
    this.pullDown = new PullDown(
      this.scroller,
      () => this.config.enablePullDownRefresh === true,
      () => this.call('onPullDownRefresh'),
    )
    this.element.dataset.page = route.path
    this.element.classList.toggle('host-custom-navigation', this.bar.isCustom)
    this.scroller.classList.toggle('host-no-scroll', this.config.disableScroll === true)
    this.scroller.style.backgroundColor = phone.config.app.darkmode === true ? '' : '#ffffff'
    this.view.append(this.pullDown.element, this.scroller)
    this.element.append(this.bar.element, this.view)
    this.scroller.addEventListener('scroll', () => this.scrolled(), { passive: true })

    this.root = registry.backend.createRoot('page', registry.space, route.path)
    Object.assign(this.instance, { route: route.path, options: route.query, getOpenerEventChannel: () => channel ?? new EventChannel() })
    this.passQueryToProperties()
    if (isTab && phone.config.app.tabBar?.custom === true) {
      registry.ensure(CUSTOM_TAB_BAR)
      this.tabBarRoot = registry.backend.createRoot('custom-tab-bar', registry.space, CUSTOM_TAB_BAR)
    }
    const tabBar = this.tabBarRoot
    Object.assign(this.instance, { getTabBar: () => tabBar?.get() ?? null })
  }

  get instance(): PageInstance {
    return this.root.get() as unknown as PageInstance
  }

  get path(): string {
    return this.route.path
  }

  /** Puts the page into the stack's element and runs: attached, onLoad, show, onShow; then, once drawn, ready and onReady. */
  start(container: HTMLElement): void {
    container.append(this.element)
    const place = element('span')
    this.scroller.append(place)
    this.root.attach(asBackend(this.scroller), asBackend(place))
    // Both stand inside the page's own element, so that what `page { … }` sets reaches them.
    const content = asDom(this.root.getComponent().getBackendElement())
    content.append(this.portals)
    if (this.tabBarRoot) {
      const tabPlace = element('span')
      content.append(tabPlace)
      this.tabBarRoot.attach(asBackend(content), asBackend(tabPlace))
    }
    this.call('onLoad', this.route.query)
    this.show()
    setTimeout(() => {
      // Closed before it was drawn: it is ready for nobody.
      if (!this.element.isConnected) return
      flushReady()
      this.call('onReady')
    }, 0)
  }

  show(): void {
    if (this.shown) return
    this.shown = true
    this.element.hidden = false
    this.root.getComponent().triggerPageLifetime('show', [])
    this.tabBarRoot?.getComponent().triggerPageLifetime('show', [])
    this.call('onShow')
  }

  hide(): void {
    if (!this.shown) return
    this.shown = false
    this.root.getComponent().triggerPageLifetime('hide', [])
    this.tabBarRoot?.getComponent().triggerPageLifetime('hide', [])
    this.call('onHide')
  }

  resize(): void {
    const size = { windowWidth: this.view.clientWidth, windowHeight: this.view.clientHeight }
    this.root.getComponent().triggerPageLifetime('resize', [{ size }])
    this.call('onResize', { size })
  }

  unload(): void {
    this.call('onUnload')
    this.root.release()
    this.tabBarRoot?.release()
    this.element.remove()
  }

  setHidden(hidden: boolean): void {
    this.element.hidden = hidden
  }

  /** Calls one of the page's own functions if it has it; its error is reported, not thrown. */
  call(name: string, ...args: unknown[]): unknown {
    const handler = this.instance[name]
    if (typeof handler !== 'function') return undefined
    try {
      return Reflect.apply(handler, this.instance, args)
    } catch (error) {
      report(error)
      return undefined
    }
  }

  has(name: string): boolean {
    return typeof this.instance[name] === 'function'
  }

  /** A page made with Component() takes its query as properties. */
  private passQueryToProperties(): void {
    const component = this.root.getComponent()
    const behavior = component.getComponentDefinition().behavior
    let changed = false
    for (const [key, value] of Object.entries(this.route.query)) {
      if (!behavior.getPropertyType(key)) continue
      component.replaceDataOnPath([key], value)
      changed = true
    }
    if (changed) component.applyDataUpdates()
  }

  private scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller
    this.call('onPageScroll', { scrollTop })
    const near = scrollHeight - scrollTop - clientHeight <= (this.config.onReachBottomDistance ?? REACH_BOTTOM)
    if (near && !this.reachedBottom) this.call('onReachBottom')
    this.reachedBottom = near
  }
}

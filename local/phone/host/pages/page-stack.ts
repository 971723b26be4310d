/** Which pages are open: navigateTo, redirectTo, navigateBack, reLaunch and switchTab with WeChat's rules and words. */
import type { ComponentRegistry } from '../component-registry'
import { requiredElement } from '../dom'
import type { Phone } from '../phone'
import type { PageInstance } from '../types'
import type { EventChannel } from './event-channel'
import { OpenPage } from './open-page'
import type { Route } from './route'
import { parseRoute, routeUrl } from './route'
import { TabBar } from './tab-bar'

const MOST_PAGES = 10

export class PageStack {
  readonly tabBar: TabBar
  private stack: OpenPage[] = []
  /** tab pages stay alive until reLaunch */
  private readonly tabs = new Map<string, OpenPage>()
  private readonly container = requiredElement('pages')
  private registry: ComponentRegistry | undefined

  constructor(
    private readonly phone: Phone,
    private readonly onChange: (current: OpenPage) => void,
  ) {
    this.tabBar = new TabBar(phone, (path) => this.switchTab(`/${path}`))
    phone.device.onResize(() => this.stack.at(-1)?.resize())
  }

  useRegistry(registry: ComponentRegistry): void {
    this.registry = registry
  }

  get current(): OpenPage | undefined {
    return this.stack.at(-1)
  }

  get instances(): PageInstance[] {
    return this.stack.map((page) => page.instance)
  }

  get routes(): string[] {
    return this.stack.map((page) => routeUrl(page.route))
  }

  /** The open page in whose element a node is, hidden tab pages included. */
  pageOf(node: Element): OpenPage | undefined {
    const holder = node.closest('.host-page')
    return [...this.stack, ...this.tabs.values()].find((page) => page.element === holder)
  }

  isTab(path: string): boolean {
    return this.phone.config.app.tabBar?.list.some((tab) => tab.pagePath === path) ?? false
  }

  navigateTo(url: string, channel: EventChannel): void {
    const route = this.routeOf(url)
    if (this.isTab(route.path)) throw new Error('can not navigateTo a tabbar page')
    if (this.stack.length >= MOST_PAGES) throw new Error('webview count limit exceed')
    const page = this.create(route, channel)
    this.current?.hide()
    this.stack.push(page)
    page.element.classList.add('host-entering')
    this.begin(page)
  }

  redirectTo(url: string): void {
    const route = this.routeOf(url)
    if (this.isTab(route.path)) throw new Error('can not redirectTo a tabbar page')
    const page = this.create(route)
    const left = this.stack.pop()
    if (left) this.leave(left)
    this.stack.push(page)
    this.begin(page)
  }

  navigateBack(delta: number): void {
    if (this.stack.length <= 1) throw new Error('cannot navigate back at first page.')
    const keep = Math.max(1, this.stack.length - delta)
    for (const page of this.stack.splice(keep).reverse()) this.leave(page)
    this.reveal()
  }

  reLaunch(url: string): void {
    const route = this.routeOf(url)
    const page = this.create(route)
    this.closeAll()
    if (page.isTab) this.tabs.set(route.path, page)
    this.stack = [page]
    this.begin(page)
  }

  switchTab(url: string): void {
    const { path } = this.routeOf(url)
    if (!this.isTab(path)) throw new Error('can not switch to no-tabBar page')
    if (this.current?.path === path) return
    const kept = this.tabs.get(path)
    const page = kept ?? this.create({ path, query: {} })
    for (const open of this.stack.splice(0).reverse()) this.leave(open)
    this.stack = [page]
    if (kept) this.reveal()
    else {
      this.tabs.set(path, page)
      this.begin(page)
    }
  }

  /** Tells the pages on the way that the user has left WeChat, or is back. */
  appHidden(): void {
    this.current?.hide()
  }

  appShown(): void {
    this.current?.show()
  }

  private routeOf(url: string): Route {
    const route = parseRoute(url, this.current?.path ?? '')
    if (!this.phone.config.pages.includes(route.path)) throw new Error(`page "${route.path}" is not found`)
    return route
  }

  private create(route: Route, channel?: EventChannel): OpenPage {
    if (!this.registry) throw new Error('no components yet')
    return new OpenPage({
      phone: this.phone,
      registry: this.registry,
      route,
      isTab: this.isTab(route.path),
      ...(channel ? { channel } : {}),
      onBack: () => void this.phone.pages.goBackOrHome(),
      onBarChange: () => this.current && this.onChange(this.current),
    })
  }

  /** What the back button does: asks first when the page wants that; leads home when there is nothing behind. */
  async goBackOrHome(): Promise<void> {
    const page = this.current
    if (!page) return
    if (page.leaveAlert !== undefined) {
      const { confirmed } = await this.phone.layers.modal({ title: '', content: page.leaveAlert })
      if (!confirmed) return
    }
    if (this.stack.length > 1) this.navigateBack(1)
    else this.reLaunch(`/${this.phone.config.pages[0] ?? ''}`)
  }

  private begin(page: OpenPage): void {
    this.present(page)
    page.start(this.container)
  }

  private reveal(): void {
    const page = this.current
    if (!page) return
    this.present(page)
    page.show()
  }

  /** A page that closes is told onUnload and not onHide, as in WeChat; a tab page stays alive and is told onHide. */
  private leave(page: OpenPage): void {
    if (this.tabs.get(page.path) === page) page.hide()
    else page.unload()
  }

  private closeAll(): void {
    const open = new Set([...this.stack.reverse(), ...this.tabs.values()])
    this.stack = []
    this.tabs.clear()
    for (const page of open) page.unload()
  }

  private present(page: OpenPage): void {
    for (const other of new Set([...this.stack, ...this.tabs.values()])) other.setHidden(other !== page)
    const atFirstPage = page.path === this.phone.config.pages[0]
    page.bar.showBack(this.stack.length > 1 ? 'back' : page.isTab || atFirstPage ? 'none' : 'home')
    this.tabBar.show(page)
    history.replaceState(null, '', `#/${routeUrl(page.route)}`)
    this.onChange(page)
  }
}

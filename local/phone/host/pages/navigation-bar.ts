/** The bar at the top of a page: back button, title, colours. A page with `navigationStyle: custom` has none and draws its own. */
import { element } from '../dom'
import type { WindowConfig } from '../types'

export interface NavigationBarState {
  title: string
  background: string
  /** colour of the title and of the status bar */
  front: 'black' | 'white'
  custom: boolean
  loading: boolean
}

const BACK_ICON =
  '<svg viewBox="0 0 12 20" width="12" height="20" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><path d="M10 2 2 10l8 8"/></svg>'
const HOME_ICON =
  '<svg viewBox="0 0 20 20" width="19" height="19" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M3 9.5 10 3l7 6.5V17a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z"/></svg>'

/** WeChat writes white and black in several ways. */
const isWhite = (colour: string): boolean => /^(white|#fff(fff)?)$/i.test(colour)

export function initialState(window: WindowConfig, colour: (value: string | undefined, fallback: string) => string): NavigationBarState {
  return {
    title: window.navigationBarTitleText ?? '',
    background: colour(window.navigationBarBackgroundColor, '#000000'),
    front: isWhite(colour(window.navigationBarTextStyle, 'white')) ? 'white' : 'black',
    custom: window.navigationStyle === 'custom',
    loading: false,
  }
}

export class NavigationBar {
  readonly element = element('header', { class: 'host-navigation-bar' })
  private readonly title = element('div', { class: 'host-navigation-title', role: 'heading' })
  private readonly back: HTMLButtonElement
  private readonly spinner = element('span', { class: 'host-spinner' })

  constructor(
    private state: NavigationBarState,
    private readonly onChange: () => void,
    onBack: () => void,
  ) {
    this.back = element('button', { class: 'host-back', label: '返回', html: BACK_ICON, onClick: onBack })
    this.element.append(this.back, this.spinner, this.title)
    this.draw()
  }

  get front(): 'black' | 'white' {
    return this.state.front
  }

  get text(): string {
    return this.state.title
  }

  get isCustom(): boolean {
    return this.state.custom
  }

  update(change: Partial<NavigationBarState>): void {
    this.state = { ...this.state, ...change }
    this.draw()
    this.onChange()
  }

  /** `home`: the page was opened directly and is not the first page, so the button leads home. */
  showBack(kind: 'back' | 'home' | 'none'): void {
    this.back.hidden = kind === 'none'
    this.back.setAttribute('aria-label', kind === 'home' ? '回到首页' : '返回')
    this.back.innerHTML = kind === 'home' ? HOME_ICON : BACK_ICON
  }

  private draw(): void {
    const { title, background, front, custom, loading } = this.state
    this.element.hidden = custom
    this.title.textContent = title
    this.spinner.hidden = !loading
    this.element.style.background = background
    this.element.style.color = front
  }
}

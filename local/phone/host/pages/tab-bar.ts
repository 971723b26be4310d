/** WeChat's own tab bar, for an app that does not draw its own. */
import { element } from '../dom'
import type { Phone } from '../phone'
import type { OpenPage } from './open-page'

export class TabBar {
  readonly element = element('nav', { class: 'host-tab-bar', role: 'tablist' })
  private readonly badges = new Map<number, string>()
  private hidden = false
  private page: OpenPage | undefined

  constructor(
    private readonly phone: Phone,
    private readonly onSwitch: (path: string) => void,
  ) {}

  setBadge(index: number, text: string | undefined): void {
    if (text === undefined) this.badges.delete(index)
    else this.badges.set(index, text)
    this.draw()
  }

  setHidden(hidden: boolean): void {
    this.hidden = hidden
    this.draw()
  }

  show(page: OpenPage): void {
    this.page = page
    this.draw()
  }

  private draw(): void {
    const { page } = this
    const config = this.phone.config.app.tabBar
    if (!page) return
    page.element.classList.remove('host-has-tab-bar')
    this.element.remove()
    if (!config || config.custom === true || !page.isTab || this.hidden) return
    const { colour } = this.phone
    this.element.style.background = colour(config.backgroundColor, '#ffffff')
    this.element.replaceChildren(
      ...config.list.map((tab, index) => {
        const selected = tab.pagePath === page.path
        const button = element('button', {
          role: 'tab',
          attributes: { 'aria-selected': String(selected) },
          onClick: () => this.onSwitch(tab.pagePath),
        })
        button.style.color = colour(selected ? config.selectedColor : config.color, selected ? '#07c160' : '#8a8a8a')
        const icon = selected ? (tab.selectedIconPath ?? tab.iconPath) : tab.iconPath
        if (icon) button.append(element('img', { attributes: { src: icon, alt: '' } }))
        button.append(element('span', { text: tab.text }))
        const badge = this.badges.get(index)
        if (badge !== undefined) button.append(element('i', { text: badge }))
        return button
      }),
    )
    page.element.classList.add('host-has-tab-bar')
    page.element.append(this.element)
  }
}

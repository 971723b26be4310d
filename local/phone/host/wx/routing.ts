/** wx.navigateTo and its family, the navigation bar, tab bar, scrolling and pulling. */
import type { Phone } from '../phone'
import { EventChannel } from '../pages/event-channel'
import type { OpenPage } from '../pages/open-page'
import { api } from './api'

type Url = { url: string; events?: Record<string, (...args: unknown[]) => void> }

export function routingApis({ pages, colour }: Phone): Record<string, unknown> {
  const current = (): OpenPage => {
    const page = pages.current
    if (!page) throw new Error('no page is open')
    return page
  }
  return {
    navigateTo: api<Url>('navigateTo', ({ url, events }) => {
      const eventChannel = new EventChannel(events)
      pages.navigateTo(url, eventChannel)
      return { eventChannel }
    }),
    redirectTo: api<Url>('redirectTo', ({ url }) => pages.redirectTo(url)),
    reLaunch: api<Url>('reLaunch', ({ url }) => pages.reLaunch(url)),
    switchTab: api<Url>('switchTab', ({ url }) => pages.switchTab(url)),
    navigateBack: api<{ delta?: number }>('navigateBack', async ({ delta = 1 }) => {
      if (current().leaveAlert !== undefined) return pages.goBackOrHome()
      pages.navigateBack(delta)
    }),
    enableAlertBeforeUnload: api<{ message: string }>('enableAlertBeforeUnload', ({ message }) => {
      current().leaveAlert = message
    }),
    disableAlertBeforeUnload: api('disableAlertBeforeUnload', () => {
      current().leaveAlert = undefined
    }),
    setNavigationBarTitle: api<{ title: string }>('setNavigationBarTitle', ({ title }) => current().bar.update({ title })),
    setNavigationBarColor: api<{ frontColor: string; backgroundColor: string }>(
      'setNavigationBarColor',
      ({ frontColor, backgroundColor }) => {
        if (!/^#(000000|ffffff)$/i.test(frontColor)) throw new Error('invalid frontColor: only #ffffff and #000000')
        current().bar.update({ front: /^#f/i.test(frontColor) ? 'white' : 'black', background: colour(backgroundColor, '#ffffff') })
      },
    ),
    showNavigationBarLoading: api('showNavigationBarLoading', () => current().bar.update({ loading: true })),
    hideNavigationBarLoading: api('hideNavigationBarLoading', () => current().bar.update({ loading: false })),
    hideHomeButton: api('hideHomeButton', () => current().bar.showBack('none')),
    setBackgroundColor: api<{ backgroundColor?: string }>('setBackgroundColor', ({ backgroundColor }) => {
      if (backgroundColor !== undefined) current().element.style.background = backgroundColor
    }),
    setBackgroundTextStyle: api('setBackgroundTextStyle', () => undefined),
    setTabBarBadge: api<{ index: number; text: string }>('setTabBarBadge', ({ index, text }) => pages.tabBar.setBadge(index, text)),
    removeTabBarBadge: api<{ index: number }>('removeTabBarBadge', ({ index }) => pages.tabBar.setBadge(index, undefined)),
    showTabBarRedDot: api<{ index: number }>('showTabBarRedDot', ({ index }) => pages.tabBar.setBadge(index, '')),
    hideTabBarRedDot: api<{ index: number }>('hideTabBarRedDot', ({ index }) => pages.tabBar.setBadge(index, undefined)),
    showTabBar: api('showTabBar', () => pages.tabBar.setHidden(false)),
    hideTabBar: api('hideTabBar', () => pages.tabBar.setHidden(true)),
    startPullDownRefresh: api('startPullDownRefresh', () => current().pullDown.refresh()),
    stopPullDownRefresh: api('stopPullDownRefresh', () => current().pullDown.stop()),
    pageScrollTo: api<{ scrollTop?: number; selector?: string; duration?: number; offsetTop?: number }>(
      'pageScrollTo',
      ({ scrollTop, selector, duration = 300, offsetTop = 0 }) => {
        const { scroller } = current()
        const target = selector === undefined ? undefined : scroller.querySelector(selector.replace(/^#(.+)$/, '[id="$1"]'))
        if (selector !== undefined && !target) throw new Error(`no node "${selector}"`)
        const top = target
          ? scroller.scrollTop + target.getBoundingClientRect().top - scroller.getBoundingClientRect().top + offsetTop
          : (scrollTop ?? 0)
        scroller.scrollTo({ top, behavior: duration === 0 ? 'instant' : 'smooth' })
      },
    ),
  }
}

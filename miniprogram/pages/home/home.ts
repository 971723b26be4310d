import type { ButtonAct, CategoryView, HomeView, OrderCard } from '../../../typings/contract'
import { rememberBadges, rememberRole, showTab } from '../../custom-tab-bar/tabs'
import { readAppearance } from '../../lib/appearance'
import { call } from '../../lib/cloud'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { rememberTemplates } from '../../lib/subscribe'
import { formatCount } from '../../lib/time'
import { homeEveryMs } from './home-facts'

/** What we promise, in two short lines each. */
const promisesOf = (offersPerWave: number) => [
  { icon: 'two', first: `${formatCount(offersPerWave)}位师傅`, second: '就近抢单' },
  { icon: 'receipt', first: '先报价', second: '后付款' },
  { icon: 'nocash', first: '师傅', second: '不收现金' },
  { icon: 'again', first: '不满意', second: '再上门' },
]

Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    look: readAppearance(),
    bar: { top: 0, height: 44 },
    promises: [] as ReturnType<typeof promisesOf>,
    categories: [] as CategoryView[],
    current: null as OrderCard | null,
    fileButton: { act: 'file_again' as ButtonAct, label: '我要报修' },
  },
  live: undefined as LiveView<HomeView> | undefined,

  onLoad() {
    // The bar is ours here: the logo stands level with WeChat's own button.
    const { statusBarHeight } = wx.getWindowInfo()
    const capsule = wx.getMenuButtonBoundingClientRect()
    this.setData({ bar: { top: statusBarHeight, height: (capsule.top - statusBarHeight) * 2 + capsule.height } })
    this.live = new LiveView<HomeView>({
      page: this,
      fetch: () => call('homeowner', 'openHome', {}),
      show: (home) => this.show(home),
      everyMs: homeEveryMs,
    })
  },
  onShow() {
    this.setData({ look: readAppearance() })
    showTab(this)
    void this.live?.shown()
  },
  onHide() {
    this.live?.hidden()
  },
  onUnload() {
    this.live?.hidden()
  },
  onPullDownRefresh() {
    void this.live?.pulled()
  },
  onShareAppMessage() {
    return { title: '家里坏了，说一声就行。上门、勘察都不收费', path: '/pages/home/home' }
  },

  show(home: HomeView) {
    rememberRole(home.isTechnician)
    rememberTemplates(home.templates)
    rememberBadges({ orders: home.waitingForYou, me: home.unread })
    showTab(this)
    this.setData({ categories: home.categories, current: home.current, promises: promisesOf(home.figures.offersPerWave) })
  },
  retry() {
    void this.live?.retry()
  },
  openCurrent() {
    const { current } = this.data
    if (current) void wx.navigateTo({ url: `/homeowner/order/order?id=${current.id}` })
  },
  fileRepair() {
    void wx.navigateTo({ url: '/homeowner/file-repair/file-repair' })
  },
  fileCategory(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
    void wx.navigateTo({ url: `/homeowner/file-repair/file-repair?category=${event.currentTarget.dataset.code}` })
  },
  fileEmergency() {
    void wx.navigateTo({ url: '/homeowner/file-repair/file-repair?emergency=1' })
  },
  openPriceBook() {
    void wx.navigateTo({ url: '/homeowner/price-book/price-book' })
  },
})

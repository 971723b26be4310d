import type { HomeView } from '../../../typings/contract'
import { rememberBadges, rememberRole, showTab } from '../../custom-tab-bar/tabs'
import { readAppearance } from '../../lib/appearance'
import { call } from '../../lib/cloud'
import { showFailure, showSentence } from '../../lib/dialog'
import { isCancelled } from '../../lib/error-text'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { rememberTemplates } from '../../lib/subscribe'
import { greeting, meRows, type MeGroup, type MeRow } from './me-rows'

const PAGES: Partial<Record<MeRow['act'], string>> = {
  inbox: '/homeowner/inbox/inbox',
  price_book: '/homeowner/price-book/price-book',
  verify: '/homeowner/verify/verify',
  badge: '/technician/badge/badge',
  schedule: '/technician/schedule/schedule',
  record: '/technician/record/record',
  reach: '/technician/reach/reach',
  join: '/technician/join/join',
}

Page({
  data: { status: 'loading' as PageStatus, message: '', look: readAppearance(), name: '', second: '', groups: [] as MeGroup[] },
  live: undefined as LiveView<HomeView> | undefined,
  hotline: '',

  onLoad() {
    this.live = new LiveView<HomeView>({ page: this, fetch: () => call('homeowner', 'openHome', {}), show: (home) => this.show(home) })
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

  show(home: HomeView) {
    rememberRole(home.isTechnician)
    rememberTemplates(home.templates)
    rememberBadges({ orders: home.waitingForYou, me: home.unread })
    showTab(this)
    this.hotline = home.hotline
    this.setData({ ...greeting(home), groups: meRows(home) })
  },
  retry() {
    void this.live?.retry()
  },
  async open(event: WechatMiniprogram.TouchEvent<object, object, { act: MeRow['act'] }>) {
    const { act } = event.currentTarget.dataset
    const url = PAGES[act]
    try {
      if (url) await wx.navigateTo({ url })
      else if (act === 'orders') await wx.switchTab({ url: '/pages/orders/orders' })
      else if (act === 'hotline') await wx.makePhoneCall({ phoneNumber: this.hotline })
      else this.openPrivacy()
    } catch (error) {
      if (!isCancelled(error)) await showFailure(error)
    }
  },
  /** WeChat keeps the text of the privacy guide; a WeChat that cannot show it gets the gist from us. */
  openPrivacy() {
    wx.openPrivacyContract({
      fail: () =>
        void showSentence(
          '我们只用您填的称呼、电话、地址和照片来派师傅、报价和保修，只给接单的师傅看。想看全文，点小程序右上角的三个点，再点“设置”。',
        ),
    })
  },
})

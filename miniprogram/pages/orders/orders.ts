import type { ButtonAct, IsoTime, OrderCard } from '../../../typings/contract'
import { rememberBadges, showTab } from '../../custom-tab-bar/tabs'
import { readAppearance } from '../../lib/appearance'
import { call } from '../../lib/cloud'
import { showFailure } from '../../lib/dialog'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { cardUrl } from './card-url'
import {
  appended,
  emptyList,
  filterTabs,
  isOrderFilter,
  listEveryMs,
  listStatus,
  refreshed,
  solidCard,
  waitingForPerson,
  type OrderFilter,
  type OrderPage,
} from './order-list'

Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    look: readAppearance(),
    filter: 'all' as OrderFilter,
    tabs: filterTabs({ toConfirm: 0, toPay: 0, toRate: 0 }),
    orders: [] as OrderCard[],
    solidId: '',
    empty: emptyList('all'),
    loadingMore: false,
    atEnd: false,
  },
  live: undefined as LiveView<OrderPage> | undefined,
  nextBefore: null as IsoTime | null,

  onLoad() {
    this.live = this.newView()
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
  async onReachBottom() {
    const { filter, loadingMore, status } = this.data
    if (!this.nextBefore || loadingMore || status !== 'ready') return
    this.setData({ loadingMore: true })
    try {
      const page = await call('homeowner', 'listOrders', { filter, before: this.nextBefore })
      if (filter !== this.data.filter) return
      this.nextBefore = page.nextBefore
      this.setData({ orders: appended(this.data.orders, page.orders), atEnd: page.nextBefore === null })
    } catch (error) {
      void showFailure(error)
    } finally {
      this.setData({ loadingMore: false })
    }
  },

  newView() {
    return new LiveView<OrderPage>({
      page: this,
      fetch: () => call('homeowner', 'listOrders', { filter: this.data.filter }),
      show: (page) => this.show(page),
      everyMs: () => listEveryMs(this.data.orders),
    })
  },
  show(page: OrderPage): PageStatus {
    const { counts } = page
    const first = this.data.orders.length === 0
    const orders = refreshed(this.data.orders, page.orders, page.nextBefore === null)
    if (first || orders.length === page.orders.length) this.nextBefore = page.nextBefore
    // Counted as the front page counts it, and only where every order is in the list.
    if (this.data.filter === 'all') rememberBadges({ orders: waitingForPerson(page.orders) })
    showTab(this)
    this.setData({ tabs: filterTabs(counts), orders, solidId: solidCard(orders), atEnd: this.nextBefore === null })
    return listStatus(orders)
  },
  retry() {
    if (this.data.status === 'error') void this.live?.retry()
    else void wx.navigateTo({ url: '/homeowner/file-repair/file-repair' })
  },
  changeFilter(event: WechatMiniprogram.CustomEvent<{ value: unknown }>) {
    const { value } = event.detail
    if (!isOrderFilter(value) || value === this.data.filter) return
    // A view of its own: an answer to the old question must not land in the new list.
    this.live?.hidden()
    this.nextBefore = null
    this.setData({ filter: value, orders: [], status: 'loading', empty: emptyList(value), atEnd: false })
    this.live = this.newView()
    void this.live.shown()
  },
  open(event: WechatMiniprogram.CustomEvent<{ orderId: string }>) {
    void wx.navigateTo({ url: `/homeowner/order/order?id=${event.detail.orderId}` })
  },
  act(event: WechatMiniprogram.CustomEvent<{ orderId: string; act: ButtonAct }>) {
    void wx.navigateTo({ url: cardUrl(event.detail.act, event.detail.orderId) })
  },
})

import type { ButtonAct, IsoTime, OrderCard } from '../../../typings/contract'
import { isTechnicianKnown, knownBadges, rememberBadges, rememberRole, showTab } from '../../custom-tab-bar/tabs'
import { readAppearance } from '../../lib/appearance'
import { call } from '../../lib/cloud'
import { showFailure } from '../../lib/dialog'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { cardUrl } from './card-url'
import { emptyJobs, isJobFilter, isTechnicianFilter, jobAsCard, technicianTabs, type TechnicianFilter } from './job-list'
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
} from './order-list'

type Filter = OrderFilter | TechnicianFilter

/** What either list shows. */
interface Listed {
  orders: OrderCard[]
  counts: { toConfirm: number; toPay: number; toRate: number } | null
  nextBefore: IsoTime | null
  isTechnician: boolean
}

/** A homeowner's orders; a technician's own jobs (R52). */
async function listed(filter: Filter, before?: IsoTime): Promise<Listed> {
  const from = before === undefined ? {} : { before }
  if (!isJobFilter(filter)) return call('homeowner', 'listOrders', { filter: isTechnicianFilter(filter) ? 'all' : filter, ...from })
  const { jobs, nextBefore } = await call('technician', 'listJobs', { filter, ...from })
  return { orders: jobs.map(jobAsCard), counts: null, nextBefore, isTechnician: true }
}

/** 工单. Whoever comes as a technician finds their jobs, and what they filed at home behind a tab of its own. */
Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    look: readAppearance(),
    filter: 'all' as Filter,
    tabs: filterTabs({ toConfirm: 0, toPay: 0, toRate: 0 }),
    orders: [] as OrderCard[],
    solidId: '',
    empty: emptyList('all'),
    loadingMore: false,
    atEnd: false,
  },
  live: undefined as LiveView<Listed> | undefined,
  nextBefore: null as IsoTime | null,
  /** As whom the page was drawn; null before the first time. */
  technician: null as boolean | null,

  onShow() {
    this.setData({ look: readAppearance() })
    showTab(this)
    const technician = isTechnicianKnown()
    if (technician === this.technician) void this.live?.shown()
    else this.drawFor(technician)
  },
  drawFor(technician: boolean) {
    this.technician = technician
    showTab(this)
    this.setData({ tabs: technician ? technicianTabs(knownBadges().orders) : filterTabs({ toConfirm: 0, toPay: 0, toRate: 0 }) })
    this.begin(technician ? 'in_hand' : 'all')
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
      const page = await listed(filter, this.nextBefore)
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
    return new LiveView<Listed>({
      page: this,
      fetch: () => listed(this.data.filter),
      show: (page) => this.show(page),
      everyMs: () => listEveryMs(this.data.orders),
    })
  },
  show(page: Listed): PageStatus {
    const { counts, isTechnician } = page
    // Who comes here first, from a message say, is known by this answer only.
    rememberRole(isTechnician)
    if (isTechnician !== this.technician) {
      this.drawFor(isTechnician)
      return 'loading'
    }
    const { filter } = this.data
    const first = this.data.orders.length === 0
    const orders = refreshed(this.data.orders, page.orders, page.nextBefore === null)
    if (first || orders.length === page.orders.length) this.nextBefore = page.nextBefore
    // Counted as the front page counts it, and only where every order is in the list.
    if (filter === 'all' || filter === 'own') rememberBadges({ orders: waitingForPerson(page.orders) })
    showTab(this)
    const tabs = this.technician || counts === null ? technicianTabs(knownBadges().orders) : filterTabs(counts)
    this.setData({ tabs, orders, solidId: solidCard(orders), atEnd: this.nextBefore === null })
    return listStatus(orders)
  },
  retry() {
    if (this.data.status === 'error') void this.live?.retry()
    else if (isJobFilter(this.data.filter)) void wx.switchTab({ url: '/pages/jobs/jobs' })
    else void wx.navigateTo({ url: '/homeowner/file-repair/file-repair' })
  },
  changeFilter(event: WechatMiniprogram.CustomEvent<{ value: unknown }>) {
    const { value } = event.detail
    const isOffered = this.technician ? isTechnicianFilter : isOrderFilter
    if (value !== this.data.filter && isOffered(value)) this.begin(value)
  },
  begin(filter: Filter) {
    // A view of its own: an answer to the old question must not land in the new list.
    this.live?.hidden()
    this.nextBefore = null
    const empty = isTechnicianFilter(filter) ? emptyJobs(filter) : emptyList(filter)
    this.setData({ filter, orders: [], status: 'loading', empty, atEnd: false })
    this.live = this.newView()
    void this.live.shown()
  },
  open(event: WechatMiniprogram.CustomEvent<{ orderId: string }>) {
    const { orderId } = event.detail
    void wx.navigateTo({ url: isJobFilter(this.data.filter) ? `/technician/job/job?id=${orderId}` : `/homeowner/order/order?id=${orderId}` })
  },
  act(event: WechatMiniprogram.CustomEvent<{ orderId: string; act: ButtonAct }>) {
    void wx.navigateTo({ url: cardUrl(event.detail.act, event.detail.orderId) })
  },
})

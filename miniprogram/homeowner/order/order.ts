import type { ButtonAct, OrderView } from '../../../typings/contract'
import { readAppearance, showPlainBar, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure, serverNow } from '../../lib/cloud'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { formatFen } from '../../lib/money'
import { perform } from './order-acts'
import { orderEveryMs, orderLinks, saysTheSame, shownOrder, type OrderLink, type ShownOrder } from './order-facts'

Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    order: null as ShownOrder | null,
    preparations: [] as { icon: string; text: string; amount: string; done: boolean }[],
    links: [] as OrderLink[],
  },
  orderId: '',
  /** The latest answer, with what the page does not bind. */
  whole: null as OrderView | null,
  live: undefined as LiveView<OrderView | null> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad(query: { id?: string }) {
    this.orderId = query.id ?? ''
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<OrderView | null>({
      page: this,
      fetch: () => this.fetch(),
      show: (order) => (order ? this.show(order) : 'empty'),
      everyMs: (order) => (order ? orderEveryMs(order) : null),
    })
  },
  onShow() {
    const look = readAppearance()
    this.setData({ look })
    if (this.data.order) showStateInBar(this.data.order.state, look.dark)
    else showPlainBar('工单', look.dark)
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

  /** null when there is no such order for this person: trying again would not help. */
  async fetch(): Promise<OrderView | null> {
    try {
      return await call('homeowner', 'getOrder', { orderId: this.orderId })
    } catch (error) {
      if (isActionFailure(error) && error.code === 'NOT_FOUND') return null
      throw error
    }
  },

  show(order: OrderView) {
    const { whole } = this
    this.whole = order
    if (whole && saysTheSame(whole, order)) return
    showStateInBar(order.state, this.data.look.dark)
    this.setData({
      order: shownOrder(order),
      preparations: order.preparations.map(({ icon, text, amountFen, done }) => ({
        icon,
        text,
        done,
        amount: amountFen === null ? '' : formatFen(amountFen),
      })),
      links: orderLinks(order, serverNow()),
    })
  },
  /** The wave's ring has run out: look at once what came of it. */
  lookAgain() {
    void this.live?.shown()
  },
  retry() {
    if (this.data.status === 'empty') void wx.switchTab({ url: '/pages/orders/orders' })
    else void this.live?.retry()
  },
  act(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { buttons, whole } = this
    if (whole && buttons) void perform(event.detail.act, whole, { buttons, put: (changed) => this.live?.put(changed) })
  },
  openLink(event: WechatMiniprogram.TouchEvent<object, object, { url: string }>) {
    void wx.navigateTo({ url: event.currentTarget.dataset.url })
  },
  openBadge() {
    void wx.navigateTo({ url: '/homeowner/verify/verify' })
  },
  copyNumber() {
    const { order } = this.data
    if (order) void wx.setClipboardData({ data: order.number })
  },
})

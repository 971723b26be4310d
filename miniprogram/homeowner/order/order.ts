import type { ButtonAct, OrderView } from '../../../typings/contract'
import { readAppearance, showPlainBar, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, serverNow } from '../../lib/cloud'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { formatFen } from '../../lib/money'
import { perform } from './order-acts'
import { orderEveryMs, orderLinks, type OrderLink } from './order-facts'

Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    order: null as OrderView | null,
    preparations: [] as { icon: string; text: string; amount: string; done: boolean }[],
    links: [] as OrderLink[],
  },
  orderId: '',
  live: undefined as LiveView<OrderView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad(query: { id?: string }) {
    this.orderId = query.id ?? ''
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<OrderView>({
      page: this,
      fetch: () => call('homeowner', 'getOrder', { orderId: this.orderId }),
      show: (order) => this.show(order),
      everyMs: orderEveryMs,
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

  show(order: OrderView) {
    // The same version says the same: nothing crosses to the page, except while a wave counts down and its offers change.
    const { order: before } = this.data
    if (before && before.version === order.version && !order.dispatch && JSON.stringify(before.state) === JSON.stringify(order.state))
      return
    showStateInBar(order.state, this.data.look.dark)
    this.setData({
      order,
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
    void this.live?.retry()
  },
  act(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { order } = this.data
    const { buttons } = this
    if (order && buttons) void perform(event.detail.act, order, { buttons, put: (changed) => this.live?.put(changed) })
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

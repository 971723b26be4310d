import type { ButtonAct, OrderView } from '../../../typings/contract'
import { readAppearance, showPlainBar, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure, serverNow } from '../../lib/cloud'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { formatFen } from '../../lib/money'
import { confirm, showDone } from '../../lib/dialog'
import { formatSpan } from '../../lib/time'
import { readMessagesOf } from '../../lib/read-messages'
import { moneyIfAnother } from './another-words'
import type { Numbers } from './contact-sheet/numbers'
import { perform, type ActPage, type Rebooking } from './order-acts'
import { orderEveryMs, orderLinks, saysTheSame, shownOrder, type OrderLink, type ShownOrder } from './order-facts'

Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    /** Something did not go as agreed (R12, R15, R45). */
    changed: false,
    moving: false,
    moveError: '',
    asking: false,
    callWithin: '',
    correcting: false,
    contactErrors: {} as Record<string, string>,
    /** The time that was picked for somebody else: still picked when it did not go through. */
    askFrom: '',
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
    readMessagesOf(this.orderId, 'homeowner')
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
    // What is new stands at the top.
    if (whole && whole.state.word !== order.state.word) wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    this.setData({
      changed: Boolean(order.delay ?? order.waitingAtDoor ?? order.rebook ?? order.parts),
      order: shownOrder(order),
      preparations: order.preparations.map(({ icon, text, amountFen, done }) => ({
        icon,
        text,
        done,
        amount: amountFen === null ? '' : formatFen(amountFen),
      })),
      links: orderLinks(order, serverNow()),
      callWithin: formatSpan(order.figures.callMinutes),
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
    const { act } = event.detail
    if (act === 'move_appointment') this.setData({ moving: true, moveError: '' })
    else if (act === 'ask_another') this.setData({ asking: true })
    else if (act === 'correct_contact') this.setData({ correcting: true, contactErrors: {} })
    else if (whole && buttons) void perform(act, whole, this.actPage(buttons))
  },
  actPage(buttons: ButtonCalls): ActPage {
    return { buttons, put: (changed) => this.live?.put(changed), rebooking: () => this.rebooking() }
  },
  /** The window that stands picked in the card above. */
  rebooking(): Rebooking | null {
    const card: unknown = this.selectComponent('#plan')
    return typeof card === 'object' && card !== null && 'chosen' in card && typeof card.chosen === 'function' ? (card.chosen() as Rebooking | null) : null
  },
  async move(event: WechatMiniprogram.CustomEvent<{ at: string }>) {
    const { buttons, whole } = this
    if (!whole || !buttons) return
    const moved = await buttons.run(
      'move_appointment',
      (requestId) => call('homeowner', 'moveAppointment', { orderId: whole.id, at: event.detail.at }, { requestId }),
      (error) => this.showMoveError(error),
    )
    if (!moved) return
    this.live?.put(moved)
    this.closeMove()
    showDone('改好了')
  },
  /** Beside the times: somebody else may have booked the technician meanwhile. */
  showMoveError(error: unknown): boolean {
    if (!isActionFailure(error)) return false
    this.setData({ moveError: error.message })
    return true
  },
  closeMove() {
    this.setData({ moving: false })
  },
  async correct(event: WechatMiniprogram.CustomEvent<Numbers>) {
    const { buttons, whole } = this
    if (!whole || !buttons) return
    const corrected = await buttons.run(
      'correct_contact',
      (requestId) => call('homeowner', 'correctContact', { orderId: whole.id, ...event.detail }, { requestId }),
      (error) => this.showContactErrors(error),
    )
    if (!corrected) return
    this.live?.put(corrected)
    this.closeCorrect()
    showDone('改好了')
  },
  showContactErrors(error: unknown): boolean {
    if (!isActionFailure(error) || Object.keys(error.fields).length === 0) return false
    this.setData({ contactErrors: { phone: error.fields['phone'] ?? '', onSite: error.fields['onSite.phone'] ?? '' } })
    return true
  },
  closeCorrect() {
    this.setData({ correcting: false })
  },
  hotline() {
    if (this.whole && this.buttons) void perform('call_hotline', this.whole, this.actPage(this.buttons))
  },
  async askAnother(event: WechatMiniprogram.CustomEvent<{ from: string; to: string }>) {
    const { buttons, whole } = this
    this.closeAsk()
    this.setData({ askFrom: event.detail.from })
    if (!whole || !buttons) return
    const content = `马上按您选的时间重新请人，现在这位就不来了。\n${moneyIfAnother(whole)}`
    if (!(await confirm({ title: '换一位师傅？', content, confirmText: '换一位' }))) return
    const asked = await buttons.run('ask_another', (requestId) =>
      call('homeowner', 'askAnother', { orderId: whole.id, wanted: event.detail, reason: whole.delay ? '师傅要晚到' : '师傅没按时到' }, { requestId }),
    )
    if (asked) this.live?.put(asked)
  },
  closeAsk() {
    this.setData({ asking: false })
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

import type { Button, ButtonAct, ChangeView, OrderView, QuoteView, StateView } from '../../../typings/contract'
import { readAppearance, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { choose, confirm, showDone, showSentence } from '../../lib/dialog'
import { isCancelled } from '../../lib/error-text'
import { liveLifecycle } from '../../lib/live-page'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { formatFen } from '../../lib/money'
import { readMessagesOf } from '../../lib/read-messages'
import { newRequestId } from '../../lib/request-id'
import { serverNow } from '../../lib/server-clock'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { askForMessages } from '../../lib/subscribe'
import { formatMoment } from '../../lib/time'
import { backToOrder, TO_ORDER } from '../lib/back-to-order'
import { liveOrder, offered } from '../lib/live-order'
import type { PaymentOutcome } from './payment-flow'
import { payStage } from './payment-flow'
import { quoteHead } from './quote-head'

const DECLINE_REASONS = ['价钱高了', '项目不对', '不想修了', '找了别人']
const CHANGE_REASONS = ['先不做这些', '价钱高了', '项目不对', '要再想想']

/** The priced lines, confirmed and paid in one go (R17, R19, R22, R23). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    head: null as StateView | null,
    quote: null as QuoteView | null,
    /** A change order that waits for an answer or its payment (R19). */
    change: null as ChangeView | null,
    valid: '',
    main: null as Button | null,
    more: [] as Button[],
  },
  orderId: '',
  order: null as OrderView | null,
  settling: false,
  live: undefined as LiveView<OrderView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    this.orderId = id ?? ''
    readMessagesOf(this.orderId, 'homeowner')
    this.buttons = new ButtonCalls(this)
    this.live = liveOrder(
      this,
      this.orderId,
      (order) => this.show(order),
      () => this.settling,
    )
  },
  retry() {
    if (this.data.status === 'empty') backToOrder(this.orderId)
    else void this.live?.retry()
  },

  show(order: OrderView): PageStatus | void {
    this.order = order
    if (!order.stages.some(({ state }) => state === 'due')) this.settling = false
    const head = quoteHead(order, this.settling)
    showStateInBar(head, this.data.look.dark)
    if (!order.quote) {
      this.setData({ head })
      return 'empty'
    }
    const { quote } = order
    const pay = this.settling ? null : payButton(order)
    const changes: Partial<typeof this.data> = {
      head,
      main: pay ?? TO_ORDER,
      more: pay ? [{ act: 'call_hotline', label: openChange(order) ? '不同意，或有疑问' : '有疑问' }] : [],
      valid: validWords(openChange(order) ?? quote),
    }
    const { change } = this.data
    if (change?.version !== order.change?.version || change?.state !== order.change?.state) changes.change = order.change
    if (this.data.quote?.version !== quote.version || this.data.quote.state !== quote.state) changes.quote = quote
    this.setData(changes)
  },

  onAct(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { act } = event.detail
    if (act === 'confirm_and_pay' || act === 'pay') void this.pay(act)
    else if (act === TO_ORDER.act) backToOrder(this.orderId)
    else void this.ask()
  },

  async pay(act: ButtonAct) {
    // First thing in the tap: WeChat shows its question only then.
    const asked = askForMessages('homeowner', HOMEOWNER_PROMPTS.paying)
    const outcome = await this.buttons?.run(act, async (requestId) => {
      await asked
      const order = await this.confirmed(requestId)
      const stage = order.stages.find(({ state }) => state === 'due')
      if (!stage) return null
      return payStage({
        start: () => call('homeowner', 'startPayment', { orderId: this.orderId, stageId: stage.id }, { requestId: newRequestId() }),
        request: requestPayment,
        check: async (outTradeNo) =>
          (await call('homeowner', 'checkPayment', { orderId: this.orderId, outTradeNo }, { requestId: newRequestId() })).state,
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      })
    })
    if (outcome) await this.afterPayment(outcome)
  },

  /** The order with its quote or change order confirmed: that is done once, a second press only pays. */
  async confirmed(requestId: string): Promise<OrderView> {
    const order = this.order ?? (await call('homeowner', 'getOrder', { orderId: this.orderId }))
    const version = versionToAnswer(order)
    if (version === null) return order
    const confirmedOrder = await call('homeowner', 'confirmQuote', { orderId: this.orderId, quoteVersion: version }, { requestId })
    if (openChange(order) && !confirmedOrder.stages.some(({ state }) => state === 'due')) showDone('按新的做')
    this.live?.put(confirmedOrder)
    return confirmedOrder
  },

  async afterPayment(outcome: PaymentOutcome) {
    this.settling = outcome === 'pending'
    // At once, whether or not the next look gets through: who has paid must not read that it is still to be paid.
    if (this.settling && this.order) this.show(this.order)
    void this.live?.shown()
    if (outcome === 'cancelled') await showSentence('没有付款，单子给您留着')
    if (outcome === 'failed') await showSentence('微信支付没有打开，没有扣钱，请再试一次')
    if (outcome === 'unsure') await showSentence('网断了，还不知道付没付成。等连上网看一眼，先别急着再付')
    if (outcome === 'paid') wx.pageScrollTo({ scrollTop: 0 })
  },

  async ask() {
    const order = this.order
    if (!order) return
    const callHotline = `打给师服到 ${order.hotline}`
    const decline = openChange(order) ? '不同意，照原来的做' : '这张报价我不同意'
    const choices = versionToAnswer(order) === null ? [callHotline] : [callHotline, decline]
    const chosen = await choose(choices)
    if (chosen === callHotline) this.dialHotline()
    if (chosen === decline) await this.decline(order)
  },

  async decline(order: OrderView) {
    const change = openChange(order)
    const reason = await choose(change ? CHANGE_REASONS : DECLINE_REASONS, '为什么不同意？我们好改')
    const version = versionToAnswer(order)
    if (!reason || version === null) return
    const sure = await confirm(
      change
        ? { title: '不加这些项目？', content: '师傅照原来说好的做，付过的钱不变。', confirmText: '不加' }
        : { title: '不同意这张报价？', content: '不收您钱。想再修，随时打电话，重新给您报。', confirmText: '不同意' },
    )
    if (!sure) return
    const declined = await this.buttons?.run('call_hotline', (requestId) =>
      call('homeowner', 'declineQuote', { orderId: this.orderId, quoteVersion: version, reason }, { requestId }),
    )
    if (declined) this.live?.put(declined)
  },

  dialHotline() {
    // Closing the dialler is no failure.
    wx.makePhoneCall({ phoneNumber: this.order?.hotline ?? '', fail: () => undefined })
  },
})

/** A change order that waits for the homeowner's word. */
const openChange = ({ change }: OrderView): ChangeView | null => (change?.state === 'sent' ? change : null)

/** Which version can be confirmed or declined; null when none waits. */
const versionToAnswer = (order: OrderView): number | null => openChange(order)?.version ?? (order.quote?.state === 'sent' ? order.quote.version : null)

const validWords = (quote: ChangeView | QuoteView): string =>
  quote.state === 'sent' ? `报价第 ${quote.version} 版 · ${formatMoment(quote.expiresAt, serverNow())} 前有效` : `报价第 ${quote.version} 版`

/** 同意并补付 ¥140.00; what becomes cheaper goes back by itself. */
const agreeLabel = ({ differenceFen }: ChangeView): string =>
  differenceFen > 0 ? `同意并补付 ${formatFen(differenceFen)}` : differenceFen < 0 ? `同意，退您 ${formatFen(-differenceFen)}` : '同意，照新的做'

/** The order's page may only lead here (先看报价); here the quote itself can be paid. */
function payButton(order: OrderView): Button | null {
  const change = openChange(order)
  if (change) return { act: 'confirm_and_pay', label: agreeLabel(change) }
  const button = offered(order, ['confirm_and_pay', 'pay'])
  if (button || !offered(order, ['view_quote'])) return button
  if (order.quote?.state === 'sent') return { act: 'confirm_and_pay', label: `确认并付款 ${formatFen(order.quote.totalFen)}` }
  const due = order.stages.find(({ state }) => state === 'due')
  return due ? { act: 'pay', label: `付款 ${formatFen(due.amountFen)}` } : null
}

async function requestPayment(params: Parameters<typeof wx.requestPayment>[0]): Promise<'done' | 'cancelled' | 'failed'> {
  try {
    await wx.requestPayment({ ...params })
    return 'done'
  } catch (error) {
    return isCancelled(error) ? 'cancelled' : 'failed'
  }
}

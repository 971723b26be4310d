import type { Button, ButtonAct, MissingView, OrderView, StateView, TechnicianCard } from '../../../typings/contract'
import { readAppearance, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure } from '../../lib/cloud'
import { confirm, showDone, showSentence } from '../../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../../lib/draft'
import { liveLifecycle } from '../../lib/live-page'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { readMessagesOf } from '../../lib/read-messages'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { askForMessages } from '../../lib/subscribe'
import { backToOrder, TO_ORDER } from '../lib/back-to-order'
import { liveOrder, offered } from '../lib/live-order'
import type { DoneWork } from './acceptance-view'
import { doneWork, missingLines, visitToAccept } from './acceptance-view'

const MOST_MISSING = 10

/** What was done, with photos; the homeowner accepts it or lists what is missing (R30). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    state: null as StateView | null,
    technician: null as TechnicianCard | null,
    work: [] as DoneWork[],
    missing: [] as MissingView[],
    main: null as Button | null,
    more: [] as Button[],
    sheet: false,
    lines: [''],
    linesError: '',
  },
  orderId: '',
  visitNo: 0,
  version: -1,
  live: undefined as LiveView<OrderView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    this.orderId = id ?? ''
    readMessagesOf(this.orderId, 'homeowner')
    this.buttons = new ButtonCalls(this)
    this.live = liveOrder(this, this.orderId, (order) => this.show(order))
  },
  retry() {
    void this.live?.retry()
  },

  show(order: OrderView): PageStatus | void {
    const visit = visitToAccept(order)
    showStateInBar(order.state, this.data.look.dark)
    if (!visit) {
      this.setData({ state: order.state })
      return 'empty'
    }
    if (this.visitNo !== visit.no) this.setData({ lines: readDraft<string[]>(this.draftKey(visit.no)) ?? [''] })
    this.visitNo = visit.no
    const accept = offered(order, ['accept'])
    // Links to photos are new in every answer: drawn anew only when the order has changed, so that they do not blink.
    if (this.version !== order.version) this.setData({ technician: visit.technician, work: doneWork(visit), missing: visit.missing })
    this.version = order.version
    this.setData({
      state: order.state,
      main: accept ? { act: 'accept', label: '试过了，验收' } : (offered(order, ['sign_card', 'view_card']) ?? TO_ORDER),
      more: accept ? [{ act: 'report_missing', label: '还差点什么' }] : [],
    })
  },

  draftKey(visitNo: number): string {
    return `missing:${this.orderId}:${visitNo}`
  },

  onAct(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { act } = event.detail
    if (act === 'accept') void this.accept()
    else if (act === 'report_missing') this.setData({ sheet: true, linesError: '' })
    else if (act === TO_ORDER.act) backToOrder(this.orderId)
    else this.openCard()
  },

  async accept() {
    const asked = askForMessages('homeowner', HOMEOWNER_PROMPTS.accepting)
    await asked
    const sure = await confirm({ title: '都试过了吗？', content: '验收以后开始保修。之后有毛病，照样免费上门。', confirmText: '验收' })
    if (!sure) return
    const order = await this.buttons?.run('accept', (requestId) =>
      call('homeowner', 'acceptWork', { orderId: this.orderId, visitNo: this.visitNo }, { requestId }),
    )
    if (!order) return
    clearDraft(this.draftKey(this.visitNo))
    this.live?.put(order)
    showDone('验收好了')
    if (offered(order, ['sign_card'])) this.openCard()
  },

  openCard() {
    void wx.redirectTo({ url: `/homeowner/warranty-card/warranty-card?id=${this.orderId}` })
  },

  openBadge() {
    void wx.navigateTo({ url: '/homeowner/verify/verify' })
  },

  onLine(event: WechatMiniprogram.Input<object, { at: number }>) {
    // Not through setData: an answer that comes late would undo what was typed since.
    this.data.lines[event.currentTarget.dataset.at] = event.detail.value
    if (this.data.linesError) this.setData({ linesError: '' })
    saveDraft(this.draftKey(this.visitNo), this.data.lines)
  },
  addLine() {
    if (this.data.lines.length < MOST_MISSING) this.setData({ lines: [...this.data.lines, ''] })
  },
  onSheet(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    this.setData({ sheet: event.detail.visible })
  },
  closeSheet() {
    this.setData({ sheet: false })
  },

  async sendMissing() {
    const missing = missingLines(this.data.lines)
    if (missing.length === 0) {
      this.setData({ linesError: '写一下还差什么，师傅照着做' })
      return
    }
    const order = await this.buttons?.run(
      'report_missing',
      (requestId) => call('homeowner', 'reportMissing', { orderId: this.orderId, visitNo: this.visitNo, missing }, { requestId }),
      (error) => this.showLinesError(error),
    )
    if (!order) return
    clearDraft(this.draftKey(this.visitNo))
    this.setData({ sheet: false, lines: [''] })
    this.live?.put(order)
    void showSentence('告诉师傅了，做好再请您验收')
  },

  showLinesError(error: unknown): boolean {
    if (!isActionFailure(error)) return false
    const field = Object.entries(error.fields).find(([path]) => path.startsWith('missing'))
    if (field) this.setData({ linesError: field[1] })
    return field !== undefined
  },

  preview(event: WechatMiniprogram.TouchEvent<object, object, { step: number; at: number }>) {
    const { step, at } = event.currentTarget.dataset
    const urls = (this.data.work[step]?.photos ?? []).map(({ url }) => url)
    void wx.previewImage({ current: urls[at] ?? '', urls })
  },
})

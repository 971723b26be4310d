import type { Button, OrderView, RatingView, StateView, TechnicianCard, VisitView } from '../../../typings/contract'
import { readAppearance, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { showDone, showSentence } from '../../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../../lib/draft'
import { liveLifecycle } from '../../lib/live-page'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { serverNow } from '../../lib/server-clock'
import { formatMoment } from '../../lib/time'
import { backToOrder } from '../lib/back-to-order'
import { commentError } from '../lib/comment-error'
import { liveOrder } from '../lib/live-order'

interface Stars {
  stars: number
  tags: string[]
  comment: string
}

const NO_STARS: Stars = { stars: 0, tags: [], comment: '' }

/** Stars, tags and a comment for one visit; changeable for the days that the server names (R31). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    head: null as StateView | null,
    technician: null as TechnicianCard | null,
    title: '',
    tags: [] as string[],
    form: NO_STARS,
    note: '',
    /** One or two stars, on the latest visit: a free return visit follows (R33). */
    bringsReturn: false,
    readonly: false,
    commentError: '',
    main: null as Button | null,
  },
  orderId: '',
  asked: 0,
  visitNo: 0,
  latest: false,
  live: undefined as LiveView<OrderView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id, visit }: { id?: string; visit?: string }) {
    this.orderId = id ?? ''
    this.asked = Number(visit) || 0
    this.buttons = new ButtonCalls(this)
    this.live = liveOrder(this, this.orderId, (order) => this.show(order))
  },
  retry() {
    if (this.data.status === 'empty') backToOrder(this.orderId)
    else void this.live?.retry()
  },

  show(order: OrderView): PageStatus | void {
    const visit = this.asked > 0 ? order.visits.find(({ no }) => no === this.asked) : lastDone(order.visits)
    if (!visit?.completedAt) return 'empty'
    const opened = this.visitNo !== visit.no
    this.visitNo = visit.no
    this.latest = order.visits.at(-1) === visit
    const { rating } = visit
    const readonly = rating !== null && Date.parse(rating.changeableUntil) <= serverNow()
    const head = headOf(rating, readonly)
    showStateInBar(head, this.data.look.dark)
    this.setData({
      head,
      readonly,
      technician: visit.technician,
      title: order.title,
      tags: order.ratingTags,
      note: rating && !readonly ? `${formatMoment(rating.changeableUntil, serverNow())} 前还能改` : '',
      main: readonly ? null : { act: 'rate', label: rating ? '改好了' : '交给师服到' },
    })
    if (opened) this.fill((readonly ? null : readDraft<Stars>(this.draftKey())) ?? starsOf(rating))
  },

  fill(form: Stars) {
    this.setData({ form, commentError: '', bringsReturn: this.latest && form.stars > 0 && form.stars <= 2 })
  },

  draftKey(): string {
    return `rating:${this.orderId}:${this.visitNo}`
  },

  onStars(event: WechatMiniprogram.CustomEvent<Stars>) {
    saveDraft(this.draftKey(), event.detail)
    this.fill(event.detail)
  },

  async onAct() {
    const { stars, tags, comment } = this.data.form
    if (stars === 0) {
      await showSentence('先点几颗星')
      return
    }
    const order = await this.buttons?.run(
      'rate',
      (requestId) =>
        call(
          'homeowner',
          'rateVisit',
          { orderId: this.orderId, visitNo: this.visitNo, stars, tags, comment: comment.trim() },
          { requestId },
        ),
      (error) => this.showFieldError(error),
    )
    if (!order) return
    clearDraft(this.draftKey())
    if (order.returnChoice) {
      await wx.redirectTo({ url: `/homeowner/follow-up/follow-up?id=${this.orderId}&visit=${order.returnChoice.visitNo}` })
      return
    }
    this.live?.put(order)
    showDone('谢谢您')
  },

  showFieldError(error: unknown): boolean {
    const sentence = commentError(error)
    if (sentence) this.setData({ commentError: sentence })
    return sentence !== null
  },
})

function lastDone(visits: VisitView[]): VisitView | undefined {
  return visits.filter(({ completedAt }) => completedAt !== null).at(-1)
}

function starsOf(rating: RatingView | null): Stars {
  return rating ? { stars: rating.stars, tags: rating.tags, comment: rating.comment } : NO_STARS
}

function headOf(rating: RatingView | null, readonly: boolean): StateView {
  if (!rating) return { turn: 'yours', word: '待评价', fact: '师傅干得怎么样？', sentence: '您照实说，以后派谁看这个', joint: 4 }
  if (readonly) return { turn: 'closed', word: '已评价', fact: '您评过了', sentence: '过了能改的日子，有事打电话', joint: 4 }
  return { turn: 'done', word: '已评价', fact: '谢谢您，收到了', sentence: '想改随时改', joint: 4 }
}

import type { Button, FollowUpView, OrderView, ReturnChoice, StateView, TechnicianCard } from '../../../typings/contract'
import { readAppearance, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { showSentence } from '../../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../../lib/draft'
import { liveLifecycle } from '../../lib/live-page'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { newRequestId } from '../../lib/request-id'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { askForMessages } from '../../lib/subscribe'
import { backToOrder, TO_ORDER } from '../lib/back-to-order'
import { commentError } from '../lib/comment-error'
import { liveOrder } from '../lib/live-order'
import type { FollowUpForm, QuestionRow, ReturnOption } from './follow-up-form'
import {
  answerRow,
  EMPTY_FORM,
  masterOf,
  onlyChoiceOpen,
  questionRows,
  returnOptions,
  stillMissing,
  toAnswer,
  unhappy,
} from './follow-up-form'
import { doneHead, followUpHead } from './follow-up-head'

type Stage = 'asking' | 'choosing' | 'done'

/** The questionnaire after a visit, its stars, and who comes again when it was not good (R31–R33). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    head: null as StateView | null,
    stage: 'asking' as Stage,
    rows: [] as QuestionRow[],
    technician: null as TechnicianCard | null,
    technicianTitle: '',
    technicianNote: '',
    tags: [] as string[],
    form: EMPTY_FORM,
    options: [] as ReturnOption[],
    ratingDays: 0,
    unhappy: false,
    coming: false,
    commentError: '',
    main: null as Button | null,
  },
  orderId: '',
  visitNo: 0,
  followUp: null as FollowUpView | null,
  /** Low stars have brought a return visit already, before the questions were answered. */
  coming: false,
  live: undefined as LiveView<OrderView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id, visit }: { id?: string; visit?: string }) {
    this.orderId = id ?? ''
    this.visitNo = Number(visit) || 0
    this.buttons = new ButtonCalls(this)
    this.live = liveOrder(this, this.orderId, (order) => this.show(order))
  },
  retry() {
    if (this.data.status === 'empty') backToOrder(this.orderId)
    else void this.live?.retry()
  },

  show(order: OrderView): PageStatus | void {
    const { followUp } = order
    if (!followUp && !order.returnChoice) return 'empty'
    const visitNo = onlyChoiceOpen(order) ? (order.returnChoice?.visitNo ?? 0) : (followUp?.visitNo ?? 0)
    const opened = this.visitNo !== visitNo || this.followUp === null
    this.visitNo = visitNo
    this.followUp = followUp
    this.coming = followUp !== null && order.visits.some(({ no }) => no > followUp.visitNo)
    const form = opened ? (readDraft<FollowUpForm>(this.draftKey()) ?? EMPTY_FORM) : this.data.form
    const stage: Stage = onlyChoiceOpen(order) ? 'choosing' : followUp?.answer ? 'done' : 'asking'
    const visit = order.visits.find(({ no }) => no === followUp?.visitNo)
    const technician = order.returnChoice?.technician ?? visit?.technician ?? order.technician
    const head = stage === 'asking' ? followUpHead(visit?.completedAt ?? null, order.title) : doneHead(order, stage)
    showStateInBar(head, this.data.look.dark)
    this.setData({
      head,
      stage,
      technician,
      technicianTitle: technician ? `给${masterOf(technician.name)}打几分` : '打几分',
      technicianNote: technician ? `${order.title} · 工号 ${technician.staffNumber}` : order.title,
      tags: order.ratingTags,
      ratingDays: order.figures.ratingDays,
      options: returnOptions(technician ? masterOf(technician.name) : null, order.figures),
    })
    this.put(form)
  },

  draftKey(): string {
    return `follow-up:${this.orderId}:${this.visitNo}`
  },

  /** Draws the form; small, since most taps change one row. */
  put(form: FollowUpForm) {
    const rows = this.followUp ? questionRows(this.followUp, form) : []
    this.setData({ form, rows, unhappy: this.offersReturn(form), coming: this.coming, main: mainButton(this.data.stage, form) })
  },
  offersReturn(form: FollowUpForm): boolean {
    return this.followUp !== null && !this.coming && unhappy(this.followUp, form)
  },
  fill(form: FollowUpForm) {
    saveDraft(this.draftKey(), form)
    this.put(form)
  },

  onAnswer(event: WechatMiniprogram.TouchEvent<object, object, { id: string; value: boolean }>) {
    const { id, value } = event.currentTarget.dataset
    this.fill(answerRow(this.data.form, id, value))
  },
  onStars(event: WechatMiniprogram.CustomEvent<{ stars: number; tags: string[]; comment: string }>) {
    const { stars, tags, comment } = event.detail
    if (this.data.commentError) this.setData({ commentError: '' })
    this.fill({ ...this.data.form, stars, tags, comment })
  },
  onChoice(event: WechatMiniprogram.TouchEvent<object, object, { choice: ReturnChoice }>) {
    this.fill({ ...this.data.form, choice: event.currentTarget.dataset.choice })
  },
  /** 哪里不满意？ says so, and opens the choice. */
  complain() {
    this.fill(answerRow(this.data.form, 'satisfied', false))
    wx.pageScrollTo({ selector: '#choice', offsetTop: -12 })
  },

  onAct() {
    if (this.data.stage === 'asking') void this.send()
    else if (this.data.stage === 'choosing') void this.choose()
    else backToOrder(this.orderId)
  },

  async send() {
    const { form } = this.data
    const { followUp } = this
    if (!followUp) return
    const missing = stillMissing(followUp, form, this.coming)
    if (missing) {
      await showSentence(missing)
      return
    }
    const asked = this.offersReturn(form)
      ? askForMessages('homeowner', HOMEOWNER_PROMPTS.returning)
      : null
    const order = await this.buttons?.run(
      'answer_follow_up',
      async (requestId) => {
        await asked
        const answered = await call('homeowner', 'answerFollowUp', toAnswer(this.orderId, followUp, form), { requestId })
        return this.withTags(answered, form)
      },
      (error) => this.showFieldError(error),
    )
    if (!order) return
    clearDraft(this.draftKey())
    this.live?.put(order)
    wx.pageScrollTo({ scrollTop: 0 })
  },

  /** The questionnaire has no place for tags: they go with the rating. Without them it is answered all the same. */
  async withTags(order: OrderView, form: FollowUpForm): Promise<OrderView> {
    if (form.tags.length === 0) return order
    const rating = { orderId: this.orderId, visitNo: this.visitNo, stars: form.stars, tags: form.tags, comment: form.comment.trim() }
    return call('homeowner', 'rateVisit', rating, { requestId: newRequestId() }).catch(() => order)
  },

  async choose() {
    const { choice } = this.data.form
    if (!choice) {
      await showSentence('请选一个')
      return
    }
    const asked = askForMessages('homeowner', HOMEOWNER_PROMPTS.returning)
    const order = await this.buttons?.run('choose_return', async (requestId) => {
      await asked
      return call('homeowner', 'chooseReturn', { orderId: this.orderId, visitNo: this.visitNo, choice }, { requestId })
    })
    if (!order) return
    clearDraft(this.draftKey())
    // What comes of it is told on the order's own page.
    backToOrder(this.orderId)
  },

  showFieldError(error: unknown): boolean {
    const sentence = commentError(error)
    if (sentence) this.setData({ commentError: sentence })
    return sentence !== null
  },
})

function mainButton(stage: Stage, form: FollowUpForm): Button {
  if (stage === 'asking') return { act: 'answer_follow_up', label: '交给师服到' }
  if (stage === 'choosing') return { act: 'choose_return', label: form.choice === 'call_me' ? '请打给我' : '请师傅再来一趟' }
  return TO_ORDER
}

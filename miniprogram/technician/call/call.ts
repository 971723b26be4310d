import type { Button, ButtonAct, CallOutcome, JobView } from '../../../typings/contract'
import { readAppearance, showPlainBar, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { CountdownTimer } from '../../lib/countdown'
import { confirm, showDone, showSentence } from '../../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../../lib/draft'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { readMessagesOf } from '../../lib/read-messages'
import { serverNow } from '../../lib/server-clock'
import { dialNumber } from '../../lib/telephone'
import { formatClock, formatDuration, formatMoment } from '../../lib/time'
import { giveBack } from '../lib/give-back'
import { liveJob, offeredJob } from '../lib/live-job'
import { openNavigation } from '../lib/navigation'
import type { CallClock } from './call-clock'
import { callClock } from './call-clock'
import type { CallNotes, Check, CheckId } from './corrections'
import { check, checksOf, correctionsOf, EMPTY_NOTES, stillGood } from './corrections'
import type { WordLine } from './opening-words'
import { mainPoints, wordLines } from './opening-words'
import { mainButton, OUTCOMES, questionOf } from './outcomes'

/** The call within five minutes: the words to say, what to check, the number, and how it went (R10). */
Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    job: null as JobView | null,
    clock: null as CallClock | null,
    left: '',
    share: 100,
    lines: [] as WordLine[],
    points: [] as string[],
    pointsOnly: false,
    checks: [] as Check[],
    outcomes: OUTCOMES,
    canRecord: false,
    /** Where the number stands once the big button says something else. */
    redial: '',
    giveBack: null as Button | null,
    parts: null as Button | null,
    sheet: '' as 'wait_for_parts' | '',
    agreed: '',
    main: null as Button | null,
    checkOpen: '' as CheckId | '',
    notes: EMPTY_NOTES,
    timeOpen: false,
    /** Not theirs any more. */
    gone: false,
  },
  orderId: '',
  timer: undefined as CountdownTimer | undefined,
  /** The time is being picked to say 约好了, not only to be noted. */
  agreeing: false,
  live: undefined as LiveView<JobView | null> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    this.orderId = id ?? ''
    readMessagesOf(this.orderId, 'technician')
    this.buttons = new ButtonCalls(this)
    this.live = liveJob(this, this.orderId)
    this.showNotes(stillGood(readDraft<CallNotes>(this.draftKey()) ?? EMPTY_NOTES, serverNow()))
  },
  onShow() {
    this.setData({ look: readAppearance() })
    void this.live?.shown()
    this.timer?.start()
  },
  onHide() {
    this.live?.hidden()
    this.timer?.stop()
  },
  onUnload() {
    this.live?.hidden()
    this.timer?.stop()
  },
  onPullDownRefresh() {
    void this.live?.pulled()
  },
  retry() {
    if (this.data.gone) void wx.switchTab({ url: '/pages/jobs/jobs' })
    else if (this.data.status === 'empty') void wx.redirectTo({ url: `/technician/job/job?id=${this.orderId}` })
    else void this.live?.retry()
  },

  show(job: JobView): PageStatus | void {
    if (this.data.gone) this.setData({ gone: false })
    if (!job.call) return 'empty'
    const { words } = job.call
    const main = mainButton(job)
    this.setData({
      job,
      lines: wordLines(words),
      points: mainPoints(words),
      canRecord: offeredJob(job, ['record_call']) !== null,
      main,
      // What the big button does is not said twice.
      outcomes: OUTCOMES.filter(({ outcome }) => outcome !== 'agreed' || main?.act !== 'record_call'),
      redial: main?.act === 'record_call' && offeredJob(job, ['dial']) ? `再拨 ${job.contact.phone}` : '',
      giveBack: offeredJob(job, ['give_back']),
      parts: offeredJob(job, ['wait_for_parts']),
    })
    this.showClock()
  },

  showGone() {
    this.timer?.stop()
    this.closeSheets()
    clearDraft(this.draftKey())
    this.setData({ gone: true, job: null, clock: null, lines: [], points: [], main: null, giveBack: null, parts: null, redial: '' })
    showPlainBar('打电话', this.data.look.dark)
  },

  showClock() {
    const { job } = this.data
    if (!job?.call) return
    const clock = callClock(job.call, this.data.canRecord, serverNow(), job.figures)
    this.setData({ clock })
    showStateInBar({ turn: clock.urgent ? 'urgent' : 'ours', word: '打电话' }, this.data.look.dark)
    this.timer?.stop()
    const { startsAt, endsAt } = clock
    if (startsAt === null || endsAt === null) {
      this.setData({ left: '', share: 0 })
      return
    }
    this.timer = new CountdownTimer({
      endsAt,
      onTick: (leftMs) =>
        this.setData({ left: formatDuration(leftMs), share: Math.round((leftMs / Math.max(1, endsAt - startsAt)) * 100) }),
      onOver: () => {
        this.showClock()
        void this.live?.shown()
      },
    })
    this.timer.start()
  },

  draftKey(): string {
    return `call:${this.orderId}`
  },
  note(notes: CallNotes) {
    saveDraft(this.draftKey(), notes)
    this.showNotes(notes)
  },
  showNotes(notes: CallNotes) {
    this.setData({ notes, checks: checksOf(notes), agreed: notes.appointmentAt ? formatMoment(notes.appointmentAt, serverNow()) : '' })
  },

  togglePoints() {
    this.setData({ pointsOnly: !this.data.pointsOnly })
  },
  openCheck(event: WechatMiniprogram.TouchEvent<object, object, { id: CheckId }>) {
    const { id } = event.currentTarget.dataset
    this.setData(id === 'time' ? { timeOpen: true } : { checkOpen: id })
  },
  closeSheets() {
    this.agreeing = false
    this.setData({ checkOpen: '', timeOpen: false, sheet: '' })
  },
  onChecked(event: WechatMiniprogram.CustomEvent<{ id: CheckId; changes: Partial<CallNotes> }>) {
    const { id, changes } = event.detail
    this.closeSheets()
    this.note(check(this.data.notes, id, changes))
  },
  onTime(event: WechatMiniprogram.CustomEvent<{ at: string }>) {
    const { agreeing } = this
    this.closeSheets()
    this.note(check(this.data.notes, 'time', { appointmentAt: event.detail.at }))
    if (agreeing) void this.record('agreed')
  },

  onAct(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { act } = event.detail
    if (act === 'dial') void this.dial()
    else if (act === 'record_call') this.outcome('agreed')
    else void wx.redirectTo({ url: `/technician/job/job?id=${this.orderId}` })
  },

  async dial() {
    const answer = await this.buttons?.run('dial', (requestId) => call('technician', 'dial', { orderId: this.orderId }, { requestId }))
    if (!answer) return
    this.live?.put(answer.job)
    await dialNumber(answer.phone, '业主')
  },

  navigate() {
    if (this.data.job) openNavigation(this.data.job.place)
  },

  onOutcome(event: WechatMiniprogram.TouchEvent<object, object, { outcome: CallOutcome }>) {
    this.outcome(event.currentTarget.dataset.outcome)
  },
  outcome(outcome: CallOutcome) {
    if (outcome === 'agreed' && !this.data.notes.appointmentAt) this.reopenTime()
    else void this.record(outcome)
  },

  async record(outcome: CallOutcome) {
    const { job, notes } = this.data
    if (!job) return
    if (!(await this.sure(outcome))) return
    const corrections = correctionsOf(notes, { honorific: job.contact.honorific, problem: job.problem })
    const recorded = await this.buttons?.run('record_call', (requestId) =>
      call(
        'technician',
        'recordCall',
        {
          orderId: this.orderId,
          outcome,
          ...(outcome === 'agreed' && notes.appointmentAt ? { at: notes.appointmentAt } : {}),
          ...(corrections ? { corrections } : {}),
        },
        { requestId },
      ),
    )
    if (!recorded) return
    if (outcome === 'agreed') {
      clearDraft(this.draftKey())
      showDone('约好了')
      void wx.redirectTo({ url: `/technician/job/job?id=${this.orderId}` })
      return
    }
    this.live?.put(recorded)
    wx.pageScrollTo({ scrollTop: 0 })
    const retryAt = recorded.call?.retryAt
    // The head says the rest of it.
    await showSentence(retryAt ? `记下了，${formatClock(retryAt)} 再打一次` : '记下了')
  },

  async sure(outcome: CallOutcome): Promise<boolean> {
    const yes = await confirm(questionOf(outcome, this.data.agreed))
    return yes || (outcome === 'agreed' && this.reopenTime())
  },
  reopenTime(): false {
    this.agreeing = true
    this.setData({ timeOpen: true })
    return false
  },

  waitForParts() {
    this.setData({ sheet: 'wait_for_parts' })
  },
  onSheetAnswered() {
    void wx.redirectTo({ url: `/technician/job/job?id=${this.orderId}` })
  },
  giveBack() {
    if (this.buttons) void giveBack(this.orderId, this.buttons)
  },
})

import type { Button, ButtonAct, JobView, StateView, StepView } from '../../../typings/contract'
import type { NextMove, StepDraft } from '../../components/step-card/step-draft'
import { draftOf, EMPTY_DRAFT, nextMove, stepDraftKey } from '../../components/step-card/step-draft'
import { readAppearance, showPlainBar, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure } from '../../lib/cloud'
import { CountdownTimer } from '../../lib/countdown'
import { choose, confirm, showDone, showSentence } from '../../lib/dialog'
import { clearDraft, readDraft } from '../../lib/draft'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { readMessagesOf } from '../../lib/read-messages'
import { serverNow } from '../../lib/server-clock'
import { askForMessages } from '../../lib/subscribe'
import { dialNumber } from '../../lib/telephone'
import { formatDuration } from '../../lib/time'
import type { SheetAct } from '../components/job-sheets/job-sheets'
import { GIVE_BACK_REASONS, liveJob, offeredJob } from '../lib/live-job'
import { openNavigation } from '../lib/navigation'
import { arriveAt, completeStep } from './job-actions'
import type { DoneStep, RestOfSteps, Stroke, VisitPhase } from './job-view'
import {
  CALL_OFFICE,
  currentStep,
  doneSteps,
  isLocked,
  moneyNotice,
  openMissing,
  phaseOf,
  restOfSteps,
  stepCount,
  strokes,
} from './job-view'

/** One visit from the kit at home to the counted tools at the end (R13, R14, R24–R30). */
Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    job: null as JobView | null,
    phase: 'before' as VisitPhase,
    state: null as StateView | null,
    step: null as StepView | null,
    done: [] as DoneStep[],
    rest: { count: 0, titles: [], line: '' } as RestOfSteps,
    restOpen: false,
    strokes: [] as Stroke[],
    count: { now: '', all: '' },
    money: '',
    missing: [] as string[],
    code: '',
    codeError: '',
    sheet: '' as SheetAct | '',
    main: null as Button | null,
    more: [] as Button[],
  },
  orderId: '',
  /** The newest answer; the one on the page may be a look older where nothing has changed. */
  job: null as JobView | null,
  draft: EMPTY_DRAFT,
  uploading: false,
  move: null as NextMove | null,
  timer: undefined as CountdownTimer | undefined,
  live: undefined as LiveView<JobView | null> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    this.orderId = id ?? ''
    readMessagesOf(this.orderId, 'technician')
    this.draft = EMPTY_DRAFT
    this.buttons = new ButtonCalls(this)
    this.live = liveJob(this, this.orderId)
  },
  onShow() {
    this.setData({ look: readAppearance() })
    void this.live?.shown()
    this.showMove()
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
    if (this.data.status === 'empty') void wx.switchTab({ url: '/pages/jobs/jobs' })
    else void this.live?.retry()
  },
  showGone() {
    this.timer?.stop()
    this.job = null
    this.setData({ job: null, state: null, step: null, done: [], strokes: [], main: null, more: [], sheet: '' })
    showPlainBar('工单', this.data.look.dark)
  },

  show(job: JobView): PageStatus | void {
    // The call comes first (R10); its page leads back here.
    if (job.call && job.call.outcome === null && !job.appointment && !job.parts && offeredJob(job, ['dial', 'record_call'])) {
      void wx.redirectTo({ url: `/technician/call/call?id=${job.orderId}` })
      return 'loading'
    }
    const before = this.data.job
    const phase = phaseOf(job)
    const step = currentStep(job, phase)
    this.job = job
    const changes: Partial<typeof this.data> = {
      phase,
      state: job.state,
      count: stepCount(job),
      money: moneyNotice(job, phase),
      missing: openMissing(job),
      // Calling and the way there have rows of their own above.
      more: phase === 'closing' ? job.more : job.more.filter(({ act }) => act !== 'dial' && act !== 'navigate'),
    }
    // Drawn anew only when it changed: links to photos are new in every answer, and polling must not make them blink.
    if (before?.version !== job.version) {
      this.draft = step ? keptDraft(job, step) : EMPTY_DRAFT
      Object.assign(changes, { job, step, done: doneSteps(job), rest: restOfSteps(job), strokes: strokes(job) })
    }
    this.setData(changes)
    if (phase === 'work') showPlainBar('上门作业', this.data.look.dark)
    else showStateInBar(job.state, this.data.look.dark)
    this.showMove()
  },

  /** Puts the right words on the big button: what is still missing at this step, or what the server offers. */
  showMove() {
    this.timer?.stop()
    const { job } = this
    const { step } = this.data
    if (!job) return
    if (job.main?.act !== 'next_step' || !step) {
      this.move = null
      const main = isLocked(job) ? CALL_OFFICE : job.main
      if (this.data.main?.act !== main?.act || this.data.main?.label !== main?.label) this.setData({ main })
      return
    }
    this.move = nextMove(step, this.draft, { now: serverNow(), uploading: this.uploading, duration: formatDuration })
    this.label(this.move.label)
    if (this.move.kind !== 'wait') return
    this.timer = new CountdownTimer({
      endsAt: this.move.untilMs,
      onTick: (leftMs) => this.label(`还差 ${formatDuration(leftMs)}`),
      onOver: () => this.showMove(),
    })
    this.timer.start()
  },
  label(label: string) {
    if (this.data.main?.act !== 'next_step' || this.data.main.label !== label) this.setData({ main: { act: 'next_step', label } })
  },

  onDraft(event: WechatMiniprogram.CustomEvent<{ stepId: string; draft: StepDraft }>) {
    if (event.detail.stepId !== this.data.step?.id) return
    this.draft = event.detail.draft
    this.showMove()
  },
  onUploading(event: WechatMiniprogram.CustomEvent<{ uploading: boolean }>) {
    this.uploading = event.detail.uploading
    this.showMove()
  },
  onStepOver() {
    this.showMove()
  },

  onAct(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { job } = this
    if (!job) return
    switch (event.detail.act) {
      case 'next_step':
        return void this.nextStep(job)
      case 'set_out':
        return void this.run('set_out', (requestId) => call('technician', 'setOut', { orderId: this.orderId }, { requestId }))
      case 'arrive':
        return void this.arrive()
      case 'enter_code':
        return void this.enterCode()
      case 'dial':
        return void this.dial()
      case 'call_hotline':
        return void dialNumber(job.hotline, '客服')
      case 'record_call':
        return void wx.navigateTo({ url: `/technician/call/call?id=${this.orderId}` })
      case 'record_door_call':
        return void this.recordDoorCall()
      case 'leave_note':
        return void this.leaveNote()
      case 'parts_arrived':
        return void this.run('parts_arrived', (requestId) => call('technician', 'partsArrived', { orderId: this.orderId }, { requestId }))
      case 'leave_crew':
        return void this.leaveCrew()
      case 'navigate':
        return openNavigation(job.place)
      case 'give_back':
        return void this.giveBack()
      case 'tell_delay':
      case 'wait_for_parts':
      case 'add_helper':
      case 'send_quote':
      case 'report_completion':
      case 'sign_card_technician':
      case 'hand_over_parts':
      case 'check_out':
        return this.setData({ sheet: event.detail.act })
    }
  },

  /** Runs one button and shows the job that comes back. True when it did. */
  async run(
    act: ButtonAct,
    work: (requestId: string) => Promise<JobView | null>,
    onFailure?: (error: unknown) => boolean,
  ): Promise<boolean> {
    const job = await this.buttons?.run(act, work, onFailure)
    if (job) this.live?.put(job)
    else void this.live?.shown()
    return Boolean(job)
  },

  async nextStep(job: JobView) {
    const { step } = this.data
    const { move, draft } = this
    if (!step || !move) {
      // The list has nothing for this moment: what the server says is shown above.
      void this.live?.shown()
      return
    }
    if (move.kind === 'photo') return this.takePhoto()
    if (move.kind === 'start') {
      await this.run('next_step', (requestId) =>
        call('technician', 'startStep', { orderId: this.orderId, visitNo: job.visitNo, stepId: step.id }, { requestId }),
      )
      return
    }
    if (move.kind !== 'complete') {
      this.toStep()
      await showSentence(move.label)
      return
    }
    const done = await this.run('next_step', (requestId) => completeStep(job, step.id, draft, requestId))
    if (!done) return
    clearDraft(stepDraftKey(this.orderId, job.visitNo, step.id))
    this.toStep()
  },

  /** The list of what is done grows above it: bring what comes next under the eyes. */
  toStep() {
    if (this.data.step) wx.pageScrollTo({ selector: '#step', offsetTop: -12 })
    else wx.pageScrollTo({ scrollTop: 0 })
  },
  takePhoto() {
    const card: unknown = this.selectComponent('#step')
    if (typeof card === 'object' && card !== null && 'takePhoto' in card && typeof card.takePhoto === 'function') card.takePhoto()
  },

  async arrive() {
    const asked = askForMessages('technician', ['offer', 'call_reminder', 'order_closed'])
    await this.run('arrive', async (requestId) => {
      await asked
      return arriveAt(this.orderId, requestId)
    })
  },

  onCode(event: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ code: event.detail.code, codeError: '' })
  },
  async enterCode() {
    const { code } = this.data
    if (code.length < 4) {
      this.setData({ codeError: '口令是四位数字，请业主念一遍' })
      return
    }
    const opened = await this.run(
      'enter_code',
      (requestId) => call('technician', 'enterDoorCode', { orderId: this.orderId, code }, { requestId }),
      (error) => this.showCodeError(error),
    )
    if (opened) showDone('对上了')
  },
  showCodeError(error: unknown): boolean {
    if (!isActionFailure(error) || (error.code !== 'WRONG_CODE' && error.code !== 'LOCKED' && error.fields['code'] === undefined))
      return false
    this.setData({ code: '', codeError: error.fields['code'] ?? error.message })
    return true
  },

  async dial() {
    const answer = await this.buttons?.run('dial', (requestId) => call('technician', 'dial', { orderId: this.orderId }, { requestId }))
    if (!answer) return
    this.live?.put(answer.job)
    await dialNumber(answer.phone, '业主')
  },

  /** What came of the call from the door (R15). */
  async recordDoorCall() {
    const answer = await choose(['没人接', '通了，马上来'], '刚才的电话')
    if (!answer) return
    await this.run('record_door_call', (requestId) =>
      call('technician', 'recordDoorCall', { orderId: this.orderId, answered: answer !== '没人接' }, { requestId }),
    )
  },
  async leaveNote() {
    const sure = await confirm({
      title: '留言离开？',
      content: '留言条写好了，业主手机上也会收到。这趟不算您的，业主再约会先问您。',
      confirmText: '离开',
      cancelText: '再等等',
    })
    if (!sure) return
    if (await this.run('leave_note', (requestId) => call('technician', 'leaveNote', { orderId: this.orderId }, { requestId })))
      wx.pageScrollTo({ scrollTop: 0 })
  },
  async leaveCrew() {
    const reason = await choose(['时间赶不上', '人不舒服', '手上的活没完'], '为什么去不了')
    if (!reason) return
    const jobs = await this.buttons?.run('leave_crew', (requestId) =>
      call('technician', 'leaveCrew', { orderId: this.orderId, reason }, { requestId }),
    )
    if (jobs) void wx.switchTab({ url: '/pages/jobs/jobs' })
  },
  async onRemove(event: WechatMiniprogram.CustomEvent<{ helperId: string }>) {
    const sure = await confirm({ title: '去掉这位帮手？', content: '他的时间马上空出来，会告诉他不用来了。', confirmText: '去掉' })
    if (!sure) return
    await this.run('add_helper', (requestId) =>
      call('technician', 'removeHelper', { orderId: this.orderId, helperId: event.detail.helperId, reason: '不用帮手了' }, { requestId }),
    )
  },

  async giveBack() {
    const reason = await choose(GIVE_BACK_REASONS, '为什么退回？会记一次')
    if (!reason) return
    const sure = await confirm({ title: '退回这单？', content: '马上派给别的师傅，您这次不会再收到它。', confirmText: '退回' })
    if (!sure) return
    const jobs = await this.buttons?.run('give_back', (requestId) =>
      call('technician', 'giveBack', { orderId: this.orderId, reason }, { requestId }),
    )
    if (jobs) void wx.switchTab({ url: '/pages/jobs/jobs' })
  },

  closeSheet() {
    this.setData({ sheet: '' })
  },
  onAnswered(event: WechatMiniprogram.CustomEvent<{ job: JobView }>) {
    this.live?.put(event.detail.job)
    wx.pageScrollTo({ scrollTop: 0 })
  },
  onRefused() {
    void this.live?.shown()
  },
  toggleRest() {
    this.setData({ restOpen: !this.data.restOpen })
  },

  preview(event: WechatMiniprogram.TouchEvent<object, object, { url: string }>) {
    const urls = this.data.job?.steps.flatMap(({ photos }) => photos?.files.map(({ url }) => url) ?? []) ?? []
    void wx.previewImage({ current: event.currentTarget.dataset.url, urls })
  },
})

/** The evidence of a step as the step card shows it: the server's, under what this phone has kept. */
function keptDraft(job: JobView, step: StepView): StepDraft {
  return draftOf(step, readDraft<StepDraft>(stepDraftKey(job.orderId, job.visitNo, step.id)))
}

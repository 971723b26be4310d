import type { Button, ButtonAct, JobView, StateView, StepView } from '../../../typings/contract'
import type { NextMove, StepDraft } from '../../components/step-card/step-draft'
import { EMPTY_DRAFT, nextMove, stepDraftKey } from '../../components/step-card/step-draft'
import { readAppearance, showPlainBar, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { CountdownTimer } from '../../lib/countdown'
import { showSentence } from '../../lib/dialog'
import { clearDraft } from '../../lib/draft'
import type { LiveView, PageStatus } from '../../lib/live-view'
import { readMessagesOf } from '../../lib/read-messages'
import { serverNow } from '../../lib/server-clock'
import { formatDuration } from '../../lib/time'
import type { SheetAct } from '../components/job-sheets/job-sheets'
import { liveJob, offeredJob } from '../lib/live-job'
import { completeStep, keptDraft, startStep } from './job-actions'
import type { JobActPage } from './job-acts'
import { enterDoorCode, isWholeCode, opensSheet, perform, removeHelper } from './job-acts'
import type { DoneStep, RestOfSteps, Stroke, VisitPhase } from './job-view'
import { CALL_OFFICE, currentStep, drawn, isLocked, phaseOf, said } from './job-view'

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
    const changes: Partial<typeof this.data> = said(job, phase)
    // Drawn anew only when it, or what is to be done, changed: links to photos are new in every answer, and polling must not make them blink.
    if (before?.version !== job.version || before.main?.act !== job.main?.act) {
      this.draft = step ? keptDraft(job, step) : EMPTY_DRAFT
      Object.assign(changes, { job, step, ...drawn(job) })
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
    const { act } = event.detail
    if (!job) return
    if (act === 'next_step') void this.nextStep(job)
    else if (act === 'enter_code') void this.enterCode()
    else if (opensSheet(act)) this.setData({ sheet: act })
    else this.perform(act)
  },
  perform(act: ButtonAct) {
    const page = this.actPage()
    if (this.job && page) void perform(act, this.job, page)
  },
  actPage(): JobActPage | null {
    const { orderId, buttons } = this
    return buttons ? { orderId, buttons, run: (act, work, onFailure) => this.run(act, work, onFailure), put: (job) => this.live?.put(job) } : null
  },

  /** Runs one button and shows the job that comes back. True when it did. */
  async run(act: ButtonAct, work: (requestId: string) => Promise<JobView | null>, onFailure?: (error: unknown) => boolean): Promise<boolean> {
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
      await this.run('next_step', (requestId) => startStep(job, step.id, requestId))
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

  onCode(event: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ code: event.detail.code, codeError: '' })
  },
  async enterCode() {
    const page = this.actPage()
    if (!page) return
    const { code } = this.data
    const codeError = await enterDoorCode(code, page)
    // A wrong one is typed anew; one that is too short goes on.
    if (codeError) this.setData({ codeError, code: isWholeCode(code) ? '' : code })
  },

  dial() {
    this.perform('dial')
  },
  onRemove(event: WechatMiniprogram.CustomEvent<{ helperId: string }>) {
    const page = this.actPage()
    if (page) void removeHelper(event.detail.helperId, page)
  },

  closeSheet() {
    this.setData({ sheet: '' })
  },
  onAnswered(event: WechatMiniprogram.CustomEvent<{ job: JobView }>) {
    this.live?.put(event.detail.job)
    wx.pageScrollTo({ scrollTop: 0 })
  },
  /** A refusal, or the head's time is up: the server says what may be done now. */
  lookAgain() {
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

import type { JobView, ProgressLine } from '../../typings/contract'
import { readAppearance } from '../lib/appearance'
import { ButtonCalls } from '../lib/button-calls'
import { call } from '../lib/cloud'
import { showDone } from '../lib/dialog'
import { liveLifecycle } from '../lib/live-page'
import { LiveView, type PageStatus } from '../lib/live-view'
import { changedProgress, counted, type Counted } from './progress-rows'

/** How far each line is, and what material is used: what is settled if the homeowner stops the work (R23). */
Page({
  ...liveLifecycle,
  data: { status: 'loading' as PageStatus, message: '', busy: '', look: readAppearance(), lines: [] as ProgressLine[], changed: false },
  orderId: '',
  recorded: [] as ProgressLine[],
  live: undefined as LiveView<JobView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    const orderId = id ?? ''
    this.orderId = orderId
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<JobView>({ page: this, fetch: () => call('technician', 'getJob', { orderId }), show: (job) => this.show(job) })
  },
  retry() {
    if (this.data.status === 'empty') void wx.navigateBack()
    else void this.live?.retry()
  },
  /** What is counted and not sent yet stays. */
  show({ progress, more }: JobView): PageStatus | void {
    if (!more.some(({ act }) => act === 'record_progress')) return 'empty'
    const { lines, changed } = this.data
    const same = progress.length === lines.length && progress.every(({ id, steps }, index) => lines[index]?.id === id && lines[index].steps === steps)
    this.recorded = progress
    if (!changed || !same) this.setData({ lines: progress, changed: false })
  },
  count(event: WechatMiniprogram.TouchEvent<object, object, { id: string; what: Counted; by: number }>) {
    const { id, what, by } = event.currentTarget.dataset
    if (this.data.busy) return
    const lines = this.data.lines.map((line) => (line.id === id ? counted(line, what, by) : line))
    this.setData({ lines, changed: changedProgress(this.recorded, lines).length > 0 })
  },
  async save() {
    const { orderId } = this
    const lines = changedProgress(this.recorded, this.data.lines)
    const job = await this.buttons?.run('record_progress', (requestId) => call('technician', 'recordProgress', { orderId, lines }, { requestId }))
    if (!job) return
    showDone('记好了')
    void wx.navigateBack()
  },
})

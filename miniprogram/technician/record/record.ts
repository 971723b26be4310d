import type { RecordView, ViolationView } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, serverNow } from '../../lib/cloud'
import { confirm, showDone } from '../../lib/dialog'
import { liveLifecycle } from '../../lib/live-page'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { figuresOf, starBars, violationRows, type Figure, type StarBar, type ViolationRow } from './record-rows'

/** What a technician did in a year, what went wrong, and what they say against it (R36, R52). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus, message: '', busy: '', look: readAppearance(), mean: '', count: 0, bars: [] as StarBar[], figures: [] as Figure[], violations: [] as ViolationRow[], points: 0,
    /** The violation that is being contested. */
    contesting: '', reason: '', error: '',
  },
  live: undefined as LiveView<RecordView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad() {
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<RecordView>({ page: this, fetch: () => call('technician', 'getRecord', {}), show: (record) => this.show(record) })
  },
  retry() {
    void this.live?.retry()
  },

  show(record: RecordView) {
    const { stars, violations, points } = record
    this.setData({ mean: stars.mean === null ? '' : stars.mean.toFixed(1), count: stars.count, bars: starBars(stars.byStars), figures: figuresOf(record), violations: violationRows(violations, serverNow()), points })
  },

  open(event: WechatMiniprogram.TouchEvent<object, object, { id: ViolationView['id'] }>) {
    const { id } = event.currentTarget.dataset
    this.setData({ contesting: this.data.contesting === id ? '' : id, reason: '', error: '' })
  },
  onReason(event: WechatMiniprogram.TextareaInput) {
    this.data.reason = event.detail.value
  },
  async send() {
    const reason = this.data.reason.trim()
    const { contesting } = this.data
    if ([...reason].length < 5) {
      this.setData({ error: '写清楚哪里不对，至少 5 个字' })
      return
    }
    if (!(await confirm({ title: '提交异议？', content: '只能提一次，公司核实后答复您。', confirmText: '提交' }))) return
    const record = await this.buttons?.run('contest', (requestId) => call('technician', 'contestViolation', { violationId: contesting, reason }, { requestId }))
    if (!record) return
    this.setData({ contesting: '', reason: '', error: '' })
    this.live?.put(record)
    showDone('交上去了')
  },
})

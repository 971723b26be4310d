import type { ReachView } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { liveLifecycle } from '../../lib/live-page'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { rememberTemplates } from '../../lib/subscribe'
import { TECHNICIAN_PROMPTS } from '../../lib/message-prompts'
import { topUpMessages } from '../../lib/top-up'
import { currentPosition, explainPosition } from '../../lib/position'

type Line = ReachView['lines'][number]

const LOOK_MS = 60_000
const ACTS: Record<NonNullable<Line['act']>, string> = {
  top_up: '允许提醒', go_on_duty: '去上岗', report_position: '报一下位置', open_jobs: '去看看', open_schedule: '看日程', open_inbox: '看消息', call_company: '打给公司',
}

/** Whether the next offer can reach them, in plain words, and what to do about it (R41). */
Page({
  ...liveLifecycle,
  data: { status: 'loading' as PageStatus, message: '', busy: '', look: readAppearance(), ok: false, verdict: '', lines: [] as (Line & { button: string })[] },
  live: undefined as LiveView<ReachView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad() {
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<ReachView>({ page: this, fetch: () => call('technician', 'checkReach', {}), show: (reach) => this.show(reach), everyMs: () => LOOK_MS })
  },
  retry() {
    void this.live?.retry()
  },

  show({ ok, verdict, lines, templates }: ReachView) {
    rememberTemplates(templates)
    // What is to be mended stands first.
    const sorted = [...lines].sort((a, b) => Number(a.ok) - Number(b.ok))
    this.setData({ ok, verdict, lines: sorted.map((line) => ({ ...line, button: line.act ? ACTS[line.act] : '' })) })
  },

  act(event: WechatMiniprogram.TouchEvent<object, object, { act: NonNullable<Line['act']> }>) {
    switch (event.currentTarget.dataset.act) {
      case 'top_up':
        return void this.topUp()
      case 'report_position':
        return void this.report()
      case 'go_on_duty':
      case 'open_jobs':
        return void wx.switchTab({ url: '/pages/jobs/jobs' })
      case 'open_schedule':
        return void wx.navigateTo({ url: '/technician/schedule/schedule' })
      case 'open_inbox':
        return void wx.navigateTo({ url: '/homeowner/inbox/inbox?role=technician' })
      case 'call_company':
        return void this.callCompany()
    }
  },
  /** Called straight from the tap: WeChat asks only then. */
  async topUp() {
    await topUpMessages('technician', TECHNICIAN_PROMPTS.reach)
    void this.live?.shown()
  },
  async report() {
    const position = await currentPosition()
    if (!position) return explainPosition('派单要按您在哪儿算远近。')
    const told = await this.buttons?.run('report_position', (requestId) => call('technician', 'reportPosition', { position }, { requestId }))
    if (told) void this.live?.shown()
  },
  async callCompany() {
    const home = await this.buttons?.run('call_company', () => call('homeowner', 'openHome', {}))
    if (home) wx.makePhoneCall({ phoneNumber: home.hotline, fail: () => undefined })
  },
})

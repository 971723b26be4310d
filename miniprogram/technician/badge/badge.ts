import type { BadgeView, TechnicianCard } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { call } from '../../lib/cloud'
import { CountdownTimer } from '../../lib/countdown'
import type { PageStatus } from '../../lib/live-view'
import { LiveView } from '../../lib/live-view'
import { qrPicture } from '../../lib/qr-code'
import { serverNow } from '../../lib/server-clock'
import { formatDate, formatDuration } from '../../lib/time'

/** Should the end be missed (a phone that slept), the next look brings the new code. */
const LOOK_MS = 20_000

/** The badge to hold up at the door: face, name, staff number, and a code that the homeowner can check with the company (R14). */
Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    look: readAppearance(),
    me: null as TechnicianCard | null,
    stars: '',
    certificates: [] as { name: string; until: string; over: boolean }[],
    code: '',
    spaced: '',
    qr: '',
    left: '',
  },
  timer: undefined as CountdownTimer | undefined,
  live: undefined as LiveView<BadgeView> | undefined,

  onLoad() {
    this.live = new LiveView<BadgeView>({
      page: this,
      fetch: () => call('technician', 'showBadge', {}),
      show: (badge) => this.show(badge),
      everyMs: () => LOOK_MS,
    })
  },
  onShow() {
    this.setData({ look: readAppearance() })
    // A badge that is held up must not go dark.
    wx.setKeepScreenOn({ keepScreenOn: true, fail: () => undefined })
    void this.live?.shown()
  },
  onHide() {
    this.leave()
  },
  onUnload() {
    this.leave()
  },
  leave() {
    wx.setKeepScreenOn({ keepScreenOn: false, fail: () => undefined })
    this.live?.hidden()
    this.timer?.stop()
  },
  onPullDownRefresh() {
    void this.live?.pulled()
  },
  retry() {
    void this.live?.retry()
  },

  show({ me, certificates, code, expiresAt }: BadgeView) {
    const now = serverNow()
    this.setData({
      me,
      stars: me.stars === null ? '' : me.stars.toFixed(1),
      certificates: certificates.map(({ name, expiresAt: until }) => ({ name, until: formatDate(until), over: Date.parse(until) <= now })),
      ...(code === this.data.code ? {} : { code, spaced: `${code.slice(0, 4)} ${code.slice(4)}`, qr: qrPicture(code, 8) }),
    })
    this.timer?.stop()
    this.timer = new CountdownTimer({
      endsAt: Date.parse(expiresAt),
      onTick: (leftMs) => this.setData({ left: formatDuration(leftMs) }),
      onOver: () => void this.live?.shown(),
    })
    this.timer.start()
  },
})

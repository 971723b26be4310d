import type { Button, ButtonAct, JobCard, JobsView, OfferView, TechnicianCard } from '../../../typings/contract'
import { DECLINE_REASONS } from '../../components/offer-card/decline-reasons'
import { rememberBadges, rememberRole, showTab } from '../../custom-tab-bar/tabs'
import { readAppearance } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { choose, confirm, showFailure } from '../../lib/dialog'
import type { PageStatus } from '../../lib/live-view'
import { LiveView } from '../../lib/live-view'
import { isOnline, onNetworkChange } from '../../lib/network'
import { Polling } from '../../lib/polling'
import { currentPosition, explainPosition } from '../../lib/position'
import { serverNow } from '../../lib/server-clock'
import { TECHNICIAN_PROMPTS } from '../../lib/message-prompts'
import { askForMessages, rememberTemplates } from '../../lib/subscribe'
import type { CreditWords, DutyWords, OfferRow, OffersNote, QuietWords, Stop } from './jobs-view'
import { creditWords, freshOffers, nearestStops, networkedWords, offerInFront, offerRow, offersTitle, stopsOf } from './jobs-view'
import { reportPosition, whyGone } from './quiet-calls'

const ON_DUTY_MS = 5_000
const OFF_DUTY_MS = 20_000
const POSITION_MS = 120_000
/** So long it stays said that an offer has gone: later it is no longer news. */
const GONE_MS = 60_000

const CLAIM: Button = { act: 'claim', label: '抢 单' }
const DECLINE: Button = { act: 'decline', label: '不接' }
const CALL: Button = { act: 'dial', label: '去打电话' }

/** The technician's start: on duty or not, today's way, and the offers (R05, R06, R09, R41). */
Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    me: null as TechnicianCard | null,
    onDuty: false,
    suspended: false,
    duty: null as DutyWords | null,
    credits: null as CreditWords | null,
    current: null as JobCard | null,
    stops: [] as Stop[],
    near: [] as Stop[],
    routeOpen: false,
    offer: null as OfferView | null,
    others: [] as OfferRow[],
    offersTitle: '',
    /** Nothing can be claimed before this order's call is made. */
    callFirst: null as string | null,
    quiet: null as QuietWords | null,
    note: null as OffersNote | null,
    /** What became of the offer that was in front. */
    gone: '',
    main: null as Button | null,
    more: [] as Button[],
  },
  seen: new Set<string>(),
  /** Offers that this phone itself claims or declines: what comes of them is said there. */
  ended: new Set<string>(),
  goneUntil: 0,
  live: undefined as LiveView<JobsView> | undefined,
  buttons: undefined as ButtonCalls | undefined,
  positions: undefined as Polling | undefined,
  jobs: null as JobsView | null,
  unhear: undefined as (() => void) | undefined,

  onLoad() {
    this.seen = new Set()
    this.ended = new Set()
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<JobsView>({
      page: this,
      fetch: () => call('technician', 'openJobs', {}),
      show: (jobs) => this.show(jobs),
      everyMs: ({ onDuty }) => (onDuty ? ON_DUTY_MS : OFF_DUTY_MS),
    })
    this.positions = new Polling({ everyMs: () => (this.data.onDuty ? POSITION_MS : null), look: reportPosition })
    this.unhear = onNetworkChange((online) => {
      if (this.jobs) this.setData(networkedWords(this.jobs, serverNow(), online))
    })
  },
  onShow() {
    this.setData({ look: readAppearance() })
    showTab(this)
    void this.live?.shown()
    this.positions?.start()
  },
  onHide() {
    this.live?.hidden()
    this.positions?.stop()
    this.setData({ gone: '' })
  },
  onUnload() {
    this.unhear?.()
    this.live?.hidden()
    this.positions?.stop()
  },
  onPullDownRefresh() {
    void this.live?.pulled()
  },
  retry() {
    void this.live?.retry()
  },

  show(jobs: JobsView) {
    this.jobs = jobs
    rememberRole(true)
    rememberTemplates(jobs.templates)
    rememberBadges({ jobs: jobs.offers.length, me: jobs.unread })
    showTab(this)
    const fresh = freshOffers(this.seen, jobs)
    for (const id of fresh) this.seen.add(id)
    if (fresh.length > 0) wx.vibrateLong({ fail: () => undefined })
    if (fresh.length > 0 || serverNow() > this.goneUntil) this.setData({ gone: '' })

    const stops = stopsOf(jobs.today)
    const { offer, others } = offerInFront(jobs.offers, this.data.offer?.offerId ?? null)
    const { callFirst } = jobs
    const { offer: before } = this.data
    if (before && !this.ended.has(before.offerId) && !jobs.offers.some(({ offerId }) => offerId === before.offerId))
      void this.explainGone(before)
    const dutyChanged = jobs.onDuty !== this.data.onDuty
    this.setData({
      ...networkedWords(jobs, serverNow(), isOnline()),
      me: jobs.me,
      onDuty: jobs.onDuty,
      suspended: jobs.suspended !== null,
      credits: creditWords(jobs.offerCredits),
      current: jobs.current,
      stops,
      near: nearestStops(stops),
      offer,
      others: others.map(offerRow),
      offersTitle: offersTitle(jobs.offers.length),
      callFirst,
      main: callFirst ? CALL : offer ? CLAIM : null,
      more: offer && !callFirst ? [DECLINE] : [],
    })
    if (dutyChanged) this.positions?.start()
  },

  onSwitch(event: WechatMiniprogram.CustomEvent<{ value: boolean }>) {
    if (event.detail.value) void this.goOnDuty()
    else void this.goOffDuty()
  },

  async goOnDuty() {
    // First thing in the tap: WeChat shows its question only then.
    const asked = askForMessages('technician', TECHNICIAN_PROMPTS.working)
    const jobs = await this.buttons?.run('duty', async (requestId) => {
      await asked
      const position = await currentPosition()
      if (!position) {
        await explainPosition('派单要看您离得多远。')
        return null
      }
      return call('technician', 'goOnDuty', { position }, { requestId })
    })
    if (jobs) this.live?.put(jobs)
  },

  async goOffDuty() {
    const sure = await confirm({ title: '下岗？', content: '下岗后不再派新单给您，手上的活照常。', confirmText: '下岗' })
    if (!sure) return
    const jobs = await this.buttons?.run('duty', (requestId) => call('technician', 'goOffDuty', {}, { requestId }))
    if (jobs) this.live?.put(jobs)
  },

  /** At a tap: then the phone may ask. */
  async tellPosition() {
    if (!this.data.duty?.stale) return
    const position = await currentPosition()
    if (!position) return explainPosition('派单要看您离得多远。')
    const told = await this.buttons?.run('position', (requestId) => call('technician', 'reportPosition', { position }, { requestId }))
    if (told) void this.live?.shown()
  },

  async topUp() {
    const { left } = await askForMessages('technician', TECHNICIAN_PROMPTS.working)
    if (left.offer !== undefined) this.setData({ credits: creditWords(left.offer) })
  },

  onAct(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { offer, callFirst } = this.data
    if (event.detail.act === 'dial') {
      if (callFirst) void wx.navigateTo({ url: `/technician/call/call?id=${callFirst}` })
      return
    }
    if (!offer) return
    if (event.detail.act === 'claim') void this.claim(offer)
    else void this.decline(offer)
  },

  async explainGone({ orderId }: OfferView) {
    const gone = await whyGone(orderId)
    if (gone === '') return
    this.goneUntil = serverNow() + GONE_MS
    this.setData({ gone })
  },

  async claim({ orderId, offerId }: OfferView) {
    const asked = askForMessages('technician', TECHNICIAN_PROMPTS.working)
    let refused: unknown = null
    this.ended.add(offerId)
    const job = await this.buttons?.run(
      'claim',
      (requestId) => call('technician', 'claimOffer', { orderId }, { requestId }),
      (error) => {
        refused = error
        return true
      },
    )
    // WeChat's question lies over the page: what came of it is said once that is answered, or nobody would read it.
    await asked
    if (refused !== null) void showFailure(refused)
    if (job) void wx.navigateTo({ url: `/technician/call/call?id=${job.orderId}` })
    else void this.live?.shown()
  },

  async decline({ orderId, offerId }: OfferView) {
    const reason = await choose(DECLINE_REASONS, '为什么不接？')
    if (!reason) return
    this.ended.add(offerId)
    const jobs = await this.buttons?.run('decline', (requestId) => call('technician', 'declineOffer', { orderId, reason }, { requestId }))
    if (jobs) this.live?.put(jobs)
    else void this.live?.shown()
  },

  onOfferOver() {
    void this.live?.shown()
  },

  openOffer(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    void wx.navigateTo({ url: `/technician/offer/offer?id=${event.currentTarget.dataset.id}` })
  },
  openJob(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    void wx.navigateTo({ url: `/technician/job/job?id=${event.currentTarget.dataset.id}` })
  },
  openReach() {
    void wx.navigateTo({ url: '/technician/reach/reach' })
  },
  openBadge() {
    void wx.navigateTo({ url: '/technician/badge/badge' })
  },
  toggleRoute() {
    this.setData({ routeOpen: !this.data.routeOpen })
  },
})

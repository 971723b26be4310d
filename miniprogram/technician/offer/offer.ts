import type { Button, ButtonAct, OfferView } from '../../../typings/contract'
import { DECLINE_REASONS } from '../../components/offer-card/decline-reasons'
import { CALL_FIRST } from '../../components/offer-card/offer-words'
import { readAppearance } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure } from '../../lib/cloud'
import { choose } from '../../lib/dialog'
import { liveLifecycle } from '../../lib/live-page'
import type { PageStatus } from '../../lib/live-view'
import { LiveView } from '../../lib/live-view'
import { readMessagesOf } from '../../lib/read-messages'
import { TECHNICIAN_PROMPTS } from '../../lib/message-prompts'
import { askForMessages } from '../../lib/subscribe'
import { formatSpan } from '../../lib/time'

const LOOK_MS = 5_000
/** The offer is gone for good: looking again changes nothing. */
const OVER: ReadonlySet<string> = new Set(['TAKEN', 'OFFER_OVER', 'NOT_FOUND', 'WRONG_STATE'])

const CLAIM: Button = { act: 'claim', label: '抢 单' }
const DECLINE: Button = { act: 'decline', label: '不接' }
const CALL: Button = { act: 'dial', label: '去打电话' }

/** What openOffer found: the offer, or why it is gone. */
type Found = { offer: OfferView } | { gone: string }

/** One offer, opened from the list or from a message (R06). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    offer: null as OfferView | null,
    gone: '',
    /** Nothing can be claimed before a call is made. */
    callFirst: '',
    /** 5 分钟, 10 分钟: by the figures in force. */
    callWithin: '',
    earlyBy: '',
    main: CLAIM,
    more: [DECLINE],
  },
  orderId: '',
  live: undefined as LiveView<Found> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    this.orderId = id ?? ''
    readMessagesOf(this.orderId, 'technician')
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<Found>({
      page: this,
      fetch: () => this.fetch(),
      show: (found) => this.show(found),
      everyMs: (found) => ('offer' in found ? LOOK_MS : null),
    })
  },
  retry() {
    if (this.data.status === 'empty') void wx.switchTab({ url: '/pages/jobs/jobs' })
    else void this.live?.retry()
  },

  async fetch(): Promise<Found> {
    try {
      return { offer: await call('technician', 'seeOffer', { orderId: this.orderId }) }
    } catch (error) {
      if (isActionFailure(error) && OVER.has(error.code)) return { gone: error.message }
      throw error
    }
  },

  show(found: Found): PageStatus | void {
    if ('gone' in found) {
      this.setData({ gone: found.gone, offer: null })
      return 'empty'
    }
    const { offer } = found
    const { callMinutes, earlyMinutes } = offer.figures
    this.setData({ offer, callFirst: offer.callFirst ? CALL_FIRST : '', main: offer.callFirst ? CALL : CLAIM, callWithin: formatSpan(callMinutes), earlyBy: formatSpan(earlyMinutes) })
  },

  onAct(event: WechatMiniprogram.CustomEvent<{ act: ButtonAct }>) {
    const { act } = event.detail
    if (act === 'claim') void this.claim()
    else if (act === 'dial') void wx.navigateTo({ url: `/technician/call/call?id=${this.data.offer?.callFirst ?? ''}` })
    else void this.decline()
  },

  async claim() {
    const asked = askForMessages('technician', TECHNICIAN_PROMPTS.working)
    const job = await this.buttons?.run(
      'claim',
      (requestId) => call('technician', 'claimOffer', { orderId: this.orderId }, { requestId }),
      (error) => this.showGone(error),
    )
    await asked
    if (job) void wx.redirectTo({ url: `/technician/call/call?id=${job.orderId}` })
  },

  /** Someone was quicker: said on the page, which has nothing else left to offer. */
  showGone(error: unknown): boolean {
    if (!isActionFailure(error) || !OVER.has(error.code)) return false
    this.live?.put({ gone: error.message })
    return true
  },

  async decline() {
    const reason = await choose(DECLINE_REASONS, '为什么不接？')
    if (!reason) return
    const jobs = await this.buttons?.run(
      'decline',
      (requestId) => call('technician', 'declineOffer', { orderId: this.orderId, reason }, { requestId }),
      (error) => this.showGone(error),
    )
    if (jobs) void wx.switchTab({ url: '/pages/jobs/jobs' })
  },

  onOver() {
    void this.live?.shown()
  },
})

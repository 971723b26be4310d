import type { OrderView, StateView, WarrantyCardView } from '../../../typings/contract'
import { readAppearance, showStateInBar } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { confirm, showDone, showFailure, showSentence } from '../../lib/dialog'
import { isCancelled, isPermissionRefused } from '../../lib/error-text'
import { liveLifecycle } from '../../lib/live-page'
import { LiveView } from '../../lib/live-view'
import type { PageStatus } from '../../lib/live-view'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { askForMessages } from '../../lib/subscribe'
import { offered } from '../lib/live-order'
import { cardHead } from './card-head'

/** A card of one's own order, or one looked up by its code (R30: kept, shared as a picture, verified by code). */
interface Shown {
  order: OrderView | null
  card: WarrantyCardView | null
  /** Why there is no card, as a sentence. */
  sentence: string
}

const WHILE_SIGNING_MS = 20_000

Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    saving: false,
    look: readAppearance(),
    head: null as StateView | null,
    card: null as WarrantyCardView | null,
    orderId: '',
    own: false,
    toSign: false,
    /** The technician has not signed yet: it is no card to pass on. */
    filling: false,
    sheet: false,
    empty: '',
  },
  code: '',
  live: undefined as LiveView<Shown> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id, code }: { id?: string; code?: string }) {
    this.code = code ?? ''
    this.setData({ orderId: id ?? '', own: id !== undefined })
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<Shown>({
      page: this,
      fetch: () => this.fetch(),
      show: (shown) => this.show(shown),
      everyMs: ({ order }) => (order ? WHILE_SIGNING_MS : null),
    })
  },
  onShareAppMessage() {
    // The code opens the card without name, phone and door; whoever opens it sees no more than the picture shows.
    const { card } = this.data
    return {
      title: '师服到的保修卡，坏了免费上门修',
      path: card ? `/homeowner/warranty-card/warranty-card?code=${encodeURIComponent(card.code)}` : '/pages/home/home',
    }
  },
  retry() {
    if (this.data.status === 'empty') void wx.switchTab({ url: '/pages/home/home' })
    else void this.live?.retry()
  },

  async fetch(): Promise<Shown> {
    if (this.data.own) {
      const order = await call('homeowner', 'getOrder', { orderId: this.data.orderId })
      return { order, card: order.card, sentence: '验收以后，保修卡就在这里。' }
    }
    const { card, sentence } = await call('homeowner', 'verifyCode', { code: this.code })
    return { order: null, card, sentence }
  },

  show({ order, card, sentence }: Shown): PageStatus | void {
    if (!card) {
      this.setData({ empty: sentence })
      return 'empty'
    }
    const toSign = order !== null && offered(order, ['sign_card']) !== null
    const head = cardHead(card, order, toSign)
    showStateInBar(head, this.data.look.dark)
    const changes: Partial<typeof this.data> = { head, toSign, filling: card.technician.signedAt === null }
    // Signatures have short-lived links: the same card again is not drawn again.
    if (JSON.stringify(withoutLinks(card)) !== JSON.stringify(this.data.card && withoutLinks(this.data.card))) changes.card = card
    this.setData(changes)
  },

  openSheet() {
    this.setData({ sheet: true })
  },
  onSheet(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    this.setData({ sheet: event.detail.visible })
  },
  closeSheet() {
    this.setData({ sheet: false })
  },

  async onSigned(event: WechatMiniprogram.CustomEvent<{ fileId: string }>) {
    const { fileId } = event.detail
    const order = await this.buttons?.run('sign_card', (requestId: string) =>
      call('homeowner', 'signWarrantyCard', { orderId: this.data.orderId, signature: fileId }, { requestId }),
    )
    if (!order) return
    this.setData({ sheet: false })
    this.live?.put({ order, card: order.card, sentence: '' })
    showDone('签好了')
    void askForMessages('homeowner', HOMEOWNER_PROMPTS.signing)
  },

  async save() {
    if (this.data.saving) return
    this.setData({ saving: true })
    try {
      const filePath = await this.picture()
      await wx.saveImageToPhotosAlbum({ filePath })
      await showSentence('存到相册了')
    } catch (error) {
      if (isCancelled(error)) return
      if (isPermissionRefused(error)) await this.explainAlbum()
      else void showFailure(error)
    } finally {
      this.setData({ saving: false })
    }
  },

  async picture(): Promise<string> {
    const card: unknown = this.selectComponent('#card')
    if (!canSave(card)) throw new Error('the card is not drawn yet')
    return card.savePicture()
  },

  async explainAlbum() {
    const go = await confirm({
      title: '存不进相册',
      content: '要存图，请在设置里打开“添加到相册”。也可以直接发给家人。',
      confirmText: '去打开',
    })
    if (go) void wx.openSetting({})
  },
})

function withoutLinks(card: WarrantyCardView): unknown {
  return {
    ...card,
    homeowner: { ...card.homeowner, signature: card.homeowner.signature?.fileId },
    technician: { ...card.technician, signature: card.technician.signature?.fileId },
  }
}

function canSave(card: unknown): card is { savePicture: () => Promise<string> } {
  return typeof card === 'object' && card !== null && 'savePicture' in card && typeof card.savePicture === 'function'
}

import type { HomeownerApi, IsoTime, MessageView, TemplateKey } from '../../../typings/contract'
import { rememberBadges } from '../../custom-tab-bar/tabs'
import { readAppearance } from '../../lib/appearance'
import { call, serverNow } from '../../lib/cloud'
import { showFailure } from '../../lib/dialog'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { newRequestId } from '../../lib/request-id'
import { topUpMessages } from '../../lib/top-up'
import { messageRows, messageUrl, type MessageRow } from './message-rows'

type Messages = HomeownerApi['listMessages']['data']
/** Pages that a message may name and that only wx.switchTab reaches. */
const TAB_PAGES = ['/pages/home/home', '/pages/orders/orders', '/pages/jobs/jobs', '/pages/me/me']
const LOOK_EVERY_MS = 20_000

Page({
  data: { status: 'loading' as PageStatus, message: '', look: readAppearance(), rows: [] as MessageRow[], silent: [] as TemplateKey[], technician: false, unread: 0, loadingMore: false },
  live: undefined as LiveView<Messages> | undefined,
  messages: [] as MessageView[],
  nextBefore: null as IsoTime | null,
  loadedMore: false,
  /** A technician's inbox is asked for as a technician. */
  role: 'homeowner' as 'homeowner' | 'technician',

  onLoad(query: { role?: string }) {
    this.role = query.role === 'technician' ? 'technician' : 'homeowner'
    this.setData({ technician: this.role === 'technician' })
    this.live = new LiveView<Messages>({
      page: this,
      fetch: () => call(this.role, 'listMessages', {}),
      show: (list) => this.show(list),
      everyMs: () => LOOK_EVERY_MS,
    })
  },
  onShow() {
    this.setData({ look: readAppearance() })
    void this.live?.shown()
  },
  onHide() {
    this.live?.hidden()
  },
  onUnload() {
    this.live?.hidden()
  },
  onPullDownRefresh() {
    void this.live?.pulled()
  },
  async onReachBottom() {
    if (!this.nextBefore || this.data.loadingMore) return
    this.setData({ loadingMore: true })
    try {
      const older = await call(this.role, 'listMessages', { before: this.nextBefore })
      this.loadedMore = true
      this.nextBefore = older.nextBefore
      this.draw([...this.messages, ...older.messages])
    } catch (error) {
      void showFailure(error)
    } finally {
      this.setData({ loadingMore: false })
    }
  },

  show({ messages, unread, nextBefore, silent }: Messages): PageStatus {
    if (silent.join() !== this.data.silent.join()) this.setData({ silent })
    if (!this.loadedMore) this.nextBefore = nextBefore
    this.countUnread(unread)
    // What was scrolled to stays; a message that is there twice counts as it is now.
    this.draw([...this.messages, ...messages])
    return messages.length > 0 ? 'ready' : 'empty'
  },
  draw(messages: MessageView[]) {
    this.messages = [...new Map(messages.map((message) => [message.id, message])).values()]
    this.setData({ rows: messageRows(this.messages, serverNow()) })
  },
  countUnread(unread: number) {
    this.setData({ unread })
    rememberBadges({ me: unread })
  },

  open(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const message = this.messages.find(({ id }) => id === event.currentTarget.dataset.id)
    if (!message) return
    if (!message.read) void this.markRead([message.id])
    const url = messageUrl(message.page)
    if (url === '') return
    if (TAB_PAGES.includes(url.split('?')[0] ?? '')) void wx.switchTab({ url })
    else void wx.navigateTo({ url })
  },
  /** Called straight from the tap: WeChat asks only then. */
  async topUp() {
    await topUpMessages(this.role, this.data.silent)
    void this.live?.shown()
  },
  markAllRead() {
    void this.markRead(this.messages.filter(({ read }) => !read).map(({ id }) => id))
  },
  /** Shown as read at once; if it does not reach the server, the next look puts it right. */
  async markRead(ids: string[]) {
    if (ids.length === 0) return
    const marked = new Set(ids)
    this.draw(this.messages.map((message) => (marked.has(message.id) ? { ...message, read: true } : message)))
    try {
      const { unread } = await call(this.role, 'markRead', { ids }, { requestId: newRequestId() })
      this.countUnread(unread)
    } catch (error) {
      console.warn('not marked as read', error)
    }
  },
  retry() {
    if (this.data.status === 'error') void this.live?.retry()
    else void wx.switchTab({ url: '/pages/home/home' })
  },
})

import type { CategoryView, FileView, JobView, QuoteLineView } from '../../typings/contract'
import { readAppearance } from '../lib/appearance'
import { ButtonCalls } from '../lib/button-calls'
import { call, isActionFailure } from '../lib/cloud'
import { showDone } from '../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../lib/draft'
import { liveLifecycle } from '../lib/live-page'
import { LiveView, type PageStatus } from '../lib/live-view'
import { bookRows, changeInput, changeProblems, changeWords, keptRows, newChange, type ChangeDraft, type ChangeRow } from './change-draft'

const MOST_OFF_BOOK = 5

interface Found {
  job: JobView
  categories: CategoryView[]
}

/** The technician found something else on site: what was agreed, what comes on top, why, and photos (R19, R20). Sent to the homeowner, who decides on their own phone. */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    busy: '',
    look: readAppearance(),
    orderId: '',
    kept: [] as ChangeRow[],
    more: [] as ChangeRow[],
    open: false,
    offBook: [] as ChangeDraft['offBook'],
    reason: '',
    photos: [] as FileView[],
    words: '',
    errors: {} as Record<string, string>,
  },
  draft: null as ChangeDraft | null,
  lines: [] as QuoteLineView[],
  found: null as Found | null,
  uploading: false,
  live: undefined as LiveView<Found> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad({ id }: { id?: string }) {
    const orderId = id ?? ''
    this.setData({ orderId })
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<Found>({
      page: this,
      fetch: async () => {
        const [job, { categories }] = await Promise.all([call('technician', 'getJob', { orderId }), call('homeowner', 'priceBook', {})])
        return { job, categories }
      },
      show: (found) => this.show(found),
    })
  },
  retry() {
    if (this.data.status === 'empty') void wx.navigateBack()
    else void this.live?.retry()
  },

  show(found: Found): PageStatus | void {
    const { job } = found
    const { quote } = job
    this.found = found
    if (!quote || !job.more.some(({ act }) => act === 'send_change')) return 'empty'
    this.lines = quote.lines
    if (this.draft?.baseVersion === quote.version) return
    const known = readDraft<ChangeDraft>(this.key())
    this.draft = known?.baseVersion === quote.version ? known : newChange(quote.lines, quote.version)
    const { reason, photos, offBook } = this.draft
    this.setData({ reason, photos, offBook, open: Object.values(this.draft.items).some(Boolean) || job.category.code === '' })
    this.draw()
  },
  key(): string {
    return `change:${this.data.orderId}`
  },

  draw() {
    const { draft, found, lines } = this
    if (!draft || !found) return
    saveDraft(this.key(), draft)
    this.setData({
      kept: keptRows(lines, draft),
      more: bookRows(found.categories, found.job.category.code, lines, draft),
      words: changeWords(lines, draft),
      errors: {},
    })
  },
  change(changes: Partial<ChangeDraft>) {
    if (!this.draft) return
    this.draft = { ...this.draft, ...changes }
    this.draw()
  },
  onKept(event: WechatMiniprogram.CustomEvent<{ value: number }, object, { key: string }>) {
    this.change({ kept: { ...this.draft?.kept, [event.currentTarget.dataset.key]: event.detail.value } })
  },
  onMore(event: WechatMiniprogram.CustomEvent<{ value: number }, object, { key: string }>) {
    this.change({ items: { ...this.draft?.items, [event.currentTarget.dataset.key]: event.detail.value } })
  },
  toggle() {
    this.setData({ open: !this.data.open })
  },

  addOffBook() {
    const offBook = [...(this.draft?.offBook ?? []), { name: '', unit: '个', quantity: 1 }].slice(0, MOST_OFF_BOOK)
    this.setData({ offBook })
    this.change({ offBook })
  },
  removeOffBook(event: WechatMiniprogram.TouchEvent<object, object, { index: number }>) {
    const offBook = (this.draft?.offBook ?? []).filter((_, index) => index !== event.currentTarget.dataset.index)
    this.setData({ offBook })
    this.change({ offBook })
  },
  onOffBook(event: WechatMiniprogram.CustomEvent<{ value: string | number }, object, { index: number; field: 'name' | 'unit' | 'quantity' }>) {
    const { index, field } = event.currentTarget.dataset
    const offBook = (this.draft?.offBook ?? []).map((each, at) => (at === index ? { ...each, [field]: event.detail.value } : each))
    // What is typed is not drawn again: the field would jump under the thumb.
    if (field === 'quantity') this.setData({ offBook })
    this.change({ offBook })
  },
  onReason(event: WechatMiniprogram.TextareaInput) {
    this.change({ reason: event.detail.value })
  },
  onPhotos(event: WechatMiniprogram.CustomEvent<{ files: FileView[] }>) {
    this.change({ photos: event.detail.files })
  },
  onUploading(event: WechatMiniprogram.CustomEvent<{ uploading: boolean }>) {
    this.uploading = event.detail.uploading
  },

  async send() {
    const { draft, found, lines } = this
    if (!draft || !found) return
    const errors = changeProblems(lines, draft, this.uploading)
    this.setData({ errors })
    if (Object.keys(errors).length > 0) return
    const job = await this.buttons?.run(
      'send_change',
      (requestId) => call('technician', 'sendChange', changeInput(found.job, lines, draft), { requestId }),
      (error) => this.showFieldErrors(error),
    )
    if (!job) return
    clearDraft(this.key())
    showDone(job.change?.state === 'pending' ? '交去批价了' : '发给业主了')
    void wx.navigateBack()
  },
  /** Beside the fields, and in words too. */
  showFieldErrors(error: unknown): boolean {
    if (isActionFailure(error)) {
      const { reason, photos } = error.fields
      const [first] = Object.values(error.fields)
      this.setData({ errors: { ...(reason ? { reason } : {}), ...(photos ? { photos } : {}), ...(first && !reason && !photos ? { lines: first } : {}) } })
    }
    return false
  },
})

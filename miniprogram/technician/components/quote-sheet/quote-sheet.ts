import type { CategoryView, OrderItemView } from '../../../../typings/contract'
import { call } from '../../../lib/cloud'
import { errorText } from '../../../lib/error-text'
import type { QuoteRow } from './quote-rows'
import { chosenItems, quoteRows, roughTotal } from './quote-rows'

/** The quote at the door, from the price book only (R17b, R20): the technician counts, the server prices. Events `send` {items, note}, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    category: { type: String, value: '' },
    items: { type: Array, value: [] as OrderItemView[] },
  },
  data: { status: 'loading' as 'loading' | 'error' | 'ready', message: '', rows: [] as QuoteRow[], total: '', note: '', shownNote: '' },
  observers: {
    visible(visible: boolean) {
      if (!visible) return
      this.setData({ shownNote: this.data.note })
      if (this.data.rows.length === 0) void this.load()
    },
  },
  methods: {
    async load() {
      this.setData({ status: 'loading' })
      try {
        const { categories } = await call('homeowner', 'priceBook', {})
        books.set(this, categories)
        this.put(quoteRows(categories, this.data.category, this.data.items as OrderItemView[]))
        this.setData({ status: 'ready' })
      } catch (error) {
        this.setData({ status: 'error', message: errorText(error) })
      }
    },
    put(rows: QuoteRow[]) {
      this.setData({ rows, total: roughTotal(rows, books.get(this) ?? []) })
    },
    onQuantity(event: WechatMiniprogram.CustomEvent<{ value: number }, object, { code: string }>) {
      const { code } = event.currentTarget.dataset
      this.put(this.data.rows.map((row) => (row.code === code ? { ...row, quantity: event.detail.value } : row)))
    },
    onNote(event: WechatMiniprogram.TextareaInput) {
      this.data.note = event.detail.value
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const items = chosenItems(this.data.rows)
      const note = this.data.note.trim()
      if (items.length > 0) this.triggerEvent('send', note ? { items, note } : { items })
    },
  },
})

const books = new WeakMap<object, CategoryView[]>()

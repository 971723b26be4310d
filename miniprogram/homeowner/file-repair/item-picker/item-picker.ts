import type { CategoryView } from '../../../../typings/contract'
import { itemRows, SHOWN_AT_FIRST, type ItemRow } from './item-rows'


/**
 * What is to be repaired: the trade, and how many of each item, with its price before anything is filed (R44).
 * Events `category` { code }, `quantity` { code, quantity }.
 */
Component({
  properties: {
    categories: { type: Array, value: [] as CategoryView[] },
    category: { type: String, value: '' },
    /** Item code → how many. */
    quantities: { type: Object, value: {} as Record<string, number> },
    problem: { type: String, value: '' },
    /** Only the trade is asked for; items can be chosen by who wants to. */
    emergency: { type: Boolean, value: false },
  },
  data: { rows: [] as ItemRow[], folded: 0, open: false, name: '', detail: '' },
  observers: {
    'categories, category, quantities, open, emergency'(
      categories: CategoryView[] | null,
      category: string,
      quantities: Record<string, number> | null,
      open: boolean,
      emergency: boolean,
    ) {
      const found = (categories ?? []).find(({ code }) => code === category)
      this.setData({ ...itemRows(found, quantities ?? {}, open, emergency ? 0 : SHOWN_AT_FIRST), name: found?.name ?? '' })
    },
  },
  methods: {
    chooseCategory(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
      const { code } = event.currentTarget.dataset
      if (code === this.data.category) return
      this.setData({ open: false, detail: '' })
      this.triggerEvent('category', { code })
    },
    onQuantity(event: WechatMiniprogram.CustomEvent<{ value: number }, object, { code: string }>) {
      this.triggerEvent('quantity', { code: event.currentTarget.dataset.code, quantity: event.detail.value })
    },
    openAll() {
      this.setData({ open: true })
    },
    toggleDetail(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
      const { code } = event.currentTarget.dataset
      this.setData({ detail: this.data.detail === code ? '' : code })
    },
  },
})

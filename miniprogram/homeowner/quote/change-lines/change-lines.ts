import type { ChangeView } from '../../../../typings/contract'
import { changeRows, type ChangedRow } from './change-rows'

/** What a change order would change, why, and what it comes to (R19). */
Component({
  properties: {
    change: { type: Object, value: null as unknown as ChangeView },
  },
  data: { rows: [] as ChangedRow[], difference: '', total: '' },
  observers: {
    change(change: ChangeView | null) {
      if (change) this.setData(changeRows(change))
    },
  },
  methods: {
    preview(event: WechatMiniprogram.TouchEvent<object, object, { url: string }>) {
      const urls = (this.data.change as ChangeView).photos.map(({ url }) => url)
      void wx.previewImage({ current: event.currentTarget.dataset.url, urls })
    },
  },
})

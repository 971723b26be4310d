import { playVideo } from '../../../lib/play-video'
import type { ShownOrder } from '../order-facts'
import { filedFacts } from './filed-facts'

/** What the homeowner filed, in their own words, with their photos and their video. */
Component({
  properties: {
    order: { type: Object, value: null as unknown as ShownOrder },
  },
  data: { facts: [] as { label: string; text: string }[] },
  observers: {
    order(order: ShownOrder | null) {
      if (order) this.setData({ facts: filedFacts(order) })
    },
  },
  methods: {
    preview(event: WechatMiniprogram.TouchEvent<object, object, { url: string }>) {
      void wx.previewImage({ current: event.currentTarget.dataset.url, urls: this.data.order.photos.map(({ url }) => url) })
    },
    play() {
      const { video } = this.data.order
      if (video) void playVideo(video.url)
    },
  },
})

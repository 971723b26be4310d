import type { JobView } from '../../../../typings/contract'
import { itemsInWords } from '../../../components/offer-card/offer-words'
import { playVideo } from '../../../lib/play-video'
import { openNavigation } from '../../lib/navigation'

/** Who, where, what: the facts of a job, masked by the server outside their window (R39). Event `dial`. */
Component({
  properties: {
    job: { type: Object, value: null as unknown as JobView },
  },
  data: { items: '' },
  observers: {
    job(job: JobView | null) {
      if (job) this.setData({ items: itemsInWords(job.items) })
    },
  },
  methods: {
    dial() {
      this.triggerEvent('dial')
    },
    navigate() {
      openNavigation((this.data.job as JobView).place)
    },
    play() {
      const { video } = this.data.job as JobView
      if (video) void playVideo(video.url)
    },
    preview(event: WechatMiniprogram.TouchEvent<object, object, { at: number }>) {
      const urls = (this.data.job as JobView).photos.map(({ url }) => url)
      void wx.previewImage({ current: urls[event.currentTarget.dataset.at] ?? '', urls })
    },
  },
})

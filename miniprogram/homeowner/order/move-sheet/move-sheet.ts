import type { FreeTimes } from '../../../../typings/contract'
import { call } from '../../../lib/cloud'
import { errorText } from '../../../lib/error-text'

type Day = FreeTimes['days'][number]

/** Another time: the half hours in which the technician's day has room, by day (R12). Events `chosen` { at }, `hotline`, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    orderId: { type: String, value: '' },
    /** The time that stands (ISO): shown, and none to choose. */
    present: { type: String, value: '' },
    busy: { type: Boolean, value: false },
    /** What was wrong with the last choice. */
    error: { type: String, value: '' },
  },
  data: { status: 'loading' as 'loading' | 'ready' | 'empty' | 'failed', message: '', name: '', days: [] as Day[], label: '', times: [] as Day['times'], at: '', words: '' },
  observers: {
    visible(visible: boolean) {
      if (visible) void this.load()
    },
  },
  methods: {
    async load() {
      this.setData({ status: 'loading', at: '', words: '' })
      try {
        const { technician, days } = await call('homeowner', 'freeTimes', { orderId: this.data.orderId })
        this.setData({ name: technician?.name ?? '师傅', days, status: days.length > 0 ? 'ready' : 'empty' })
        if (days[0]) this.openDay(days[0].label)
      } catch (error) {
        this.setData({ status: 'failed', message: errorText(error) })
      }
    },
    openDay(label: string) {
      this.setData({ label, times: this.data.days.find((day) => day.label === label)?.times ?? [] })
    },
    onDay(event: WechatMiniprogram.TouchEvent<object, object, { label: string }>) {
      this.openDay(event.currentTarget.dataset.label)
    },
    onTime(event: WechatMiniprogram.TouchEvent<object, object, { at: string; text: string }>) {
      const { at, text } = event.currentTarget.dataset
      if (at === this.data.present) return
      this.setData({ at, words: `${this.data.label} ${text}` })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    hotline() {
      this.triggerEvent('hotline')
    },
    done() {
      if (this.data.at) this.triggerEvent('chosen', { at: this.data.at })
    },
  },
})

import { serverNow } from '../../../lib/cloud'
import { dayChoices, type DayChoice, type WindowChoice } from '../time-windows'

/** When it suits: a day, then two hours of it. Event `choose` { from, to } (ISO), `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    /** ISO time of the chosen window's start, or ''. */
    from: { type: String, value: '' },
    /** 5 分钟: in which the technician phones. */
    callWithin: { type: String, value: '' },
  },
  data: { days: [] as DayChoice[], day: 0, windows: [] as WindowChoice[], chosen: 0 },
  observers: {
    visible(visible: boolean) {
      if (visible) this.draw()
    },
  },
  methods: {
    /** Drawn when it opens: what could be chosen an hour ago may be over. */
    draw() {
      const days = dayChoices(serverNow())
      const chosen = Date.parse(this.data.from)
      const open = days.find(({ windows }) => windows.some(({ from }) => from === chosen)) ?? days[0]
      this.setData({ days, chosen: Number.isNaN(chosen) ? 0 : chosen, day: open?.start ?? 0, windows: open?.windows ?? [] })
    },
    chooseDay(event: WechatMiniprogram.TouchEvent<object, object, { start: number }>) {
      const { start } = event.currentTarget.dataset
      this.setData({ day: start, windows: this.data.days.find((day) => day.start === start)?.windows ?? [] })
    },
    chooseWindow(event: WechatMiniprogram.TouchEvent<object, object, { from: number; to: number }>) {
      const { from, to } = event.currentTarget.dataset
      this.triggerEvent('choose', { from: new Date(from).toISOString(), to: new Date(to).toISOString() })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.triggerEvent('close')
    },
    close() {
      this.triggerEvent('close')
    },
  },
})

import { largeType } from '../../../lib/large-type'
import { serverNow } from '../../../lib/server-clock'
import { formatMoment } from '../../../lib/time'
import type { DaySlots, TimeSlot, WantedTime } from '../../call/appointment-times'
import { appointmentDays, openingDay } from '../../call/appointment-times'

/** The time agreed on the phone: a day, then a time; the one asked for is marked. Events `chosen` {at}, `close`. */
Component({
  behaviors: [largeType],
  properties: {
    visible: { type: Boolean, value: false },
    wanted: { type: Object, value: null as unknown as WantedTime },
    chosen: { type: String, value: '' },
  },
  data: { days: [] as DaySlots[], day: 0, slots: [] as TimeSlot[], at: '', words: '' },
  observers: {
    visible(visible: boolean) {
      if (!visible) return
      const wanted = this.data.wanted as WantedTime
      const days = appointmentDays(wanted, serverNow())
      this.setData({ days })
      const kept = days.find(({ slots }) => slots.some(({ at }) => at === this.data.chosen))
      this.openDay(kept?.day ?? openingDay(days, wanted))
      if (kept) this.pick(this.data.chosen)
      else this.setData({ at: '', words: '' })
    },
  },
  methods: {
    openDay(day: number) {
      this.setData({ day, slots: this.data.days.find((candidate) => candidate.day === day)?.slots ?? [] })
    },
    pick(at: string) {
      this.setData({ at, words: formatMoment(at, serverNow()) })
    },
    onDay(event: WechatMiniprogram.TouchEvent<object, object, { day: number }>) {
      this.openDay(event.currentTarget.dataset.day)
    },
    onSlot(event: WechatMiniprogram.TouchEvent<object, object, { at: string }>) {
      this.pick(event.currentTarget.dataset.at)
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      if (this.data.at) this.triggerEvent('chosen', { at: this.data.at })
    },
  },
})

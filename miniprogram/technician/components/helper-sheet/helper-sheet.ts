import type { HelperFound } from '../../../../typings/contract'

/**
 * Who comes along, by staff number (R47). First whose number it is, then it can be added: a wrong digit would call out a stranger.
 * Events `look` { staffNumber }, answered by `found` or `error`; `added` { staffNumber }; `close`.
 */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    error: { type: String, value: '' },
    found: { type: Object, value: null as unknown as HelperFound | null },
  },
  data: { staffNumber: '', shown: '', missing: '', refused: '', known: null as (HelperFound & { trades: string }) | null },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ staffNumber: '', shown: '', missing: '', refused: '', known: null })
    },
    /** What was wrong with the number is so until another is tried. */
    error(error: string) {
      this.setData({ refused: error })
    },
    found(found: HelperFound | null) {
      // An answer about a number that has been changed meanwhile is about nobody.
      const known = found !== null && found.staffNumber === this.data.staffNumber.trim()
      this.setData({ known: known ? { ...found, trades: found.skills.join('、') || '还没登记会修什么' } : null })
    },
  },
  methods: {
    onInput(event: WechatMiniprogram.Input) {
      this.data.staffNumber = event.detail.value
      if (this.data.refused || this.data.missing || this.data.known) this.setData({ refused: '', missing: '', known: null })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const staffNumber = this.data.staffNumber.trim()
      if (!/^[0-9A-Za-z]{2,12}$/.test(staffNumber)) this.setData({ missing: '写工号，比如 0452' })
      else this.triggerEvent(this.data.known ? 'added' : 'look', { staffNumber })
    },
  },
})

/** Who comes along, by staff number (R47). Events `added` { staffNumber }, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },
  data: { staffNumber: '', shown: '', missing: '', refused: '' },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ staffNumber: '', shown: '', missing: '', refused: '' })
    },
    /** What was wrong with the number is so until another is tried. */
    error(error: string) {
      this.setData({ refused: error })
    },
  },
  methods: {
    onInput(event: WechatMiniprogram.Input) {
      this.data.staffNumber = event.detail.value
      if (this.data.refused || this.data.missing) this.setData({ refused: '', missing: '' })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const staffNumber = this.data.staffNumber.trim()
      if (/^[0-9A-Za-z]{2,12}$/.test(staffNumber)) this.triggerEvent('added', { staffNumber })
      else this.setData({ missing: '写工号，比如 0452' })
    },
  },
})

/** Who comes along, by staff number (R47). Events `added` { staffNumber }, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },
  data: { staffNumber: '', shown: '', missing: '' },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ shown: this.data.staffNumber, missing: '' })
    },
  },
  methods: {
    onInput(event: WechatMiniprogram.Input) {
      this.data.staffNumber = event.detail.value
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

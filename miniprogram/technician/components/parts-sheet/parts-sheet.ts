/** Old parts go back to the homeowner; where they do not want them, that is written down (R28, R30). Events `hand` {handedOver, note}, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },
  data: { handedOver: null as boolean | null, note: '', shownNote: '', missing: '' },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ shownNote: this.data.note, missing: '' })
    },
  },
  methods: {
    onChoice(event: WechatMiniprogram.TouchEvent<object, object, { value: boolean }>) {
      this.setData({ handedOver: event.currentTarget.dataset.value, missing: '' })
    },
    onNote(event: WechatMiniprogram.TextareaInput) {
      this.data.note = event.detail.value
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const { handedOver, note } = this.data
      if (handedOver === null) this.setData({ missing: '选一个' })
      else if (!handedOver && note.trim() === '') this.setData({ missing: '写一句旧件在哪儿、为什么没交' })
      else this.triggerEvent('hand', { handedOver, note: note.trim() })
    },
  },
})

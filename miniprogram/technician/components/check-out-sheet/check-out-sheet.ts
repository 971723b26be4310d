interface Counted {
  id: 'toolsCounted' | 'nothingLeftBehind'
  label: string
  on: boolean
}

const UNCOUNTED: Counted[] = [
  { id: 'toolsCounted', label: '工具点过，一件不少', on: false },
  { id: 'nothingLeftBehind', label: '看了一圈，没落下东西', on: false },
]

/** Tools counted, nothing left behind, before the door closes (R30). Events `leave`, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
  },
  data: { counted: UNCOUNTED, all: false },
  methods: {
    onTick(event: WechatMiniprogram.TouchEvent<object, object, { id: Counted['id'] }>) {
      const { id } = event.currentTarget.dataset
      const counted = this.data.counted.map((row) => (row.id === id ? { ...row, on: !row.on } : row))
      this.setData({ counted, all: counted.every(({ on }) => on) })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      if (this.data.all) this.triggerEvent('leave')
    },
  },
})

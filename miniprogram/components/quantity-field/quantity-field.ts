/** How many of something: minus, figure, plus, each with 44 px for the thumb. `change` {value} when it changed. */
Component({
  properties: {
    value: { type: Number, value: 0 },
    min: { type: Number, value: 0 },
    max: { type: Number, value: 99 },
    /** What is counted, for whoever hears it read. */
    name: { type: String, value: '' },
    unit: { type: String, value: '' },
    disabled: { type: Boolean, value: false },
  },
  methods: {
    add() {
      this.change(1)
    },
    remove() {
      this.change(-1)
    },
    change(by: number) {
      const { value: before, min, max, disabled } = this.data
      const value = Math.min(Math.max(before + by, min), max)
      if (!disabled && value !== before) this.triggerEvent('change', { value })
    },
  },
})

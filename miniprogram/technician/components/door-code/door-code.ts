const LENGTH = 4

/** Four plates to type what the homeowner reads out (R14). `code` {code} whenever it changes; the page sends it. `error` is the server's sentence. */
Component({
  properties: {
    code: { type: String, value: '' },
    triesLeft: { type: Number, value: 5 },
    error: { type: String, value: '' },
    busy: { type: Boolean, value: false },
    /** Nothing can be typed any more. */
    locked: { type: Boolean, value: false },
  },
  data: { plates: platesOf(''), at: 0, focused: false },
  observers: {
    code(code: string) {
      this.setData({ plates: platesOf(code), at: Math.min(digitsOf(code).length, LENGTH - 1) })
    },
  },
  methods: {
    focus() {
      if (!this.data.busy) this.setData({ focused: true })
    },
    onFocus() {
      this.setData({ focused: true })
    },
    onBlur() {
      this.setData({ focused: false })
    },
    onInput(event: WechatMiniprogram.Input) {
      const code = digitsOf(event.detail.value)
      this.triggerEvent('code', { code })
      return code
    },
  },
})

function platesOf(code: string): { place: number; digit: string }[] {
  const digits = digitsOf(code)
  return Array.from({ length: LENGTH }, (_, place) => ({ place, digit: digits[place] ?? '' }))
}

function digitsOf(value: string): string {
  return value.replace(/\D/g, '').slice(0, LENGTH)
}

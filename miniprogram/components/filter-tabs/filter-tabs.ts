/** A tab of a filter bar; `count` above 0 is shown beside the word. */
export interface FilterTab {
  value: string
  label: string
  count: number
}

/**
 * Tabs above a list, figures beside the words rather than over them (TDesign's t-tabs puts its badge on the corner of the last
 * character). They scroll sideways when they do not fit, and the chosen one comes into view. Event `change` { value }.
 */
Component({
  properties: {
    tabs: { type: Array, value: [] as FilterTab[] },
    value: { type: String, value: '' },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent<object, object, { value: string }>) {
      const { value } = event.currentTarget.dataset
      if (value !== this.data.value) this.triggerEvent('change', { value })
    },
  },
})

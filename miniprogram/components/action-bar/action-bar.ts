import type { Button, ButtonAct } from '../../../typings/contract'
import { largeType } from '../../lib/large-type'
import { shareOut, type BarButton } from './bar-buttons'

/** Below it, a phone is a small one. */
const NARROW_PX = 360

/**
 * The buttons under the thumb: one solid, at most two outlined, the rest behind 更多. It shows what the server offers and knows no rule.
 * `busy` names the act that is running: its button turns, and none can be pressed. `thumb` makes them 64 px, for a technician's thumb.
 * Event `act` { act }. Put it last and directly under `.page`: it sticks to its foot
 * (above the tab bar on `.page--tabs`), so that no page has to leave room for it.
 */
Component({
  behaviors: [largeType],
  properties: {
    main: { type: Object, value: null as unknown as Button },
    more: { type: Array, value: [] as Button[] },
    busy: { type: String, value: '' },
    thumb: { type: Boolean, value: false },
  },
  data: { solid: null as BarButton | null, beside: [] as BarButton[], hidden: [] as Button[], narrow: false },
  observers: {
    'main, more, care'(main: Button | null, more: Button[] | null, care: boolean) {
      const narrow = care && wx.getWindowInfo().windowWidth < NARROW_PX
      const { main: solid, beside, hidden } = shareOut(main, more ?? [], narrow)
      this.setData({ solid, beside, hidden, narrow })
    },
  },
  methods: {
    press(event: WechatMiniprogram.TouchEvent<object, object, { act: ButtonAct }>) {
      this.act(event.currentTarget.dataset.act)
    },
    openMore() {
      if (this.data.busy) return
      const hidden = this.data.hidden
      wx.showActionSheet({
        itemList: hidden.map(({ label }) => label),
        success: ({ tapIndex }) => {
          const chosen = hidden[tapIndex]
          if (chosen) this.act(chosen.act)
        },
        // Closed without a choice: nothing to do.
        fail: () => undefined,
      })
    },
    act(act: ButtonAct) {
      if (!this.data.busy) this.triggerEvent('act', { act })
    },
  },
})

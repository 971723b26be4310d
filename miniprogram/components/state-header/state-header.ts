import type { StateView, Turn } from '../../../typings/contract'
import { largeType } from '../../lib/large-type'

/** Glyph beside the fact. Where it is our turn the calm teal and the pipe say enough. */
const HEADER_ICONS: Record<Turn, string> = { ours: '', yours: 'hand', done: 'shield', urgent: 'alert', paused: 'pause', closed: '' }

/** The head of a page about an order: the one fact, what happens next, the pipe, and a ring while something runs. `compact` leaves the pipe out. Event `over` when the ring ends. */
Component({
  behaviors: [largeType],
  properties: {
    state: { type: Object, value: null as unknown as StateView },
    compact: { type: Boolean, value: false },
  },
  data: { icon: '' },
  observers: {
    state(state: StateView | null) {
      if (state) this.setData({ icon: HEADER_ICONS[state.turn] })
    },
  },
  methods: {
    tellOver() {
      this.triggerEvent('over')
    },
  },
})

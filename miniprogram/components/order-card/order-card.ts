import type { OrderCard } from '../../../typings/contract'

/** One order in a list: what, where it stands, what comes next, and a button where it is the reader's turn. `solid` fills that button: the first of a page. Events `open` { orderId }, `act` { orderId, act }. */
Component({
  properties: {
    card: { type: Object, value: null as unknown as OrderCard },
    solid: { type: Boolean, value: false },
  },
  methods: {
    open() {
      this.triggerEvent('open', { orderId: this.data.card.id })
    },
    act() {
      const { id, button } = this.data.card
      if (button) this.triggerEvent('act', { orderId: id, act: button.act })
    },
  },
})

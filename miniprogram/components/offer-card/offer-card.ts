import type { OfferView } from '../../../typings/contract'
import { largeType } from '../../lib/large-type'
import { serverNow } from '../../lib/server-clock'
import type { OfferWords } from './offer-words'
import { offerWords } from './offer-words'

/** An offer to claim: what, how far, when, for how much, and how long it still stands. Event `over` when its time is up. */
Component({
  behaviors: [largeType],
  properties: {
    offer: { type: Object, value: null as unknown as OfferView },
  },
  data: { words: null as OfferWords | null },
  observers: {
    offer(offer: OfferView | null) {
      if (offer) this.setData({ words: offerWords(offer, serverNow()) })
    },
  },
  methods: {
    onOver() {
      this.triggerEvent('over', { orderId: this.data.offer.orderId })
    },
  },
})

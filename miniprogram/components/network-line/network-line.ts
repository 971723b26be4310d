import { isOnline, onNetworkChange } from '../../lib/network'
import { serverNow } from '../../lib/server-clock'
import { networkWords, type NetworkKind } from './network-words'

/**
 * The one sign that there is no network: a thin line at the top of a page, which stays there while the page scrolls and goes by itself. What is shown may be
 * old, so it says of when it is. Put it first in each page: `<network-line read-at="{{readAt || 0}}" />`; LiveView sets `readAt` when the network goes.
 */
Component({
  properties: {
    /** ms; 0 = nothing was read yet. */
    readAt: { type: Number, value: 0 },
    kind: { type: String, value: 'shown' as NetworkKind },
  },
  data: { words: '' },
  observers: {
    'readAt, kind'() {
      this.draw(isOnline())
    },
  },
  lifetimes: {
    attached() {
      this.draw(isOnline())
      hearing.set(
        this,
        onNetworkChange((online) => this.draw(online)),
      )
    },
    detached() {
      hearing.get(this)?.()
      hearing.delete(this)
    },
  },
  methods: {
    draw(online: boolean) {
      const words = online ? '' : networkWords(this.data.kind as NetworkKind, this.data.readAt, serverNow())
      if (words !== this.data.words) this.setData({ words })
    },
  },
})

const hearing = new WeakMap<object, () => void>()

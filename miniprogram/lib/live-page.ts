import type { Appearance } from './appearance'
import { readAppearance } from './appearance'

interface LivePageInstance {
  live?: { shown(): Promise<void>; hidden(): void; pulled(): Promise<void> } | undefined
  setData(data: { look: Appearance }): void
}

/**
 * The life of a page that shows one LiveView: fresh and in the person's type size whenever it comes up, silent when it is gone.
 * Spread it first: `Page({ ...liveLifecycle, … })`; `this.live` is made in onLoad.
 */
export const liveLifecycle = {
  onShow(this: LivePageInstance) {
    this.setData({ look: readAppearance() })
    void this.live?.shown()
  },
  onHide(this: LivePageInstance) {
    this.live?.hidden()
  },
  onUnload(this: LivePageInstance) {
    this.live?.hidden()
  },
  onPullDownRefresh(this: LivePageInstance) {
    void this.live?.pulled()
  },
}

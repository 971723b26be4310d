import type { PageStatus } from '../../lib/live-view'

/**
 * What stands where the content will be: grey shapes while loading, a sentence and 重试 on an error, a sentence and one thing to do when empty;
 * the slot when ready. `message` is the sentence; `button` its words (重试 on an error unless told). Event `retry` for either button.
 */
Component({
  properties: {
    status: { type: String, value: 'loading' as PageStatus },
    message: { type: String, value: '' },
    button: { type: String, value: '' },
    /** Name of an icon for the empty state. */
    icon: { type: String, value: 'orders' },
  },
  data: {
    // Three cards of a heading and two lines: near enough to every page not to jump when it arrives.
    cards: [0, 1, 2],
    shape: [
      { width: '40%', height: '20px' },
      { width: '85%', height: '16px' },
      { width: '65%', height: '16px' },
    ],
  },
  methods: {
    retry() {
      this.triggerEvent('retry')
    },
  },
})

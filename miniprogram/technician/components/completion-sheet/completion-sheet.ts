import { readDraft, saveDraft } from '../../../lib/draft'

export interface Completion {
  findings: string
  advice: string
}

/** Findings and advice, written down before the work is reported done (R30). Events `report` {findings, advice}, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    /** Where what is typed is kept: `completion:ORDER:VISIT`. */
    draftKey: { type: String, value: '' },
    /** The server's sentences by field. */
    errors: { type: Object, value: {} as Partial<Completion> },
  },
  data: { findings: '', advice: '', missing: '' },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ ...(readDraft<Completion>(this.data.draftKey) ?? { findings: '', advice: '' }), missing: '' })
    },
  },
  methods: {
    // Not through setData: the fields would jump under the thumb.
    onFindings(event: WechatMiniprogram.TextareaInput) {
      this.data.findings = event.detail.value
      this.keep()
    },
    onAdvice(event: WechatMiniprogram.TextareaInput) {
      this.data.advice = event.detail.value
      this.keep()
    },
    keep() {
      const { findings, advice, draftKey } = this.data
      saveDraft<Completion>(draftKey, { findings, advice })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const { findings, advice } = this.data
      if (findings.trim() === '') {
        this.setData({ missing: '写一句毛病出在哪儿、怎么修的' })
        return
      }
      this.triggerEvent('report', { findings: findings.trim(), advice: advice.trim() })
    },
  },
})

import type { OrderView } from '../../../../typings/contract'
import { newNumbers, type NumberProblems } from './numbers'

const FINE: NumberProblems = { phone: '', onSite: '' }

/** Whom the technician phones, put right by the homeowner (R10). What was typed stays when it did not go through. Events `chosen` { phone?, onSite? }, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    contact: { type: Object, value: null as unknown as OrderView['contact'] },
    busy: { type: Boolean, value: false },
    /** What the server said of the numbers. */
    errors: { type: Object, value: FINE },
  },
  /** `typed` is not drawn: what is drawn would be set anew under the fingers. */
  data: { shown: { phone: '', onSite: '' }, typed: { phone: '', onSite: '' }, problems: FINE },
  observers: {
    visible(visible: boolean) {
      const { contact } = this.data
      if (!visible || !contact) return
      this.data.typed = { phone: contact.phone, onSite: contact.onSite?.phone ?? '' }
      this.setData({ shown: { ...this.data.typed }, problems: FINE })
    },
    errors(errors: NumberProblems | null) {
      this.setData({ problems: errors ?? FINE })
    },
  },
  methods: {
    onInput(event: WechatMiniprogram.Input) {
      const { field } = event.currentTarget.dataset as { field: keyof NumberProblems }
      this.data.typed = { ...this.data.typed, [field]: event.detail.value }
      if (this.data.problems[field]) this.setData({ [`problems.${field}`]: '' })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const found = newNumbers(this.data.contact, this.data.typed)
      if ('problems' in found) this.setData({ problems: found.problems })
      else this.triggerEvent('chosen', found.numbers)
    },
  },
})

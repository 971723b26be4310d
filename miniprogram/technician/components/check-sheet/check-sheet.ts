import type { Honorific, JobView } from '../../../../typings/contract'
import type { CallNotes, CheckId } from '../../call/corrections'

const TITLES: Record<Exclude<CheckId, 'time'>, string> = { honorific: '怎么称呼？', problem: '毛病说对了吗？', room: '门牌对吗？' }

/** One thing to check on the phone: what the order says, and a place to put it right (R10). Events `checked` {id, changes}, `close`. */
Component({
  properties: {
    /** Which; empty = closed. */
    check: { type: String, value: '' as CheckId | '' },
    job: { type: Object, value: null as unknown as JobView },
    notes: { type: Object, value: null as unknown as CallNotes },
  },
  data: { shown: '' as CheckId | '', title: '', honorific: '先生' as Honorific, text: '', honorifics: ['先生', '女士'] as Honorific[] },
  observers: {
    check(check: CheckId | '') {
      if (check === '' || check === 'time') return
      const { contact, problem } = this.data.job as JobView
      const notes = this.data.notes as CallNotes
      this.setData({
        shown: check,
        title: TITLES[check],
        honorific: notes.honorific ?? contact.honorific,
        text: check === 'problem' ? (notes.problem ?? problem) : (notes.room ?? ''),
      })
    },
  },
  methods: {
    onHonorific(event: WechatMiniprogram.TouchEvent<object, object, { honorific: Honorific }>) {
      this.setData({ honorific: event.currentTarget.dataset.honorific })
    },
    onText(event: WechatMiniprogram.TextareaInput | WechatMiniprogram.Input) {
      // Not through setData: the field would jump under the thumb.
      this.data.text = event.detail.value
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const { shown, honorific, text } = this.data
      const changes: Partial<CallNotes> = shown === 'honorific' ? { honorific } : shown === 'problem' ? { problem: text } : { room: text }
      this.triggerEvent('checked', { id: shown, changes })
    },
  },
})

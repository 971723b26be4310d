import type { IsoTime, MissingPart } from '../../../../typings/contract'
import { serverNow } from '../../../lib/server-clock'
import { formatMoment, formatSpan } from '../../../lib/time'
import { blankPart, delayChoices, errorOf, filledParts, MOST_PARTS, partsChoices, partsMissing, REASONS, rowsOf, type PartRow, type PlanKind, type TimeChoice } from './plan-choices'

const WORDS = {
  delay: { title: '要晚到', reason: '为什么', time: '改到几点', done: '告诉业主' },
  parts: { title: '等配件', reason: '为什么没有', time: '哪天到', done: '记下，告诉业主' },
} as const

/** A reason and a time, for a delay (R12) or for parts, which are named one by one (R45). What was typed stays when it is closed. Events `told` { reason, at, parts }, `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    kind: { type: String, value: 'delay' as PlanKind },
    /** The agreed time; with a delay only. */
    appointmentAt: { type: String, value: '' },
    /** Until when it is told in time that an agreed visit is off; empty without one. */
    delayBy: { type: String, value: '' },
    /** What is waited for already, to be told anew; null when nothing is. */
    known: { type: Object, value: null as unknown as { list: MissingPart[]; reason: string } },
    /** R12 how long ahead it is told in time. */
    noticeMinutes: { type: Number, value: 0 },
    busy: { type: Boolean, value: false },
    errors: { type: Object, value: {} as Record<string, string> },
  },
  data: { words: WORDS.delay as (typeof WORDS)[PlanKind], reasons: [] as string[], reason: '', shownReason: '', parts: [] as PartRow[], mostParts: MOST_PARTS, choices: [] as TimeChoice[], at: '', limit: '', late: false, missing: '', refused: '' },
  observers: {
    errors(errors: Record<string, string> | null) {
      this.setData({ refused: errorOf(errors ?? {}) })
    },
    visible(visible: boolean) {
      if (!visible) return
      const kind = this.data.kind as PlanKind
      const now = serverNow()
      const by = Date.parse(this.data.delayBy)
      const late = now > by
      this.setData({
        words: WORDS[kind],
        reasons: REASONS[kind],
        choices: kind === 'delay' ? delayChoices(Date.parse(this.data.appointmentAt), now) : partsChoices(now),
        parts: kind === 'parts' && this.data.parts.length === 0 ? rowsOf((this.data.known as { list: MissingPart[] } | null)?.list ?? []) : this.data.parts,
        shownReason: this.data.reason,
        at: '',
        missing: '',
        late,
        limit: Number.isNaN(by) ? '' : late ? `离上门不到 ${formatSpan(this.data.noticeMinutes)}了：照样告诉业主，也会记一次` : `${formatMoment(by, now)} 前说，不算违规`,
      })
    },
  },
  methods: {
    onQuick(event: WechatMiniprogram.TouchEvent<object, object, { reason: string }>) {
      const { reason } = event.currentTarget.dataset
      this.setData({ reason, shownReason: reason, missing: '' })
    },
    onReason(event: WechatMiniprogram.TextareaInput) {
      this.data.reason = event.detail.value
    },
    /** The field keeps what is typed; it is drawn anew only when rows come or go. */
    onPart(event: WechatMiniprogram.Input<object, { index: number }>) {
      const row = this.data.parts[event.currentTarget.dataset.index]
      if (row) row.name = event.detail.value
    },
    onQuantity(event: WechatMiniprogram.CustomEvent<{ value: number }, object, { index: number }>) {
      const row = this.data.parts[event.currentTarget.dataset.index]
      if (row) row.quantity = event.detail.value
    },
    addPart() {
      this.setData({ parts: [...this.data.parts, blankPart(this.data.parts)], missing: '' })
    },
    removePart(event: WechatMiniprogram.TouchEvent<object, object, { index: number }>) {
      this.setData({ parts: this.data.parts.filter((_, index) => index !== event.currentTarget.dataset.index), missing: '' })
    },
    onTime(event: WechatMiniprogram.TouchEvent<object, object, { at: IsoTime }>) {
      this.setData({ at: event.currentTarget.dataset.at, missing: '' })
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
    done() {
      const reason = this.data.reason.trim()
      const ofParts = this.data.kind === 'parts'
      const unnamed = ofParts ? partsMissing(this.data.parts) : ''
      if (unnamed) this.setData({ missing: unnamed })
      else if ([...reason].length < 2) this.setData({ missing: '写一句原因，业主会看到' })
      else if (!this.data.at) this.setData({ missing: ofParts ? '选哪天到' : '选新的时间' })
      else this.triggerEvent('told', { reason, at: this.data.at, parts: filledParts(this.data.parts) })
    },
  },
})

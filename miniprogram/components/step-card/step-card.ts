import type { FileView, StepView } from '../../../typings/contract'
import { largeType } from '../../lib/large-type'
import { readDraft, saveDraft } from '../../lib/draft'
import type { StepDraft } from './step-draft'
import { draftOf, EMPTY_DRAFT, readyAt, stepDraftKey, toggleTick } from './step-draft'

interface Tick {
  id: string
  label: string
  on: boolean
}

/**
 * The step that is to be done now: what to do, what to say, what to tick, photograph and write down, and the ring of a timed one (R28, R48).
 * What is put in is kept on the phone until it is sent. Events: `change` {stepId, draft}, `uploading` {uploading}, `over` when the timer is full.
 * Pages may call `takePhoto()`.
 */
Component({
  behaviors: [largeType],
  properties: {
    step: { type: Object, value: null as unknown as StepView },
    /** The order's id. */
    subject: { type: String, value: '' },
    visitNo: { type: Number, value: 1 },
    busy: { type: Boolean, value: false },
  },
  data: {
    draft: EMPTY_DRAFT,
    ticks: [] as Tick[],
    files: [] as FileView[],
    timerStart: '',
    timerEnd: '',
    timerLabel: '',
    spoken: false,
    key: '',
  },
  observers: {
    'step, subject, visitNo'(step: StepView | null, subject: string, visitNo: number) {
      if (!step || !subject) return
      const key = stepDraftKey(subject, visitNo, step.id)
      const kept = readDraft<StepDraft>(key)
      const draft = draftOf(step, kept)
      const ready = readyAt(step)
      this.setData({
        key,
        draft,
        ticks: ticksOf(step, draft),
        files: draft.photos,
        timerStart: ready === null ? '' : (step.startedAt ?? ''),
        timerEnd: ready === null ? '' : new Date(ready).toISOString(),
        timerLabel: `满 ${Math.floor(step.minSeconds / 60)}:${String(step.minSeconds % 60).padStart(2, '0')}`,
      })
    },
  },
  methods: {
    onTick(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
      if (this.data.busy) return
      const draft = toggleTick(this.data.draft, event.currentTarget.dataset.id)
      this.setData({ ticks: ticksOf(this.data.step as StepView, draft) })
      this.keep(draft)
    },

    onPhotos(event: WechatMiniprogram.CustomEvent<{ files: FileView[] }>) {
      this.keep({ ...this.data.draft, photos: event.detail.files })
    },

    onUploading(event: WechatMiniprogram.CustomEvent<{ uploading: boolean }>) {
      this.triggerEvent('uploading', { uploading: event.detail.uploading })
    },

    onNote(event: WechatMiniprogram.TextareaInput) {
      this.keep({ ...this.data.draft, note: event.detail.value })
    },

    keep(draft: StepDraft) {
      // Not through setData: nothing on the page changes by it, and the textarea would jump.
      this.data.draft = draft
      saveDraft(this.data.key, draft)
      this.triggerEvent('change', { stepId: (this.data.step as StepView).id, draft })
    },

    onOver() {
      this.triggerEvent('over')
    },

    toggleWords() {
      this.setData({ spoken: !this.data.spoken })
    },

    takePhoto() {
      const field: unknown = this.selectComponent('#photos')
      if (canChoose(field)) void field.choose()
    },
  },
})

function ticksOf(step: StepView, draft: StepDraft): Tick[] {
  return step.ticks.map(({ id, label }) => ({ id, label, on: draft.ticks.includes(id) }))
}

function canChoose(field: unknown): field is { choose: () => Promise<void> } {
  return typeof field === 'object' && field !== null && 'choose' in field && typeof field.choose === 'function'
}

import type { FileView, StepView } from '../../../typings/contract'

/** What the technician has put in and not yet sent. */
export interface StepDraft {
  ticks: string[]
  photos: FileView[]
  note: string
}

/** Where it is kept until it is sent; cleared when the step is done, since a step can come again (R30: what is missing). */
export function stepDraftKey(orderId: string, visitNo: number, stepId: string): string {
  return `step:${orderId}:${visitNo}:${stepId}`
}

export const EMPTY_DRAFT: StepDraft = { ticks: [], photos: [], note: '' }

/** What the server has already, under what was put in since. */
export function draftOf(step: StepView, kept: StepDraft | null): StepDraft {
  const served: StepDraft = {
    ticks: step.ticks.filter(({ done }) => done).map(({ id }) => id),
    photos: step.photos?.files ?? [],
    note: step.note?.text ?? '',
  }
  if (!kept) return served
  const known = new Set(step.ticks.map(({ id }) => id))
  return { ticks: kept.ticks.filter((id) => known.has(id)), photos: kept.photos, note: kept.note }
}

export function toggleTick(draft: StepDraft, id: string): StepDraft {
  const ticks = draft.ticks.includes(id) ? draft.ticks.filter((tick) => tick !== id) : [...draft.ticks, id]
  return { ...draft, ticks }
}

/** When a timed step has run long enough, ms since 1970; null when it has no timer or has not started. */
export function readyAt(step: StepView): number | null {
  return step.minSeconds > 0 && step.startedAt ? Date.parse(step.startedAt) + step.minSeconds * 1000 : null
}

/** What the big button does next at this step. The evidence that the server asks for decides; the server checks it again (R28, R48). */
export type NextMove =
  | { kind: 'start'; label: string }
  | { kind: 'tick'; label: string }
  | { kind: 'photo'; label: string }
  | { kind: 'note'; label: string }
  | { kind: 'upload'; label: string }
  | { kind: 'wait'; label: string; untilMs: number }
  | { kind: 'complete'; label: string }

export interface Moment {
  now: number
  uploading: boolean
  /** `2:14` for ms. */
  duration: (ms: number) => string
}

export function nextMove(step: StepView, draft: StepDraft, { now, uploading, duration }: Moment): NextMove {
  const ready = readyAt(step)
  if (step.minSeconds > 0 && ready === null) return { kind: 'start', label: '开始计时' }
  const unticked = step.ticks.filter(({ id }) => !draft.ticks.includes(id)).length
  if (unticked > 0) return { kind: 'tick', label: `还有 ${unticked} 项没打勾` }
  if (uploading) return { kind: 'upload', label: '照片上传中' }
  if (step.photos && draft.photos.length < step.photos.min) return { kind: 'photo', label: step.photos.label }
  if (step.note?.required && draft.note.trim() === '') return { kind: 'note', label: `写一下${step.note.label}` }
  if (ready !== null && now < ready) return { kind: 'wait', label: `还差 ${duration(ready - now)}`, untilMs: ready }
  return { kind: 'complete', label: '这步做好了' }
}

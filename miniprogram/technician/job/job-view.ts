import type { Button, ChangeView, FileView, JobView, StateView, StepView } from '../../../typings/contract'
import { formatFen } from '../../lib/money'
import { formatClock } from '../../lib/time'

/** Where the visit stands, for what the page shows: on the way to it, at the door, at work, waiting for the homeowner, closing, done. */
export type VisitPhase = 'before' | 'door' | 'work' | 'waiting' | 'closing' | 'done'

export function phaseOf(job: JobView): VisitPhase {
  // Nobody was at home: the visit is over.
  if (job.note) return 'done'
  if (job.acceptedAt) return job.main === null ? 'done' : 'closing'
  if (job.completedAt && !isWorking(job.main)) return 'waiting'
  if (job.door.open) return 'work'
  return job.arrivedAt ? 'door' : 'before'
}

/** After "what is missing" there is work again, though it was once completed. */
function isWorking(main: Button | null): boolean {
  return main !== null && ['next_step', 'report_completion', 'send_quote'].includes(main.act)
}

/** The step that is to be done now, if the page shows the checklist in this phase. */
export function currentStep(job: JobView, phase: VisitPhase): StepView | null {
  const step = job.steps.find(({ state }) => state === 'current' || state === 'running') ?? null
  // Nothing is ticked while the visit stands still (R45).
  if (!step || job.parts) return null
  if (phase === 'before') return step.phase === 'before_setting_out' ? step : null
  if (phase === 'door') return step.phase === 'at_door' ? step : null
  return phase === 'work' ? step : null
}

export interface DoneStep {
  id: string
  title: string
  second: string
  thumbs: FileView[]
}

const MOST_THUMBS = 2

export function doneSteps(job: JobView): DoneStep[] {
  return job.steps
    .filter(({ state }) => state === 'done')
    .map(({ id, title, startedAt, doneAt, photos, ticks }) => ({
      id,
      title,
      second: [
        [startedAt, doneAt]
          .filter((at) => at !== null)
          .map(formatClock)
          .join('–'),
        ticks.length > 0 ? `${ticks.length} 项都打了勾` : '',
      ]
        .filter(Boolean)
        .join(' · '),
      thumbs: photos?.files.slice(0, MOST_THUMBS) ?? [],
    }))
}

export interface RestOfSteps {
  count: number
  titles: string[]
  line: string
}

export function restOfSteps(job: JobView): RestOfSteps {
  const titles = job.steps.filter(({ state }) => state === 'waiting').map(({ title }) => title)
  return { count: titles.length, titles, line: titles.join(' · ') }
}

/** One stroke of the bar: done, now, or still to come. */
export interface Stroke {
  id: string
  state: 'done' | 'now' | 'rest'
}

export function strokes(job: JobView): Stroke[] {
  return job.steps.map(({ id, state }) => ({ id, state: state === 'done' ? 'done' : state === 'waiting' ? 'rest' : 'now' }))
}

/** 第 4 步 共 7 步, counted over the whole list. */
export function stepCount(job: JobView): { now: string; all: string } {
  const all = `共 ${job.steps.length} 步`
  // Not how many are done: what was found missing opens one in the middle again.
  const at = job.steps.findIndex(({ state }) => state !== 'done')
  return { now: at === -1 ? '都做好了' : `第 ${at + 1} 步`, all }
}

/** R14: too many wrong codes. Staff open it once they have asked who stands at which door. */
export function isLocked({ door, main }: Pick<JobView, 'door' | 'main'>): boolean {
  // Who waits at a closed door phones the homeowner first: nobody is there to say a code (R15).
  return !door.open && door.triesLeft <= 0 && main?.act === 'enter_code'
}

/** The big button at a locked door: nothing else helps. */
export const CALL_OFFICE: Button = { act: 'call_hotline', label: '打给客服放行' }

/** What stands in the way: money that is due, said with its figure (R19). Empty when nothing is. */
export function moneyNotice(job: JobView, phase: VisitPhase): string {
  if (job.change && phase === 'work') return changeNotice(job.change, job.unpaidFen)
  if (job.unpaidFen <= 0 || job.parts || (phase !== 'before' && phase !== 'door' && phase !== 'work')) return ''
  const sum = formatFen(job.unpaidFen)
  if (job.quote?.state === 'sent') return `报价 ${sum} 业主还没确认付款。付好了这里会变，先别${phase === 'before' ? '出发' : '动手'}。`
  return `业主还有 ${sum} 没付，付了才能${phase === 'before' ? '出发' : '动手'}。不收现金。`
}

/** What a change order waits for (R19, R20). */
function changeNotice({ state, differenceFen }: ChangeView, unpaidFen: number): string {
  const sum = differenceFen === 0 ? '价钱不变' : `${differenceFen > 0 ? '多' : '少'} ${formatFen(Math.abs(differenceFen))}`
  switch (state) {
    case 'pending':
      return '价目外的项目，预算员在批价。别的照清单做。'
    case 'sent':
      return `加减的项目（${sum}）业主还没答复，先照原来的做。`
    case 'unpaid':
      return `业主同意加，还有 ${formatFen(unpaidFen)} 没付，付了才能做。不收现金；业主改主意了就撤回。`
  }
}

export function openMissing(job: JobView): string[] {
  return job.missing.filter(({ doneAt }) => doneAt === null).map(({ text }) => text)
}

/** What every answer says anew. */
export interface SaidJob {
  phase: VisitPhase
  state: StateView
  count: { now: string; all: string }
  money: string
  missing: string[]
  more: Button[]
}

export function said(job: JobView, phase: VisitPhase): SaidJob {
  return {
    phase,
    state: job.state,
    count: stepCount(job),
    money: moneyNotice(job, phase),
    missing: openMissing(job),
    // Calling and the way there have rows of their own above.
    more: phase === 'closing' ? job.more : job.more.filter(({ act }) => act !== 'dial' && act !== 'navigate'),
  }
}

/** What is drawn of a job's checklist. */
export function drawn(job: JobView): { done: DoneStep[]; rest: RestOfSteps; strokes: Stroke[] } {
  return { done: doneSteps(job), rest: restOfSteps(job), strokes: strokes(job) }
}

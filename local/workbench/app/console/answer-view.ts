/** What a function answered, first as a person reads it, then whole. */
import { element, icon } from '../dom'
import type { Run } from '../workplace'
import { highlighted } from './highlight'
import { writeEvent } from './event-text'

export type Outcome = 'fine' | 'refused' | 'broken'

export interface ReadAnswer {
  outcome: Outcome
  /** One line: what happened. */
  head: string
  /** Further lines, as the function wrote them. */
  text: string
  /** Field → what is wrong with it. */
  fields: [field: string, problem: string][]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `{ ok, data, text? }` and `{ ok: false, error }` as our functions answer; anything else as it is. */
export function readAnswer({ answer, returned }: Run, dryRun = false): ReadAnswer {
  if (!returned)
    return { outcome: 'broken', head: '函数没有返回', text: isRecord(answer) ? textIn(answer.error) : String(answer), fields: [] }
  if (!isRecord(answer) || typeof answer.ok !== 'boolean') return { outcome: 'fine', head: '返回了', text: '', fields: [] }
  if (answer.ok)
    return {
      outcome: 'fine',
      head: dryRun ? '只是试跑' : '办好了',
      text: textIn(answer.text) || (isRecord(answer.data) ? textIn(answer.data.text) : ''),
      fields: [],
    }
  const error = isRecord(answer.error) ? answer.error : {}
  const fields = isRecord(error.fields)
    ? Object.entries(error.fields).map(([field, problem]): [string, string] => [field, String(problem)])
    : []
  return { outcome: 'refused', head: textIn(error.message) || '没有办成', text: textIn(answer.text), fields }
}

const MARKS: Record<Outcome, string> = { fine: 'check', refused: 'alert', broken: 'alert' }

/** `inEarnest` does what was only tried, where that is so. */
export function answerView(run: Run, inEarnest: (() => void) | null = null): HTMLElement {
  const read = readAnswer(run, inEarnest !== null)
  const code = isRecord(run.answer) && isRecord(run.answer.error) ? textIn(run.answer.error.code) : ''
  const head = element(
    'p',
    { class: 'answer-head' },
    icon(MARKS[read.outcome]),
    element('strong', { text: read.head }),
    ...(code ? [element('code', { text: code })] : []),
  )
  const fields = element(
    'ul',
    { class: 'answer-fields' },
    ...read.fields.map(([field, problem]) => element('li', {}, element('code', { text: field }), ` ${problem}`)),
  )
  const whole = element(
    'details',
    { class: 'answer-whole' },
    element('summary', { text: '看完整的答复' }),
    element('pre', {}, ...highlighted(writeEvent(run.answer))),
  )
  // Where there is nothing to read but the whole, it stands open.
  whole.open = read.text === '' && read.fields.length === 0 && read.outcome === 'fine'
  return element(
    'div',
    { class: `answer is-${read.outcome}` },
    head,
    ...(read.text ? [element('pre', { class: 'answer-text', text: read.text })] : []),
    ...(read.fields.length > 0 ? [fields] : []),
    ...(inEarnest && read.outcome === 'fine'
      ? [element('button', { class: 'answer-earnest', text: '照这样真办', attributes: { type: 'button' }, onClick: inEarnest })]
      : []),
    whole,
  )
}

import { element, redraw } from '../dom'
import type { Example } from './functions'

/** 常用: what is done often. */
const USUAL: readonly { action: string; label: string }[] = [
  { action: 'showOrder', label: '查工单' },
  { action: 'assignOrder', label: '手动派单' },
  { action: 'addTechnician', label: '加一位师傅' },
  { action: 'releaseDoorCode', label: '放行口令' },
  { action: 'changeSettings', label: '改时限' },
]

/** Buttons of their own for what is done often, where the function offers it. */
export function drawUsual(container: HTMLElement, known: readonly Example[], onUse: (action: string) => void): void {
  const usual = USUAL.filter(({ action }) => known.some(({ name }) => name === action))
  redraw(
    container,
    ...(usual.length === 0 ? [] : [element('h2', { text: '常用' })]),
    ...usual.map(({ action, label }) => element('button', { text: label, attributes: { type: 'button', 'data-key': action }, onClick: () => onUse(action) })),
    ...(usual.length === 0 ? [] : [element('p', { class: 'card-note', text: '写错了会告诉您错在哪、该怎么写，不动任何工单。' })]),
  )
}

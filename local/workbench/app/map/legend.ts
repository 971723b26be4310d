/** 图例: what the colours of technicians and orders mean. */
import type { Turn } from '../../../../typings/contract'
import { element } from '../dom'
import type { TechnicianState } from './technician-state'
import { TECHNICIAN_WORDS } from './technician-state'

const TECHNICIANS: readonly TechnicianState[] = ['offered', 'free', 'calling', 'busy', 'late', 'stopped', 'off']
const ORDERS: readonly (readonly [turn: Turn, word: string])[] = [
  ['ours', '在办'],
  ['yours', '等业主'],
  ['urgent', '急修、误了时'],
  ['paused', '停着'],
  ['done', '办好'],
]

/** A row for the technicians' dots, a row for the orders' houses. */
export const legend = (): HTMLElement[] => [
  row(
    '师傅',
    TECHNICIANS.map((state) => element('span', { class: `legend-dot is-${state}`, text: TECHNICIAN_WORDS[state] })),
  ),
  row(
    '工单',
    ORDERS.map(([turn, word]) => element('span', { class: `legend-house turn-${turn}`, text: word })),
  ),
]

const row = (title: string, entries: readonly HTMLElement[]): HTMLElement =>
  element('li', {}, element('span', { class: 'legend-title', text: title }), ...entries)

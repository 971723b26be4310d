import type { JobCard, OrderCard, TechnicianApi } from '../../../typings/contract'
import type { FilterTab } from '../../components/filter-tabs/filter-tabs'

/** A technician's 工单: their own jobs (R52), and what they have filed at home themselves. */
export type JobFilter = NonNullable<TechnicianApi['listJobs']['input']['filter']>
export type TechnicianFilter = JobFilter | 'own'

const EMPTY: Record<TechnicianFilter, { message: string; button: string }> = {
  in_hand: { message: '手上没有活。抢到的单、调度派的单，会放在这里。', button: '去接单' },
  done: { message: '还没有做完的单。做完一单，记在这里。', button: '' },
  own: { message: '您自己家没有报修过。家里哪儿坏了，说一声就行。', button: '我要报修' },
}

/** `own`: how many of those wait for them. */
export function technicianTabs(own: number): FilterTab[] {
  return [
    { value: 'in_hand', label: '手上的', count: 0 },
    { value: 'done', label: '做完的', count: 0 },
    { value: 'own', label: '自家报修', count: own },
  ]
}

export function isTechnicianFilter(value: unknown): value is TechnicianFilter {
  return typeof value === 'string' && Object.keys(EMPTY).includes(value)
}

export const isJobFilter = (filter: string): filter is JobFilter => filter === 'in_hand' || filter === 'done'

export const emptyJobs = (filter: TechnicianFilter): { message: string; button: string } => EMPTY[filter]

const KINDS: Record<JobCard['kind'], string> = { repair: '', return: '返工', warranty: '保修', survey: '勘察' }

/** A job as a card of the list: where it stands, and where it is. */
export function jobAsCard({ orderId, number, title, state, district, kind, helping }: JobCard): OrderCard {
  const sentence = [district, KINDS[kind], helping ? '帮手' : '', number].filter(Boolean).join(' · ')
  return { id: orderId, number, title, categoryIcon: '', state, fact: state.fact, sentence, button: null, technician: null, updatedAt: '' }
}

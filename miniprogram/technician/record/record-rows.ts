import type { RecordView, ViolationView } from '../../../typings/contract'
import { formatMoment, formatSpan } from '../../lib/time'

export interface Figure {
  label: string
  value: string
  note: string
}

export interface StarBar {
  stars: number
  count: number
  /** Of the largest, for the bar's width. */
  percent: number
}

export interface ViolationRow {
  id: string
  text: string
  second: string
  /** What became of a contest; empty when there was none. */
  contest: string
  open: boolean
}

const percent = (share: number | null): string => (share === null ? '—' : `${share}%`)

/** The figures that a technician is judged by, each with what it is made of. */
export function figuresOf({ counts, callsInTime, arrivalsInTime, figures }: RecordView): Figure[] {
  return [
    { label: '抢单', value: String(counts.claimed), note: `不接 ${counts.declined}，没答 ${counts.letRunOut}；调度另派 ${counts.assigned}` },
    { label: '电话及时', value: percent(callsInTime), note: `${counts.called} 次及时，${counts.calledLate} 次晚了` },
    { label: '到得准时', value: percent(arrivalsInTime), note: `早到 ${counts.arrivedEarly}，准时 ${counts.arrived}，晚到 ${counts.arrivedLate}` },
    { label: '完工', value: String(counts.completed), note: `返工 ${counts.returned}，没人在家 ${counts.absent}` },
    { label: '退单', value: String(counts.givenBack), note: `被收回 ${counts.takenBack}` },
    { label: '提前说晚到', value: String(counts.delays), note: `提前 ${formatSpan(figures.noticeMinutes)}说不算违规` },
  ]
}

export function starBars(byStars: RecordView['stars']['byStars']): StarBar[] {
  const most = Math.max(1, ...byStars)
  return byStars.map((count, index) => ({ stars: index + 1, count, percent: Math.round((100 * count) / most) })).reverse()
}

const CONTEST: Record<NonNullable<ViolationView['contest']>['state'], string> = { open: '提了异议，等公司答复', upheld: '公司维持', withdrawn: '撤销了，不算' }

export function violationRows(violations: ViolationView[], now: number): ViolationRow[] {
  return violations.map(({ id, text, at, orderNumber, points, contest, contestableUntil }) => ({
    id,
    text,
    second: [formatMoment(at, now), orderNumber, points > 0 ? `${points} 分` : '不扣分'].filter(Boolean).join(' · '),
    contest: contest ? `${CONTEST[contest.state]}${contest.decision ? `：${contest.decision}` : ''}` : '',
    open: contestableUntil !== null,
  }))
}

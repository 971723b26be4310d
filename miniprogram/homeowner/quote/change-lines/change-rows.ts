import type { ChangeView, QuoteLineView } from '../../../../typings/contract'
import { formatFen } from '../../../lib/money'

export interface ChangedRow {
  key: string
  mark: '加' | '减'
  name: string
  second: string
  amount: string
}

/** What comes on top, then what goes; a line whose quantity changes goes as it was and comes as it will be. */
export function changeRows({ added, removed, differenceFen, totalFen }: Pick<ChangeView, 'added' | 'removed' | 'differenceFen' | 'totalFen'>): {
  rows: ChangedRow[]
  difference: string
  total: string
} {
  const row = (mark: '加' | '减', line: QuoteLineView): ChangedRow => ({
    key: `${mark}${line.id}`,
    mark,
    name: line.name,
    second: [`${line.quantity} ${line.unit}`, line.material, mark === '加' && line.warrantyMonths > 0 ? `保 ${line.warrantyMonths} 个月` : ''].filter(Boolean).join('，'),
    amount: `${mark === '加' ? '+' : '−'}${formatFen(line.amountFen)}`,
  })
  return {
    rows: [...added.map((line) => row('加', line)), ...removed.map((line) => row('减', line))],
    difference: differenceFen === 0 ? '价钱不变' : `${differenceFen > 0 ? '多付' : '退您'} ${formatFen(Math.abs(differenceFen))}`,
    total: formatFen(totalFen),
  }
}

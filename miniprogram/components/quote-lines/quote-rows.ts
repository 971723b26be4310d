import type { QuoteLineView, QuoteView } from '../../../typings/contract'
import { formatFen } from '../../lib/money'

export interface QuoteRow {
  id: string
  name: string
  /** × 2 个 */
  quantity: string
  material: string
  /** Empty where the line has none, rather than ¥0.00. */
  materialText: string
  labourText: string
  amount: string
  /** 保 24 个月 */
  warranty: string
}

export function quoteRows(quote: QuoteView): { rows: QuoteRow[]; total: string } {
  return { rows: quote.lines.map(quoteRow), total: formatFen(quote.totalFen) }
}

function quoteRow(line: QuoteLineView): QuoteRow {
  return {
    id: line.id,
    name: line.name,
    quantity: `× ${line.quantity} ${line.unit}`,
    material: line.material,
    materialText: line.materialFen > 0 ? formatFen(line.materialFen) : '',
    labourText: line.labourFen > 0 ? formatFen(line.labourFen) : '',
    amount: formatFen(line.amountFen),
    warranty: line.warrantyMonths > 0 ? `保 ${line.warrantyMonths} 个月` : '',
  }
}

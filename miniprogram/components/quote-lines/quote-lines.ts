import type { QuoteView } from '../../../typings/contract'
import { quoteRows, type QuoteRow } from './quote-rows'

/** A quote's lines with material, labour and warranty, and what they come to. That visits are free is a sentence, never a ¥0 line (R16). */
Component({
  properties: {
    quote: { type: Object, value: null as unknown as QuoteView },
  },
  data: { rows: [] as QuoteRow[], total: '' },
  observers: {
    quote(quote: QuoteView | null) {
      if (quote) this.setData(quoteRows(quote))
    },
  },
})

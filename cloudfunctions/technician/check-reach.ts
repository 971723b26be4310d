import { categoryNameIn } from '../domain/price-book'
import { reachOf } from '../domain/reach'
import { Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { creditsOf } from '../platform/credits'
import { nothing } from '../platform/fields'
import { readPriceBook, readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { templateIds } from '../platform/templates'
import { callingTechnician, readTechnician } from './me'

/** R41 */
export const checkReach = defineAction({
  summary: '看下一单能不能通知到我，差什么',
  input: nothing,
  example: {},
  run: async (_input, context) => {
    const { _id } = await callingTechnician(context)
    const [document, credits, settings, book] = await Promise.all([readTechnician(_id), creditsOf(openidOf(context.caller), ['offer', 'call_reminder']), readSettings(), readPriceBook()])
    if (document instanceof Refusal) return document
    const ledger = Object.fromEntries(credits.map(({ template, left, refusal }) => [template, { left, refusal }]))
    return { ...reachOf(toTechnician(document), ledger, categoryNameIn(book), new Date(), settings), templates: templateIds(settings) }
  },
})

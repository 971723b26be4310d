import { categoryNameIn } from '../domain/price-book'
import { reachOf } from '../domain/reach'
import { Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { creditsOf } from '../platform/credits'
import { lastMissed } from '../platform/inbox'
import { nothing } from '../platform/fields'
import { readPriceBook, readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { TEMPLATE_KEYS, templateIds } from '../platform/templates'
import { callingTechnician, readTechnician } from './me'

/** R41 */
export const checkReach = defineAction({
  summary: '看下一单能不能通知到我，差什么',
  input: nothing,
  example: {},
  run: async (_input, context) => {
    const me = await callingTechnician(context)
    const openid = openidOf(context.caller)
    const now = new Date()
    const [document, ledger, missed, settings, book] = await Promise.all([readTechnician(me), creditsOf(openid, TEMPLATE_KEYS), lastMissed(openid, now), readSettings(), readPriceBook()])
    if (document instanceof Refusal) return document
    const credits = Object.fromEntries(ledger.map(({ template, left, refusal }) => [template, { left, refusal }]))
    return { ...reachOf(toTechnician(document), { credits, missed, categoryName: categoryNameIn(book), needsCertificate: (code) => book.categories.some((category) => category.code === code && category.certificate), now, settings }), templates: templateIds(settings) }
  },
})

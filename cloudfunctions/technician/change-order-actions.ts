import * as z from 'zod'
import { confirmedQuote } from '../domain/handlers/money-gate'
import type { OrderDocument } from '../platform/documents'
import { findItem, isFeeForComing, nextLines } from '../domain/price-book'
import type { PriceBook, WantedLines } from '../domain/price-book'
import { refuse, Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { EXAMPLE_ORDER, fileId, line, moreItems, orderId, quantity, words } from '../platform/fields'
import { acceptFiles } from '../platform/files'
import { readPriceBook } from '../platform/settings'
import { changeJob } from './job'

const version = z.int().min(1).max(9_999)
const offBook = z.strictObject({ name: line('名称', 2, 30), unit: line('单位', 1, 6), quantity, material: line('用什么料', 0, 40).default('') })

/** R19 found different on site: what stays, what comes on top, and why; with photos. */
export const sendChange = defineAction({
  summary: '现场有新情况：加减项目，业主点头才做',
  input: z.strictObject({
    orderId,
    baseVersion: version.describe('业主确认过的那一版报价'),
    lines: z.array(z.strictObject({ id: z.string().regex(/^L\d{1,4}$/, '编号像 L1').describe('原来的行，例如 L1'), quantity })).max(40, '最多 40 行'),
    items: moreItems,
    offBook: z.array(offBook).max(5, '价目外的最多 5 项').default([]),
    reason: words('发现了什么', 4, 200),
    photos: z.array(fileId).min(1, '请拍一张现场的照片').max(9, '照片最多 9 张'),
  }),
  example: {
    orderId: EXAMPLE_ORDER, baseVersion: 1, lines: [{ id: 'L1', quantity: 1 }], items: [{ code: 'tap-cartridge', quantity: 1 }], reason: '拆开看，阀芯也磨坏了', photos: ['cloud://env.bucket/change/…/1-….jpg'],
  },
  run: async ({ orderId: id, baseVersion, photos, reason, ...wanted }, context) => {
    const book = await readPriceBook()
    return changeJob(id, context, async (me, order) => {
      // Changed meanwhile, or nothing confirmed yet: the rules say so in their own words.
      const lines = confirmedQuote(order)?.version === baseVersion ? linesOf(order, wanted, book) : []
      if (lines instanceof Refusal) return lines
      const kept = await acceptFiles('photos', photos, { purpose: 'change', openid: openidOf(context.caller), subject: id })
      return kept instanceof Refusal ? kept : { type: 'send_change', technicianId: me._id, baseVersion, lines, priceBookVersion: book.version, reason, photos: [...kept] }
    })
  },
})

export const withdrawChange = defineAction({
  summary: '撤回还没答复的加减项目',
  input: z.strictObject({ orderId, version }),
  example: { orderId: EXAMPLE_ORDER, version: 2 },
  run: ({ orderId: id, version: no }, context) => changeJob(id, context, (me) => ({ type: 'withdraw_change', technicianId: me._id, version: no })),
})

/** The lines of the next version, or each field that is wrong. */
const linesOf = (order: OrderDocument, wanted: WantedLinesInput, book: PriceBook) => {
  const agreed = confirmedQuote(order)?.lines ?? []
  const fields: Record<string, string> = {}
  wanted.lines.forEach(({ id }, index) => {
    if (!agreed.some((each) => each.id === id)) fields[`lines.${index}.id`] = '确认过的报价里没有这一行'
    else if (wanted.lines.findIndex((other) => other.id === id) !== index) fields[`lines.${index}.id`] = '同一行写了两次，请改数量'
  })
  wanted.items.forEach(({ code }, index) => {
    const item = findItem(book, code)
    if (!item) fields[`items.${index}.code`] = '价目里没有这个项目'
    else if (item.pricing === 'survey') fields[`items.${index}.code`] = `“${item.name}”要勘察后由预算员报价`
    else if (wanted.items.findIndex((other) => other.code === code) !== index) fields[`items.${index}.code`] = '同一个项目报了两次，请改数量'
    else if (agreed.some((each) => each.itemCode === code && wanted.lines.some(({ id }) => id === each.id))) fields[`items.${index}.code`] = `“${item.name}”原来就有，请改原来那一行的数量`
  })
  wanted.offBook.forEach(({ name }, index) => {
    if (isFeeForComing(name)) fields[`offBook.${index}.name`] = `上门和勘察不收费，不能加“${name}”`
  })
  const [first] = Object.values(fields)
  if (first) return refuse('INVALID_INPUT', first, fields)
  const used = order.quotes.flatMap((quote) => quote.lines.map(({ id }) => id))
  return nextLines(agreed, used, { kept: wanted.lines, items: wanted.items, offBook: wanted.offBook }, book)
}

type WantedLinesInput = { lines: WantedLines['kept']; items: WantedLines['items']; offBook: WantedLines['offBook'] }

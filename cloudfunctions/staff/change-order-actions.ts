import * as z from 'zod'
import { openChange } from '../domain/handlers/money-gate'
import { fenSchema } from '../domain/money'
import { refuse } from '../domain/refusal'
import { words } from '../platform/fields'
import { staffAction } from './staff-action'
import { changeOrder, orderRef, staffActor } from './the-order'

const version = z.int().min(1).max(9_999).optional().describe('不写就是正在等批价的那一版')

/** R20 what the price book does not have gets its price from the estimator, and only then reaches the homeowner. */
export const approveChange = staffAction({
  summary: '批价目外项目的价，批了就发给业主确认',
  roles: ['estimator'],
  writes: true,
  input: z.strictObject({
    order: orderRef,
    version,
    prices: z
      .array(
        z.strictObject({
          line: z.string().regex(/^L\d{1,4}$/, '编号像 L4').describe('行的编号，例如 L4；待办和 showOrder 里有'),
          materialUnitFen: fenSchema.describe('单位是分，6800 就是 ¥68.00'),
          labourUnitFen: fenSchema.describe('单位是分'),
          warrantyMonths: z.int().min(0).max(120),
        }),
      )
      .min(1, '至少写一行的价')
      .max(5, '一次最多 5 行'),
  }),
  example: { order: 'SF1122-0486', prices: [{ line: 'L2', materialUnitFen: 6_800, labourUnitFen: 5_000, warrantyMonths: 12 }] },
  run: async ({ order, version: asked, prices }, context) => {
    const fields: Record<string, string> = {}
    prices.forEach(({ line, materialUnitFen, labourUnitFen }, index) => {
      if (materialUnitFen + labourUnitFen === 0) fields[`prices.${index}.labourUnitFen`] = `${line} 的材料费和人工费不能都是 0`
      else if (prices.findIndex((other) => other.line === line) !== index) fields[`prices.${index}.line`] = `${line} 写了两次`
    })
    const [first] = Object.values(fields)
    if (first) return refuse('INVALID_INPUT', first, fields)
    return changeOrder(order, context, (current) => ({
      type: 'approve_change', version: asked ?? openChange(current)?.version ?? 0, prices: prices.map(({ line: lineId, ...price }) => ({ lineId, ...price })), by: staffActor(context),
    }))
  },
})

export const refuseChange = staffAction({
  summary: '价目外的项目不批，写明原因；师傅照原来的做',
  roles: ['estimator'],
  writes: true,
  input: z.strictObject({ order: orderRef, version, reason: words('原因', 2, 200) }),
  example: { order: 'SF1122-0486', reason: '这项我们不做，请业主找厂家' },
  run: ({ order, version: asked, reason }, context) => changeOrder(order, context, (current) => ({ type: 'refuse_change', version: asked ?? openChange(current)?.version ?? 0, reason, by: staffActor(context) })),
})

import * as z from 'zod'
import { findItem, priceLines } from '../domain/price-book'
import { refuse, Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { chosenItems, EXAMPLE_ORDER, fileId, orderId, visitNo, words } from '../platform/fields'
import { freshPlace, position } from '../platform/positions'
import { acceptFiles } from '../platform/files'
import { readPriceBook, readSettings } from '../platform/settings'
import { changeJob, readJob, seenBy, showJob } from './job'
import { accountRefusal, callingTechnician } from './me'
import { NO_ORDER } from '../platform/orders'

const theOrder = z.strictObject({ orderId })
const stepId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, '清单里没有这一步')

export const getJob = defineAction({
  summary: '看一张自己的单',
  input: theOrder,
  example: { orderId: EXAMPLE_ORDER },
  run: async ({ orderId: id }, context) => {
    const me = await callingTechnician(context)
    const job = await readJob(id)
    const order = job && seenBy(job.order, me._id)
    const stranger = order && (await accountRefusal(order, me))
    if (stranger) return stranger
    return job && order ? showJob({ order, customer: job.customer }, me) : NO_ORDER
  },
})

/** R19 not before what is due is confirmed and paid. */
export const setOut = defineAction({
  summary: '出发',
  input: theOrder,
  example: { orderId: EXAMPLE_ORDER },
  run: ({ orderId: id }, context) => changeJob(id, context, (me) => ({ type: 'set_out', technicianId: me._id })),
})

/** R13 time and, if allowed, place; far away or without a position it needs a reason. */
export const arrive = defineAction({
  summary: '到了，签到；离得远或没有定位要写原因',
  input: z.strictObject({ orderId, position: position.optional(), reason: words('原因', 0, 100).default('') }),
  example: { orderId: EXAMPLE_ORDER, position: { longitude: 120.2, latitude: 30.2 } },
  run: async ({ orderId: id, position: told, reason }, context) => {
    const place = told ? freshPlace(told, new Date(), await readSettings()) : null
    if (place instanceof Refusal) return place
    return changeJob(id, context, (me) => ({ type: 'arrive', technicianId: me._id, place: place && { longitude: place.longitude, latitude: place.latitude }, reason }))
  },
})

/** R14 */
export const enterDoorCode = defineAction({
  summary: '输业主念的四位口令',
  input: z.strictObject({ orderId, code: z.string().regex(/^\d{4}$/, '口令是四位数字') }),
  example: { orderId: EXAMPLE_ORDER, code: '4827' },
  run: ({ orderId: id, code }, context) => changeJob(id, context, (me) => ({ type: 'enter_door_code', technicianId: me._id, code })),
})

/** R28 a timed step begins. */
export const startStep = defineAction({
  summary: '开始一个要计时的步骤',
  input: z.strictObject({ orderId, visitNo, stepId }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, stepId: 'test' },
  run: ({ orderId: id, visitNo: no, stepId: step }, context) => changeJob(id, context, (me) => ({ type: 'start_step', technicianId: me._id, visitNo: no, stepId: step })),
})

/** R48 not passable without its evidence. */
export const completeStep = defineAction({
  summary: '做完一个步骤，附上凭据',
  input: z.strictObject({
    orderId,
    visitNo,
    stepId,
    ticks: z.array(z.string().max(40)).max(20).default([]),
    photos: z.array(fileId).max(9, '照片最多 9 张').default([]),
    note: words('说明', 0, 500).default(''),
  }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, stepId: 'kit', ticks: ['badge', 'brochure'] },
  run: ({ orderId: id, visitNo: no, stepId: step, ticks, photos, note }, context) =>
    changeJob(id, context, async (me) => {
      const kept = await acceptFiles('photos', photos, { purpose: 'step', openid: openidOf(context.caller), subject: id })
      return kept instanceof Refusal ? kept : { type: 'complete_step', technicianId: me._id, visitNo: no, stepId: step, ticks: [...new Set(ticks)], photos: [...kept], note }
    }),
})

/** R17b, R20 at the door, from the price book alone. */
export const sendQuote = defineAction({
  summary: '现场报价，只能用价目里的项目',
  input: z.strictObject({ orderId, items: chosenItems, note: words('说明', 0, 200).default('') }),
  example: { orderId: EXAMPLE_ORDER, items: [{ code: 'tap-replace', quantity: 1 }] },
  run: async ({ orderId: id, items, note }, context) => {
    const book = await readPriceBook()
    const fields: Record<string, string> = {}
    items.forEach(({ code }, index) => {
      const item = findItem(book, code)
      if (!item) fields[`items.${index}.code`] = '价目里没有这个项目'
      else if (item.pricing === 'survey') fields[`items.${index}.code`] = `“${item.name}”要勘察后由预算员报价`
      else if (items.findIndex((other) => other.code === code) !== index) fields[`items.${index}.code`] = '同一个项目报了两次，请改数量'
    })
    const [first] = Object.values(fields)
    if (first) return refuse('INVALID_INPUT', first, fields)
    return changeJob(id, context, (me) => ({ type: 'send_quote', technicianId: me._id, lines: priceLines(book, items), priceBookVersion: book.version, note }))
  },
})

/** R30, R32 follow-up counts from here. */
export const reportCompletion = defineAction({
  summary: '报完工',
  input: z.strictObject({ orderId, visitNo, findings: words('发现的问题', 0, 500), advice: words('建议', 0, 500) }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, findings: '角阀也旧了', advice: '一年内换掉' },
  run: ({ orderId: id, visitNo: no, findings, advice }, context) => changeJob(id, context, (me) => ({ type: 'report_completion', technicianId: me._id, visitNo: no, findings, advice })),
})

export const signCard = defineAction({
  summary: '师傅在保修卡上签字',
  input: z.strictObject({ orderId, signature: fileId }),
  example: { orderId: EXAMPLE_ORDER, signature: 'cloud://env.bucket/signature/…/1-….png' },
  run: ({ orderId: id, signature }, context) =>
    changeJob(id, context, async (me) => {
      const kept = await acceptFiles('signature', [signature], { purpose: 'signature', openid: openidOf(context.caller), subject: id })
      return kept instanceof Refusal ? kept : { type: 'sign_card', by: { role: 'technician', id: me._id, name: me.name }, file: kept[0] ?? '', maskedName: '' }
    }),
})

/** R28 old parts go back to the homeowner. */
export const handOverParts = defineAction({
  summary: '交旧件；没有旧件写明原因',
  input: z.strictObject({ orderId, visitNo, handedOver: z.boolean(), note: words('说明', 0, 200) }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, handedOver: true, note: '旧龙头一个' },
  run: ({ orderId: id, visitNo: no, handedOver, note }, context) => changeJob(id, context, (me) => ({ type: 'hand_over_parts', technicianId: me._id, visitNo: no, handedOver, note })),
})

/** R30 tools counted, nothing left behind. */
export const checkOut = defineAction({
  summary: '点清工具，离开',
  input: z.strictObject({ orderId, visitNo, toolsCounted: z.boolean(), nothingLeftBehind: z.boolean() }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, toolsCounted: true, nothingLeftBehind: true },
  run: ({ orderId: id, visitNo: no, toolsCounted, nothingLeftBehind }, context) =>
    changeJob(id, context, (me) => ({ type: 'check_out', technicianId: me._id, visitNo: no, toolsCounted, nothingLeftBehind })),
})

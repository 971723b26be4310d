import * as z from 'zod'
import { chooseRepair } from '../domain/chosen-repair'
import { durationOf } from '../domain/eligibility'
import type { OrderEvent } from '../domain/event'
import { fenSchema, ZERO } from '../domain/money'
import { visitOf } from '../domain/order'
import type { Slot } from '../domain/order'
import { Refusal } from '../domain/refusal'
import { chosenItems, line, phone, words } from '../platform/fields'
import { readPriceBook, readSettings } from '../platform/settings'
import { technicianOf } from '../platform/technicians'
import { tradeRefusal } from '../platform/trade-change'
import { changeAgreedVisit } from './change-agreed-visit'
import { staffAction } from './staff-action'
import { changeOrder, orderRef, readTheOrder, staffActor } from './the-order'

const reason = words('原因', 2, 200)
const comment = words('业主的话', 0, 500).default('')

/** R14 staff checked by phone who stands at which door. */
export const releaseDoorCode = staffAction({
  summary: '放行口令：锁住了，核对过人和门牌再放',
  roles: ['dispatcher', 'customer_service'],
  writes: true,
  input: z.strictObject({ order: orderRef, reason }),
  example: { order: 'SF1122-0486', reason: '电话核对过业主和师傅' },
  run: ({ order, reason: why }, context) => changeOrder(order, context, () => ({ type: 'release_door', by: staffActor(context), reason: why })),
})

/** R10 a number that was wrong, and whatever else staff learn of who is to be visited. */
export const correctContact = staffAction({
  summary: '改联系方式：电话、在家的人、姓名、称呼、门牌；改了电话师傅马上再打',
  roles: ['customer_service', 'dispatcher'],
  writes: true,
  input: z.strictObject({
    order: orderRef,
    phone: phone.nullable().default(null),
    onSite: z.strictObject({ name: line('在家的人', 1, 20), phone }).nullable().default(null),
    name: line('姓名', 1, 20).nullable().default(null),
    honorific: z.enum(['先生', '女士']).nullable().default(null),
    room: line('门牌', 1, 50).nullable().default(null),
  }),
  example: { order: 'SF1122-0486', phone: '138 0000 6621' },
  run: ({ order, ...corrections }, context) => changeOrder(order, context, () => ({ type: 'correct_contact', by: staffActor(context), corrections })),
})

/** R10 what was filed is something else: category, items and price change while the price is not confirmed. */
export const correctRepair = staffAction({
  summary: '改报修的项目：类别和报价跟着变；业主确认过报价就不能改了',
  roles: ['customer_service', 'dispatcher', 'estimator'],
  writes: true,
  input: z.strictObject({ order: orderRef, items: chosenItems, reason }),
  example: { order: 'SF1122-0486', items: [{ code: 'tap-replace', quantity: 1 }], reason: '业主来电，是龙头不是角阀' },
  run: async ({ order, items, reason: why }, context) => {
    const repair = chooseRepair(await readPriceBook(), items)
    if (repair instanceof Refusal) return repair
    const event = (slot: Slot | null, helpersOut: readonly string[] = []): OrderEvent => ({ type: 'correct_repair', repair, slot, helpersOut, reason: why, by: staffActor(context) })
    const [found, settings] = await Promise.all([readTheOrder(order), readSettings()])
    const document = found && (await technicianOf(found))
    const unfit = document && tradeRefusal(found, repair, document, settings)
    if (unfit) return unfit
    const takesLonger = found?.visits.at(-1)?.appointmentAt && durationOf(repair, settings) > durationOf(found, settings)
    return takesLonger ? changeAgreedVisit({ ref: order, items: repair.items, context }, event) : changeOrder(order, context, () => event(null))
  },
})

/** R32 the call task: what the homeowner said. */
export const recordFollowUpCall = staffAction({
  summary: '记下回访电话：满不满意、还好不好用',
  roles: ['customer_service'],
  writes: true,
  input: z.strictObject({
    order: orderRef,
    satisfied: z.boolean(),
    holds: z.boolean(),
    conductProper: z.boolean().default(true).meta({ title: '师傅举止', description: 'true 妥当，false 有不当' }),
    stars: z.int().min(1, '星级是 1 到 5').max(5, '星级是 1 到 5').nullable().default(null),
    comment,
    choice: z.enum(['same', 'another', 'call_me']).nullable().default(null).describe('same 原来的师傅、another 换一位、call_me 让公司打电话'),
  }),
  example: { order: 'SF1122-0486', satisfied: true, holds: true, conductProper: true, stars: 5, comment: '业主说好用' },
  run: ({ order, satisfied, holds, conductProper, stars, comment: said, choice }, context) =>
    changeOrder(order, context, (current) => {
      const asked = [...current.visits].reverse().find((visit) => visit.followUp && !visit.followUp.answer) ?? visitOf(current)
      return {
        type: 'answer_follow_up', visitNo: asked.no, satisfied, answers: [{ id: 'holds', yes: holds }], conductProper, stars: stars as 1 | 2 | 3 | 4 | 5 | null, comment: said, choice, by: staffActor(context),
      }
    }, { onPhone: true }),
})

/** R30 the homeowner accepted on the phone; nothing is accepted by silence. */
export const recordAcceptance = staffAction({
  summary: '记下业主在电话里验收：谁、什么时候说的',
  roles: ['customer_service'],
  writes: true,
  input: z.strictObject({ order: orderRef, note: words('谁在电话里怎么说的', 4, 200) }),
  example: { order: 'SF1122-0486', note: '林女士 11 月 25 日 10:20 电话里说修好了，同意验收' },
  run: ({ order, note }, context) => changeOrder(order, context, (current) => ({ type: 'accept', visitNo: visitOf(current).no, by: staffActor(context), note }), { onPhone: true }),
})

/** R33 the homeowner said on the phone who shall come again. */
export const chooseReturnFor = staffAction({
  summary: '替业主选返工的师傅',
  roles: ['customer_service', 'dispatcher'],
  writes: true,
  input: z.strictObject({ order: orderRef, choice: z.enum(['same', 'another']).describe('same 原来的师傅、another 换一位') }),
  example: { order: 'SF1122-0486', choice: 'another' },
  run: ({ order, choice }, context) => changeOrder(order, context, (current) => ({ type: 'choose_return', visitNo: visitOf(current).no, choice, by: staffActor(context) }), { onPhone: true }),
})

/** R23 for a homeowner who phones. */
export const cancelOrder = staffAction({
  summary: '替业主取消工单：动工前全退，动了工按做了多少结，其余原路退回',
  roles: ['customer_service'],
  writes: true,
  input: z.strictObject({ order: orderRef, reason, settledFen: fenSchema.default(ZERO).describe('跟业主说好要结多少，单位是分；不对会说现在是多少') }),
  example: { order: 'SF1122-0486', reason: '业主来电，自己修好了', settledFen: 0 },
  run: ({ order, reason: why, settledFen }, context) => changeOrder(order, context, () => ({ type: 'cancel', settledFen, reason: why, by: staffActor(context) }), { onPhone: true }),
})

import * as z from 'zod'
import type { Order, Visit } from '../domain/order'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import { standardOf } from '../domain/standards'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { EXAMPLE_ORDER, orderId, visitNo, words } from '../platform/fields'
import { leaveTodo } from '../platform/outbox/todos'
import { inOutboxLane } from '../platform/trips'
import { checkText } from '../platform/wechat'
import type { TextVerdict } from '../platform/wechat'
import { changeOwnOrder } from './own-order'

type Stars = 1 | 2 | 3 | 4 | 5

const stars = z.int('星级是 1 到 5 的整数').min(1, '最少一颗星').max(5, '最多五颗星').transform((count) => count as Stars)
const comment = words('评语', 0, 500)

const visitOf = (order: Order, no: number): Visit | undefined => order.visits.find((visit) => visit.no === no)

const REFUSED = refuse('CONTENT_REFUSED', '这段话里有不能公开的内容，请改一改再发', { comment: '这段话里有不能公开的内容，请改一改再发' })

/** A field names something that the visit's standard does not have. */
const unknownChoice = (field: string, message: string): Refusal => refuse('INVALID_INPUT', message, { [field]: message })

/** R54 what other people will read, checked before it is kept; when WeChat cannot be asked, it is kept and staff look at it. */
const reviewUnlessPassed = async (verdict: TextVerdict, order: Order, no: number): Promise<void> => {
  if (verdict !== 'unchecked') return
  await inOutboxLane(() =>
    leaveTodo({
      _id: `content_review:${order._id}:${no}:${order.version}`, kind: 'content_review', orderId: order._id, orderNumber: order.number, visitNo: no, urgent: false, title: '评语没能自动审核，请看一眼',
      detail: `${order.number} 第 ${no} 次上门`, role: 'customer_service', at: new Date(),
    }),
  )
}

/** R31 once per visit, changeable for seven days. */
export const rateVisit = defineAction({
  summary: '打分、写评语；7 天内能改',
  input: z.strictObject({ orderId, visitNo, stars, tags: z.array(z.string().min(1).max(20)).max(12), comment }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, stars: 5, tags: ['准时'], comment: '讲得明白，收拾得干净' },
  run: async (input, context) => {
    const verdict = checkText(openidOf(context.caller), input.comment)
    return changeOwnOrder(input.orderId, context, async ({ order }) => {
      const visit = visitOf(order, input.visitNo)
      const known = visit ? standardOf(visit.standard).ratingTags : []
      const strange = input.tags.find((tag) => !known.includes(tag))
      if (visit && strange !== undefined) return unknownChoice('tags', `没有“${strange}”这个标签`)
      const checked = await verdict
      if (checked === 'risky') return REFUSED
      await reviewUnlessPassed(checked, order, input.visitNo)
      return { type: 'rate', visitNo: input.visitNo, stars: input.stars, tags: [...new Set(input.tags)], comment: input.comment }
    })
  },
})

/** R32, R33 the questionnaire; not satisfied opens a free return visit at once. */
export const answerFollowUp = defineAction({
  summary: '答回访；不满意就免费再上门',
  input: z.strictObject({
    orderId,
    visitNo,
    satisfied: z.boolean(),
    answers: z.record(z.string().max(40), z.boolean()),
    conductProper: z.boolean(),
    stars,
    comment,
    choice: z.enum(['same', 'another', 'call_me']).optional(),
  }),
  example: { orderId: EXAMPLE_ORDER, visitNo: 1, satisfied: false, answers: { holds: false }, conductProper: true, stars: 3, comment: '还在滴', choice: 'same' as const },
  run: async (input, context) => {
    const verdict = checkText(openidOf(context.caller), input.comment)
    return changeOwnOrder(input.orderId, context, async ({ order }) => {
      const visit = visitOf(order, input.visitNo)
      const questions = visit ? standardOf(visit.standard).questions.map((question) => question.id) : []
      const strange = Object.keys(input.answers).find((id) => !questions.includes(id))
      if (visit && strange !== undefined) return unknownChoice('answers', `问卷里没有“${strange}”这一题`)
      const checked = await verdict
      if (checked === 'risky') return REFUSED
      await reviewUnlessPassed(checked, order, input.visitNo)
      const answers = Object.entries(input.answers).map(([id, yes]) => ({ id, yes }))
      return {
        type: 'answer_follow_up', visitNo: input.visitNo, satisfied: input.satisfied, answers, conductProper: input.conductProper, stars: input.stars, comment: input.comment,
        choice: input.choice ?? null, by: { role: 'homeowner', id: order.homeownerId },
      }
    })
  },
})

import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { SubscriptionAnswer, TemplateKey } from '../../../typings/contract'
import { defineAction } from '../action'
import { openidOf } from '../caller'
import { creditsLeft, grantCredit, noteRefusal } from '../credits'
import { BLOCKED, reportFault } from '../message-faults'

const templateKey = z.enum([
  'offer', 'call_reminder', 'claimed', 'appointment', 'quote', 'payment', 'on_the_way', 'acceptance', 'warranty_card', 'follow_up', 'return_visit', 'order_closed', 'register',
] as const satisfies readonly TemplateKey[])

/** What the person answered to wx.requestSubscribeMessage (R41). */
export const recordSubscription = defineAction({
  summary: '记下微信消息授权的结果',
  input: z.strictObject({ answers: z.partialRecord(templateKey, z.enum(['accept', 'reject', 'ban', 'filter', 'off', 'blocked'] as const satisfies readonly SubscriptionAnswer[])) }),
  example: { answers: { claimed: 'accept' as const } },
  run: async ({ answers }, { caller, requestId }) => {
    const openid = openidOf(caller)
    const accepted = templateKey.options.filter((key) => answers[key] === 'accept')
    const request = requestId ?? randomUUID()
    const refused = templateKey.options.flatMap((key) => (answers[key] && answers[key] !== 'accept' ? [{ key, refusal: answers[key] }] : []))
    const blocked = refused.find(({ refusal }) => refusal === 'blocked')
    await Promise.all([
      ...accepted.map((key) => grantCredit(openid, key, request)),
      ...refused.map(({ key, refusal }) => noteRefusal(openid, key, refusal)),
      blocked && reportFault(blocked.key, BLOCKED, new Date()),
    ])
    return { left: await creditsLeft(openid) }
  },
})

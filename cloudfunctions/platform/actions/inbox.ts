import * as z from 'zod'
import { defineAction } from '../action'
import { before, orderId } from '../fields'
import { markRead, readInbox } from '../inbox'
import { openidOf } from '../caller'

export const listMessages = defineAction({
  summary: '看消息，新的在前；before 接着往前看',
  input: z.strictObject({ before }),
  example: {},
  run: ({ before: until }, { caller }) => readInbox(openidOf(caller), until),
})

export const markMessagesRead = defineAction({
  summary: '把消息标成看过：写 ids 是这几条，写 orderId 是这张单的全部',
  input: z
    .strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(100).optional(), orderId: orderId.optional() })
    .refine(({ ids, orderId: order }) => (ids === undefined) !== (order === undefined), { error: '请写 ids 或 orderId，只写一样', path: ['ids'] }),
  example: { ids: ['o1:message:claimed:2:homeowner'] },
  run: async ({ ids = [], orderId: order }, { caller }) => ({ unread: await markRead(openidOf(caller), order === undefined ? { ids } : { orderId: order }) }),
})

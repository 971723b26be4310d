import * as z from 'zod'
import { defineAction } from '../action'
import { before } from '../fields'
import { markRead, readInbox } from '../inbox'
import { openidOf } from '../caller'

export const listMessages = defineAction({
  summary: '看消息，新的在前；before 接着往前看',
  input: z.strictObject({ before }),
  example: {},
  run: ({ before: until }, { caller }) => readInbox(openidOf(caller), until),
})

export const markMessagesRead = defineAction({
  summary: '把消息标成看过',
  input: z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(100) }),
  example: { ids: ['o1:message:claimed:2:homeowner'] },
  run: async ({ ids }, { caller }) => ({ unread: await markRead(openidOf(caller), ids) }),
})

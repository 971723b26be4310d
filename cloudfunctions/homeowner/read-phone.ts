import * as z from 'zod'
import { refuse } from '../domain/refusal'
import { defineAction } from '../platform/action'
import { readPhoneNumber } from '../platform/wechat'

/** Turns the one-time code of the phone-number button into the number; people can always type it instead. */
export const readPhone = defineAction({
  summary: '用微信给的一次性码换手机号',
  input: z.strictObject({ code: z.string().min(1).max(200) }),
  example: { code: '一次性码' },
  run: async ({ code }) => {
    const phone = await readPhoneNumber(code)
    return phone ? { phone } : refuse('INVALID_INPUT', '手机号没取到，请再点一次，或自己填', { code: '手机号没取到，请再点一次，或自己填' })
  },
})

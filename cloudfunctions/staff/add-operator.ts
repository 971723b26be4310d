import * as z from 'zod'
import { refuse } from '../domain/refusal'
import { collection } from '../platform/db'
import { line } from '../platform/fields'
import { hashToken } from './serve-staff'
import { staffAction } from './staff-action'

/** R43: only the hash of the personal token is kept. */
export const addOperator = staffAction({
  summary: '登记一位员工和他的令牌（只存校验值）',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,29}$/, '员工编号用小写字母、数字和短横，例如 lu-min').describe('小写字母、数字、短横，例如 lu-min'),
    name: line('姓名', 2, 20),
    roles: z.array(z.enum(['dispatcher', 'estimator', 'customer_service', 'finance', 'manager'])).min(1).describe('列表，至少一项：dispatcher 调度、estimator 预算员、customer_service 客服、finance 财务、manager 经理'),
    token: z.string().min(12, '令牌至少 12 位').max(128).describe('12–128 个字符'),
  }),
  example: { id: 'wang-fang', name: '王芳', roles: ['customer_service'], token: '至少十二位的令牌-请自己换' },
  run: async ({ id, name, roles, token }, { dryRun }) => {
    if (dryRun) return { text: `试跑，什么都没改。会登记${name}（${id}）`, dryRun: true }
    const added = await collection('operators').add({ _id: id, name, roles: [...new Set(roles)], tokenHash: hashToken(token), active: true })
    if (added) return { text: `登记好了：${name}（${id}）` }
    // Sent again after a lost answer: the very same entry is there already (R04).
    const there = await collection('operators').get(id)
    if (there?.name === name && there.tokenHash === hashToken(token) && there.roles.join() === [...new Set(roles)].join()) return { text: `已经登记过了：${name}（${id}）` }
    return refuse('INVALID_INPUT', `员工编号 ${id} 已经有人了`, { id: '编号有人了' })
  },
})

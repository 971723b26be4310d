import * as z from 'zod'
import { refuse } from '../domain/refusal'
import { _, collection } from '../platform/db'
import type { StaffRole, TodoDocument } from '../platform/documents'
import { words } from '../platform/fields'
import { decideApplication } from './decide-application'
import { ROLE_LABEL, staffAction } from './staff-action'
import { decideContest } from './violation-actions'

/** What a decision closes: by hand only by whoever may decide (R36, R52). */
const DECIDED_BY: Partial<Record<TodoDocument['kind'], { action: string; roles: readonly StaffRole[] }>> = {
  contest: { action: 'decideContest', roles: decideContest.roles },
  application: { action: 'decideApplication', roles: decideApplication.roles },
}

export const closeTodo = staffAction({
  summary: '办完一件待办，写下怎么办的',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: true,
  input: z.strictObject({ todo: z.string().min(3).max(200).describe('待办的编号，在 listTodos 里'), note: words('怎么办的', 2, 200) }),
  example: { todo: 'o3f…:late_call:7', note: '已给师傅打电话，他正在打给业主' },
  run: async ({ todo, note }, { operator, dryRun }) => {
    const found = await collection('todos').get(todo)
    if (!found) return refuse('NOT_FOUND', '没有这件待办，先用 listTodos 看编号')
    const decided = DECIDED_BY[found.kind]
    if (decided && !operator.roles.some((role) => role === 'manager' || decided.roles.includes(role))) {
      return refuse('FORBIDDEN', `这件待办要${decided.roles.map((role) => ROLE_LABEL[role]).join('、')}用 ${decided.action} 定，定了就自己办结`)
    }
    if (found.state === 'closed') return { text: '这件待办已经办完了', todo }
    if (dryRun) return { text: `试跑，什么都没改。会办结：${found.title}`, todo, dryRun: true }
    await collection('todos').update({ _id: todo, state: 'open' }, { state: _.set('closed'), closedAt: _.set(new Date()), closedBy: _.set(operator.id), note: _.set(note) })
    return { text: `办结：${found.title}`, todo }
  },
})

import * as z from 'zod'
import { EMERGENCY_MARK } from '../domain/draft'
import { momentText } from '../domain/shanghai'
import { collection } from '../platform/db'
import type { TodoDocument } from '../platform/documents'
import { SETTLED_BY, settlingInput } from './settled-by'
import { staffAction } from './staff-action'

const LIMIT = 50

/** 待办: what waits for a member of staff, the urgent first, then the oldest (R50); the same order at every look. */
export const listTodos = staffAction({
  summary: '看待办，急的在前，先来的在前，每件写着用哪个操作办；可以按角色看',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z.strictObject({ role: z.enum(['dispatcher', 'customer_service', 'finance', 'manager']).optional().describe('dispatcher 调度、customer_service 客服、finance 财务、manager 经理'), state: z.enum(['open', 'closed']).default('open').describe('open 没办的、closed 办完的') }),
  example: { role: 'dispatcher' },
  run: async ({ role, state }, { operator, exampleOf }) => {
    const now = new Date()
    const todos = await collection('todos').find({ state, ...(role ? { role } : {}) }, { order: state === 'open' ? { urgent: 'desc', at: 'asc', _id: 'asc' } : { at: 'desc' }, limit: LIMIT })
    // Emergencies before all else (R50).
    if (state === 'open') todos.sort((a, b) => Number(b.title.startsWith(EMERGENCY_MARK)) - Number(a.title.startsWith(EMERGENCY_MARK)))
    const eventOf = (todo: TodoDocument, action: string) => ({ action, operator: operator.id, token: '您的令牌', input: settlingInput(todo, exampleOf(action)) })
    const shown = todos.map((todo) => ({ todo, events: SETTLED_BY[todo.kind].map((action) => eventOf(todo, action)) }))
    const lines = shown.map(({ todo: { urgent, at, title, detail, words, _id }, events }) => {
      const line = `${urgent ? '【急】' : '　　'}${momentText(at, now)}｜${title}｜${detail}${words ? `：${words}` : ''}｜${_id}`
      return state === 'open' ? [line, `    用 ${events.map(({ action }) => action).join(' 或 ')} 办：${JSON.stringify(events[0])}`].join('\n') : line
    })
    return {
      text: lines.length > 0 ? lines.join('\n') : '没有待办',
      todos: shown.map(({ todo: { _id, kind, orderNumber, title, detail, words, urgent, role: whose, at }, events }) => ({ id: _id, kind, orderNumber, title, detail, words, urgent, role: whose, at: at.toISOString(), events })),
    }
  },
})

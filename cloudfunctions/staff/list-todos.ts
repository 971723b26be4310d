import * as z from 'zod'
import { EMERGENCY_MARK } from '../domain/draft'
import { momentText } from '../domain/shanghai'
import { collection } from '../platform/db'
import { staffAction } from './staff-action'

const LIMIT = 50

/** 待办: what waits for a member of staff, the urgent first, then the oldest (R50). */
export const listTodos = staffAction({
  summary: '看待办，急的在前，先来的在前；可以按角色看',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z.strictObject({ role: z.enum(['dispatcher', 'customer_service', 'finance', 'manager']).optional(), state: z.enum(['open', 'closed']).default('open') }),
  example: { role: 'dispatcher' },
  run: async ({ role, state }) => {
    const now = new Date()
    const todos = await collection('todos').find({ state, ...(role ? { role } : {}) }, { order: state === 'open' ? { urgent: 'desc', at: 'asc' } : { at: 'desc' }, limit: LIMIT })
    // Emergencies before all else (R50).
    if (state === 'open') todos.sort((a, b) => Number(b.title.startsWith(EMERGENCY_MARK)) - Number(a.title.startsWith(EMERGENCY_MARK)))
    const lines = todos.map((todo) => `${todo.urgent ? '【急】' : '　　'}${momentText(todo.at, now)}｜${todo.title}｜${todo.detail}${todo.words ? `：${todo.words}` : ''}｜${todo._id}`)
    return { text: lines.length > 0 ? lines.join('\n') : '没有待办', todos: todos.map(({ _id, kind, orderNumber, title, detail, words, urgent, role: whose, at }) => ({ id: _id, kind, orderNumber, title, detail, words, urgent, role: whose, at: at.toISOString() })) }
  },
})

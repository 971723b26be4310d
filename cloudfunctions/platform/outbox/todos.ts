import { _, collection } from '../db'
import type { TodoDocument } from '../documents'
import { postToStaff } from '../robot'
import { forEntries } from './job'
import type { EntryOf, Job, Outcomes } from './job'

/** Leaves to-dos for staff and tells them through the robot, all in one post (R41). */
export const leaveTodos = async (jobs: readonly Job<EntryOf<'todo'>>[], outcomes: Outcomes): Promise<void> => {
  const todos = jobs.map(({ entry: { todo } }): TodoDocument => {
    const { id, ...rest } = todo
    return { _id: id, ...rest, state: 'open', closedAt: null, closedBy: null, note: '', told: false }
  })
  await forEntries(
    jobs.map(({ entry }) => entry.id),
    outcomes,
    () => leave(todos),
  )
}

/** To-dos that come from the machinery: a payment that does not fit, an outbox that is stuck. */
export const leaveTodo = (todo: Omit<TodoDocument, 'state' | 'closedAt' | 'closedBy' | 'note' | 'told'>): Promise<void> =>
  leave([{ ...todo, state: 'open', closedAt: null, closedBy: null, note: '', told: false }])

const leave = async (todos: TodoDocument[]): Promise<void> => {
  if (todos.length === 0) return
  await collection('todos').addAll(todos)
  await tellOf(todos)
}

/** Posts what staff do not know of yet; what the robot does not take stays untold, and the clock posts it again. */
export const tellOf = async (todos: readonly TodoDocument[]): Promise<void> => {
  if (todos.length === 0) return
  const told = await postToStaff(todos.map((todo) => `${todo.urgent ? '【急】' : ''}${todo.title}：${todo.detail}`))
  if (told) await collection('todos').update({ _id: _.in(todos.map((todo) => todo._id)) }, { told: _.set(true) })
}

/**
 * Closes to-dos that are done or no longer needed. One that was never written (its own entry failed so far) is written closed, so that it cannot come up
 * afterwards and stay.
 */
export const closeTodos = async (jobs: readonly Job<EntryOf<'close_todo'>>[], outcomes: Outcomes): Promise<void> => {
  await Promise.all(
    jobs.map(({ order, entry }) =>
      forEntries([entry.id], outcomes, async () => {
        const closed = { state: _.set('closed'), closedAt: _.set(entry.at), closedBy: _.set('system') }
        if ((await collection('todos').update({ _id: entry.todoId, state: 'open' }, closed)) > 0) return
        await collection('todos').add({
          _id: entry.todoId, kind: 'nobody_claims', orderId: order._id, orderNumber: order.number, visitNo: order.visits.length, urgent: false, title: '不用办了', detail: order.number, role: 'dispatcher',
          at: entry.at, state: 'closed', closedAt: entry.at, closedBy: 'system', note: '', told: true,
        })
      }),
    ),
  )
}

import { randomUUID } from 'node:crypto'
import { _, collection } from '../db'
import type { TodoDocument } from '../documents'
import { hasRobot, postToStaff } from '../robot'
import { after, isStaffed } from '../../domain/shanghai'
import { readSettings } from '../settings'
import { forEntries, inBulk } from './job'
import type { EntryOf, Job, Outcomes } from './job'

/** A to-do as it is left, before anybody knows of it. */
export type LeftTodo = Omit<TodoDocument, keyof typeof UNTOLD>

/**
 * Leaves to-dos for staff (R41): only written here, so that a slow robot makes no entry fail; whoever leaves them posts them with `tellOf` afterwards. Gives those that were
 * written.
 */
export const leaveTodos = async (jobs: readonly Job<EntryOf<'todo'>>[], outcomes: Outcomes): Promise<TodoDocument[]> => {
  await inBulk(jobs, outcomes, async (some) => {
    const isNew = await collection('todos').addAll(some.map(todoDocument))
    if (!isNew) await Promise.all(some.map((job) => reopen(todoDocument(job), job.entry.todo.at)))
  })
  return jobs.filter(({ entry }) => outcomes.get(entry.id) === 'done').map(todoDocument)
}

const todoDocument = ({ entry }: Job<EntryOf<'todo'>>): TodoDocument => {
  const { id, ...rest } = entry.todo
  return { ...UNTOLD, _id: id, ...rest }
}

const UNTOLD = { words: '', state: 'open', closedAt: null, closedBy: null, note: '', told: false, tellingUntil: new Date(0) } as const

/** To-dos that come from the machinery: a payment that does not fit, an outbox that is stuck. Left again, it changes nothing and is not posted again. */
export const leaveTodo = async (todo: LeftTodo): Promise<void> => {
  const document: TodoDocument = { ...todo, ...UNTOLD }
  if (await collection('todos').add(document)) await tellOf([document])
}

/** As `leaveTodo`; one that was closed before `since` is opened again, since the same has happened anew. */
export const raiseTodo = async (todo: LeftTodo, since: Date): Promise<void> => {
  if (await keepTodo(todo, since)) await tellOf([{ ...todo, ...UNTOLD }])
}

/** As `raiseTodo`, for the clock to post; whether anything was written. */
export const keepTodo = async (todo: LeftTodo, since: Date): Promise<boolean> => {
  const document: TodoDocument = { ...todo, ...UNTOLD }
  return (await collection('todos').add(document)) || (await reopen(document, since))
}

/** What was closed before `since` has happened anew: whether it was. */
const reopen = async ({ _id, ...fields }: TodoDocument, since: Date): Promise<boolean> =>
  (await collection('todos').update({ _id, state: 'closed', closedAt: _.lt(since) }, Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, _.set(value)])))) > 0

/** How long whoever posts a to-do has for it, ms. */
const TELLING_MS = 60_000

/**
 * Posts what staff do not know of yet. Each is taken under a lease first, by whoever gets there first, so that none is posted twice; what the robot does not take, or whoever posts it dies over, the clock
 * posts. Never throws.
 */
export const tellOf = async (left: readonly TodoDocument[]): Promise<void> => {
  if (left.length === 0 || !hasRobot()) return
  try {
    // What can wait waits for staffed hours (R55); the clock posts it then.
    const todos = isStaffed(new Date(), (await readSettings()).staffedHours) ? left : left.filter((todo) => todo.urgent)
    const taken = await takeUntold(todos)
    if (taken.length === 0) return
    const posted = await postToStaff(taken.map((todo) => `${todo.urgent ? '【急】' : ''}${todo.title}：${todo.detail}`))
    await collection('todos').update({ _id: _.in(taken.map((todo) => todo._id)) }, posted ? { told: _.set(true) } : { tellingUntil: _.set(new Date(0)) })
  } catch (fault) {
    console.error(JSON.stringify({ robot: 'todos', error: String(fault) }))
  }
}

/** Takes them under a lease, and gives those that nobody else had taken. */
const takeUntold = async (todos: readonly TodoDocument[]): Promise<readonly TodoDocument[]> => {
  if (todos.length === 0) return []
  const ids = todos.map((todo) => todo._id)
  const run = randomUUID()
  const now = new Date()
  const marked = await collection('todos').update({ _id: _.in(ids), told: false, state: 'open', tellingUntil: _.lte(now) }, { tellingUntil: _.set(after(now, TELLING_MS)), toldBy: _.set(run) })
  if (marked === 0 || marked === todos.length) return marked === 0 ? [] : todos
  return collection('todos').find({ _id: _.in(ids), toldBy: run }, { limit: ids.length })
}

/** What a to-do ends with. */
interface Closing {
  at: Date
  by: string
  note: string
}

/** Closes a to-do that is done or no longer needed. One that was never written (whoever leaves it failed so far) is written closed, so that it cannot come up afterwards and stay. */
export const closeTodo = async (todo: LeftTodo, { at, by, note }: Closing): Promise<void> => {
  const close = () => collection('todos').update({ _id: todo._id, state: 'open' }, { state: _.set('closed'), closedAt: _.set(at), closedBy: _.set(by), note: _.set(note) })
  if ((await close()) > 0) return
  const isNew = await collection('todos').add({ ...todo, ...UNTOLD, state: 'closed', closedAt: at, closedBy: by, note, told: true })
  // Whoever leaves it came between the two: it is there now, and open.
  if (!isNew) await close()
}

/** Those of orders. */
export const closeTodos = async (jobs: readonly Job<EntryOf<'close_todo'>>[], outcomes: Outcomes): Promise<void> => {
  await Promise.all(
    jobs.map(({ order, entry }) => {
      const todo: LeftTodo = {
        _id: entry.todoId, kind: entry.todoKind, orderId: order._id, orderNumber: order.number, visitNo: order.visits.length, urgent: false, title: '不用办了', detail: order.number, role: 'dispatcher', at: entry.at,
      }
      return forEntries([entry.id], outcomes, () => closeTodo(todo, { at: entry.at, by: 'system', note: '' }))
    }),
  )
}

/** The functions that staff may start from the console, and what an event for each looks like before anything was chosen. */
import { operators } from '../../../seed/staff'
import { movedNow } from '../../../phone/host/clock'
import { HIDDEN_TOKEN } from './event-text'

export type FunctionName = 'staff' | 'clock' | 'payment'

export interface Example {
  /** The action's name, for looking up. */
  name: string
  summary: string
  event: unknown
}

export const FUNCTIONS: readonly { name: FunctionName; label: string }[] = [
  { name: 'staff', label: '员工' },
  { name: 'clock', label: '时钟' },
  { name: 'payment', label: '付款' },
]

/** operator → token, of the demonstration city's staff. */
export const TOKENS: Readonly<Record<string, string>> = Object.fromEntries(operators.map(({ _id, token }) => [_id, token]))

const timerEvent = () => ({ Type: 'Timer', TriggerName: 'sweep', Time: new Date(movedNow()).toISOString(), Message: '' })

/** The event that a tab begins with. */
export function firstEvent(name: FunctionName, operator: string): unknown {
  if (name === 'staff') return { action: 'listTodos', operator, token: HIDDEN_TOKEN, input: {} }
  if (name === 'clock') return timerEvent()
  return { httpMethod: 'POST', path: '/payment', headers: {}, body: '{}', isBase64Encoded: false }
}

/** The event that asks a function what it can do. */
export const helpEvent = (name: FunctionName, operator: string): unknown =>
  name === 'staff' ? { action: 'help', operator, token: TOKENS[operator] ?? '', input: {} } : { action: 'help', input: {} }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the selected order puts into an example's blanks. */
export interface Blanks {
  orderId: string
  orderNumber: string
}

/** An example's input with the selected order in it, wherever it names one. */
export const fillIn = (input: unknown, blanks: Blanks | null): unknown => {
  if (!isRecord(input) || !blanks) return input
  const values: Record<string, string> = {
    orderId: blanks.orderId,
    order: blanks.orderNumber,
    number: blanks.orderNumber,
    orderNumber: blanks.orderNumber,
  }
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, typeof value === 'string' ? (values[key] ?? value) : value]))
}

/** Reads a `help` answer: each action's example becomes an event that can be run as it is. */
export function examplesIn(name: FunctionName, answer: unknown, operator: string, blanks: Blanks | null): Example[] {
  const data = isRecord(answer) && isRecord(answer.data) ? answer.data : {}
  const actions = Array.isArray(data.actions) ? data.actions.filter(isRecord) : []
  return actions.map(({ name: action, summary, example }) => {
    const wholeEvent = isRecord(example) && typeof example.action === 'string'
    const input = fillIn(wholeEvent ? (example.input ?? {}) : (example ?? {}), blanks)
    const who = name === 'staff' ? { operator, token: HIDDEN_TOKEN } : {}
    return { name: String(action), summary: String(summary ?? ''), event: { action: String(action), ...who, input } }
  })
}

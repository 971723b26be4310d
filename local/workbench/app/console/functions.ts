/** The functions that staff may start from the console, and what an event for each looks like before anything was chosen. */
import { operators } from '../../../seed/staff'
import { movedNow } from '../../../phone/host/clock'
import { HIDDEN_TOKEN } from './event-text'

export type FunctionName = 'staff' | 'clock' | 'payment'

export interface Example {
  /** The action's name, for looking up. */
  name: string
  summary: string
  /** Who may do it, as they are called (经理); empty where nobody is asked. */
  roles: string[]
  event: Record<string, unknown>
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

/** Who of the staff may do it: `operator` if their role allows it, else the first whose role does. */
export function whoMay({ roles }: Pick<Example, 'roles'>, operator: string): string {
  const able = operators.filter(({ title }) => roles.length === 0 || roles.includes(title))
  return able.some(({ _id }) => _id === operator) ? operator : (able[0]?._id ?? operator)
}

/** 手动派单或换师傅 of 手动派单或换师傅，写明原因 */
export const shortSummary = (summary: string): string => summary.split(/[，：；（]/)[0] ?? ''

/** The event that asks a function what it can do. */
export const helpEvent = (name: FunctionName, operator: string): unknown =>
  name === 'staff' ? { action: 'help', operator, token: TOKENS[operator] ?? '', input: {} } : { action: 'help', input: {} }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the bench knows that examples leave open. */
export interface Blanks {
  /** The selected order. */
  order: { id: string; number: string } | null
  /** A spot in this city, for examples that need a place. */
  spot: { longitude: number; latitude: number } | null
}

const isSpot = (value: unknown): boolean => isRecord(value) && 'longitude' in value && 'latitude' in value

/** An example's input with what the bench has selected in it. */
export const fillIn = (input: unknown, { order, spot }: Blanks): unknown => {
  if (!isRecord(input)) return input
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => {
      if (order && key === 'order') return [key, order.number]
      if (spot && isSpot(value)) return [key, spot]
      return [key, value]
    }),
  )
}

/** What an example says of a case that is not this one: whoever acts on an order writes it themselves. */
const OF_ANOTHER_CASE = ['reason', 'note', 'staffNumber']

/** The example for the selected order, with what only the person at the console can know left open. */
export const leftOpen = ({ event, ...example }: Example): Example => {
  const { input } = event
  if (!isRecord(input) || !('order' in input)) return { ...example, event }
  return { ...example, event: { ...event, input: Object.fromEntries(Object.entries(input).map(([key, value]) => [key, OF_ANOTHER_CASE.includes(key) ? '' : value])) } }
}

/** Reads a `help` answer: each action's example becomes an event that can be run as it is. */
export function examplesIn(name: FunctionName, answer: unknown, operator: string, blanks: Blanks): Example[] {
  const data = isRecord(answer) && isRecord(answer.data) ? answer.data : {}
  const actions = Array.isArray(data.actions) ? data.actions.filter(isRecord) : []
  return actions.map(({ name: action, summary, example, roles }) => {
    const event = isRecord(example) && typeof example.action === 'string' ? example : { action, input: example ?? {} }
    const who = name === 'staff' ? { operator, token: HIDDEN_TOKEN } : {}
    const { action: _action, operator: _operator, token: _token, input, ...rest } = event
    return {
      name: String(action),
      summary: String(summary ?? ''),
      roles: Array.isArray(roles) ? roles.map(String) : [],
      event: { action: String(action), ...who, input: fillIn(input ?? {}, blanks), ...rest },
    }
  })
}

import { jsonFault } from './json-fault'

/** The event that a console run sends: from text to JSON and back, with the operator's token kept out of sight. */

/** Stands for the token of the operator whom the event names. */
export const HIDDEN_TOKEN = '••••••••'

/** What is wrong with the text, for people. */
export class EventTextError extends Error {
  override name = 'EventTextError'
}

/** 第 3 行 “}” 这里 */
const placeOf = (text: string): string => {
  const offset = jsonFault(text) ?? text.length
  const letter = text.slice(offset).trimStart()[0]
  return letter === undefined ? '最后' : `第 ${text.slice(0, offset).split('\n').length} 行“${letter}”这里`
}

/**
 * The event in the text, with real tokens in the place of hidden ones.
 * @param tokens operator id → token
 * @throws EventTextError with a Chinese sentence
 */
export function readEvent(text: string, tokens: Readonly<Record<string, string>>): unknown {
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    throw new EventTextError(`不是合法的 JSON：${placeOf(text)}少了或多了引号、逗号、括号`)
  }
  if (typeof event !== 'object' || event === null || !('token' in event) || event.token !== HIDDEN_TOKEN) return event
  const operator = 'operator' in event ? String(event.operator) : ''
  const token = tokens[operator]
  if (token === undefined) throw new EventTextError(`工作台不知道 ${operator || '这位员工'} 的口令，请把 token 写出来`)
  return { ...event, token }
}

/** Whether the event only tries what it would do (R43). */
export function isDryRun(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'dryRun' in event && event.dryRun === true
}

/** The event's text without its dry run, to be run in earnest. */
export function inEarnest(text: string): string {
  const { dryRun: _tried, ...event } = JSON.parse(text) as Record<string, unknown>
  return writeEvent(event)
}

/** Two spaces a level; short inner objects stay on one line, as people write them. */
export function writeEvent(event: unknown): string {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return JSON.stringify(event, null, 2)
  const lines = Object.entries(event).map(([key, value]) => {
    const short = oneLine(value)
    const body = short.length <= 44 ? short : JSON.stringify(value, null, 2).replace(/\n/g, '\n  ')
    return `  ${JSON.stringify(key)}: ${body}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`
}

const oneLine = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  const inner = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${oneLine(part)}`)
  return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`
}

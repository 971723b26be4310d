import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import { labelOfField } from '../platform/input-errors'
import type { InputSchema } from '../platform/input-schema'
import { describe, unknownAction } from '../platform/serve'
import { ROLE_LABEL } from './staff-action'
import type { StaffAction, StaffAnswer } from './staff-action'

type Table = Readonly<Record<string, StaffAction>>

/** What staff can do, in their own words: all of it, or the action that the input names (R43). It follows from the schemas themselves. */
export const help = (table: Table, input: unknown): StaffAnswer | Refusal => {
  const named = typeof input === 'object' && input !== null && 'action' in input ? input.action : null
  if (named !== null && typeof named !== 'string') return refuse('INVALID_INPUT', '想看哪个操作，action 里写它的名字，例如 "assignOrder"', { action: '要填文字' })
  if (named !== null && !Object.hasOwn(table, named)) return unknownAction(named, Object.keys(table))
  const actions = describe(table).actions.flatMap(({ name, summary, input: schema, example }) => {
    const action = table[name]
    if (!action || (named !== null && named !== name)) return []
    const event = { action: name, operator: '您的员工编号', token: '您的令牌', input: example, ...(action.writes ? { dryRun: true } : {}) }
    return [{ name, summary, roles: rolesOf(action), fields: fieldLines(schema as InputSchema), example: event, input: schema }]
  })
  const text = actions.map(({ name, summary, roles, fields, example }) => [`${name}  ${summary}（${roles.join('、')}）`, ...Object.entries(fields).map(([path, line]) => `  ${path}  ${line}`), `  例：${JSON.stringify(example)}`].join('\n'))
  const head = named === null ? ['只看一个：{ "action": "help", "input": { "action": "assignOrder" } }。例子里的 dryRun 是试跑，去掉才真办。'] : []
  return { text: [...head, ...text].join('\n\n'), actions }
}

/** The manager may do everything. */
const rolesOf = (action: StaffAction): string[] => [...new Set([...action.roles, 'manager' as const])].map((role) => ROLE_LABEL[role])

/** `changes.shifts[].from` → 开始时间：08:00 这样 */
const fieldLines = (schema: InputSchema, path = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
      const at = `${path}${key}`
      const inner = coreOf(field)
      const required = schema.required?.includes(key) ?? false
      const line = `${field.title ?? inner.title ?? labelOfField(key)}：${allowed(field)}${required ? '' : `，${leftOut(field)}`}`
      const within = inner.properties ? fieldLines(inner, `${at}.`) : inner.items ? fieldLines(coreOf(inner.items), `${at}[].`) : {}
      return [[at, line], ...Object.entries(within)]
    }),
  )

/** Without the null that it may be as well. */
const coreOf = (schema: InputSchema): InputSchema => schema.anyOf?.find(({ type }) => type !== 'null' && !isSeveral(schema)) ?? schema

const isSeveral = ({ anyOf = [] }: InputSchema): boolean => anyOf.filter(({ type }) => type !== 'null').length > 1

const leftOut = ({ default: value }: InputSchema): string =>
  value === undefined || value === null || value === '' || Array.isArray(value) ? '可以不写' : `不写就是 ${String(value)}`

const allowed = (schema: InputSchema): string => {
  const { description, enum: values, type, minItems = 0, maxItems, items, minimum, maximum } = schema
  if (description !== undefined) return description
  if (isSeveral(schema)) return oneOf((schema.anyOf ?? []).map((each) => each.const))
  const inner = coreOf(schema)
  if (inner !== schema) return allowed(inner)
  if (values) return oneOf(values)
  switch (type) {
    case 'array':
      return `列表${maxItems === undefined ? '' : `，${minItems}–${maxItems} 项`}${items?.properties ? '，每项写一组 { }' : items ? `，每项：${allowed(items)}` : ''}`
    case 'object':
      return '一组，写在 { } 里'
    case 'boolean':
      return 'true 或 false'
    case 'integer':
    case 'number':
      return `${minimum !== undefined && maximum !== undefined ? `${minimum}–${maximum} 的` : ''}${type === 'integer' ? '整数' : '数'}`
    default:
      return '文字'
  }
}

const oneOf = (values: readonly unknown[]): string => `${values.map(String).join('、')} 里写一个`

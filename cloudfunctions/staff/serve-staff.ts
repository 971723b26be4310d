import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ActionAnswer } from '../../typings/contract'
import { refuse, Refusal } from '../domain/refusal'
import { isInside, readCaller } from '../platform/caller'
import { _, collection } from '../platform/db'
import type { OperatorDocument } from '../platform/documents'
import { operatorById } from '../platform/register'
import { logged, unknownAction } from '../platform/serve'
import { inOutboxLane } from '../platform/trips'
import { readApplicationAhead } from './application-actions'
import { help } from './help'
import { ROLE_LABEL } from './staff-action'
import { readOrderAhead } from './the-order'
import type { StaffAction, StaffAnswer, StaffContext } from './staff-action'

type Table = Readonly<Record<string, StaffAction>>

/** A console run: `{ action, operator, token, input, requestId?, dryRun? }` (R43). Refuses whatever comes from the mini-program or HTTP. */
export const serveStaff =
  (table: Table) =>
  async (event: unknown): Promise<ActionAnswer<unknown>> => {
    const caller = readCaller()
    let called: { action: string; event: Envelope | null } = { action: '-', event: null }
    const answer = await logged('staff', async () => {
      if (!isInside(caller)) return { action: '-', outcome: refuse('FORBIDDEN', '员工操作只能在云控制台里做') }
      const envelope = readEnvelope(event)
      if (envelope instanceof Refusal) return { action: '-', outcome: envelope }
      called = { action: envelope.action, event: envelope }
      if (envelope.action === 'help') return { action: 'help', outcome: outcomeOf(help(table, envelope.input)) }
      const action = Object.hasOwn(table, envelope.action) ? table[envelope.action] : undefined
      if (!action) return { action: '-', outcome: unknownAction(envelope.action, Object.keys(table)) }
      readOrderAhead(envelope.input)
      readApplicationAhead(envelope.input)
      const operator = await authenticate(envelope)
      if (operator instanceof Refusal) return { action: envelope.action, outcome: operator }
      const may = operator.roles.includes('manager') || action.roles.some((role) => operator.roles.includes(role))
      const context: StaffContext = { operator: { id: operator._id, name: operator.name, roles: operator.roles }, requestId: envelope.requestId, action: envelope.action, dryRun: envelope.dryRun, exampleOf: (name) => table[name]?.example }
      const perform = async () => (may ? action.perform(envelope.input, context) : refuse('FORBIDDEN', `这个操作要${action.roles.map((role) => ROLE_LABEL[role]).join('、')}来做`))
      const outcome = action.writes ? await audited(envelope, operator, perform) : await perform()
      return { action: envelope.action, outcome: outcomeOf(outcome) }
    })
    return withExample(answer, table, called.action)
  }

const outcomeOf = (outcome: StaffAnswer | Refusal): Refusal | { data: StaffAnswer } => (outcome instanceof Refusal ? outcome : { data: outcome })

interface Envelope {
  action: string
  operator: string
  token: string
  input: unknown
  requestId: string | null
  dryRun: boolean
}

const KNOWN = ['action', 'operator', 'token', 'input', 'requestId', 'dryRun']

const readEnvelope = (event: unknown): Envelope | Refusal => {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return refuse('BAD_REQUEST', '请写成 JSON 对象，先试 { "action": "help" }')
  const { action, operator, token, input, requestId, dryRun, ...rest } = event as Record<string, unknown>
  const [strange] = Object.keys(rest)
  if (typeof action !== 'string' || action === '') return refuse('BAD_REQUEST', '没有写 action，先试 { "action": "help" }', { action: '没有写 action' })
  if (action !== 'help' && strange !== undefined) return refuse('BAD_REQUEST', `不认得“${strange}”这一项，只能有 ${KNOWN.join('、')}；操作的内容写在 input 里`, { [strange]: '不认得这一项' })
  if (requestId !== undefined && !(typeof requestId === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(requestId))) {
    return refuse('BAD_REQUEST', '请求编号要是 8–64 个字母、数字、- 或 _', { requestId: '请求编号要是 8–64 个字母、数字、- 或 _' })
  }
  if (dryRun !== undefined && typeof dryRun !== 'boolean') return refuse('BAD_REQUEST', 'dryRun 只能写 true 或 false', { dryRun: '只能写 true 或 false' })
  return { action, operator: typeof operator === 'string' ? operator : '', token: typeof token === 'string' ? token : '', input: input ?? {}, requestId: typeof requestId === 'string' ? requestId : null, dryRun: dryRun === true }
}

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The same answer whether the operator or the token is wrong: neither is given away. */
const authenticate = async ({ operator, token }: Envelope): Promise<OperatorDocument | Refusal> => {
  if (operator === '') return refuse('FORBIDDEN', '请写 operator（您的员工编号）', { operator: '请写您的员工编号' })
  if (token === '') return refuse('FORBIDDEN', '请写 token（您的令牌）', { token: '请写您的令牌' })
  const found = await operatorById(operator)
  const given = Buffer.from(hashToken(token))
  const kept = Buffer.from(found?.tokenHash ?? hashToken('nobody'))
  const right = given.length === kept.length && timingSafeEqual(given, kept)
  return found && found.active && right ? found : refuse('FORBIDDEN', '员工编号或令牌不对')
}

/**
 * The audit log says who acted by which token; that proves knowledge of the token, not who sat at the console. It is written before anything is changed, so that no change
 * is without its line: one whose function died in between stays `STARTED`.
 */
const audited = async <Result>(envelope: Envelope, operator: OperatorDocument, perform: () => Promise<Result | Refusal>): Promise<Result | Refusal> => {
  const { action, dryRun } = envelope
  const at = new Date()
  const _id = `${at.getTime().toString(36)}-${operator._id}-${randomBytes(5).toString('hex')}`
  const input = withoutSecrets(envelope.input)
  await collection('audit').add({ _id, at, operator: operator._id, action, input, dryRun, code: 'STARTED' })
  const outcome = await perform()
  await inOutboxLane(() => collection('audit').update({ _id }, { code: _.set(outcome instanceof Refusal ? outcome.code : 'OK') }))
  return outcome
}

/** A token that someone is given, a name, a phone or identity number must not stand in the log. */
const SECRET: ReadonlySet<string> = new Set(['token', 'phone', 'name', 'room', 'openid', 'identityNumber'])

/** Letters of an input that the log keeps. */
const MOST_INPUT = 4_000

/** As JSON text, since it stands in the log before anybody has looked whether it can be stored as it is. */
const withoutSecrets = (input: unknown): string => {
  try {
    const text = JSON.stringify(input, (key, value: unknown) => (SECRET.has(key) && value !== null ? '***' : value)) ?? ''
    return text.length > MOST_INPUT ? `${text.slice(0, MOST_INPUT)}…` : text
  } catch {
    return '（写不下）'
  }
}

/** A wrong event is answered with one that would be right. */
const withExample = (answer: ActionAnswer<unknown>, table: Table, name: string): ActionAnswer<unknown> => {
  if (answer.ok || !['BAD_REQUEST', 'UNKNOWN_ACTION', 'INVALID_INPUT', 'FORBIDDEN'].includes(answer.error.code)) return answer
  const action = Object.hasOwn(table, name) ? table[name] : undefined
  const example = action ? { action: name, operator: 'lu-min', token: '您的令牌', input: action.example } : { action: 'help' }
  return { ...answer, error: { ...answer.error, example } }
}

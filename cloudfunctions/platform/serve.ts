import { randomBytes } from 'node:crypto'
import type * as z from 'zod'
import type { ActionAnswer, ActionError, HelpView } from '../../typings/contract'
import { refuse, Refusal } from '../domain/refusal'
import type { Action, ActionContext } from './action'
import type { Caller } from './caller'
import { readCaller } from './caller'
import { isOutage } from './db'
import { inputSchema } from './input-schema'
import { nearestName } from './nearest-name'
import { countTrips } from './trips'
import type { TripCount } from './trips'

/** What every action has, whatever it takes and gives. */
type Table = Readonly<Record<string, Omit<Action<unknown, ActionContext, unknown>, 'takes'>>>

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/** A call as the log keeps it: never a name, a phone number, an address or an OPENID. */
export interface CallLog extends TripCount {
  function: string
  action: string
  code: string
  ms: number
  reference?: string
}

/**
 * Makes a function's `main` from its actions: checks the envelope, who calls, the input; answers every outcome as an ActionAnswer and logs one line a call.
 * `admit` says whether this function serves the caller at all (R40).
 */
export const serve = (functionName: string, table: Table, admit: (caller: Caller) => Refusal | null | Promise<Refusal | null>) => {
  return async (event: unknown): Promise<ActionAnswer<unknown>> => {
    const caller = readCaller()
    return logged(functionName, async () => {
      const refusal = await admit(caller)
      if (refusal) return { action: '-', outcome: refusal }
      return carryOut(table, event, caller)
    })
  }
}

interface Outcome {
  action: string
  outcome: Refusal | { data: unknown }
}

const carryOut = async (table: Table, event: unknown, caller: Caller): Promise<Outcome> => {
  const envelope = readEnvelope(event)
  if (envelope instanceof Refusal) return { action: '-', outcome: envelope }
  const { name, input, requestId } = envelope
  if (name === 'help') return { action: 'help', outcome: { data: describe(table) } }
  const action = Object.hasOwn(table, name) ? table[name] : undefined
  if (!action) return { action: '-', outcome: unknownAction(name, Object.keys(table)) }
  try {
    const result = await action.perform(input, { caller, requestId, action: name })
    return { action: name, outcome: result instanceof Refusal ? result : { data: result } }
  } catch (error) {
    throw new ActionFault(name, error)
  }
}

/** Remembers which action broke, for the log. */
class ActionFault extends Error {
  constructor(
    readonly action: string,
    override readonly cause: unknown,
  ) {
    super(`${action} failed`)
  }
}

const readEnvelope = (event: unknown): Refusal | { name: string; input: unknown; requestId: string | null } => {
  const wrong = (message: string) => refuse('BAD_REQUEST', `${message}，请发 { action, input }，例如 { "action": "help", "input": {} }`)
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return wrong('请求不是一个对象')
  const { action, input, requestId } = event as Record<string, unknown>
  if (typeof action !== 'string' || action === '') return wrong('请求里没有 action')
  if (requestId !== undefined && requestId !== null && !(typeof requestId === 'string' && REQUEST_ID.test(requestId))) {
    return refuse('BAD_REQUEST', '请求编号要是 8–64 个字母、数字、- 或 _', { requestId: '请求编号要是 8–64 个字母、数字、- 或 _' })
  }
  return { name: action, input: input ?? {}, requestId: typeof requestId === 'string' ? requestId : null }
}

export const unknownAction = (name: string, names: readonly string[]): Refusal => {
  const near = nearestName(name, [...names, 'help'])
  const shown = [...name].slice(0, 30).join('')
  return refuse('UNKNOWN_ACTION', near ? `没有“${shown}”这个操作，您是不是要“${near}”？` : `没有“${shown}”这个操作，发 help 看都有哪些`)
}

/** What `help` answers. */
export const describe = (table: Readonly<Record<string, { summary: string; schema: z.ZodType; example: unknown }>>): HelpView => ({
  actions: Object.entries(table).map(([name, { summary, schema, example }]) => ({ name, summary, input: inputSchema(schema), example })),
})

/** Counts, times and logs a call; an exception becomes an answer with a reference, and is logged whole under it. */
export const logged = async (functionName: string, work: () => Promise<Outcome>): Promise<ActionAnswer<unknown>> => {
  const startedAt = performance.now()
  return countTrips(async (count) => {
    const finish = (action: string, answer: ActionAnswer<unknown>): ActionAnswer<unknown> => {
      const line: CallLog = { function: functionName, action, code: answer.ok ? 'OK' : answer.error.code, ms: Math.round((performance.now() - startedAt) * 10) / 10, ...count() }
      if (!answer.ok && answer.error.reference) line.reference = answer.error.reference
      console.log(JSON.stringify(line))
      return answer
    }
    try {
      const { action, outcome } = await work()
      const serverNow = new Date().toISOString()
      return finish(action, outcome instanceof Refusal ? { ok: false, error: errorOf(outcome), serverNow } : { ok: true, data: outcome.data, serverNow })
    } catch (error) {
      const action = error instanceof ActionFault ? error.action : '-'
      const fault = error instanceof ActionFault ? error.cause : error
      const reference = randomBytes(4).toString('hex').toUpperCase()
      console.error(JSON.stringify({ function: functionName, action, reference, error: fault instanceof Error ? { message: fault.message, stack: fault.stack, code: codeOf(fault) } : String(fault) }))
      return finish(action, { ok: false, error: faultOf(fault, reference), serverNow: new Date().toISOString() })
    }
  })
}

const codeOf = (error: object): string | null => ('code' in error ? String(error.code) : null)

const errorOf = ({ code, message, fields }: Refusal): ActionError => (fields ? { code, message, fields } : { code, message })

const faultOf = (fault: unknown, reference: string): ActionError =>
  isOutage(fault)
    ? { code: 'UNAVAILABLE', message: '系统这会儿没有反应，请过一会儿再试', reference }
    : { code: 'INTERNAL', message: `出错了，已经记下。要问客服请报编号 ${reference}`, reference }

import type * as z from 'zod'
import type { Refusal } from '../domain/refusal'
import type { Caller } from './caller'
import { inputRefusal } from './input-errors'

/** What an action is told besides its input. */
export interface ActionContext {
  caller: Caller
  /** Made once by the phone when a form or button opened; null when none was sent (R04). */
  requestId: string | null
  /** The name under which the action was called. */
  action: string
}

interface Definition<Schema extends z.ZodType, Context, Data> {
  /** One Chinese sentence for `help`. */
  summary: string
  input: Schema
  /** A whole input that validates, for `help`. */
  example: z.input<Schema>
  /** Refusals are values; exceptions are for bugs and outages. */
  run(input: z.output<Schema>, context: Context): Promise<Data | Refusal>
}

/** An action as the tables hold it: what was parsed stays inside. */
export interface Action<Input, Context, Data> {
  readonly summary: string
  readonly schema: z.ZodType
  readonly example: Input
  /** Refuses with INVALID_INPUT what the schema does not let through. */
  perform(input: unknown, context: Context): Promise<Data | Refusal>
  /** Never called: makes tables exact, so that contract and schema ask for the same. */
  readonly takes?: (input: Input) => Input
}

/** Defines an action: its schema stands beside its handler, and its types follow from it. */
export const defineAction = <Schema extends z.ZodType, Data, Context = ActionContext>({ summary, input, example, run }: Definition<Schema, Context, Data>): Action<z.input<Schema>, Context, Data> => ({
  summary,
  schema: input,
  example,
  perform: async (raw, context) => {
    const parsed = input.safeParse(raw)
    return parsed.success ? run(parsed.data, context) : inputRefusal(parsed.error)
  },
})

/** The table of a function must serve its contract, action by action. */
export type ActionTable<Api extends Record<keyof Api, { input: unknown; data: unknown }>> = {
  readonly [Name in keyof Api]: Action<Api[Name]['input'], ActionContext, Api[Name]['data']>
}

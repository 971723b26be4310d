import type * as z from 'zod'
import type { Refusal } from '../domain/refusal'
import { defineAction } from '../platform/action'
import type { Action } from '../platform/action'
import type { StaffRole } from '../platform/documents'

/** Who acts as staff: named by operator and personal token, since a console run has no identity of its own (R43). */
export interface StaffContext {
  operator: { id: string; name: string; roles: readonly StaffRole[] }
  requestId: string | null
  action: string
  /** Say what would happen, and change nothing. */
  dryRun: boolean
  /** The example input of another action, for what is to be done next. */
  exampleOf(action: string): unknown
}

/** What every staff action answers: lines to read, and the same as data. */
export interface StaffAnswer {
  text: string
  [field: string]: unknown
}

export type StaffAction = Pick<Action<unknown, StaffContext, StaffAnswer>, 'summary' | 'schema' | 'example' | 'perform'> & { readonly roles: readonly StaffRole[]; readonly writes: boolean }

interface Definition<Schema extends z.ZodType> {
  summary: string
  /** Which roles may; a manager may everything. */
  roles: readonly StaffRole[]
  /** Whether it changes anything: such actions are refused without a right and take `dryRun`. */
  writes: boolean
  input: Schema
  example: z.input<Schema>
  run(input: z.output<Schema>, context: StaffContext): Promise<StaffAnswer | Refusal>
}

export const staffAction = <Schema extends z.ZodType>({ roles, writes, ...definition }: Definition<Schema>): StaffAction => ({
  ...defineAction<Schema, StaffAnswer, StaffContext>(definition),
  roles,
  writes,
})

export const ROLE_LABEL: Record<StaffRole, string> = { dispatcher: '调度', estimator: '预算员', customer_service: '客服', finance: '财务', manager: '经理' }

import type { Maybe } from '../values/value'

/** What an expression may refer to besides the document: the server's clock and the variables in scope. */
export interface Env {
  /** `$$NOW` and server dates, in ms. */
  now: number
  /** Values handed in from outside (`let` of a `$lookup`). */
  constants: ReadonlyMap<string, Maybe>
  /** Names bound inside the expression (`$let`, `$map`, …), known when it is compiled. */
  locals: ReadonlySet<string>
}

export const baseEnv = (now: number): Env => ({ now, constants: new Map(), locals: new Set() })

export const withLocals = (env: Env, names: Iterable<string>): Env => ({ ...env, locals: new Set([...env.locals, ...names]) })

export const withConstants = (env: Env, values: Iterable<readonly [string, Maybe]>): Env => ({
  ...env,
  constants: new Map([...env.constants, ...values]),
})

/** What WeChat answers to an openapi call: `errcode` 0 is success. */
export type Answer = { errcode: number; errmsg: string } & Record<string, unknown>

export const OK = { errcode: 0, errmsg: 'ok' } as const

export function refused(errcode: number, errmsg: string): Answer {
  return { errcode, errmsg }
}

/** Serves one openapi by name, `args` in snake_case as on WeChat's own wire. */
export type OpenApi = (args: Record<string, unknown>) => Answer

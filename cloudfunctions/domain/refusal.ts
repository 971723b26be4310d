import type { ErrorCode } from '../../typings/contract'

/** What people can cause is a value: a code for programs and a Chinese sentence for people. */
export class Refusal {
  constructor(
    readonly code: ErrorCode,
    readonly message: string,
    readonly fields: Record<string, string> | null = null,
  ) {}
}

/** Asked again for what is already so: answered as the first time, and nothing is written. */
export const SAME = 'same'

/** What a handler says: refused (and then it has changed nothing), nothing to change, or done. */
export type Outcome = Refusal | typeof SAME | null

export const refuse = (code: ErrorCode, message: string, fields: Record<string, string> | null = null): Refusal => new Refusal(code, message, fields)

/** R47 whoever helps is refused what belongs to the one in charge. */
export const NOT_IN_CHARGE = refuse('FORBIDDEN', '这一步要负责的师傅来做')

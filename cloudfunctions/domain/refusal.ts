import type { ErrorCode } from '../../typings/contract'

/** What people can cause is a value: a code for programs and a Chinese sentence for people. */
export class Refusal {
  constructor(
    readonly code: ErrorCode,
    readonly message: string,
    readonly fields: Record<string, string> | null = null,
  ) {}
}

export const refuse = (code: ErrorCode, message: string, fields: Record<string, string> | null = null): Refusal => new Refusal(code, message, fields)

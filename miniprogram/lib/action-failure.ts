import type { ErrorCode } from '../../typings/contract'

/** Codes that arise on the phone itself, before any function answered. */
export type ClientFailureCode =
  /** No way out of the phone: airplane mode, lift, cellar. */
  | 'NETWORK'
  /** Sent, but no answer in time; it may have been carried out. The same requestId makes a second try safe (R04). */
  | 'TIMEOUT'
  /** This WeChat is too old to know `wx.cloud`. */
  | 'OUTDATED_CLIENT'

export type FailureCode = ErrorCode | ClientFailureCode

/** A call that did not succeed: `message` is a Chinese sentence for people, `fields` names each bad input field (`contact.phone`). */
export class ActionFailure extends Error {
  readonly code: FailureCode
  readonly fields: Record<string, string>

  constructor(code: FailureCode, message: string, fields: Record<string, string> = {}) {
    super(message)
    this.name = 'ActionFailure'
    this.code = code
    this.fields = fields
  }

  /** Whether nobody knows the outcome, or it may differ at once: the same request can be sent again as it is. */
  get unsettled(): boolean {
    return UNSETTLED.has(this.code)
  }
}

const UNSETTLED: ReadonlySet<FailureCode> = new Set(['NETWORK', 'TIMEOUT', 'CONFLICT', 'UNAVAILABLE', 'INTERNAL', 'PAYMENT_UNAVAILABLE'])

export function isActionFailure(error: unknown): error is ActionFailure {
  return error instanceof Error && error.name === 'ActionFailure'
}

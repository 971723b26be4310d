import type { PaymentParams } from '../../../typings/contract'

/** `pending`: the phone says paid, WeChat has not confirmed yet. `unsure`: the phone says failed and nobody could be asked, so it may be paid. */
export type PaymentOutcome = 'paid' | 'pending' | 'cancelled' | 'failed' | 'unsure'

export interface PaymentSteps {
  start: () => Promise<{ outTradeNo: string; params: PaymentParams }>
  /** wx.requestPayment; its answer is a hint only. */
  request: (params: PaymentParams) => Promise<'done' | 'cancelled' | 'failed'>
  check: (outTradeNo: string) => Promise<'paid' | 'not_paid' | 'closed' | 'pending'>
  pause: (ms: number) => Promise<void>
}

/** Pauses before each look when the phone says paid, ms: about eleven seconds in all. */
const PAUSES_MS = [0, 1_000, 1_500, 2_500, 3_000, 3_000]

/**
 * Pays one stage: opens the attempt, lets WeChat ask, then asks the server until WeChat has settled it (R23: what the phone says is
 * only a hint, in both directions).
 * @throws ActionFailure when the attempt cannot be opened; nothing was charged then.
 */
export async function payStage({ start, request, check, pause }: PaymentSteps): Promise<PaymentOutcome> {
  const { outTradeNo, params } = await start()
  const hint = await request(params)
  const pauses = hint === 'done' ? PAUSES_MS : [0]
  let answered = false
  for (const ms of pauses) {
    if (ms > 0) await pause(ms)
    const state = await check(outTradeNo).catch(() => null)
    answered = state !== null
    if (state === 'paid') return 'paid'
    if (state === 'closed') break
  }
  if (hint === 'done') return 'pending'
  return hint === 'failed' && !answered ? 'unsure' : hint
}

/** The one door to the backend: every page calls functions through here. */
import type { ActionAnswer, ActionRequest, HomeownerApi, TechnicianApi } from '../../typings/contract'
import { ActionFailure } from './action-failure'
import { failureOfAct, failureOfTransport, noAnswerInTime, UPGRADE_WECHAT } from './error-text'
import { learnServerTime } from './server-clock'

export { ActionFailure, isActionFailure } from './action-failure'
export { serverNow } from './server-clock'

interface Apis {
  homeowner: HomeownerApi
  technician: TechnicianApi
}

export type FunctionName = keyof Apis
export type ActionName<F extends FunctionName> = keyof Apis[F] & string
export type InputOf<F extends FunctionName, A extends ActionName<F>> = Apis[F][A] extends { input: infer Input } ? Input : never
export type DataOf<F extends FunctionName, A extends ActionName<F>> = Apis[F][A] extends { data: infer Data } ? Data : never

export interface CallOptions {
  /** Made when the form or button opened, the same on every try (lib/request-id). Every action that changes something needs one (R04). */
  requestId?: string
  /** ms until the call is given up; 15,000 unless told. */
  timeoutMs?: number
}

const TIMEOUT_MS = 15_000
/** Pauses before the second and third try of a read, ms. Writes are never tried again on their own: people press again, with the same requestId. */
const READ_RETRY_PAUSES_MS = [400, 1_200]
const READS: ReadonlySet<string> = new Set<ActionName<'homeowner'> | ActionName<'technician'>>([
  'openHome',
  'priceBook',
  'listOrders',
  'getOrder',
  'previewCancel',
  'verifyCode',
  'listMessages',
  'openJobs',
  'getJob',
  'listJobs',
  'seeOffer',
  'findHelper',
  'freeTimes',
  'myApplication',
  'checkReach',
  'getRecord',
  'getSchedule',
  'showBadge',
])

/**
 * Calls one action of a function and gives its data.
 * @throws ActionFailure with a Chinese sentence: the server's refusal, or what went wrong on the way.
 */
export async function call<F extends FunctionName, A extends ActionName<F>>(
  name: F,
  action: A,
  input: InputOf<F, A>,
  options: CallOptions = {},
): Promise<DataOf<F, A>> {
  const request: ActionRequest<InputOf<F, A>> = { action, input }
  if (options.requestId) request.requestId = options.requestId
  const reads = READS.has(action)
  const pauses = reads ? READ_RETRY_PAUSES_MS : []
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await callOnce<DataOf<F, A>>(name, request, options.timeoutMs ?? TIMEOUT_MS)
    } catch (error) {
      const failure = reads ? failureOfTransport(error) : failureOfAct(error)
      const pauseMs = pauses[attempt]
      if (pauseMs === undefined || !WORTH_ANOTHER_TRY.has(failure.code)) throw failure
      await pause(pauseMs)
    }
  }
}

const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set(['NETWORK', 'TIMEOUT', 'UNAVAILABLE', 'CONFLICT'])

async function callOnce<Data>(name: string, request: ActionRequest, timeoutMs: number): Promise<Data> {
  // An old WeChat has no wx.cloud at all, whatever the typings say.
  if (!wx.cloud) throw new ActionFailure('OUTDATED_CLIENT', UPGRADE_WECHAT)
  const sentAt = Date.now()
  const { result } = await inTime(wx.cloud.callFunction({ name, data: request }), timeoutMs)
  const answer: unknown = result
  if (!isAnswer<Data>(answer)) throw failureOfTransport(new Error('no envelope'))
  learnServerTime(answer.serverNow, sentAt, Date.now())
  if (answer.ok) return answer.data
  const { code, message, fields } = answer.error
  throw new ActionFailure(code, message, fields)
}

function isAnswer<Data>(value: unknown): value is ActionAnswer<Data> {
  if (typeof value !== 'object' || value === null || !('ok' in value) || !('serverNow' in value)) return false
  if (value.ok === true) return 'data' in value
  return 'error' in value && typeof value.error === 'object' && value.error !== null && 'message' in value.error
}

function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(noAnswerInTime()), timeoutMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

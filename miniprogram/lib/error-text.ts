import { ActionFailure, isActionFailure } from './action-failure'

const NO_NETWORK = '网络没连上，请看看信号再试'
/** Of what changes something: whether it arrived is not known, and what was typed stays where it is. */
const NOT_ANSWERED = '没有网络，没等到回音。写好的都还在，有网了再点一次，不会重复办理'
const NO_ANSWER = '等了一会儿没有回音。再点一次就行，不会重复办理'
const NOT_SERVING = '服务暂时没有响应，请稍等片刻再试'
export const UPGRADE_WECHAT = '您的微信版本太低，请升级微信后再打开'

/** What `wx.*` calls fail with. */
interface WechatError {
  errMsg: string
  errCode?: number
}

function isWechatError(error: unknown): error is WechatError {
  return typeof error === 'object' && error !== null && 'errMsg' in error && typeof error.errMsg === 'string'
}

/** The raw English reason of a failed `wx.*` call, or the message of an Error; for matching, never for showing. */
function rawReason(error: unknown): string {
  if (isWechatError(error)) return error.errMsg
  return error instanceof Error ? error.message : String(error)
}

/** Whether a `wx.*` call failed only because the person closed it. */
export function isCancelled(error: unknown): boolean {
  return /\bcancel/i.test(rawReason(error))
}

/** Whether a `wx.*` call failed because a permission was refused. */
export function isPermissionRefused(error: unknown): boolean {
  return /auth(orize)?[: ]*(deny|denied|fail)|no permission|privacy/i.test(rawReason(error))
}

/** Turns what `wx.cloud` threw into a failure with a sentence for people; raw codes are never shown. */
export function failureOfTransport(error: unknown): ActionFailure {
  if (isActionFailure(error)) return error
  const reason = rawReason(error)
  if (/time\s?out/i.test(reason)) return new ActionFailure('TIMEOUT', NO_ANSWER)
  if (/network|request:fail|offline|disconnect|ERR_|failed to fetch|socket/i.test(reason)) return new ActionFailure('NETWORK', NO_NETWORK)
  return new ActionFailure('UNAVAILABLE', NOT_SERVING)
}

/** The same, of an act that changes something. */
export function failureOfAct(error: unknown): ActionFailure {
  const failure = failureOfTransport(error)
  return failure.code === 'NETWORK' ? new ActionFailure('NETWORK', NOT_ANSWERED) : failure
}

export function noAnswerInTime(): ActionFailure {
  return new ActionFailure('TIMEOUT', NO_ANSWER)
}

/** One Chinese sentence for any error at all. */
export function errorText(error: unknown): string {
  return failureOfTransport(error).message
}

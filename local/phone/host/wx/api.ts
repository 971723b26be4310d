/** WeChat's calling style: `wx.x({ success, fail, complete })` or, without these, a promise. */
export interface Callbacks {
  success?(result: Record<string, unknown>): void
  fail?(error: WxError): void
  complete?(result: Record<string, unknown> | WxError): void
}

/** What wx.* fails with. */
export interface WxError {
  errMsg: string
  errCode?: number
  errno?: number
}

/** Thrown inside an API to fail with WeChat's own code. */
export class ApiFailure extends Error {
  constructor(
    message: string,
    readonly details: { errCode?: number; errno?: number } = {},
  ) {
    super(message)
  }
}

type Result = Record<string, unknown> | void
type Api<O> = (options?: O & Callbacks) => Promise<Record<string, unknown>> | undefined

const failure = (name: string, error: unknown): WxError => {
  const message = error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error)
  return { errMsg: `${name}:fail ${message}`, ...(error instanceof ApiFailure ? error.details : {}) }
}

/** A rejection carries WeChat's fields on a real Error, so that an unhandled one says where it came from. */
const asError = (error: WxError): Error & WxError => Object.assign(new Error(error.errMsg), error)

/** Called with every API call, for `window.__phone.lastCall`. */
export type CallObserver = (name: string, options: unknown) => void
let observer: CallObserver = () => undefined
export const observeCalls = (listener: CallObserver): void => {
  observer = listener
}

let pending = 0
/** How many calls of functions and files are on their way. */
export const pendingCloudCalls = (): number => pending

function countCloudCall(name: string, outcome: Promise<unknown>): void {
  if (!name.startsWith('cloud.')) return
  pending += 1
  const done = (): void => {
    pending -= 1
  }
  outcome.then(done, done)
}

/**
 * Wraps a function as a wx API.
 * @param name as in errMsg: `name:ok`, `name:fail …`
 * @param run starts at once (a few APIs must be called inside a tap); what it throws becomes the failure
 */
export function api<O extends object>(name: string, run: (options: O) => Result | Promise<Result>): Api<O> {
  return (options) => {
    const given = (options ?? {}) as O & Callbacks
    observer(name, given)
    const { success, fail, complete } = given
    let started: Promise<Result>
    try {
      started = Promise.resolve(run(given))
    } catch (error) {
      started = Promise.reject(error instanceof Error ? error : new Error(String(error)))
    }
    const outcome = started.then(
      (result) => ({ errMsg: `${name}:ok`, ...(result ?? {}) }) as Record<string, unknown>,
      (error: unknown) => Promise.reject(asError(failure(name, error))),
    )
    countCloudCall(name, outcome)
    if (!success && !fail && !complete) return outcome
    outcome.then(
      (result) => {
        success?.(result)
        complete?.(result)
      },
      (error: WxError) => {
        fail?.(error)
        complete?.(error)
      },
    )
    return undefined
  }
}

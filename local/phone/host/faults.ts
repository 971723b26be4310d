/** Nothing fails quietly: an error is shown over the phone, logged, and seen by tests as a page error. */
import { element, requiredElement } from './dom'

type ErrorListener = (message: string) => void
const listeners = new Set<ErrorListener>()

/** wx.onError and App.onError. */
export function onFault(listener: ErrorListener): void {
  listeners.add(listener)
}

export function offFault(listener: ErrorListener): void {
  listeners.delete(listener)
}

/** Something of WeChat's that the app uses and the host does not have. */
export class MissingInHost extends Error {
  constructor(what: string) {
    super(`${what} is not in the browser host (local/phone/host): add it there before the app uses it`)
    this.name = 'MissingInHost'
  }
}

export const messageOf = (error: unknown): string => {
  if (error instanceof Error) return error.message
  if (typeof error === 'object' && error !== null && 'errMsg' in error) return String(error.errMsg)
  return String(error)
}

/** Hands an error to the browser as uncaught, outside of the caller's stack, so that one handler failing does not stop the others. */
export function report(error: unknown): void {
  reportError(error instanceof Error ? error : new Error(messageOf(error)))
}

function show(message: string): void {
  const layer = requiredElement('faults')
  layer.hidden = false
  const close = element('button', { text: '关闭', onClick: () => (layer.hidden = true) })
  layer.replaceChildren(element('strong', { text: '页面出错了' }), element('pre', { text: message }), close)
}

/** Shows uncaught errors over the phone. */
export function watchFaults(): void {
  addEventListener('error', (event) => {
    if (!(event instanceof ErrorEvent)) return
    const text = event.error instanceof Error ? (event.error.stack ?? event.error.message) : event.message
    // The browser's own word for "an observer will be called again in the next frame".
    if (event.message.includes('ResizeObserver loop')) return
    show(text)
    listeners.forEach((listener) => listener(text))
  })
  addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason
    show(reason instanceof Error ? (reason.stack ?? reason.message) : messageOf(reason))
    listeners.forEach((listener) => listener(messageOf(reason)))
    // Plain objects ({ errMsg }) are what wx rejects with; tests must see them as errors too.
    if (!(reason instanceof Error)) {
      event.preventDefault()
      report(new Error(`unhandled rejection: ${messageOf(reason)}`))
    }
  })
}

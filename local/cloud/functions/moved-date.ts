/**
 * Gives a function instance the moved clock: `new Date()`, `Date()` and `Date.now()` tell moved time, everything else about Date stays.
 * Timers (`setTimeout`) and `performance` stay on real time, as timeouts must.
 */
import { readClock } from '../clock'

export function installMovedDate(shared: SharedArrayBuffer): void {
  const cells = new BigInt64Array(shared)
  const RealDate = Date
  const realNow = RealDate.now.bind(RealDate)
  const now = (): number => readClock(cells, realNow)
  const MovedDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: (target) => new target(now()).toString(),
  })
  RealDate.now = now
  // `value.constructor === Date` must stay true, for values made before and after.
  Object.defineProperty(RealDate.prototype, 'constructor', { value: MovedDate, writable: true, configurable: true })
  globalThis.Date = MovedDate
}

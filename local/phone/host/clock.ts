/**
 * The workplace's clock can be moved; everything in the page that asks for the time sees the moved one. Timers stay real. The news of a move comes over a
 * line of the host's own, so a phone without network hears it too.
 */
type Listener = () => void

const RealDate = Date
let offset = 0
let frozenAt: number | undefined
const listeners = new Set<Listener>()

/** Milliseconds since the epoch on the moved clock. */
export const movedNow = (): number => frozenAt ?? RealDate.now() + offset

/** @param frozen time stands still until the next move, as some tests of the workplace want it */
export function setClock(now: number, frozen = false): void {
  offset = now - RealDate.now()
  frozenAt = frozen ? now : undefined
  listeners.forEach((listener) => listener())
}

/** Called after each move. */
export function onClockMove(listener: Listener): void {
  listeners.add(listener)
}

/** Replaces `Date`, so that `new Date()` and `Date.now()` tell the moved time everywhere in the page. */
export function installClock(): void {
  const handler: ProxyHandler<DateConstructor> = {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [movedNow()] : args, newTarget) as object,
    apply: () => new RealDate(movedNow()).toString(),
    get: (target, key, receiver) => (key === 'now' ? movedNow : Reflect.get(target, key, receiver)),
  }
  window.Date = new Proxy(RealDate, handler)
  RealDate.prototype.constructor = window.Date
}

/** The line between a page and the one that opened it. */
type Handler = (...args: unknown[]) => void

export class EventChannel {
  private readonly handlers = new Map<string, Handler[]>()

  constructor(events: Record<string, Handler> = {}) {
    for (const [name, handler] of Object.entries(events)) this.on(name, handler)
  }

  on(name: string, handler: Handler): void {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler])
  }

  once(name: string, handler: Handler): void {
    const wrapped: Handler = (...args) => {
      this.off(name, wrapped)
      handler(...args)
    }
    this.on(name, wrapped)
  }

  off(name: string, handler?: Handler): void {
    this.handlers.set(name, handler ? (this.handlers.get(name) ?? []).filter((known) => known !== handler) : [])
  }

  emit(name: string, ...args: unknown[]): void {
    for (const handler of this.handlers.get(name) ?? []) handler(...args)
  }
}

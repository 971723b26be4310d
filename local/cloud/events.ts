/** Tells open pages (workbench, phones) what happened: server-sent events at GET /__events. */
import type { ServerResponse } from 'node:http'
import type { Exchange } from './http/exchange'

export type WorkplaceEvent =
  /** The clock moved (or a page has just connected). `now` is ISO 8601. */
  | { type: 'clock'; now: string; frozen?: true }
  | { type: 'message'; to: string; channel: string }
  /** Documents changed; several changes within a moment come as one. */
  | { type: 'database'; collections: string[] }
  | { type: 'payment'; outTradeNo: string; state: string }

/** Changes within this many ms are told together. */
const GATHER_MS = 50
const HEARTBEAT_MS = 25_000

export class EventStream {
  private readonly listeners = new Set<ServerResponse>()
  private readonly changed = new Set<string>()
  private gathering: NodeJS.Timeout | undefined

  /** Connects a page; it gets `first` at once. */
  connect(exchange: Exchange, first: WorkplaceEvent): void {
    const { response } = exchange
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', connection: 'keep-alive' })
    response.write(format(first))
    this.listeners.add(response)
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
    heartbeat.unref()
    response.on('close', () => {
      clearInterval(heartbeat)
      this.listeners.delete(response)
    })
  }

  tell(event: WorkplaceEvent): void {
    for (const listener of this.listeners) listener.write(format(event))
  }

  /** Notes a change of a collection and tells it soon. */
  databaseChanged(collection: string): void {
    if (this.listeners.size === 0) return
    this.changed.add(collection)
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined
      this.tell({ type: 'database', collections: [...this.changed] })
      this.changed.clear()
    }, GATHER_MS)
  }

  close(): void {
    clearTimeout(this.gathering)
    for (const listener of this.listeners) listener.end()
    this.listeners.clear()
  }
}

function format(event: WorkplaceEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

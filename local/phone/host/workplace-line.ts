/**
 * One line to the workplace (GET /__events) for all phones of a browser. Browsers allow six connections to one address, and each phone of the workbench
 * would hold one for ever: so one frame listens, the others hear it from that one. When it closes, the next takes over.
 */
export type HostEvent = { type: string; [key: string]: unknown }

const LINE_NAME = 'workplace-events'

const isEvent = (value: unknown): value is HostEvent =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

export function listenToWorkplace(onEvent: (event: HostEvent) => void): void {
  const channel = new BroadcastChannel(LINE_NAME)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isEvent(data)) onEvent(data)
  })
  const lead = (): Promise<never> => {
    const source = new EventSource('/__events')
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const event: unknown = JSON.parse(data)
      if (!isEvent(event)) return
      onEvent(event)
      channel.postMessage(event)
    })
    // Held until this frame is gone.
    return new Promise<never>(() => undefined)
  }
  void navigator.locks.request(LINE_NAME, lead)
}

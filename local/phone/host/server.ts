/** Talks to the local workplace on behalf of the phone's user. */
import { setClock } from './clock'

export interface Person {
  openid: string
  name: string
  role?: string
  phone?: string
  note?: string
}

export interface Place {
  name: string
  address: string
  latitude: number
  longitude: number
}

export interface ServerAnswer {
  status: number
  body: unknown
}

export type HostEvent = { type: string; [key: string]: unknown }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? null : (JSON.parse(text) as unknown)
  } catch {
    return text
  }
}

export class Server {
  constructor(readonly openid: string) {}

  private get headers(): Record<string, string> {
    return { 'x-local-openid': this.openid, 'content-type': 'application/json' }
  }

  /** POST with a JSON body; never throws for an HTTP status. @throws TypeError when the workplace cannot be reached */
  async post(path: string, body: unknown, signal?: AbortSignal): Promise<ServerAnswer> {
    const response = await fetch(path, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify(body ?? {}),
      ...(signal ? { signal } : {}),
    })
    return { status: response.status, body: await readBody(response) }
  }

  async get(path: string): Promise<ServerAnswer> {
    const response = await fetch(path, { headers: { 'x-local-openid': this.openid } })
    return { status: response.status, body: await readBody(response) }
  }

  /** Sends a file with news of the progress (0–100). */
  upload(cloudPath: string, file: Blob, onProgress: (sent: number, total: number) => void): { done: Promise<ServerAnswer>; abort(): void } {
    const request = new XMLHttpRequest()
    const done = new Promise<ServerAnswer>((resolve, reject) => {
      request.open('POST', `/__upload?path=${encodeURIComponent(cloudPath)}`)
      request.setRequestHeader('x-local-openid', this.openid)
      request.setRequestHeader('content-type', file.type || 'application/octet-stream')
      request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded, total))
      request.addEventListener('load', () => {
        let body: unknown = request.responseText
        try {
          body = JSON.parse(request.responseText)
        } catch {
          // An answer that is no JSON is told as it is.
        }
        resolve({ status: request.status, body })
      })
      request.addEventListener('error', () => reject(new Error('network error')))
      request.addEventListener('abort', () => reject(new Error('abort')))
    })
    request.send(file)
    return { done, abort: () => request.abort() }
  }

  /** Listens to the workplace: the clock moves for every phone at once. Resolves when the clock is known, or at once when there is no such line. */
  listen(onEvent: (event: HostEvent) => void): Promise<void> {
    return new Promise((resolve) => {
      const source = new EventSource('/__events')
      const settle = (): void => resolve()
      source.addEventListener('error', settle)
      const receive = (message: MessageEvent<string>): void => {
        const event: unknown = JSON.parse(message.data)
        if (!isRecord(event) || typeof event.type !== 'string') return
        if (event.type === 'clock' && (typeof event.now === 'string' || typeof event.now === 'number')) {
          setClock(typeof event.now === 'number' ? event.now : Date.parse(event.now))
          settle()
        }
        onEvent({ ...event, type: event.type })
      }
      source.addEventListener('message', receive)
      source.addEventListener('clock', receive)
      setTimeout(settle, 1500)
    })
  }
}

/** The users of the workplace, or null when it does not tell. */
export async function fetchPeople(): Promise<Person[] | null> {
  const response = await fetch('/__people')
  if (!response.ok) return null
  const body = await readBody(response)
  const list = Array.isArray(body) ? body : isRecord(body) && Array.isArray(body.people) ? body.people : null
  return list as Person[] | null
}

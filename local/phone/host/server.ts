/** Talks to the local workplace on behalf of the phone's user. */
import { setClock } from './clock'
import { listenToWorkplace } from './workplace-line'

export interface Person {
  openid: string
  name: string
  role?: string
  phone?: string | null
  note?: string
  /** where they live, by name */
  place?: string | null
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

  /** The workplace's time, and then each move of it. Resolves when the time is known. */
  async followClock(): Promise<void> {
    listenToWorkplace((event) => {
      if (event.type === 'clock') adoptTime(event)
    })
    const { status, body } = await this.get('/__clock')
    if (status === 200 && isRecord(body)) adoptTime(body)
  }
}

function adoptTime({ now, frozen }: Record<string, unknown>): void {
  const at = typeof now === 'number' ? now : Date.parse(String(now))
  if (Number.isFinite(at)) setClock(at, frozen === true)
}

/** The named places of the demonstration city; none when the workplace has no city. */
export async function fetchPlaces(): Promise<Place[]> {
  const response = await fetch('/__places')
  const body = response.ok ? await readBody(response) : []
  return Array.isArray(body) ? (body as Place[]) : []
}

/** The users of the workplace, or null when it does not tell. */
export async function fetchPeople(): Promise<Person[] | null> {
  const response = await fetch('/__people')
  if (!response.ok) return null
  const body = await readBody(response)
  const list = Array.isArray(body) ? body : isRecord(body) && Array.isArray(body.people) ? body.people : null
  return list as Person[] | null
}

/** Serves a built phone and answers its calls: from canned answers, or by passing them on to a running workplace. For previews and for the host's own tests. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

export interface MockServerOptions {
  /** a folder made by buildPhone */
  phoneDir: string
  /** "function.action" → what the function answers, or its `data` alone; `*` for any other */
  answers?: Record<string, unknown>
  /** the address of a workplace that answers instead */
  passTo?: string
  /** the moved time, ISO; real time when not given */
  now?: string
  /** answers of other addresses: "POST /__pay/verify" → body, or a function of the request */
  routes?: Record<string, MockRoute>
}

export type MockRoute = (request: { url: URL; openid: string; body: Buffer }) => { status?: number; body: unknown }

export interface MockServer {
  url: string
  requests: { method: string; path: string; openid: string; body: string }[]
  /** tells every open phone the time */
  moveClock(now: number): void
  close(): Promise<void>
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

class Mock {
  readonly requests: MockServer['requests'] = []
  private readonly listeners = new Set<ServerResponse>()
  private now: number | undefined

  constructor(private readonly options: MockServerOptions) {
    this.now = options.now === undefined ? undefined : Date.parse(options.now)
  }

  moveClock(now: number): void {
    this.now = now
    for (const listener of this.listeners) this.tellClock(listener)
  }

  closeStreams(): void {
    for (const listener of this.listeners) listener.end()
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock')
    const method = request.method ?? 'GET'
    if (method === 'GET' && !url.pathname.startsWith('/__')) return this.sendFile(url.pathname, response)
    const openid = String(request.headers['x-local-openid'] ?? '')
    const body = await readAll(request)
    if (url.pathname !== '/__events') this.requests.push({ method, path: url.pathname + url.search, openid, body: body.toString('utf8') })
    const route = this.options.routes?.[`${method} ${url.pathname}`]
    if (route) {
      const answer = route({ url, openid, body })
      return sendJson(response, answer.status ?? 200, answer.body)
    }
    if (this.options.passTo !== undefined) return this.passOn(request, url, body, response)
    if (url.pathname === '/__events') return this.openStream(response)
    if (url.pathname === '/__clock') return sendJson(response, 200, { now: this.now ?? Date.now() })
    if (url.pathname.startsWith('/__invoke/')) return this.invoke(url.pathname.slice('/__invoke/'.length), body, response)
    sendJson(response, 200, url.pathname === '/__people' || url.pathname === '/__places' ? [] : {})
  }

  private invoke(name: string, body: Buffer, response: ServerResponse): void {
    const { action } = JSON.parse(body.toString('utf8') || '{}') as { action?: string }
    const { answers = {} } = this.options
    const answer = answers[`${name}.${action ?? ''}`] ?? answers[name] ?? answers['*']
    if (answer === undefined) sendJson(response, 500, { error: `no canned answer for "${name}.${action ?? ''}"` })
    else sendJson(response, 200, this.enveloped(answer))
  }

  /** An answer without the envelope of the project's functions gets it. */
  private enveloped(answer: unknown): unknown {
    const whole = typeof answer === 'object' && answer !== null && 'ok' in answer
    return whole ? answer : { ok: true, data: answer, serverNow: new Date(this.now ?? Date.now()).toISOString() }
  }

  private openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    this.listeners.add(response)
    response.on('close', () => this.listeners.delete(response))
    this.tellClock(response)
  }

  private tellClock(response: ServerResponse): void {
    response.write(`data: ${JSON.stringify({ type: 'clock', now: this.now ?? Date.now() })}\n\n`)
  }

  private async passOn(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): Promise<void> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => /^(content-type|x-local-openid|accept)$/.test(name)),
    ) as Record<string, string>
    const answer = await fetch(new URL(url.pathname + url.search, this.options.passTo), {
      method: request.method ?? 'GET',
      headers,
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
    const reader = answer.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) response.write(part.value)
    response.end()
  }

  private sendFile(path: string, response: ServerResponse): void {
    const inside = normalize(decodeURIComponent(path.replace(/^\/phone/, ''))).replace(/^\/+/, '')
    const file = join(this.options.phoneDir, inside === '' ? 'index.html' : inside)
    if (inside.startsWith('..') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-cache' })
    createReadStream(file).pipe(response)
  }
}

/** Listens on a free port of 127.0.0.1; the phone is at `/phone/`. */
export async function startMockServer(options: MockServerOptions): Promise<MockServer> {
  const mock = new Mock(options)
  const server = createServer((request, response) => {
    mock.handle(request, response).catch((error: unknown) => sendJson(response, 500, { error: String(error) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests: mock.requests,
    moveClock: (now) => mock.moveClock(now),
    close: () =>
      new Promise((resolve) => {
        mock.closeStreams()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

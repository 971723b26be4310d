/** The one HTTP server of the workplace, on 127.0.0.1 alone. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serviceCode } from '../service-error'
import { discardBody, type Exchange, HttpRefusal, sendJson } from './exchange'
import { refuseForeign } from './local-only'
import { sendPage } from './page'

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | '*'
  /** `/admin`, or `/cos/*` for `/cos` and all that begins with `/cos/`. */
  path: string
  serve: (exchange: Exchange) => void | Promise<void>
}

const EVERYTHING = '/*'

export class WorkplaceServer {
  private readonly server: Server
  private routes: Route[] | undefined

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response))
    // A warm function keeps its sockets while its thread is stopped; closing them sooner would fail its next call.
    this.server.keepAliveTimeout = 120_000
    this.server.headersTimeout = 125_000
  }

  /** Takes a port (0 = any that is free) and gives the address. Requests are served once `serve` has said how. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, '127.0.0.1', resolve)
    })
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** The first path that fits decides; HEAD is served as GET. */
  serve(routes: Route[]): void {
    this.routes = routes
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeAllConnections()
    await closed
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = split(request.url ?? '/')
    const exchange: Exchange = { method: request.method ?? 'GET', path, query, request, response }
    try {
      refuseForeign(request)
      await this.find(exchange).serve(exchange)
    } catch (error) {
      await answerFailure(exchange, error)
    }
  }

  private find({ method, path }: Exchange): Route {
    if (!this.routes) throw new HttpRefusal(503, '工作区正在启动')
    // The first path that fits is the nearest; it may stand there once for each method.
    const nearest = this.routes.find((route) => matches(route.path, path))?.path
    const candidates = this.routes.filter((route) => route.path === nearest)
    const route = candidates.find((one) => one.method === '*' || one.method === method || (one.method === 'GET' && method === 'HEAD'))
    if (route) return route
    if (nearest !== undefined && nearest !== EVERYTHING) throw new HttpRefusal(405, `这个地址不接受 ${method}`)
    throw new HttpRefusal(404, `没有这个地址：${path}`)
  }
}

async function answerFailure(exchange: Exchange, error: unknown): Promise<void> {
  const { request, response } = exchange
  const refusal = toRefusal(error)
  if (!refusal) console.error(error)
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  await discardBody(exchange)
  if (!request.complete) response.setHeader('connection', 'close')
  const { status, message, code } = refusal ?? new HttpRefusal(500, '本地工作区出错了，详情见终端')
  if (request.headers.accept?.includes('text/html')) sendPage(exchange, status, message)
  else sendJson(exchange, status, { error: message, ...(code === undefined ? {} : { code }) })
}

function toRefusal(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error
  if (error instanceof URIError) return new HttpRefusal(400, '地址里的百分号编码不对')
  const code = serviceCode(error)
  return code !== undefined && error instanceof Error ? new HttpRefusal(400, error.message, code) : undefined
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) || path === pattern.slice(0, -2) : path === pattern
}

function split(url: string): { path: string; query: URLSearchParams } {
  const at = url.indexOf('?')
  return at < 0 ? { path: url, query: new URLSearchParams() } : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) }
}

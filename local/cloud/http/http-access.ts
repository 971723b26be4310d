/**
 * HTTP access to functions, as `/http/PATH`: the request becomes an event and what the function returns becomes the answer
 * (CloudBase's "integrated request" and "integrated response").
 */
import type { FunctionRuntime } from '../functions/runtime'
import { ENV_ID } from '../functions/environment'
import { serviceCode } from '../service-error'
import { randomUUID } from 'node:crypto'
import { type Exchange, HttpRefusal, readBody, sendJson, sendText } from './exchange'

const PREFIX = '/http'
const MAX_BODY = 6 * 1024 * 1024

export interface HttpAccessPath {
  path: string
  function: string
}

export class HttpAccess {
  constructor(
    private readonly paths: HttpAccessPath[],
    private readonly runtime: FunctionRuntime,
  ) {}

  async serve(exchange: Exchange): Promise<void> {
    const path = exchange.path.slice(PREFIX.length) || '/'
    const access = this.find(path)
    if (!access) throw new HttpRefusal(404, `没有开放这个 HTTP 路径：${path}`, 'INVALID_PATH')
    const event = await toEvent(exchange, path)
    try {
      const result = await this.runtime.invoke(access.function, JSON.stringify(event), { source: 'wx_http', clientIp: '127.0.0.1' })
      answer(exchange, JSON.parse(result))
    } catch (error) {
      const code = serviceCode(error)
      if (code === undefined) throw error
      // The gateway hides what went wrong inside.
      sendJson(exchange, code === 'FUNCTIONS_TIME_LIMIT_EXCEEDED' ? 504 : 500, {
        code,
        message: 'Function execution failed',
        requestId: event.requestContext.requestId,
      })
    }
  }

  /** The longest declared path that the request's path equals or lies under. */
  private find(path: string): HttpAccessPath | undefined {
    return this.paths
      .filter((one) => path === one.path || path.startsWith(one.path.endsWith('/') ? one.path : `${one.path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0]
  }
}

async function toEvent(exchange: Exchange, path: string) {
  const body = await readBody(exchange, MAX_BODY)
  // What is text goes as text, byte for byte; anything that UTF-8 would change goes as base64.
  const text = body.toString('utf8')
  const isText = Buffer.from(text, 'utf8').equals(body)
  return {
    path: decodeURI(path),
    httpMethod: exchange.method,
    headers: Object.fromEntries(
      Object.entries(exchange.request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    queryStringParameters: Object.fromEntries(exchange.query),
    requestContext: { requestId: randomUUID(), envId: ENV_ID, appId: 0, uin: 0 },
    body: isText ? text : body.toString('base64'),
    isBase64Encoded: !isText,
  }
}

function answer(exchange: Exchange, result: unknown): void {
  if (typeof result !== 'object' || result === null) return sendText(exchange, 200, result === null ? '' : String(result))
  if (!('statusCode' in result)) return sendJson(exchange, 200, result)
  const { statusCode, headers, body, isBase64Encoded } = result as Record<string, unknown>
  const bytes = Buffer.from(
    typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
    isBase64Encoded === true ? 'base64' : 'utf8',
  )
  const status = Number(statusCode)
  const { response } = exchange
  for (const [name, value] of Object.entries((headers ?? {}) as Record<string, unknown>))
    response.setHeader(name, Array.isArray(value) ? value.map(String) : String(value))
  if (!response.hasHeader('content-type'))
    response.setHeader('content-type', typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
  // 204 and 304 have no body, and no length either.
  const bodiless = status === 204 || status === 304
  if (!bodiless) response.setHeader('content-length', bytes.length)
  response.writeHead(Number.isInteger(status) && status >= 200 && status < 600 ? status : 502)
  response.end(bodiless ? undefined : bytes)
}

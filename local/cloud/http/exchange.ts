/** One HTTP request and its answer, with the few helpers that every address of the workplace needs. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type * as z from 'zod'

export interface Exchange {
  method: string
  /** As sent, percent-encoded, without the query. */
  path: string
  query: URLSearchParams
  request: IncomingMessage
  response: ServerResponse
}

/** A request that cannot be served; `message` is for people. */
export class HttpRefusal extends Error {
  override name = 'HttpRefusal'
  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
  ) {
    super(message)
  }
}

/** Throws HttpRefusal 413 as soon as more than `limit` bytes have come. */
export async function readBody(exchange: Exchange, limit: number): Promise<Buffer> {
  const tooLarge = (): HttpRefusal => new HttpRefusal(413, `内容太大，最多 ${Math.floor(limit / 1024 / 1024)} MB`)
  if (Number(exchange.request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop must not break the connection: the sender is to read why it was refused.
  for await (const chunk of exchange.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Bytes of a refused body that are still taken, so that a sender which writes first and reads then gets to the answer. */
const MAX_DISCARDED = 64 * 1024 * 1024

/** Reads the rest of a body and forgets it; ends early with one that is far too large. */
export async function discardBody({ request }: Exchange): Promise<void> {
  let size = 0
  await new Promise<void>((resolve) => {
    if (request.complete || request.destroyed) return resolve()
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_DISCARDED) resolve()
    })
    request.on('end', resolve)
    request.on('close', resolve)
    request.resume()
  })
}

/** Reads a JSON body of a known shape. An empty body counts as `{}`. Throws HttpRefusal 400 that names what is wrong. */
export async function readJson<Shape>(exchange: Exchange, shape: z.ZodType<Shape>, limit = 1024 * 1024): Promise<Shape> {
  const text = (await readBody(exchange, limit)).toString('utf8')
  let json: unknown
  try {
    json = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new HttpRefusal(400, '内容不是合法的 JSON')
  }
  const parsed = shape.safeParse(json)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map((issue) => `${issue.path.join('.') || '（整体）'}：${issue.message}`)
  throw new HttpRefusal(400, `内容不对。${places.join('；')}`)
}

export function sendJson(exchange: Exchange, status: number, value: unknown): void {
  sendText(exchange, status, JSON.stringify(value), 'application/json; charset=utf-8')
}

export function sendText(exchange: Exchange, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  const { response } = exchange
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' })
  response.end(text)
}

/** The header that says as whom a phone acts; undefined for the console. */
export function localOpenid(exchange: Exchange): string | undefined {
  const header = exchange.request.headers['x-local-openid']
  const openid = (Array.isArray(header) ? header[0] : header)?.trim()
  if (!openid) return undefined
  // getWXContext() turns digits into a number, and the cloud's ids are of this alphabet.
  if (!/^[\w-]{1,64}$/.test(openid) || /^-?\d+$/.test(openid)) {
    throw new HttpRefusal(400, 'x-local-openid 只能含字母、数字、下划线和短横线，不超过 64 个字符，且不能全是数字')
  }
  return openid
}

/** Serves a built folder (workbench, browser host): files below it alone, the right types, a page that says what to do if it is not built. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { extname, join, resolve, sep } from 'node:path'
import { type Exchange, HttpRefusal } from './exchange'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** Own code and own pictures; blob: and data: for photos that a phone has just taken; frames of our own for the workbench. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ')

export class StaticPages {
  /** `prefix` ends with a slash, such as `/phone/`. */
  constructor(
    private readonly folder: string,
    private readonly prefix: string,
    private readonly name: string,
  ) {}

  serve(exchange: Exchange): void {
    if (`${exchange.path}/` === this.prefix) {
      exchange.response.writeHead(301, { location: this.prefix }).end()
      return
    }
    const file = this.find(exchange.path)
    const { size, mtimeMs } = statSync(file)
    const etag = `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`
    const headers = {
      'content-type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      etag,
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }
    if (exchange.request.headers['if-none-match'] === etag) {
      exchange.response.writeHead(304, headers).end()
      return
    }
    exchange.response.writeHead(200, { ...headers, 'content-length': size })
    if (exchange.method === 'HEAD') exchange.response.end()
    else createReadStream(file).pipe(exchange.response)
  }

  private find(path: string): string {
    if (!existsSync(join(this.folder, 'index.html'))) throw new HttpRefusal(404, `${this.name}还没有构建。请先运行 npm run build。`)
    let relative: string
    try {
      relative = decodeURIComponent(path.slice(this.prefix.length))
    } catch {
      throw new HttpRefusal(400, '地址不合法')
    }
    if (relative.includes('\0') || relative.includes('\\')) throw new HttpRefusal(400, '地址不合法')
    const file = resolve(this.folder, relative === '' ? 'index.html' : relative)
    if (!file.startsWith(resolve(this.folder) + sep)) throw new HttpRefusal(403, '不能访问这个目录之外的文件')
    if (!existsSync(file) || !statSync(file).isFile()) throw new HttpRefusal(404, `没有这个文件：${path}`)
    return file
  }
}

import type { IncomingMessage } from 'node:http'
import { HttpRefusal } from './exchange'

const LOCAL = /^(127\.0\.0\.1|localhost)(:\d+)?$/

/**
 * Serves this machine alone. The server listens on 127.0.0.1; these two checks stop pages of other sites, which run in this
 * machine's browser and could reach it too: by a name that resolves to 127.0.0.1 (Host), or across origins (Origin).
 * Throws HttpRefusal 403.
 */
export function refuseForeign(request: IncomingMessage): void {
  const { host, origin } = request.headers
  if (!host || !LOCAL.test(host)) throw new HttpRefusal(403, '只接受本机地址的访问（Host）')
  if (origin === undefined) return
  const port = `:${request.socket.localPort}`
  const own = [`http://127.0.0.1${port}`, `http://localhost${port}`]
  if (!own.includes(origin)) throw new HttpRefusal(403, '只接受本机页面的访问（Origin）')
}

/** PUT, GET and HEAD below /cos/: what the object store behind the cloud answers, XML errors included. */
import { randomUUID } from 'node:crypto'
import { pipeline } from 'node:stream'
import { discardBody, type Exchange, sendText } from '../http/exchange'
import { serviceCode } from '../service-error'
import { pathProblem } from './cloud-path'
import { contentTypeOf } from './content-type'
import type { FileStore, Part, StoredFile } from './file-store'
import type { LinkSignatures } from './link-signatures'

const PREFIX = '/cos/'
/** Bytes that a function may upload at once. */
const MAX_FILE = 512 * 1024 * 1024

export class ObjectStore {
  constructor(
    private readonly files: FileStore,
    private readonly signatures: LinkSignatures,
  ) {}

  async serve(exchange: Exchange): Promise<void> {
    try {
      if (exchange.method === 'PUT') await this.put(exchange)
      else if (exchange.method === 'GET' || exchange.method === 'HEAD') this.get(exchange)
      else throw new CosRefusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.')
    } catch (error) {
      if (!(error instanceof CosRefusal)) throw error
      await sendRefusal(exchange, error)
    }
  }

  private async put(exchange: Exchange): Promise<void> {
    const path = decode(exchange.path)
    if (path === undefined || pathProblem(path) !== undefined) throw new CosRefusal(400, 'InvalidURI', 'The path is not valid.')
    const authorization = new URLSearchParams(exchange.request.headers.authorization ?? '')
    const verdict = this.signatures.verify('write', path, Number(authorization.get('q-end')), authorization.get('q-signature') ?? '')
    if (verdict === 'expired') throw new CosRefusal(403, 'AccessDenied', 'Request has expired')
    if (verdict === 'forged') throw new CosRefusal(403, 'SignatureDoesNotMatch', 'The Signature you specified is invalid.')
    try {
      await this.files.store(path, exchange.request, { contentType: contentTypeOf(path), limit: MAX_FILE })
    } catch (error) {
      if (serviceCode(error) === undefined) throw error
      throw new CosRefusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.')
    }
    exchange.response.writeHead(200, { 'content-length': 0, 'x-cos-request-id': randomUUID() }).end()
  }

  private get(exchange: Exchange): void {
    const file = this.permitted(exchange)
    const part = partOf(exchange.request.headers.range, file.size)
    const { start, end } = part ?? { start: 0, end: file.size - 1 }
    const { response } = exchange
    response.writeHead(part ? 206 : 200, {
      'content-type': file.contentType,
      'content-length': end - start + 1,
      'accept-ranges': 'bytes',
      ...(part ? { 'content-range': `bytes ${start}-${end}/${file.size}` } : {}),
      'last-modified': new Date(file.storedAt).toUTCString(),
      // A file of a user must never act as a page of this origin.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    if (exchange.method === 'HEAD') response.end()
    // Whichever end breaks off, the other is closed too.
    else pipeline(this.files.open(file, part), response, () => undefined)
  }

  /** The file that a signed link lets read. */
  private permitted(exchange: Exchange): StoredFile {
    const until = Number(exchange.query.get('t'))
    const signature = exchange.query.get('sign') ?? ''
    const once = decode(exchange.path)
    // getTempFileURL's address is meant for encodeURI(), which some callers do and some do not: both forms reach the same file.
    const readings = [once, once === undefined ? undefined : decode(PREFIX + once)].filter((path) => path !== undefined)
    const verdicts = readings.map((path) => ({ path, verdict: this.signatures.verify('read', path, until, signature) }))
    const genuine = verdicts.find((one) => one.verdict !== 'forged')
    if (!genuine) throw new CosRefusal(403, 'AccessDenied', 'Access Denied.')
    if (genuine.verdict === 'expired') throw new CosRefusal(403, 'AccessDenied', 'Request has expired')
    const file = this.files.find(genuine.path)
    if (!file) throw new CosRefusal(404, 'NoSuchKey', 'The specified key does not exist.')
    return file
  }
}

/** A refusal in the object store's own words. */
class CosRefusal extends Error {
  override name = 'CosRefusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/**
 * The part of a file that a Range header asks for: players of sound and video jump by it. Anything but one range of bytes is left aside.
 * @throws CosRefusal when the part lies beyond the file
 */
function partOf(range: string | undefined, size: number): Part | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start > end) throw new CosRefusal(416, 'InvalidRange', 'The requested range is not satisfiable.')
  return { start, end }
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path.slice(PREFIX.length))
  } catch {
    return undefined
  }
}

async function sendRefusal(exchange: Exchange, { status, code, message }: CosRefusal): Promise<void> {
  await discardBody(exchange)
  const id = randomUUID()
  exchange.response.setHeader('x-cos-request-id', id)
  const resource = exchange.path.replace(/[<>&]/g, '')
  const parts = [
    `<Code>${code}</Code>`,
    `<Message>${message}</Message>`,
    `<Resource>${resource}</Resource>`,
    `<RequestId>${id}</RequestId>`,
    `<TraceId>${id}</TraceId>`,
  ]
  sendText(exchange, status, `<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n${parts.join('\n')}\n</Error>\n`, 'application/xml')
}

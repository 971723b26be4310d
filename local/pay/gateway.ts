/**
 * WeChat Pay's APIv3, mounted at the server's root (`/v3/…`): the library signs paths as they stand, so its base URL can have none.
 * Every request must carry the merchant's signature, every answer carries WeChat Pay's.
 */
import { randomUUID } from 'node:crypto'
import { type Exchange, readBody } from '../cloud/http/exchange'
import type { Bill } from './bill'
import type { Faults } from './faults'
import type { Prepay } from './prepay'
import { PayRefusal } from './refusal'
import type { Refunds } from './refunds'
import type { CallerTime, Signatures } from './signatures'
import type { Transactions } from './transactions'

const MAX_BODY = 1024 * 1024

export interface GatewayOptions {
  signatures: Signatures
  prepay: Prepay
  transactions: Transactions
  refunds: Refunds
  bill: Bill
  faults: Faults
}

/** `undefined` = 204; a Buffer goes out as it is, unsigned, as bills do. */
type Outcome = Record<string, unknown> | Buffer | undefined

interface Call {
  method: string
  query: URLSearchParams
  body: unknown
  /** What the path's pattern caught. */
  name: string
}

type Operation = [method: string, path: RegExp, run: (call: Call) => Outcome]

export class Gateway {
  private readonly operations: Operation[]

  constructor(private readonly options: GatewayOptions) {
    const { prepay, transactions, refunds, bill } = options
    this.operations = [
      ['POST', /^\/v3\/pay\/transactions\/jsapi$/, ({ body }) => prepay.jsapi(body)],
      ['POST', /^\/v3\/pay\/transactions\/native$/, ({ body }) => prepay.native(body)],
      ['GET', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/, ({ name, query }) => transactions.byOutTradeNo(name, query.get('mchid'))],
      ['GET', /^\/v3\/pay\/transactions\/id\/([^/]+)$/, ({ name, query }) => transactions.byTransactionId(name, query.get('mchid'))],
      ['POST', /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/, ({ name, body }) => void transactions.close(name, body)],
      ['POST', /^\/v3\/refund\/domestic\/refunds$/, ({ body }) => refunds.request(body)],
      ['GET', /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/, ({ name }) => refunds.query(name)],
      ['GET', /^\/v3\/bill\/tradebill$/, ({ query }) => bill.request(query)],
      ['GET', /^\/v3\/billdownload\/file$/, ({ query }) => bill.download(query.get('token'))],
      // A merchant with the public key has no platform certificates.
      ['GET', /^\/v3\/certificates$/, () => refuse(404, 'RESOURCE_NOT_EXISTS', '无可用的平台证书：本商户使用微信支付公钥')],
    ]
  }

  async serve(exchange: Exchange): Promise<void> {
    const body = (await readBody(exchange, MAX_BODY)).toString('utf8')
    const fault = this.options.faults.take()
    let time: CallerTime | undefined
    try {
      if (fault === 'unavailable') refuse(500, 'SYSTEM_ERROR', '系统异常，请稍后重试')
      if (fault === 'busy') refuse(429, 'FREQUENCY_LIMITED', '请求太频繁，请稍后重试')
      time = this.options.signatures.checkRequest(exchange.method, exchange.request.url ?? '', exchange.request.headers.authorization, body)
      const outcome = this.run(exchange, body)
      if (fault === 'lost-answer') exchange.response.destroy()
      else this.answer(exchange, outcome === undefined ? 204 : 200, outcome, { forged: fault === 'forged-answer', time })
    } catch (error) {
      if (!(error instanceof PayRefusal)) throw error
      const { status, code, message, detail } = error
      this.answer(
        exchange,
        status,
        { code, message, ...(detail === undefined ? {} : { detail }) },
        { forged: fault === 'forged-answer', time },
      )
    }
  }

  private run(exchange: Exchange, body: string): Outcome {
    const fitting = this.operations.filter(([, path]) => path.test(exchange.path))
    if (fitting.length === 0) refuse(404, 'RESOURCE_NOT_EXISTS', '请求的地址不存在')
    const operation = fitting.find(([method]) => method === exchange.method)
    if (!operation) return refuse(405, 'METHOD_NOT_ALLOWED', `这个地址不接受 ${exchange.method}`)
    const [method, path, run] = operation
    const name = decodeURIComponent(path.exec(exchange.path)?.[1] ?? '')
    return run({ method, query: exchange.query, body: method === 'POST' ? parse(body) : undefined, name })
  }

  private answer(exchange: Exchange, status: number, outcome: Outcome, how: { forged: boolean; time?: CallerTime }): void {
    const bytes = Buffer.isBuffer(outcome) ? outcome : Buffer.from(outcome === undefined ? '' : JSON.stringify(outcome))
    const { signatures } = this.options
    const text = Buffer.isBuffer(outcome) ? '' : bytes.toString('utf8')
    exchange.response.writeHead(status, {
      'content-type': Buffer.isBuffer(outcome) ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
      ...(status === 204 ? {} : { 'content-length': bytes.length }),
      'request-id': randomUUID(),
      ...(Buffer.isBuffer(outcome) ? {} : how.forged ? signatures.forgeBody(text, how.time) : signatures.signBody(text, how.time)),
    })
    exchange.response.end(status === 204 ? undefined : bytes)
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return refuse(400, 'PARAM_ERROR', '请求内容不是合法的 JSON')
  }
}

function refuse(status: number, code: string, message: string): never {
  throw new PayRefusal(status, code, message)
}

/**
 * POST /admin: the protocol that @cloudbase/node-sdk and wx-server-sdk speak (facts/cloudbase.md §2). Answers are always HTTP 200:
 * `{ requestId, data }` or `{ requestId, code, message }`. Signatures are not checked: the server listens on this machine alone.
 */
import { randomUUID } from 'node:crypto'
import type { Database } from './database/index'
import type { EventStream } from './events'
import type { FunctionRuntime } from './functions/runtime'
import { discardBody, type Exchange, HttpRefusal, readBody, sendJson } from './http/exchange'
import { ServiceError, serviceCode } from './service-error'

export type AdminParams = Record<string, unknown>
/** Serves one action; gives what stands beside requestId, usually `{ data }`. */
export type AdminAction = (params: AdminParams, exchange: Exchange) => Promise<Record<string, unknown>> | Record<string, unknown>
/** Serves a multipart request (wx.openApi, wx.wxPayApi), answer included. */
export type FormAction = (exchange: Exchange, body: Buffer) => Promise<void>

/** Bytes of a request. */
const MAX_BODY = 6 * 1024 * 1024
/** A form may hold an image for WeChat. */
const MAX_FORM = 12 * 1024 * 1024

export interface AdminOptions {
  database: Database
  runtime: FunctionRuntime
  events: EventStream
  /** Further actions by name, such as `storage.getUploadMetadata`. */
  actions: Record<string, AdminAction>
  form: FormAction
}

const CHANGES = /^database\.(insertDocument|modifyDocument|modifyAndReturnDoc|removeDocument|commitTransaction|addCollection)$/

export class AdminProtocol {
  constructor(private readonly options: AdminOptions) {}

  async serve(exchange: Exchange): Promise<void> {
    const type = exchange.request.headers['content-type'] ?? ''
    if (type.startsWith('multipart/form-data')) return this.options.form(exchange, await readBody(exchange, MAX_FORM))
    const requestId = randomUUID()
    try {
      const params = parse(await readBody(exchange, MAX_BODY))
      sendJson(exchange, 200, { requestId, ...(await this.act(params, exchange)) })
    } catch (error) {
      await discardBody(exchange)
      sendJson(exchange, 200, { requestId, ...failure(error) })
    }
  }

  private async act(params: AdminParams, exchange: Exchange): Promise<Record<string, unknown>> {
    const action = typeof params.action === 'string' ? params.action : ''
    if (action.startsWith('database.')) return this.database(action, params)
    if (action === 'functions.invokeFunction') return this.invoke(params, exchange)
    const served = Object.hasOwn(this.options.actions, action) ? this.options.actions[action] : undefined
    if (!served) throw new ServiceError('INVALID_PARAM', `action ${action || '(none)'} is not served here`)
    return served(params, exchange)
  }

  private async database(action: string, params: AdminParams): Promise<Record<string, unknown>> {
    const answer = await this.options.database.handle(action, params)
    if (CHANGES.test(action)) this.options.events.databaseChanged(typeof params.collectionName === 'string' ? params.collectionName : '*')
    return { ...answer }
  }

  private async invoke(params: AdminParams, exchange: Exchange): Promise<Record<string, unknown>> {
    const name = typeof params.function_name === 'string' ? params.function_name : ''
    const event = typeof params.request_data === 'string' && params.request_data !== '' ? params.request_data : '{}'
    // The SDK sends the caller's own chain and appends what it runs in. Identity does not pass on to the called function.
    const header = exchange.request.headers['x-tcb-source']
    const source = String(header ?? '')
      .split(',')
      .filter(Boolean)
      .join(',')
    return { data: { response_data: await this.options.runtime.invoke(name, event, { source }) } }
  }
}

function parse(body: Buffer): AdminParams {
  let params: unknown
  try {
    params = JSON.parse(body.toString('utf8'))
  } catch {
    throw new ServiceError('INVALID_PARAM', 'the body is not JSON')
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params))
    throw new ServiceError('INVALID_PARAM', 'the body is no object')
  return params as AdminParams
}

function failure(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof HttpRefusal) return { code: error.status === 413 ? 'EXCEED_MAX_PAYLOAD_SIZE' : 'INVALID_PARAM', message }
  const code = serviceCode(error)
  if (code !== undefined) return { code, message }
  console.error(error)
  return { code: 'SYS_ERR', message: `system error: ${message}` }
}

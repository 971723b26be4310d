/** Calls to WeChat from functions: wx.openApi (wx-server-sdk), wx.api (callOpenAPI), wx.wxPayApi (cloudPay). */
import type { AdminAction } from '../admin'
import type { CallTokens } from '../functions/call-tokens'
import { type Exchange, sendJson } from '../http/exchange'
import { ServiceError } from '../service-error'
import type { Answer, OpenApi } from './answer'
import type { ChosenAnswers } from './chosen-answers'
import { decodeArguments, encodeAnswer, encodePlatformError, readForm } from './wire'

/** wx-server-sdk's own table: the platform's refusals. */
const API_NOT_FOUND = -604100
const NO_PERMISSION = -604101

export interface OpenApiOptions {
  apis: Record<string, OpenApi>
  answers: ChosenAnswers
  tokens: CallTokens
  /** `permissions.openapi` of each function's config.json. */
  permissions: Record<string, string[]>
}

export class OpenApiGateway {
  constructor(private readonly options: OpenApiOptions) {}

  /** wx.openApi and wx.wxPayApi. */
  async serveForm(exchange: Exchange, body: Buffer): Promise<void> {
    const { fields, files } = await readForm(exchange.request.headers, body)
    const apiName = fields.apiName ?? ''
    if (fields.action !== 'wx.openApi') {
      // A JSON answer of exactly this type is how the cloud tells the SDK of a failure.
      const message =
        fields.action === 'wx.wxPayApi'
          ? '本环境没有绑定商户号的云支付：支付走 APIv3'
          : `action ${fields.action ?? '(none)'} is not served here`
      return sendJson(exchange, 200, { code: 'INVALID_PARAM', message, requestId: '' })
    }
    const args = decodeArguments(files.requestData ?? Buffer.alloc(0))
    const outcome = args ? this.call(apiName, args, fields.wxCloudApiToken) : API_NOT_FOUND
    const bytes = typeof outcome === 'number' ? encodePlatformError(outcome) : encodeAnswer(outcome)
    exchange.response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes)
  }

  /** wx.api: the same calls as JSON. */
  serveJson: AdminAction = (params) => {
    const apiName = typeof params.apiName === 'string' ? params.apiName : ''
    const args: unknown = typeof params.requestData === 'string' && params.requestData !== '' ? JSON.parse(params.requestData) : {}
    const outcome = this.call(apiName, snakeCase(args) as Record<string, unknown>, params.wxCloudApiToken)
    if (typeof outcome === 'number') throw new ServiceError('INVALID_PARAM', `openapi ${apiName}: error code ${outcome}`)
    return { data: { responseData: JSON.stringify(outcome) } }
  }

  private call(apiName: string, args: Record<string, unknown>, token: unknown): Answer | number {
    const api = Object.hasOwn(this.options.apis, apiName) ? this.options.apis[apiName] : undefined
    if (!api) return API_NOT_FOUND
    // A program outside has no token and is trusted as the owner of the environment.
    const caller = this.options.tokens.functionOf(token)
    if (caller !== undefined && !this.options.permissions[caller]?.includes(apiName)) return NO_PERMISSION
    // Subscribe messages look at chosen answers themselves: receiver and template decide.
    if (apiName !== 'subscribeMessage.send') {
      const chosen = this.options.answers.take(apiName, typeof args.openid === 'string' ? args.openid : undefined, undefined)
      if (chosen) return chosen
    }
    return api(args)
  }
}

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), snakeCase(one)]),
  )
}

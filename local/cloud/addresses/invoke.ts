/** POST /__invoke/FUNCTION: a client call (with x-local-openid) or a console run (without). */
import type { InvokeRule } from '../declarations'
import { clientMayInvoke } from '../functions/invoke-rules'
import type { FunctionRuntime } from '../functions/runtime'
import { type Exchange, HttpRefusal, localOpenid, readBody, sendJson, sendText } from '../http/exchange'
import { serviceCode } from '../service-error'
import { APPID } from '../variables'

const MAX_EVENT = 6 * 1024 * 1024
const PREFIX = '/__invoke/'

export class InvokeAddress {
  constructor(
    private readonly runtime: FunctionRuntime,
    private readonly rules: Record<string, InvokeRule>,
  ) {}

  async serve(exchange: Exchange): Promise<void> {
    const name = decodeURIComponent(exchange.path.slice(PREFIX.length))
    const openid = localOpenid(exchange)
    const event = await readEvent(exchange)
    if (openid !== undefined && !clientMayInvoke(this.rules, name, openid)) {
      // As the cloud refuses by its rules, before any of the function's own code.
      throw new HttpRefusal(403, `云函数 ${name} 不允许从小程序调用`, 'FUNCTIONS_PERMISSION_DENIED')
    }
    const sent = openid === undefined ? event : withUserInfo(event, openid)
    const caller = openid === undefined ? { source: '' } : { source: 'wx_client', openid, clientIp: '127.0.0.1' }
    try {
      sendText(exchange, 200, await this.runtime.invoke(name, sent, caller), 'application/json; charset=utf-8')
    } catch (error) {
      const code = serviceCode(error)
      if (code === undefined || !(error instanceof Error)) throw error
      sendJson(exchange, code === 'FUNCTION_NOT_FOUND' ? 404 : 500, { error: error.message, code })
    }
  }
}

async function readEvent(exchange: Exchange): Promise<string> {
  const text = (await readBody(exchange, MAX_EVENT)).toString('utf8')
  if (text.trim() === '') return '{}'
  try {
    JSON.parse(text)
  } catch {
    throw new HttpRefusal(400, '事件不是合法的 JSON')
  }
  return text
}

/** The cloud puts who calls into a client's event, over whatever the client wrote there. */
function withUserInfo(event: string, openId: string): string {
  const value: unknown = JSON.parse(event)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return event
  return JSON.stringify({ ...value, userInfo: { appId: APPID, openId } })
}

import { readCaller } from '../platform/caller'
import { takeNotification } from '../platform/payments/notifications'
import { countTrips } from '../platform/trips'
import { readNotification } from './http-event'
import type { HttpAnswer } from './http-event'

/** HTTP access for WeChat Pay's notifications. Accepts HTTP only; any fault asks for the notification to come again. */
export const main = async (event: unknown): Promise<HttpAnswer> => {
  const caller = readCaller()
  if (caller.openid !== null || !caller.source.includes('wx_http')) return answer(403, '只收微信支付的通知')
  const signed = readNotification(event)
  if (!signed) return answer(400, '请求不是微信支付的通知')
  const startedAt = performance.now()
  return countTrips(async (count) => {
    const taken = await takeNotification(signed).catch((error: unknown) => {
      console.error(JSON.stringify({ function: 'payment', error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error) }))
      return { statusCode: 500 as const, message: '还没记下，请再通知' }
    })
    console.log(JSON.stringify({ function: 'payment', action: 'notify', code: String(taken.statusCode), ms: Math.round((performance.now() - startedAt) * 10) / 10, ...count() }))
    return taken.statusCode === 204 ? { statusCode: 204, headers: {}, body: '' } : answer(taken.statusCode, taken.message)
  })
}

const answer = (statusCode: number, message: string): HttpAnswer => ({ statusCode, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ code: 'FAIL', message }) })

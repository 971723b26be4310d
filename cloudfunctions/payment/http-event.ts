import * as z from 'zod'
import type { SignedBody } from '../platform/payments/gateway'

/** What HTTP access hands an event function. Headers may come in any case; the body may be base64. */
const httpEvent = z.object({
  httpMethod: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
})

export interface HttpAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/** The parts that a notification's signature covers, byte for byte; null when this is none. */
export const readNotification = (event: unknown): SignedBody | null => {
  const parsed = httpEvent.safeParse(event)
  if (!parsed.success || parsed.data.httpMethod.toUpperCase() !== 'POST') return null
  const { headers, body, isBase64Encoded } = parsed.data
  const lowered = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? (value[0] ?? '') : value]))
  const of = (name: string) => lowered.get(`wechatpay-${name}`) ?? ''
  const signed = { timestamp: of('timestamp'), nonce: of('nonce'), signature: of('signature'), serial: of('serial'), body: isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '') }
  return signed.timestamp && signed.nonce && signed.signature && signed.serial && signed.body ? signed : null
}

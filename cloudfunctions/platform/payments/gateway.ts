import { createDecipheriv, createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Wechatpay } from 'wechatpay-axios-plugin'
import * as z from 'zod'
import type { PaymentParams } from '../../../typings/contract'
import { optional, required } from '../environment'
import { callElsewhere } from '../trips'

/**
 * WeChat Pay APIv3 through wechatpay-axios-plugin, which signs every request and verifies every answer. What the gateway says is a value: the facts, a refusal with
 * its code, or that it cannot be told.
 */
export type Answered<Facts> = { kind: 'ok'; facts: Facts } | { kind: 'refused'; status: number; code: string } | { kind: 'unknown'; message: string; /** Nothing but patience is asked. */ passes: boolean }

const TIMEOUT_MS = 6_000

interface Client {
  wechatpay: Wechatpay
  sign(text: string): string
  verify(text: string, signature: string, serial: string): boolean
  nonce(): string
  timestamp(): number
}

let client: Promise<Client> | null = null

/** Loaded when money is first moved: most calls need none of it. */
const open = (): Promise<Client> => (client ??= load())

const load = async (): Promise<Client> => {
  const { Wechatpay, Rsa, Formatter } = await import('wechatpay-axios-plugin')
  const privateKey = keyFrom(required('WECHATPAY_PRIVATE_KEY'), 'private')
  const keys = platformKeys()
  return {
    wechatpay: new Wechatpay({
      mchid: required('WECHATPAY_MCHID'), serial: required('WECHATPAY_SERIAL'), privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }), certs: Object.fromEntries(keys), timeout: TIMEOUT_MS,
      baseURL: optional('WECHATPAY_BASE_URL') || 'https://api.mch.weixin.qq.com/',
    }),
    sign: (text) => Rsa.sign(text, privateKey),
    verify: (text, signature, serial) => {
      const key = keys.get(serial)
      return key !== undefined && Rsa.verify(text, signature, key)
    },
    nonce: () => Formatter.nonce(),
    timestamp: () => Formatter.timestamp(),
  }
}

/** Variables hold one line of base64 (DER), or a whole PEM. */
const keyFrom = (text: string, kind: 'private' | 'public'): KeyObject => {
  const pem = text.includes('-----BEGIN')
  if (kind === 'private') return createPrivateKey(pem ? text : { key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  return createPublicKey(pem ? text : { key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
}

/** WeChat Pay's keys by the serial that names them. While a merchant changes keys, two are in use: the former one stands in WECHATPAY_FORMER_*. */
const platformKeys = (): Map<string, KeyObject> => {
  const keys = new Map([[required('WECHATPAY_PUBLIC_KEY_ID'), keyFrom(required('WECHATPAY_PUBLIC_KEY'), 'public')]])
  const former = optional('WECHATPAY_FORMER_KEY_ID')
  if (former) keys.set(former, keyFrom(required('WECHATPAY_FORMER_KEY'), 'public'))
  return keys
}

interface HttpFault {
  message?: unknown
  response?: { status?: unknown; data?: unknown }
}

const refusedShape = z.object({ code: z.string() })

/**
 * The codes that settle something. Any other 4xx (a wrong signature, too many requests, no money in the merchant's account) says nothing of the trade: a fault of ours or of
 * the moment never closes a payment or fails a refund for good.
 */
const VERDICTS: ReadonlySet<string> = new Set([
  'ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'ORDER_CLOSED', 'ORDERCLOSED', 'ORDERPAID', 'RESOURCE_NOT_EXISTS', 'OUT_TRADE_NO_USED', 'TRADE_ERROR', 'USER_ACCOUNT_ABNORMAL', 'INVALID_REQUEST',
])

const ask = async <Facts>(shape: z.ZodType<Facts>, request: (wechatpay: Wechatpay) => Promise<{ data: unknown }>): Promise<Answered<Facts>> => {
  const { wechatpay } = await open()
  try {
    const { data } = await callElsewhere(() => request(wechatpay))
    const parsed = shape.safeParse(data === '' ? undefined : data)
    return parsed.success ? { kind: 'ok', facts: parsed.data } : { kind: 'unknown', message: `unexpected answer: ${z.prettifyError(parsed.error)}`, passes: false }
  } catch (error) {
    const { message, response } = error as HttpFault
    const status = Number(response?.status)
    const told = refusedShape.safeParse(response?.data)
    const code = told.success ? told.data.code : ''
    if (status >= 400 && status < 500 && VERDICTS.has(code)) return { kind: 'refused', status, code }
    // 429 and 5xx, no answer and an answer whose signature does not hold pass; what is left of 4xx asks for somebody to look.
    const passes = !(status >= 400 && status < 500) || status === 429 || code === 'FREQUENCY_LIMITED'
    return { kind: 'unknown', message: code ? `${status} ${code}` : String(message), passes }
  }
}

export interface Prepay {
  outTradeNo: string
  description: string
  amountFen: number
  openid: string
  /** Comes back with query and notification: the order's id. */
  attach: string
  expiresAt: Date
}

/** Enters what may be paid. The same terms under the same number again give another prepay_id. */
export const enterPrepay = ({ outTradeNo, description, amountFen, openid, attach, expiresAt }: Prepay): Promise<Answered<string>> =>
  ask(
    z.object({ prepay_id: z.string() }).transform((answer) => answer.prepay_id),
    (wechatpay) =>
      wechatpay.chain('v3/pay/transactions/jsapi').post({
        appid: required('WECHATPAY_APPID'), mchid: required('WECHATPAY_MCHID'), description, out_trade_no: outTradeNo, attach, time_expire: expiresAt.toISOString().replace(/\.\d+Z$/, '+00:00'),
        notify_url: required('WECHATPAY_NOTIFY_URL'), amount: { total: amountFen, currency: 'CNY' }, payer: { openid },
      }),
  )

/** What wx.requestPayment is given; signed anew each time. */
export const paymentParams = async (prepayId: string): Promise<PaymentParams> => {
  const { sign, nonce, timestamp } = await open()
  const params = { timeStamp: String(timestamp()), nonceStr: nonce(), package: `prepay_id=${prepayId}` }
  const text = `${required('WECHATPAY_APPID')}\n${params.timeStamp}\n${params.nonceStr}\n${params.package}\n`
  return { ...params, signType: 'RSA', paySign: sign(text) }
}

/** A trade as query and notification tell it. */
export const tradeShape = z.object({
  appid: z.string().optional(),
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.enum(['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT']),
  transaction_id: z.string().optional(),
  success_time: z.string().optional(),
  attach: z.string().optional(),
  amount: z.object({ total: z.int() }).optional(),
})

export type Trade = z.output<typeof tradeShape>

export const queryTrade = (outTradeNo: string): Promise<Answered<Trade>> =>
  ask(tradeShape, (wechatpay) => wechatpay.chain(`v3/pay/transactions/out-trade-no/${outTradeNo}`).get({ params: { mchid: required('WECHATPAY_MCHID') } }))

/** Nobody can pay it any more. Refused with ORDERPAID when somebody has. */
export const closeTrade = (outTradeNo: string): Promise<Answered<unknown>> =>
  ask(z.unknown(), (wechatpay) => wechatpay.chain(`v3/pay/transactions/out-trade-no/${outTradeNo}/close`).post({ mchid: required('WECHATPAY_MCHID') }))

const refundShape = z.object({ out_refund_no: z.string(), status: z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']) })

export type RefundFacts = z.output<typeof refundShape>

/** The same out_refund_no again is the same refund. */
export const enterRefund = (refund: { outRefundNo: string; outTradeNo: string; amountFen: number; totalFen: number; reason: string }): Promise<Answered<RefundFacts>> =>
  ask(refundShape, (wechatpay) =>
    wechatpay.chain('v3/refund/domestic/refunds').post({
      out_trade_no: refund.outTradeNo, out_refund_no: refund.outRefundNo, reason: refund.reason, notify_url: required('WECHATPAY_NOTIFY_URL'),
      amount: { refund: refund.amountFen, total: refund.totalFen, currency: 'CNY' },
    }),
  )

export const queryRefund = (outRefundNo: string): Promise<Answered<RefundFacts>> => ask(refundShape, (wechatpay) => wechatpay.chain(`v3/refund/domestic/refunds/${outRefundNo}`).get())

export interface SignedBody {
  timestamp: string
  nonce: string
  signature: string
  serial: string
  /** The bytes as they came: stringified again, the signature would not hold. */
  body: string
}

/** How far a notification's clock may be off, s: older ones are replays. */
const CLOCK_SECONDS = 300

/** Whether WeChat Pay itself sent this just now. */
export const isGenuine = async ({ timestamp, nonce, signature, serial, body }: SignedBody): Promise<boolean> => {
  const { verify, timestamp: now } = await open()
  if (!/^\d+$/.test(timestamp) || Math.abs(now() - Number(timestamp)) > CLOCK_SECONDS) return false
  return verify(`${timestamp}\n${nonce}\n${body}\n`, signature, serial)
}

/** AEAD_AES_256_GCM with the APIv3 key. @throws when the text was not encrypted with it. */
export const decryptResource = ({ ciphertext, nonce, associated_data }: { ciphertext: string; nonce: string; associated_data: string }): string => {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', required('WECHATPAY_APIV3_KEY'), nonce)
  decipher.setAuthTag(bytes.subarray(-16))
  decipher.setAAD(Buffer.from(associated_data))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
}

/** POST /v3/pay/transactions/{jsapi,native}: what may be paid. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Ledger, Trade } from './ledger'
import { paramError, PayRefusal } from './refusal'

const PREPAY_MS = 2 * 3_600_000
/** A time_expire that comes sooner after the first request counts as this. */
const LEAST_TO_PAY_MS = 60_000

const request = z.looseObject({
  appid: z.string().min(1).max(32),
  mchid: z.string().min(1).max(32),
  description: z.string().min(1).max(127),
  out_trade_no: z.string().regex(/^[0-9A-Za-z_\-*|@]{6,32}$/),
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: z.string().max(128).optional(),
  notify_url: z
    .string()
    .max(255)
    .regex(/^https?:\/\/[^\s?#]+$/),
  amount: z.looseObject({ total: z.int().min(1), currency: z.literal('CNY').optional() }),
  payer: z.looseObject({ openid: z.string().min(1).max(128) }).optional(),
})

export interface PrepayOptions {
  ledger: Ledger
  appid: string
  mchid: string
  now: () => number
}

export class Prepay {
  constructor(private readonly options: PrepayOptions) {}

  jsapi(body: unknown): { prepay_id: string } {
    const trade = this.enter('JSAPI', body)
    return { prepay_id: trade.prepays.at(-1)?.id ?? '' }
  }

  native(body: unknown): { code_url: string } {
    return { code_url: this.enter('NATIVE', body).code_url ?? '' }
  }

  /** Enters a new trade, or gives an unpaid one with the same terms another prepay_id. */
  private enter(type: Trade['trade_type'], body: unknown): Trade {
    const { ledger, now } = this.options
    const asked = this.check(type, body)
    const known = ledger.trades.get(asked.out_trade_no)
    if (known) refuseReuse(known, asked, type, now())
    const trade: Trade = known ?? {
      out_trade_no: asked.out_trade_no,
      trade_type: type,
      trade_state: 'NOTPAY',
      appid: asked.appid,
      mchid: asked.mchid,
      description: asked.description,
      attach: asked.attach,
      notify_url: asked.notify_url,
      total: asked.amount.total,
      openid: type === 'JSAPI' ? asked.payer?.openid : undefined,
      expiresAt: expiry(asked.time_expire, now()),
      createdAt: now(),
      prepays: [],
      code_url: type === 'NATIVE' ? `weixin://wxpay/bizpayurl?pr=${randomBytes(6).toString('base64url')}` : undefined,
    }
    trade.prepays = [...trade.prepays, { id: `wx${randomBytes(17).toString('hex')}`, until: now() + PREPAY_MS }]
    ledger.trades.put(trade.out_trade_no, trade)
    return trade
  }

  private check(type: Trade['trade_type'], body: unknown): z.infer<typeof request> {
    const parsed = request.safeParse(body)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw paramError(issue?.path.join('.') || 'body', issue?.message ?? '不合法')
    }
    const asked = parsed.data
    if (asked.mchid !== this.options.mchid) throw new PayRefusal(400, 'MCH_NOT_EXISTS', '商户号不存在')
    if (asked.appid !== this.options.appid) throw new PayRefusal(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配')
    if (type === 'JSAPI' && !asked.payer) throw paramError('payer.openid', '不能为空')
    return asked
  }
}

/** When nobody can pay any more (ms), for a trade entered at `createdAt`. */
function expiry(timeExpire: string | undefined, createdAt: number): number | undefined {
  return timeExpire === undefined ? undefined : Math.max(Date.parse(timeExpire), createdAt + LEAST_TO_PAY_MS)
}

function refuseReuse(known: Trade, asked: z.infer<typeof request>, type: Trade['trade_type'], now: number): void {
  if (known.trade_state === 'CLOSED') throw new PayRefusal(400, 'ORDER_CLOSED', '该订单已关闭，请换一个商户订单号')
  if (known.trade_state !== 'NOTPAY') throw new PayRefusal(400, 'ORDERPAID', '该订单已支付')
  const sameTerms =
    known.trade_type === type &&
    known.total === asked.amount.total &&
    known.expiresAt === expiry(asked.time_expire, known.createdAt) &&
    known.description === asked.description &&
    known.notify_url === asked.notify_url &&
    (known.attach ?? '') === (asked.attach ?? '') &&
    (type !== 'JSAPI' || known.openid === asked.payer?.openid)
  if (!sameTerms) throw new PayRefusal(403, 'OUT_TRADE_NO_USED', '商户订单号重复：同一单号再次下单，参数与上次不一致')
  if (known.expiresAt !== undefined && known.expiresAt <= now)
    throw new PayRefusal(400, 'INVALID_REQUEST', '已过支付结束时间，请换一个商户订单号')
}

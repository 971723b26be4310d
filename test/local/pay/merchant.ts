/** The merchant's side, as the product has it: the library with the keys that the workplace hands to functions. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import type { TestWorkplace } from '../support/test-workplace'

export const MCHID = '1900000001'
export const APPID = 'wx0000000000000001'

interface Secrets {
  merchant: { privateKey: string }
  merchantSerial: string
  platform: { publicKey: string }
  platformKeyId: string
}

/** What the library answers with; it types next to nothing. */
export interface Answer {
  status: number
  data: Record<string, unknown>
}
type Send = (body?: unknown, config?: unknown) => Promise<Answer>
interface Chain {
  chain(path: string): { get: Send; post: Send }
}

export class Merchant {
  readonly key: ReturnType<typeof Rsa.fromPkcs8>
  private readonly client: Chain

  constructor(
    private readonly workplace: TestWorkplace,
    change: Partial<{ mchid: string; serial: string; privateKey: string }> = {},
  ) {
    const secrets = JSON.parse(readFileSync(join(workplace.dataDir, 'secrets.json'), 'utf8')) as Secrets
    this.key = Rsa.fromPkcs8(change.privateKey ?? secrets.merchant.privateKey)
    const client: unknown = new Wechatpay({
      mchid: change.mchid ?? MCHID,
      serial: change.serial ?? secrets.merchantSerial,
      privateKey: this.key,
      certs: { [secrets.platformKeyId]: Rsa.fromSpki(secrets.platform.publicKey) },
      baseURL: `${workplace.url}/`,
    } as never)
    this.client = client as Chain
  }

  prepay(outTradeNo: string, more: Record<string, unknown> = {}): Promise<Answer> {
    return this.client.chain('v3/pay/transactions/jsapi').post({ ...this.terms(outTradeNo), payer: { openid: 'oPayer' }, ...more })
  }

  native(outTradeNo: string): Promise<Answer> {
    return this.client.chain('v3/pay/transactions/native').post(this.terms(outTradeNo))
  }

  query(outTradeNo: string): Promise<Answer> {
    return this.client.chain(`v3/pay/transactions/out-trade-no/${outTradeNo}`).get({ params: { mchid: MCHID } })
  }

  queryById(transactionId: string): Promise<Answer> {
    return this.client.chain(`v3/pay/transactions/id/${transactionId}`).get({ params: { mchid: MCHID } })
  }

  close(outTradeNo: string): Promise<Answer> {
    return this.client.chain(`v3/pay/transactions/out-trade-no/${outTradeNo}/close`).post({ mchid: MCHID })
  }

  refund(outTradeNo: string, outRefundNo: string, refund: number, more: Record<string, unknown> = {}): Promise<Answer> {
    const amount = { refund, total: 31_400, currency: 'CNY' }
    return this.client
      .chain('v3/refund/domestic/refunds')
      .post({ out_trade_no: outTradeNo, out_refund_no: outRefundNo, amount, reason: '取消', ...more })
  }

  queryRefund(outRefundNo: string): Promise<Answer> {
    return this.client.chain(`v3/refund/domestic/refunds/${outRefundNo}`).get()
  }

  bill(params: Record<string, string>): Promise<Answer> {
    return this.client.chain('v3/bill/tradebill').get({ params })
  }

  download(params: Record<string, string>): Promise<{ data: unknown }> {
    return this.client.chain('v3/billdownload/file').get({ params, responseType: 'arraybuffer' })
  }

  get(path: string): Promise<Answer> {
    return this.client.chain(path).get()
  }

  /** What wx.requestPayment is given. */
  sign(prepayId: unknown): Record<string, string> {
    const request = {
      appId: APPID,
      timeStamp: String(Formatter.timestamp()),
      nonceStr: Formatter.nonce(),
      package: `prepay_id=${String(prepayId)}`,
      signType: 'RSA',
    }
    return {
      ...request,
      paySign: Rsa.sign(Formatter.joinedByLineFeed(request.appId, request.timeStamp, request.nonceStr, request.package), this.key),
    }
  }

  private terms(outTradeNo: string): Record<string, unknown> {
    return {
      mchid: MCHID,
      appid: APPID,
      description: '水龙头更换',
      out_trade_no: outTradeNo,
      notify_url: `${this.workplace.url}/http/payment/notify`,
      amount: { total: 31_400, currency: 'CNY' },
    }
  }
}

/** The refusal that the gateway gave: the library throws it with the answer inside. */
export function refusal(status: number, code: string): unknown {
  return expect.objectContaining({
    response: expect.objectContaining({ status, data: expect.objectContaining({ code }) as unknown }) as unknown,
  })
}

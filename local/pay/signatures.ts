/**
 * APIv3 signatures, both ways: requests by the merchant's key, answers and notifications by WeChat Pay's. Written with node:crypto and
 * not with the library that the product uses, so that a mistake of one does not cancel a mistake of the other.
 */
import { constants, createCipheriv, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import { PayRefusal } from './refusal'

/** Seconds that clocks may be apart. */
const MAX_OFFSET = 300
const SCHEME = 'WECHATPAY2-SHA256-RSA2048'

export interface SignaturesOptions {
  mchid: string
  merchantSerial: string
  /** SPKI DER, base64. */
  merchantPublicKey: string
  platformKeyId: string
  /** PKCS#8 DER, base64. */
  platformPrivateKey: string
  apiV3Key: string
  /** ms, moved time. */
  now: () => number
}

/** Seconds since 1970 on the clock that a caller lives by. */
export type CallerTime = () => number

export type SignedHeaders = Record<'wechatpay-timestamp' | 'wechatpay-nonce' | 'wechatpay-serial' | 'wechatpay-signature', string>

export class Signatures {
  private readonly merchant: KeyObject
  private readonly platform: KeyObject
  private readonly movedTime: CallerTime = () => this.options.now() / 1000

  constructor(private readonly options: SignaturesOptions) {
    this.merchant = createPublicKey({ key: Buffer.from(options.merchantPublicKey, 'base64'), format: 'der', type: 'spki' })
    this.platform = createPrivateKey({ key: Buffer.from(options.platformPrivateKey, 'base64'), format: 'der', type: 'pkcs8' })
  }

  /**
   * Throws PayRefusal 401 SIGN_ERROR unless the merchant signed exactly this request within the last five minutes.
   * Functions live by the moved clock, programs outside by this machine's: either will do, and the answer is signed by the same.
   */
  checkRequest(method: string, url: string, authorization: string | undefined, body: string): CallerTime {
    const refused = (issue: string): PayRefusal =>
      new PayRefusal(401, 'SIGN_ERROR', `签名错误：${issue}`, { issue, location: 'authorization' })
    if (!authorization?.startsWith(`${SCHEME} `)) throw refused(`Http头Authorization认证类型不正确，应为 ${SCHEME}`)
    const part = Object.fromEntries([...authorization.matchAll(/(\w+)="([^"]*)"/g)].map((found) => [found[1], found[2] ?? '']))
    if (part.mchid !== this.options.mchid) throw refused('商户号不对')
    if (part.serial_no !== this.options.merchantSerial) throw refused('商户证书序列号不对')
    const timestamp = Number(part.timestamp)
    const callerTime = [this.movedTime, realTime].find((time) => Math.abs(time() - timestamp) <= MAX_OFFSET)
    if (!callerTime) throw refused('时间戳与当前时间相差超过 5 分钟')
    if (!part.nonce_str) throw refused('缺少随机串')
    const text = `${method}\n${url}\n${part.timestamp}\n${part.nonce_str}\n${body}\n`
    if (!this.verifyMerchant(text, part.signature ?? '')) throw refused('商户签名与请求内容不符')
    return callerTime
  }

  verifyMerchant(text: string, signature: string): boolean {
    return verify(
      'sha256',
      Buffer.from(text),
      { key: this.merchant, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(signature, 'base64'),
    )
  }

  /** Headers that make an answer or a notification with this body genuine. */
  signBody(body: string, time: CallerTime = this.movedTime): SignedHeaders {
    const timestamp = String(Math.floor(time()))
    const nonce = randomBytes(16).toString('hex')
    const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), {
      key: this.platform,
      padding: constants.RSA_PKCS1_PADDING,
    })
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': this.options.platformKeyId,
      'wechatpay-signature': signature.toString('base64'),
    }
  }

  /** The same, but signed by nobody: what someone without the key could send. */
  forgeBody(body: string, time: CallerTime = this.movedTime): SignedHeaders {
    return { ...this.signBody(body, time), 'wechatpay-signature': randomBytes(256).toString('base64') }
  }

  /** AEAD_AES_256_GCM with the APIv3 key. */
  encrypt(
    plain: string,
    associatedData: string,
  ): { algorithm: 'AEAD_AES_256_GCM'; ciphertext: string; associated_data: string; nonce: string } {
    const nonce = randomBytes(6).toString('hex')
    const cipher = createCipheriv('aes-256-gcm', this.options.apiV3Key, nonce)
    cipher.setAAD(Buffer.from(associatedData))
    const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
    return { algorithm: 'AEAD_AES_256_GCM', ciphertext, associated_data: associatedData, nonce }
  }
}

function realTime(): number {
  return Date.now() / 1000
}

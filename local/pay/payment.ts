/** WeChat Pay's stand-in, whole: gateway, payer, notifications, and what must happen as the clock moves. */
import type { Secrets } from '../cloud/secrets'
import type { Shelves } from '../cloud/shelf'
import { type Exchange, HttpRefusal, localOpenid, readJson, sendJson } from '../cloud/http/exchange'
import { Bill } from './bill'
import { fault, Faults } from './faults'
import { Gateway } from './gateway'
import { Ledger, type Refund, type Trade, type TradeState } from './ledger'
import { Notifications } from './notifications'
import { payment as paymentShape, Payer, paymentRequest } from './payer'
import { Prepay } from './prepay'
import { PayRefusal } from './refusal'
import { describeRefundNotice, Refunds } from './refunds'
import { Signatures } from './signatures'
import { Transactions } from './transactions'

export interface PaymentOptions {
  /** The workplace's address, without a slash at the end. */
  url: string
  shelves: Shelves
  now: () => number
  secrets: Secrets
  appid: string
  mchid: string
  onState: (outTradeNo: string, state: TradeState) => void
}

/** How often running time is looked at (ms). */
const LOOK_MS = 1000

export class Payment {
  private readonly ledger: Ledger
  private readonly notifications: Notifications
  private readonly refunds: Refunds
  private readonly payer: Payer
  private readonly faults = new Faults()
  private readonly gateway: Gateway
  private looking: NodeJS.Timeout | undefined

  constructor(private readonly options: PaymentOptions) {
    const { url, shelves, now, secrets, appid, mchid, onState } = options
    const ledger = new Ledger(shelves)
    const signatures = new Signatures({
      mchid,
      merchantSerial: secrets.merchantSerial,
      merchantPublicKey: secrets.merchant.publicKey,
      platformKeyId: secrets.platformKeyId,
      platformPrivateKey: secrets.platform.privateKey,
      apiV3Key: secrets.apiV3Key,
      now,
    })
    this.ledger = ledger
    this.notifications = new Notifications({ ledger, signatures, now, base: url })
    this.refunds = new Refunds(ledger, now)
    this.payer = new Payer({ ledger, signatures, notifications: this.notifications, appid, now, onState })
    this.gateway = new Gateway({
      signatures,
      prepay: new Prepay({ ledger, appid, mchid, now }),
      transactions: new Transactions(ledger, mchid),
      refunds: this.refunds,
      bill: new Bill(ledger, url, now),
      faults: this.faults,
    })
  }

  /** Looks at the time by itself from now on. */
  open(): void {
    this.looking = setInterval(() => void this.deliverDue(), LOOK_MS)
  }

  /** Settles refunds and sends notifications whose time has come; waits for the answers. */
  async deliverDue(): Promise<void> {
    // Together: a refund that is settled and whose notification is forgotten would never be heard of.
    this.ledger.refunds.together(() => {
      for (const { refund, trade } of this.refunds.settleDue()) this.announceRefund(refund, trade)
    })
    await this.notifications.deliverDue()
  }

  close(): void {
    clearInterval(this.looking)
  }

  private announceRefund(refund: Refund, trade: Trade): void {
    if (refund.notify_url === undefined) return
    const resource = describeRefundNotice(refund, trade)
    const body = this.notifications.compose({ eventType: 'REFUND.SUCCESS', originalType: 'refund', summary: '退款成功', resource })
    this.notifications.enqueue({ about: refund.out_refund_no, url: refund.notify_url, body, dueAt: this.options.now(), insistent: true })
  }

  /** `/v3/…` */
  serveGateway(exchange: Exchange): Promise<void> {
    return this.gateway.serve(exchange)
  }

  /** POST /__pay/OUT_TRADE_NO */
  async servePayer(exchange: Exchange): Promise<void> {
    const outTradeNo = decodeURIComponent(exchange.path.slice('/__pay/'.length))
    const act = await readJson(exchange, paymentShape)
    sendJson(exchange, 200, await this.explained(() => this.payer.act(outTradeNo, act)))
  }

  /** POST /__pay/verify: wx.requestPayment's parameters, as the user of x-local-openid. */
  async serveVerify(exchange: Exchange): Promise<void> {
    const request = await readJson(exchange, paymentRequest)
    const openid = localOpenid(exchange)
    sendJson(exchange, 200, await this.explained(() => this.payer.verify(request, openid)))
  }

  /** POST /__pay-faults */
  async serveFaults(exchange: Exchange): Promise<void> {
    this.faults.choose(await readJson(exchange, fault))
    sendJson(exchange, 200, { ok: true })
  }

  /** GET /__payments: for the workbench. */
  serveList(exchange: Exchange): void {
    sendJson(exchange, 200, {
      trades: this.ledger.trades.values(),
      refunds: this.ledger.refunds.values(),
      notifications: this.ledger.notifications.values(),
    })
  }

  private async explained<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof PayRefusal ? new HttpRefusal(error.status, error.message, error.code) : error
    }
  }
}

/**
 * Notifications to the merchant: encrypted and signed as the real ones, sent again until accepted, on the moved clock. What waits is on
 * disk: a restart forgets none.
 */
import { randomUUID } from 'node:crypto'
import type { Ledger, Notification } from './ledger'
import type { Signatures } from './signatures'
import { chinaTime } from './words'

/** Seconds after each failed attempt (WeChat Pay's published schedule). */
const RETRIES = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600]
/** ms of real time that the merchant has to answer; cold starts of a busy machine included. */
const ANSWER_MS = 20_000

export interface NotificationContent {
  eventType: 'TRANSACTION.SUCCESS' | 'REFUND.SUCCESS'
  originalType: 'transaction' | 'refund'
  summary: string
  resource: Record<string, unknown>
}

export interface NotificationsOptions {
  ledger: Ledger
  signatures: Signatures
  now: () => number
  /** The workplace's address now: a notify_url that it gave out before a restart may hold another port. */
  base: string
}

export class Notifications {
  private nextId: number
  private delivering: Promise<void> = Promise.resolve()

  constructor(private readonly options: NotificationsOptions) {
    this.nextId = options.ledger.notifications.lastNumber() + 1
  }

  /** The body of a notification; sending it again sends the same bytes. */
  compose(content: NotificationContent): string {
    const { signatures, now } = this.options
    return JSON.stringify({
      id: randomUUID(),
      create_time: chinaTime(now()),
      resource_type: 'encrypt-resource',
      event_type: content.eventType,
      summary: content.summary,
      resource: { original_type: content.originalType, ...signatures.encrypt(JSON.stringify(content.resource), content.originalType) },
    })
  }

  enqueue(notification: Omit<Notification, 'id' | 'attempt'>): void {
    const id = this.nextId++
    this.options.ledger.notifications.put(id, { ...notification, id, attempt: 0 })
  }

  /** Sends what is due, in order of time, and waits for the answers. */
  deliverDue(): Promise<void> {
    // One delivery at a time: two would send the same notification twice unasked. One that broke off does not stop the next.
    this.delivering = this.delivering.catch(() => undefined).then(() => this.deliverAll())
    return this.delivering
  }

  /** When the next is due (ms). */
  nextDue(): number | undefined {
    const times = this.options.ledger.notifications.values().map((one) => one.dueAt)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  private async deliverAll(): Promise<void> {
    const { ledger, now } = this.options
    const due = ledger.notifications.values().filter((one) => one.dueAt <= now())
    due.sort((a, b) => a.dueAt - b.dueAt || a.id - b.id)
    for (const notification of due) {
      const accepted = await this.send(notification)
      const wait = RETRIES[notification.attempt]
      if (accepted || !notification.insistent || wait === undefined) ledger.notifications.delete(notification.id)
      else ledger.notifications.put(notification.id, { ...notification, attempt: notification.attempt + 1, dueAt: now() + wait * 1000 })
    }
  }

  private async send({ url, body, headers }: Notification): Promise<boolean> {
    try {
      const answer = await fetch(this.reachable(url), {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Mozilla/4.0',
          'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
          'request-id': randomUUID(),
          ...(headers ?? this.options.signatures.signBody(body)),
        },
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      await answer.arrayBuffer()
      return answer.status === 200 || answer.status === 204
    } catch {
      return false
    }
  }

  private reachable(url: string): string {
    const { hostname, pathname, search } = new URL(url)
    const own = (hostname === '127.0.0.1' || hostname === 'localhost') && pathname.startsWith('/http/')
    return own ? this.options.base + pathname + search : url
  }
}

/** Every message that left the system, kept for the inbox: GET /__messages. */
import type { Shelf } from './shelf'

export interface Message {
  /** ISO 8601, moved time. */
  at: string
  /** An OPENID, or `staff`. */
  to: string
  channel: 'subscribe' | 'robot'
  /** Template id of a subscribe message; kind (`text`, `markdown`) of a robot post. */
  template: string
  data: unknown
  /** The page that a tap opens; empty for a robot post. */
  page: string
  /** What the sender was answered: `errcode` 0 means delivered. */
  result: { errcode: number; errmsg: string } & Record<string, unknown>
}

export class MessageLog {
  private next: number

  constructor(
    private readonly shelf: Shelf<Message>,
    private readonly onMessage: (message: Message) => void,
  ) {
    this.next = shelf.lastNumber() + 1
  }

  record(message: Message): void {
    this.shelf.put(this.next++, message)
    this.onMessage(message)
  }

  /** Newest first; `to` narrows to one receiver. */
  list(to?: string): Message[] {
    const all = this.shelf.newest(Number.MAX_SAFE_INTEGER)
    return to === undefined ? all : all.filter((message) => message.to === to)
  }
}

import type { MessageView } from '../../typings/contract'
import { _, collection } from './db'
import type { MessageDocument } from './documents'
import { pageBefore } from './paging'

const PAGE = 20

export interface InboxPage {
  messages: MessageView[]
  unread: number
  nextBefore: string | null
}

export const countUnread = (openid: string): Promise<number> => collection('messages').count({ openid, read: false })

/** Newest first (R41). */
export const readInbox = async (openid: string, before: Date | undefined): Promise<InboxPage> => {
  const [{ items, nextBefore }, unread] = await Promise.all([pageBefore(collection('messages'), { openid }, { by: 'at', before, size: PAGE }), countUnread(openid)])
  return { messages: items.map(messageView), unread, nextBefore }
}

const messageView = (message: MessageDocument): MessageView => ({
  id: message._id, at: message.at.toISOString(), title: message.title, text: message.text, page: message.page, read: message.read, delivered: message.delivery === 'sent' || message.delivery === 'unknown',
})

/** Whoever reads was reached after all: nobody needs to phone (R41). */
const closeUnreachable = async (openid: string, ids: readonly string[]): Promise<void> => {
  const orders = [...new Set(ids.map((id) => id.split(':')[0] ?? ''))]
  await collection('todos').update({ _id: _.in(orders.map((orderId) => `unreachable:${orderId}:${openid}`)), state: 'open' }, { state: _.set('closed'), closedAt: _.set(new Date()), closedBy: _.set('system') })
}

/** Marks the person's own; others' ids change nothing. */
export const markRead = async (openid: string, ids: readonly string[]): Promise<number> => {
  if (ids.length > 0) {
    await Promise.all([collection('messages').update({ _id: _.in([...ids]), openid }, { read: _.set(true), escalateAt: _.set(null) }), closeUnreachable(openid, ids)])
  }
  return countUnread(openid)
}

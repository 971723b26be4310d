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

/** What somebody has read: single messages, or whatever there is about an order. */
export type Seen = { ids: readonly string[] } | { orderId: string }

const READ = { read: _.set(true), escalateAt: _.set(null) }

/** Marks the person's own; others' ids change nothing. */
export const markRead = async (openid: string, seen: Seen): Promise<number> => {
  const which = 'ids' in seen ? { _id: _.in([...seen.ids]), openid } : { openid, read: false, orderId: seen.orderId }
  const orders = 'ids' in seen ? [...new Set(seen.ids.map((id) => id.split(':')[0] ?? ''))] : [seen.orderId]
  await Promise.all([collection('messages').update(which, READ), closeUnreachable(openid, orders)])
  return countUnread(openid)
}

/** Whoever reads was reached after all: nobody needs to phone (R41). */
const closeUnreachable = async (openid: string, orders: readonly string[]): Promise<void> => {
  const closed = { state: _.set('closed'), closedAt: _.set(new Date()), closedBy: _.set('system') }
  await collection('todos').update({ _id: _.in(orders.map((orderId) => unreachableId(orderId, openid))), state: 'open' }, closed)
}

/** The to-do that asks staff to phone somebody about an order. */
export const unreachableId = (orderId: string, openid: string): string => `unreachable:${orderId}:${openid}`

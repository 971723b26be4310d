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

/** Marks the person's own; others' ids change nothing. */
export const markRead = async (openid: string, ids: readonly string[]): Promise<number> => {
  if (ids.length > 0) await collection('messages').update({ _id: _.in([...ids]), openid }, { read: _.set(true) })
  return countUnread(openid)
}

import type { MessageView, TemplateKey } from '../../typings/contract'
import { canRing } from '../domain/reach'
import { after, DAY } from '../domain/shanghai'
import { creditsOf } from './credits'
import { _, collection } from './db'
import type { CreditDocument, MessageDocument } from './documents'
import { pageBefore } from './paging'
import { TEMPLATE_KEYS } from './templates'
import { inOutboxLane } from './trips'

const PAGE = 20

export interface InboxPage {
  messages: MessageView[]
  unread: number
  nextBefore: string | null
  /** Kinds of which WeChat did not deliver one of these, and still could not. */
  silent: TemplateKey[]
}

/** WeChat asks about so many at once. */
const MOST_ASKED = 5

export const countUnread = (openid: string): Promise<number> => collection('messages').count({ openid, read: false })

/** Newest first (R41). */
export const readInbox = async (openid: string, before: Date | undefined): Promise<InboxPage> => {
  const [{ items, nextBefore }, unread, credits] = await Promise.all([
    pageBefore(collection('messages'), { openid }, { by: 'at', before, size: PAGE }), countUnread(openid), creditsOf(openid, TEMPLATE_KEYS),
  ])
  return { messages: items.map(messageView), unread, nextBefore, silent: silentKinds(items, credits) }
}

const MISSED: MessageDocument['delivery'][] = ['inbox_only', 'refused']

const messageView = (message: MessageDocument): MessageView => ({
  id: message._id, at: message.at.toISOString(), title: message.title, text: message.text, page: message.page, read: message.read,
})

const silentKinds = (messages: readonly MessageDocument[], credits: readonly CreditDocument[]): TemplateKey[] => {
  const missed = new Set(messages.filter(({ delivery }) => MISSED.includes(delivery)).map(({ template }) => template))
  return [...missed].filter((key) => !canRing(credits.find(({ template }) => template === key))).slice(0, MOST_ASKED)
}

/** What a technician missed last, within the week. */
export const lastMissed = async (openid: string, now: Date): Promise<MessageDocument | null> => {
  const [latest] = await collection('messages').find({ openid, role: 'technician', delivery: _.in(MISSED), at: _.gt(after(now, -7 * DAY)) }, { order: { at: 'desc' }, limit: 1 })
  return latest ?? null
}

/** What somebody has read: single messages, or whatever there is about an order. */
export type Seen = { ids: readonly string[] } | { orderId: string }

const READ = { read: _.set(true), escalateAt: _.set(null) }

/** Marks the person's own; others' ids change nothing. */
export const markRead = async (openid: string, seen: Seen): Promise<number> => {
  const which = 'ids' in seen ? { _id: _.in([...seen.ids]), openid } : { openid, read: false, orderId: seen.orderId }
  const orders = 'ids' in seen ? [...new Set(seen.ids.map((id) => id.split(':')[0] ?? ''))] : [seen.orderId]
  await collection('messages').update(which, READ)
  // Somebody else's word may still lie there unread.
  const unread = await Promise.all(orders.map((orderId) => collection('messages').count({ openid, orderId, read: false })))
  await closeUnreachable(openid, orders.filter((_orderId, index) => unread[index] === 0))
  return countUnread(openid)
}

/** Staff have their word about an order from the phone: nobody needs to phone to tell them what still lies unread (R41). Follows from what was written, and is counted with the outbox. */
export const reachedByPhone = (openid: string, orderId: string): Promise<void> =>
  inOutboxLane(async () => {
    await Promise.all([collection('messages').update({ openid, orderId, read: false }, { escalateAt: _.set(null) }), closeUnreachable(openid, [orderId])])
  })

/** Whoever reads was reached after all: nobody needs to phone (R41). */
const closeUnreachable = async (openid: string, orders: readonly string[]): Promise<void> => {
  const closed = { state: _.set('closed'), closedAt: _.set(new Date()), closedBy: _.set('system') }
  await collection('todos').update({ _id: _.in(orders.map((orderId) => unreachableId(orderId, openid))), state: 'open' }, closed)
}

/** The to-do that asks staff to phone somebody about an order. */
export const unreachableId = (orderId: string, openid: string): string => `unreachable:${orderId}:${openid}`

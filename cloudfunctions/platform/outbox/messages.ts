import type { TemplateKey } from '../../../typings/contract'
import { whileStaffed } from '../../domain/deadlines'
import { shortName } from '../../domain/draft'
import { composeMessage, NOTHING_LEFT, TEMPLATES } from '../../domain/messages'
import type { ComposedMessage } from '../../domain/messages'
import type { Settings } from '../../domain/settings'
import { after, MINUTE } from '../../domain/shanghai'
import { _, collection } from '../db'
import type { CreditDocument, MessageDocument } from '../documents'
import { unreachableId } from '../inbox'
import { reportFault } from '../message-faults'
import { heldByPost, postToStaff } from '../robot'
import { templateIdOf } from '../templates'
import { sendSubscribeMessage } from '../wechat'
import type { SendResult } from '../wechat'
import { asError, forEntries } from './job'
import type { EntryOf, Job, Outcomes } from './job'
import { keepTodo } from './todos'
import type { LeftTodo } from './todos'

/** A message on its way to somebody. */
export interface Outgoing {
  /** Deterministic: sent again under the same id, it goes out once. */
  id: string
  to: { role: 'homeowner' | 'technician'; openid: string }
  template: TemplateKey
  blanks: Record<string, string>
  at: Date
  /** Empty when it is about no order; so is the number. */
  orderId: string
  orderNumber: string
  visitNo: number
  emergency: boolean
  mustReach: boolean
  /** Who it is for and about what, in a few words for staff. */
  whom: string
}

/** The messages of orders' outboxes (R41). */
export const deliverMessages = (jobs: readonly Job<EntryOf<'message'>>[], settings: Settings, outcomes: Outcomes): Promise<void> =>
  deliver(
    jobs.map(({ order, entry: { id, to, template, blanks, at, visitNo, mustReach } }) => {
      const person = order.people.find((known) => known.openid === to.openid) ?? null
      const whom = to.role === 'technician' ? `${shortName(person)} ${person?.staffNumber ?? ''}：${order.number}` : `业主：${order.number}`
      return { id, to, template, blanks, at, orderId: order._id, orderNumber: order.number, visitNo, emergency: order.emergency, mustReach, whom }
    }),
    settings,
    outcomes,
  )

/**
 * Puts messages into inboxes and sends them through WeChat (R41). The inbox is always written; the ledger knows what a person allowed: a credit is reserved under the
 * message's id, then the message goes out, then it is settled. Whoever finds it reserved already cannot know whether it went out, and counts it as sent.
 */
export const deliver = async (messages: readonly Outgoing[], settings: Settings, outcomes: Outcomes): Promise<void> => {
  if (messages.length === 0) return
  const written: Outcomes = new Map()
  const [credits] = await Promise.all([readCredits(messages, settings).catch(asError), writeInbox(messages, settings, written)])
  const missed: Outgoing[] = []
  const sendOne = async (message: Outgoing): Promise<void> => {
    const fault = credits instanceof Error ? credits : written.get(message.id)
    if (fault instanceof Error || credits instanceof Error) return void outcomes.set(message.id, asError(fault))
    const sent: Outcomes = new Map()
    await forEntries([message.id], sent, async () => {
      if (!(await send(message, credits.get(creditId(message)), settings)) && TEMPLATES[message.template].minutesCount) missed.push(message)
    })
    // Not done before staff know of it.
    if (!missed.includes(message)) outcomes.set(message.id, sent.get(message.id) ?? 'done')
  }
  // One after the other for each person: WeChat refuses several to one person in the same moment, and they read them in order.
  await Promise.all(
    byPerson(messages).map(async (own) => {
      for (const message of own) await sendOne(message)
    }),
  )
  await forEntries(missed.map(({ id }) => id), outcomes, () => tellStaff(missed))
}

const byPerson = (messages: readonly Outgoing[]): Outgoing[][] => {
  const each = new Map<string, Outgoing[]>()
  for (const message of messages) each.set(message.to.openid, [...(each.get(message.to.openid) ?? []), message])
  return [...each.values()]
}

const creditId = ({ to, template }: Outgoing): string => `${to.openid}:${template}`

const readCredits = async (messages: readonly Outgoing[], settings: Settings): Promise<Map<string, CreditDocument>> => {
  const wanted = [...new Set(messages.filter(({ template }) => templateIdOf(template, settings)).map(creditId))]
  if (wanted.length === 0) return new Map()
  const found = await collection('credits').find({ _id: _.in(wanted) }, { limit: wanted.length })
  return new Map(found.map((credit) => [credit._id, credit]))
}

/** All at once; should that fail, each alone, so that one bad message holds up no other. */
const writeInbox = async (messages: readonly Outgoing[], settings: Settings, written: Outcomes): Promise<void> => {
  const write = (some: readonly Outgoing[]) => forEntries(some.map(({ id }) => id), written, () => collection('messages').addAll(some.map((message) => inboxDocument(message, settings))))
  await write(messages)
  if (messages.length > 1 && messages.some(({ id }) => written.get(id) !== 'done')) await Promise.all(messages.map((message) => write([message])))
}

const inboxDocument = ({ id, to, template, blanks, at, orderId, emergency, mustReach }: Outgoing, settings: Settings): MessageDocument => {
  const { title, text, page } = composeMessage(template, blanks)
  // Taken away again once WeChat has it.
  const escalateAt = mustReach ? whileStaffed(after(at, settings.messages.unreadMinutes * MINUTE), settings, emergency) : null
  return { _id: id, openid: to.openid, role: to.role, orderId, template, at, title, text, page, read: false, delivery: 'inbox_only', errcode: null, escalateAt }
}

/** Whether it went out, or is counted so. */
const send = async (message: Outgoing, credit: CreditDocument | undefined, settings: Settings): Promise<boolean> => {
  if (credit?.used.includes(message.id)) {
    await settle(message.id, { delivery: 'unknown', errcode: null }, 'inbox_only')
    return true
  }
  if (!credit || credit.left <= 0 || !(await reserve(credit._id, message.id))) return false
  const result = await post(message, composeMessage(message.template, message.blanks), templateIdOf(message.template, settings))
  await Promise.all([settle(message.id, deliveryOf(result)), correctLedger(credit._id, message.id, result), result.sent || result.errcode === null ? null : reportFault(message.template, result.errcode, message.at)])
  return result.sent || result.errcode === null
}

const reserve = async (credit: string, message: string): Promise<boolean> => {
  const updated = await collection('credits').update({ _id: credit, left: _.gt(0), used: _.nin([message]) }, { left: _.inc(-1), used: _.push({ each: [message], slice: -50 }) })
  return updated === 1
}

const post = ({ to }: Outgoing, { page, data }: ComposedMessage, templateId: string): Promise<SendResult> => sendSubscribeMessage({ openid: to.openid, templateId, page, data })

const deliveryOf = (result: SendResult): Pick<MessageDocument, 'delivery' | 'errcode'> =>
  result.sent ? { delivery: 'sent', errcode: 0 } : result.errcode === null ? { delivery: 'unknown', errcode: null } : { delivery: 'refused', errcode: result.errcode }

/** What went out, or is counted so, needs nobody to phone. */
const settle = async (message: string, { delivery, errcode }: Pick<MessageDocument, 'delivery' | 'errcode'>, only?: MessageDocument['delivery']): Promise<void> => {
  await collection('messages').update({ _id: message, ...(only ? { delivery: only } : {}) }, { delivery: _.set(delivery), errcode: _.set(errcode), ...(delivery === 'refused' ? {} : { escalateAt: _.set(null) }) })
}

/** 43101: WeChat says that nothing is left, whatever we thought. Any other refusal used nothing up. */
const correctLedger = async (credit: string, message: string, result: SendResult): Promise<void> => {
  if (result.sent || result.errcode === null) return
  if (result.errcode === NOTHING_LEFT) await collection('credits').update({ _id: credit }, { left: _.set(0) })
  else await collection('credits').update({ _id: credit }, { left: _.inc(1), used: _.pull(message) })
}

/**
 * Who has run dry is reached another way (R41): staff hear of it at once, and no second time of the same order, person and kind. What the robot does not take, or one
 * post does not hold, is kept as a to-do, which the clock posts.
 */
const tellStaff = async (missed: readonly Outgoing[]): Promise<void> => {
  if (missed.length === 0) return
  // Not known: told once too often, rather than not at all.
  const earlier = await earlierMissed(missed).catch(() => [])
  const news = missed.filter((message) => !earlier.some((other) => isBefore(other, message)))
  const lines = news.map(({ whom, template, blanks }) => `微信提醒不到${whom} ${composeMessage(template, blanks).title}`)
  const told = (await postToStaff(lines)) ? heldByPost(lines).length : 0
  await Promise.all(news.slice(told).map((message) => keepTodo(todoOf(message), message.at)))
}

const todoOf = ({ orderId, orderNumber, visitNo, to, whom, template, blanks, at }: Outgoing): LeftTodo => ({
  _id: unreachableId(orderId, to.openid), kind: 'unreachable', orderId, orderNumber, visitNo, urgent: true, title: `微信通知不到${to.role === 'technician' ? '师傅' : '业主'}，请打电话`, detail: `${whom} ${composeMessage(template, blanks).title}`,
  role: to.role === 'technician' ? 'dispatcher' : 'customer_service', at,
})

/** Of the same order, person and kind, and written before: staff heard of that one, or will. */
const isBefore = (other: MessageDocument, { id, to, orderId, template, at }: Outgoing): boolean =>
  other._id !== id && other.openid === to.openid && other.orderId === orderId && other.template === template && (other.at < at || (other.at.getTime() === at.getTime() && other._id < id))

const MOST_EARLIER = 200

const earlierMissed = (missed: readonly Outgoing[]): Promise<MessageDocument[]> => {
  const each = <Value>(values: readonly Value[]) => _.in([...new Set(values)])
  return collection('messages').find(
    { openid: each(missed.map(({ to }) => to.openid)), orderId: each(missed.map(({ orderId }) => orderId)), template: each(missed.map(({ template }) => template)), delivery: _.in(['inbox_only', 'refused']) },
    { limit: MOST_EARLIER },
  )
}

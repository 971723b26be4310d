import type { TemplateKey } from '../../../typings/contract'
import { whileStaffed } from '../../domain/deadlines'
import { shortName } from '../../domain/draft'
import { composeMessage, NOTHING_LEFT, TEMPLATES } from '../../domain/messages'
import type { ComposedMessage } from '../../domain/messages'
import type { Settings } from '../../domain/settings'
import { after, MINUTE } from '../../domain/shanghai'
import { _, collection } from '../db'
import type { CreditDocument, MessageDocument } from '../documents'
import { reportFault } from '../message-faults'
import { postToStaff } from '../robot'
import { templateIdOf } from '../templates'
import { sendSubscribeMessage } from '../wechat'
import type { SendResult } from '../wechat'
import { asError, forEntries } from './job'
import type { EntryOf, Job, Outcomes } from './job'

/** A message on its way to somebody. */
export interface Outgoing {
  /** Deterministic: sent again under the same id, it goes out once. */
  id: string
  to: { role: 'homeowner' | 'technician'; openid: string }
  template: TemplateKey
  blanks: Record<string, string>
  at: Date
  /** Empty when it is about no order. */
  orderId: string
  emergency: boolean
  mustReach: boolean
  /** Who it is for and about what, in a few words for staff. */
  whom: string
}

/** The messages of orders' outboxes (R41). */
export const deliverMessages = (jobs: readonly Job<EntryOf<'message'>>[], settings: Settings, outcomes: Outcomes): Promise<void> =>
  deliver(
    jobs.map(({ order, entry: { id, to, template, blanks, at, mustReach } }) => {
      const person = order.people.find((known) => known.openid === to.openid) ?? null
      const whom = to.role === 'technician' ? `${shortName(person)} ${person?.staffNumber ?? ''}：${order.number}` : `业主：${order.number}`
      return { id, to, template, blanks, at, orderId: order._id, emergency: order.emergency, mustReach, whom }
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
    await forEntries([message.id], outcomes, async () => {
      if (!(await send(message, credits.get(creditId(message)), settings))) missed.push(message)
    })
  }
  // One after the other for each person: WeChat refuses several to one person in the same moment, and they read them in order.
  await Promise.all(
    byPerson(messages).map(async (own) => {
      for (const message of own) await sendOne(message)
    }),
  )
  await tellStaff(missed.filter(({ template }) => TEMPLATES[template].minutesCount))
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

/** Who has run dry is reached another way (R41): staff hear of it at once, and no second time of the same order, person and kind. */
const tellStaff = async (messages: readonly Outgoing[]): Promise<void> => {
  if (messages.length === 0) return
  // Not known: told once too often, rather than not at all.
  const known = await toldBefore(messages).catch(() => new Set<string>())
  const lines = messages.filter((message) => !known.has(occasion(message.to.openid, message))).map(({ whom, template, blanks }) => `微信提醒不到${whom} ${composeMessage(template, blanks).title}`)
  if (lines.length > 0) await postToStaff(lines)
}

const occasion = (openid: string, { orderId, template }: Pick<Outgoing, 'orderId' | 'template'>): string => `${openid}:${orderId}:${template}`

const MOST_EARLIER = 200

const toldBefore = async (messages: readonly Outgoing[]): Promise<ReadonlySet<string>> => {
  const each = <Value>(values: readonly Value[]) => _.in([...new Set(values)])
  const earlier = await collection('messages').find(
    {
      openid: each(messages.map(({ to }) => to.openid)), orderId: each(messages.map(({ orderId }) => orderId)), template: each(messages.map(({ template }) => template)),
      delivery: _.in(['inbox_only', 'refused']), _id: _.nin(messages.map(({ id }) => id)),
    },
    { limit: MOST_EARLIER },
  )
  return new Set(earlier.map((message) => occasion(message.openid, message)))
}

import { composeMessage } from '../../domain/messages'
import type { ComposedMessage } from '../../domain/messages'
import { shortName } from '../../domain/draft'
import type { Settings } from '../../domain/settings'
import { _, collection } from '../db'
import type { CreditDocument, MessageDocument } from '../documents'
import { postToStaff } from '../robot'
import { templateIdOf } from '../templates'
import { NOTHING_LEFT, sendSubscribeMessage } from '../wechat'
import type { SendResult } from '../wechat'
import { asError, forEntries, inBulk } from './job'
import type { EntryOf, Job, Outcomes } from './job'

type MessageJob = Job<EntryOf<'message'>>

/**
 * Puts messages into inboxes and sends them through WeChat (R41). The inbox is always written; the ledger knows what a person allowed: a credit is reserved under the
 * message's id, then the message goes out, then it is settled. Whoever finds it reserved already cannot know whether it went out, and counts it as sent.
 */
export const deliverMessages = async (jobs: readonly MessageJob[], settings: Settings, outcomes: Outcomes): Promise<void> => {
  if (jobs.length === 0) return
  const written: Outcomes = new Map()
  const [credits] = await Promise.all([readCredits(jobs, settings).catch(asError), inBulk(jobs, written, (some) => collection('messages').addAll(some.map(inboxDocument)))])
  const deliveries = await Promise.all(
    jobs.map(async (job) => {
      const fault = credits instanceof Error ? credits : written.get(job.entry.id)
      if (fault instanceof Error || credits instanceof Error) {
        outcomes.set(job.entry.id, asError(fault))
        return true
      }
      let reached = false
      await forEntries([job.entry.id], outcomes, async () => {
        reached = await deliver(job, credits.get(creditId(job)), settings)
      })
      return reached
    }),
  )
  await tellStaff(jobs.filter((job, index) => !deliveries[index] && URGENT.has(job.entry.template) && job.entry.to.role === 'technician'))
}

/** What a technician must not miss: staff are told when WeChat cannot reach them. */
const URGENT: ReadonlySet<string> = new Set(['offer', 'call_reminder'])

const creditId = ({ entry }: MessageJob): string => `${entry.to.openid}:${entry.template}`

const readCredits = async (jobs: readonly MessageJob[], settings: Settings): Promise<Map<string, CreditDocument>> => {
  const wanted = [...new Set(jobs.filter(({ entry }) => templateIdOf(entry.template, settings)).map(creditId))]
  if (wanted.length === 0) return new Map()
  const found = await collection('credits').find({ _id: _.in(wanted) }, { limit: wanted.length })
  return new Map(found.map((credit) => [credit._id, credit]))
}

const inboxDocument = ({ order, entry }: MessageJob): MessageDocument => {
  const { title, text, page } = composeMessage(entry.template, entry.blanks)
  return {
    _id: entry.id, openid: entry.to.openid, role: entry.to.role, orderId: order._id, template: entry.template, at: entry.at, title, text, page, read: false, delivery: 'inbox_only', errcode: null,
  }
}

/** Whether it went out, or is counted so. */
const deliver = async (job: MessageJob, credit: CreditDocument | undefined, settings: Settings): Promise<boolean> => {
  const { id } = job.entry
  if (credit?.used.includes(id)) {
    await settle(id, { delivery: 'unknown', errcode: null }, 'inbox_only')
    return true
  }
  if (!credit || credit.left <= 0 || !(await reserve(credit._id, id))) return false
  const composed = composeMessage(job.entry.template, job.entry.blanks)
  const result = await send(job, composed, templateIdOf(job.entry.template, settings))
  await Promise.all([settle(id, deliveryOf(result)), correctLedger(credit._id, id, result)])
  return result.sent || result.errcode === null
}

const reserve = async (credit: string, message: string): Promise<boolean> => {
  const updated = await collection('credits').update({ _id: credit, left: _.gt(0), used: _.nin([message]) }, { left: _.inc(-1), used: _.push({ each: [message], slice: -50 }) })
  return updated === 1
}

const send = ({ entry }: MessageJob, { page, data }: ComposedMessage, templateId: string): Promise<SendResult> => sendSubscribeMessage({ openid: entry.to.openid, templateId, page, data })

const deliveryOf = (result: SendResult): Pick<MessageDocument, 'delivery' | 'errcode'> =>
  result.sent ? { delivery: 'sent', errcode: 0 } : result.errcode === null ? { delivery: 'unknown', errcode: null } : { delivery: 'refused', errcode: result.errcode }

const settle = async (message: string, { delivery, errcode }: Pick<MessageDocument, 'delivery' | 'errcode'>, only?: MessageDocument['delivery']): Promise<void> => {
  await collection('messages').update({ _id: message, ...(only ? { delivery: only } : {}) }, { delivery: _.set(delivery), errcode: _.set(errcode) })
}

/** 43101: WeChat says that nothing is left, whatever we thought. Any other refusal used nothing up. */
const correctLedger = async (credit: string, message: string, result: SendResult): Promise<void> => {
  if (result.sent || result.errcode === null) return
  if (result.errcode === NOTHING_LEFT) await collection('credits').update({ _id: credit }, { left: _.set(0) })
  else await collection('credits').update({ _id: credit }, { left: _.inc(1), used: _.pull(message) })
}

/** Who has run dry is reached another way (R41). */
const tellStaff = async (jobs: readonly MessageJob[]): Promise<void> => {
  const lines = jobs.map(({ order, entry }) => {
    const person = order.people.find((known) => known.openid === entry.to.openid) ?? null
    return `微信提醒不到${shortName(person)} ${person?.staffNumber ?? ''}：${order.number} ${composeMessage(entry.template, entry.blanks).title}`
  })
  if (lines.length > 0) await postToStaff(lines)
}

/** The message inbox as rows: what people got, whether WeChat delivered it, and what staff must see to. */
import type { City } from './city'

/** `told`: staff know, and need do nothing. */
export type Delivery = 'delivered' | 'inbox_only' | 'needs_action' | 'told'

export interface InboxRow {
  key: string
  at: Date
  /** 林女士, 周国平 0317, 调度群 */
  to: string
  text: string
  delivery: Delivery
}

export const DELIVERY_WORDS: Record<Delivery, string> = {
  delivered: '已送达',
  inbox_only: '转站内信',
  needs_action: '要处理',
  told: '知会',
}

const MOST = 60

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Values of a subscribe message, or the text of a robot post without its markdown. */
export function plainText(data: unknown): string {
  if (!isRecord(data)) return ''
  if (typeof data.content === 'string') {
    return data.content
      .replace(/<[^>]+>|\*\*|^#+\s*|^>\s*/gm, '')
      .trim()
      .replace(/\s*\n\s*/g, '；')
  }
  return Object.values(data)
    .map((field) => (isRecord(field) ? String(field.value ?? '') : ''))
    .filter((value) => value !== '')
    .join('，')
}

/** Whom WeChat could not reach is only told; everything else is a to-do. */
const noticeKind = (text: string): Delivery => (text.split('；').every((line) => line.startsWith('微信提醒不到')) ? 'told' : 'needs_action')

/**
 * The inbox of everyone, newest first. A message of the product stands once: in its inbox, with what became of it in WeChat. What WeChat was asked to send
 * otherwise, and notices to staff, come from the workplace's own log.
 */
export function inboxRows({ inbox, sent, people, templates }: Pick<City, 'inbox' | 'sent' | 'people' | 'templates'>): InboxRow[] {
  const nameOf = (openid: string) => people.find((person) => person.openid === openid)?.name ?? openid
  const own = inbox.map((message): InboxRow => ({
    key: message._id,
    at: message.at,
    to: nameOf(message.openid),
    text: `${message.title}：${message.text}`,
    delivery: message.delivery === 'sent' || message.delivery === 'unknown' ? 'delivered' : 'inbox_only',
  }))
  const known = new Set(inbox.map(({ openid, page }) => `${openid} ${page}`))
  const others = sent
    .filter(({ channel, to, page }) => channel === 'robot' || !known.has(`${to} ${page}`))
    .map(({ at, to, channel, template, data, result }, index): InboxRow => {
      const robot = channel === 'robot'
      const title = robot ? '' : `${templates.find(({ id }) => id === template)?.title ?? '消息'}：`
      return {
        key: `sent ${sent.length - index}`,
        at: new Date(at),
        to: robot ? '调度群' : nameOf(to),
        text: `${title}${plainText(data)}`,
        delivery: robot ? noticeKind(plainText(data)) : result.errcode === 0 ? 'delivered' : 'inbox_only',
      }
    })
  return [...own, ...others].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1)).slice(0, MOST)
}

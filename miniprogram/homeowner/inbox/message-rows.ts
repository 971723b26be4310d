import type { MessageView } from '../../../typings/contract'
import { formatMoment } from '../../lib/time'

export interface MessageRow {
  id: string
  when: string
  title: string
  text: string
  page: string
  read: boolean
}

/** Newest first, each once. `now` in ms. */
export function messageRows(messages: MessageView[], now: number): MessageRow[] {
  const each = new Map(messages.map((message) => [message.id, message]))
  return [...each.values()]
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .map(({ id, at, title, text, page, read }) => ({
      id,
      when: formatMoment(at, now),
      title,
      text,
      page,
      read,
    }))
}

/** Path that wx.navigateTo takes; messages name pages with or without the leading slash. Empty when a message leads nowhere. */
export function messageUrl(page: string): string {
  return page === '' || page.startsWith('/') ? page : `/${page}`
}

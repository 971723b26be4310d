import { clockText, dayText } from '../../../cloudfunctions/domain/shanghai'
import type { City } from './city'
import { element, redraw } from './dom'
import { DELIVERY_WORDS, inboxRows } from './inbox-rows'

/** 消息箱: draws the rows; only what is new is announced. */
export class Inbox {
  private shown = ''

  constructor(private readonly container: HTMLElement) {}

  show(city: City, now: Date): void {
    const rows = inboxRows(city)
    const signature = JSON.stringify([rows, dayText(now, new Date(0))])
    if (signature === this.shown) return
    this.shown = signature
    redraw(
      this.container,
      ...(rows.length === 0 ? [element('p', { class: 'card-empty', text: '还没有消息。报一张修，两位师傅就会收到。' })] : []),
      ...rows.map(({ at, to, text, delivery }) => {
        const day = dayText(at, now)
        return element(
          'article',
          { class: 'message' },
          element('time', { text: clockText(at), attributes: { datetime: at.toISOString(), title: `${day} ${clockText(at)}` } }),
          element('div', {}, element('strong', { text: to }), element('p', { text })),
          element('span', { class: `delivery is-${delivery}`, text: DELIVERY_WORDS[delivery] }),
        )
      }),
    )
  }
}

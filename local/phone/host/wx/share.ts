/** Forwarding: the page says what the card shows; the host shows the card. */
import { element } from '../dom'
import type { Phone } from '../phone'

interface Card {
  title?: string
  path?: string
  imageUrl?: string
  promise?: Promise<Card>
}

const WAIT_MS = 3000

export async function shareCurrentPage(phone: Phone, options: { from: 'menu' | 'button'; target?: unknown }): Promise<void> {
  const page = phone.pages.current
  if (!page) return
  const given = (page.call('onShareAppMessage', options) ?? {}) as Card
  const later = given.promise
    ? await Promise.race([given.promise, new Promise<null>((resolve) => setTimeout(() => resolve(null), WAIT_MS))])
    : null
  const card = { title: page.bar.text, path: page.path, imageUrl: '', ...given, ...(later ?? {}) }
  const image = card.imageUrl === '' ? null : await phone.files.urlOf(card.imageUrl)
  const sent = await phone.layers.sheet<boolean>({
    label: '转发给',
    class: 'host-share',
    onOutside: false,
    content: (close) => [
      element('h2', { text: '转发给朋友' }),
      element(
        'div',
        { class: 'host-share-card' },
        element('strong', { text: card.title }),
        ...(image === null ? [] : [element('img', { attributes: { src: image, alt: '' } })]),
        element('span', { text: '师服到' }),
      ),
      element(
        'footer',
        {},
        element('button', { text: '取消', class: 'host-cancel', onClick: () => close(false) }),
        element('button', { text: '发送', class: 'host-confirm', onClick: () => close(true) }),
      ),
    ],
  })
  if (sent) phone.record('share', { title: card.title, path: card.path, imageUrl: card.imageUrl, from: options.from })
}

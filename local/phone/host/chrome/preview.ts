/** wx.previewImage: pictures over the whole screen; tap to close, swipe or arrow to go on. */
import { element } from '../dom'
import type { FileStore } from '../files'
import type { ScreenLayers } from './layers'

/** Resolves once the pictures are shown, as in WeChat. */
export async function previewPictures(layers: ScreenLayers, files: FileStore, sources: readonly string[], start: number): Promise<void> {
  const urls = await Promise.all(sources.map((source) => files.urlOf(source)))
  let index = Math.min(Math.max(0, start), urls.length - 1)
  const image = element('img', { attributes: { alt: '' } })
  const count = element('span')
  const cover = element('div', { class: 'host-preview', role: 'dialog', label: '查看图片' }, image, count)
  const show = (): void => {
    image.src = urls[index] ?? ''
    count.textContent = urls.length > 1 ? `${index + 1} / ${urls.length}` : ''
  }
  const close = layers.fullScreen(cover)
  let from: number | null = null
  cover.addEventListener('pointerdown', (event) => (from = event.clientX))
  cover.addEventListener('pointerup', (event) => {
    const distance = from === null ? 0 : event.clientX - from
    from = null
    if (Math.abs(distance) < 30) return close()
    index = Math.min(Math.max(0, index + (distance < 0 ? 1 : -1)), urls.length - 1)
    show()
  })
  show()
}

/** wx.previewImage, wx.previewMedia: pictures and videos over the whole screen; tap to close, swipe to go on. */
import { element } from '../dom'
import type { FileStore } from '../files'
import type { ScreenLayers } from './layers'

export interface PreviewSource {
  url: string
  type?: 'image' | 'video'
  poster?: string
}

/** Resolves once the pictures are shown, as in WeChat. */
export async function previewPictures(
  layers: ScreenLayers,
  files: FileStore,
  sources: readonly PreviewSource[],
  start: number,
): Promise<void> {
  const urls = await Promise.all(sources.map(({ url }) => files.urlOf(url)))
  const posters = await Promise.all(sources.map(({ poster = '' }) => files.urlOf(poster)))
  let index = Math.min(Math.max(0, start), urls.length - 1)
  const image = element('img', { attributes: { alt: '' } })
  const video = element('video', { attributes: { playsinline: '', controls: '' } })
  const count = element('span')
  const cover = element(
    'div',
    { class: 'host-preview', role: 'dialog', label: sources[index]?.type === 'video' ? '看视频' : '查看图片' },
    image,
    video,
    count,
  )
  const show = (): void => {
    const isVideo = sources[index]?.type === 'video'
    image.hidden = isVideo
    video.hidden = !isVideo
    video.pause()
    if (isVideo) {
      video.poster = posters[index] ?? ''
      video.src = urls[index] ?? ''
      // A browser that lacks the codec, or wants a tap first, shows the poster and the controls.
      void video.play().catch(() => undefined)
    } else image.src = urls[index] ?? ''
    count.textContent = urls.length > 1 ? `${index + 1} / ${urls.length}` : ''
  }
  const close = layers.fullScreen(cover)
  let from: number | null = null
  cover.addEventListener('pointerdown', (event) => (from = event.clientX))
  cover.addEventListener('pointerup', (event) => {
    const distance = from === null ? 0 : event.clientX - from
    from = null
    // The player's own controls are under the finger.
    if (event.target === video) return
    if (Math.abs(distance) < 30) return close()
    index = Math.min(Math.max(0, index + (distance < 0 ? 1 : -1)), urls.length - 1)
    show()
  })
  show()
}

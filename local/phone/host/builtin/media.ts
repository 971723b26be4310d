import { element } from '../dom'
import { Builtin } from './builtin'

/** `<video>` */
export class VideoElement extends Builtin {
  private readonly video = element('video', { attributes: { playsinline: '' } })

  override attached(): void {
    const { video } = this
    this.element.append(video)
    for (const name of ['play', 'pause', 'ended', 'waiting'] as const) video.addEventListener(name, () => this.emit(name, {}))
    video.addEventListener('timeupdate', () => this.emit('timeupdate', { currentTime: video.currentTime, duration: video.duration }))
    video.addEventListener('loadedmetadata', () =>
      this.emit('loadedmetadata', { width: video.videoWidth, height: video.videoHeight, duration: video.duration }),
    )
    video.addEventListener('error', () => this.emit('error', { errMsg: 'MEDIA_ERR_SRC_NOT_SUPPORTED' }))
    void this.draw()
  }

  override changed(): void {
    void this.draw()
  }

  override contextForScript(): Promise<unknown> {
    const { video } = this
    return Promise.resolve({
      play: () => void video.play(),
      pause: () => video.pause(),
      stop: () => video.pause(),
      seek: (to: number) => (video.currentTime = to),
    })
  }

  private async draw(): Promise<void> {
    const { video } = this
    Object.assign(video, {
      controls: this.flag('controls'),
      autoplay: this.flag('autoplay'),
      loop: this.flag('loop'),
      muted: this.flag('muted'),
    })
    video.style.objectFit = this.text('objectFit')
    const [source, poster] = await Promise.all([this.phone.files.urlOf(this.text('src')), this.phone.files.urlOf(this.text('poster'))])
    if (source && video.getAttribute('src') !== source) video.src = source
    if (poster) video.poster = poster
  }
}

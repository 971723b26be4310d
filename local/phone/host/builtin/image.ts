import { element } from '../dom'
import { Builtin } from './builtin'

const POSITIONS = new Set(['center', 'top', 'bottom', 'left', 'right', 'top left', 'top right', 'bottom left', 'bottom right'])

/** `<image>`: every mode, sources of the app, temporary files and cloud files. */
export class ImageElement extends Builtin {
  private readonly image = element('img', { attributes: { alt: '', draggable: 'false' } })
  private asked = ''

  override attached(): void {
    this.element.prepend(this.image)
    this.image.addEventListener('load', () => {
      this.fit()
      this.emit('load', { width: this.image.naturalWidth, height: this.image.naturalHeight })
    })
    this.image.addEventListener('error', () => this.emit('error', { errMsg: `load fail: ${this.text('src')}` }))
    this.fit()
    void this.load()
  }

  override changed(property: string): void {
    if (property === 'src') void this.load()
    if (property === 'mode') this.fit()
  }

  private async load(): Promise<void> {
    const source = this.text('src')
    this.asked = source
    if (source === '') {
      this.image.removeAttribute('src')
      return
    }
    const url = await this.phone.files.urlOf(source)
    if (this.asked !== source) return
    if (url === null) this.emit('error', { errMsg: `load fail: ${source}` })
    else this.image.src = url
  }

  private fit(): void {
    const mode = this.text('mode')
    const { style } = this.image
    const host = this.element.style
    const fits: Record<string, string> = { aspectFit: 'contain', aspectFill: 'cover', scaleToFill: 'fill' }
    style.objectFit = fits[mode] ?? (POSITIONS.has(mode) ? 'none' : 'fill')
    style.objectPosition = POSITIONS.has(mode) ? mode : ''
    if (mode === 'widthFix') {
      host.height = 'auto'
      style.height = 'auto'
    } else if (mode === 'heightFix') {
      host.width = 'auto'
      style.width = 'auto'
    }
  }
}

import { element } from '../dom'
import { TypingElement } from './typing'

/** `<textarea>` */
export class TextareaElement extends TypingElement {
  protected readonly control = element('textarea', { attributes: { spellcheck: 'false' } })
  private lines = 0

  override attached(): void {
    super.attached()
    this.control.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && this.text('confirmType') !== 'return' && !event.isComposing) this.emit('confirm', this.detail())
    })
    this.valueShown()
  }

  override changed(property: string): void {
    super.changed(property)
    if (property === 'autoHeight') this.valueShown()
  }

  protected override valueShown(): void {
    super.valueShown()
    if (!this.element.isConnected) return
    const { control } = this
    this.fitHeight()
    const lineHeight = parseFloat(getComputedStyle(control).lineHeight) || 20
    const lines = Math.max(1, Math.round(control.scrollHeight / lineHeight))
    if (lines === this.lines) return
    this.lines = lines
    this.emit('linechange', {
      height: control.scrollHeight,
      heightRpx: (control.scrollHeight * 750) / this.phone.device.width,
      lineCount: lines,
      lineHeight,
    })
  }

  /** As high as its text where the page asks for that, else as high as its style says. */
  private fitHeight(): void {
    const { control } = this
    if (this.flag('autoHeight')) {
      this.element.style.height = 'auto'
      control.style.height = '0'
      control.style.height = `${control.scrollHeight}px`
    } else {
      this.element.style.removeProperty('height')
      control.style.removeProperty('height')
    }
  }
}

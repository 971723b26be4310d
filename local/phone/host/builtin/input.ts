import { element } from '../dom'
import { TypingElement } from './typing'

const INPUT_MODES: Record<string, string> = {
  number: 'numeric',
  digit: 'decimal',
  idcard: 'text',
  tel: 'tel',
  text: 'text',
  nickname: 'text',
}

/** `<input>` */
export class InputElement extends TypingElement {
  protected readonly control = element('input', { attributes: { autocomplete: 'off', spellcheck: 'false' } })

  override attached(): void {
    super.attached()
    this.control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return
      this.emit('confirm', this.detail())
      if (!this.flag('confirmHold')) this.control.blur()
    })
    this.changed('type')
  }

  override changed(property: string): void {
    super.changed(property)
    if (property !== 'type' && property !== 'password') return
    const hidden = this.flag('password') || /password/.test(this.text('type'))
    this.control.type = hidden ? 'password' : 'text'
    this.control.inputMode = INPUT_MODES[this.text('type')] ?? 'text'
  }
}

import { element } from '../dom'
import { browserStyle } from '../inline-style'
import { Builtin } from './builtin'

type TypingControl = HTMLInputElement | HTMLTextAreaElement

/** What `<input>` and `<textarea>` share: value, placeholder with style and class, focus, length. */
export abstract class TypingElement extends Builtin {
  protected abstract readonly control: TypingControl
  private readonly placeholder = element('div', { class: 'host-placeholder' })
  private firstValue = ''
  private valueAtFocus = ''

  override get accessible(): HTMLElement {
    return this.control
  }

  override attached(): void {
    const { control } = this
    this.element.append(this.placeholder, control)
    this.firstValue = this.text('value')
    control.addEventListener('input', () => this.typed())
    control.addEventListener('focus', () => {
      this.valueAtFocus = control.value
      this.emit('focus', { value: control.value, height: 0 })
      this.emit('keyboardheightchange', { height: 0, duration: 0 })
    })
    control.addEventListener('blur', () => {
      if (this.flag('focus')) this.set({ focus: false })
      this.emit('blur', this.detail())
      if (control.value !== this.valueAtFocus) this.emit('change', this.detail())
    })
    for (const property of ['placeholder', 'maxlength', 'disabled', 'value']) this.changed(property)
    if (this.flag('focus') || this.flag('autoFocus')) control.focus()
  }

  override changed(property: string): void {
    const { control } = this
    if (property === 'value') this.show(this.text('value'))
    else if (property.startsWith('placeholder')) this.drawPlaceholder()
    else if (property === 'disabled') control.disabled = this.flag('disabled')
    else if (property === 'maxlength') {
      const limit = this.number('maxlength')
      if (limit >= 0) control.maxLength = limit
      else control.removeAttribute('maxlength')
    } else if (property === 'focus' && this.flag('focus') !== (document.activeElement === control)) {
      if (this.flag('focus')) control.focus()
      else control.blur()
    } else if (property === 'cursor' && this.number('cursor') >= 0) control.setSelectionRange(this.number('cursor'), this.number('cursor'))
    else if ((property === 'selectionStart' || property === 'selectionEnd') && this.number('selectionEnd') >= 0)
      control.setSelectionRange(this.number('selectionStart'), this.number('selectionEnd'))
  }

  override formValue(): unknown {
    return this.control.value
  }

  override resetField(): void {
    this.set({ value: this.firstValue })
    this.show(this.firstValue)
  }

  override labelTapped(): void {
    this.control.focus()
  }

  protected detail(): { value: string; cursor: number } {
    return { value: this.control.value, cursor: this.control.selectionStart ?? this.control.value.length }
  }

  /** The control has a new value, by typing or from the page. */
  protected valueShown(): void {
    this.placeholder.hidden = this.control.value !== ''
  }

  private typed(): void {
    this.set({ value: this.control.value })
    this.valueShown()
    this.emit('input', { ...this.detail(), keyCode: 0 })
  }

  private show(value: string): void {
    if (this.control.value !== value) this.control.value = value
    this.valueShown()
  }

  private drawPlaceholder(): void {
    const text = this.text('placeholder')
    this.placeholder.className = ['host-placeholder', ...this.classesOfOwner(this.text('placeholderClass'))].join(' ')
    if (/^(input|textarea)-placeholder$/.test(this.text('placeholderClass'))) this.placeholder.classList.add(this.text('placeholderClass'))
    this.placeholder.setAttribute('style', browserStyle(this.text('placeholderStyle')))
    this.placeholder.replaceChildren(element('span', { text }))
    this.placeholder.setAttribute('aria-hidden', 'true')
    // The control has it too, unseen: for assistive technology and for tests.
    this.control.placeholder = text
  }
}

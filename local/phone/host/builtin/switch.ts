import { element } from '../dom'
import { Builtin } from './builtin'

/** `<switch>`, also drawn as a checkbox. */
export class SwitchElement extends Builtin {
  private readonly control = element('input', { role: 'switch', attributes: { type: 'checkbox' } })
  private firstValue = false

  override get accessible(): HTMLElement {
    return this.control
  }

  override attached(): void {
    this.firstValue = this.flag('checked')
    this.element.append(this.control)
    this.control.addEventListener('change', () => {
      this.set({ checked: this.control.checked })
      this.emit('change', { value: this.control.checked })
    })
    this.draw()
  }

  override changed(): void {
    this.draw()
  }

  override formValue(): unknown {
    return this.control.checked
  }

  override resetField(): void {
    this.set({ checked: this.firstValue })
  }

  override labelTapped(): void {
    if (!this.control.disabled) this.control.click()
  }

  private draw(): void {
    this.control.checked = this.flag('checked')
    this.control.disabled = this.flag('disabled')
    this.reflect('type', 'type')
    this.element.style.setProperty('--host-colour', this.text('color'))
  }
}

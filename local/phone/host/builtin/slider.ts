import { element } from '../dom'
import { Builtin } from './builtin'

/** `<slider>` */
export class SliderElement extends Builtin {
  private readonly control = element('input', { attributes: { type: 'range' } })
  private readonly shown = element('output')
  private firstValue = 0

  override get accessible(): HTMLElement {
    return this.control
  }

  override attached(): void {
    this.firstValue = this.number('value')
    this.element.append(this.control, this.shown)
    this.control.addEventListener('input', () => {
      this.shown.textContent = this.control.value
      this.drawPart()
      this.emit('changing', { value: Number(this.control.value) })
    })
    this.control.addEventListener('change', () => {
      this.set({ value: Number(this.control.value) })
      this.emit('change', { value: Number(this.control.value) })
    })
    this.draw()
  }

  override changed(): void {
    this.draw()
  }

  override formValue(): unknown {
    return Number(this.control.value)
  }

  override resetField(): void {
    this.set({ value: this.firstValue })
  }

  private drawPart(): void {
    const [min, max] = [this.number('min'), this.number('max')]
    const part = max > min ? (Number(this.control.value) - min) / (max - min) : 0
    this.element.style.setProperty('--host-part', `${part * 100}%`)
  }

  private draw(): void {
    for (const name of ['min', 'max', 'step'] as const) this.control[name] = String(this.number(name))
    this.control.value = String(this.number('value'))
    this.control.disabled = this.flag('disabled')
    this.shown.textContent = this.control.value
    this.shown.hidden = !this.flag('showValue')
    const { style } = this.element
    style.setProperty('--host-colour', this.text('selectedColor') || this.text('activeColor'))
    style.setProperty('--host-rest', this.text('color') || this.text('backgroundColor'))
    style.setProperty('--host-thumb', `${Math.min(28, Math.max(12, this.number('blockSize')))}px`)
    style.setProperty('--host-thumb-colour', this.text('blockColor'))
    this.drawPart()
  }
}

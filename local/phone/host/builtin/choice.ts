/** `<radio>`, `<checkbox>` and their groups. */
import { element } from '../dom'
import { Builtin, builtinsIn, closestBuiltin } from './builtin'

abstract class ChoiceElement extends Builtin {
  protected abstract readonly group: string
  private firstValue = false
  private readonly control = element('input', {})

  override get accessible(): HTMLElement {
    return this.control
  }

  override attached(): void {
    this.control.type = this.tag
    this.firstValue = this.flag('checked')
    this.element.prepend(this.control)
    this.control.addEventListener('change', () => this.choose(this.control.checked))
    // A tap on its words counts too, unless a label around it already does that.
    this.element.addEventListener('click', (event) => {
      if (event.target !== this.control && !this.element.closest('wx-label')) this.labelTapped()
    })
    this.draw()
  }

  override changed(): void {
    this.draw()
  }

  get isChosen(): boolean {
    return this.flag('checked')
  }

  put(checked: boolean): void {
    if (checked !== this.isChosen) this.set({ checked })
    this.control.checked = checked
  }

  override resetField(): void {
    this.put(this.firstValue)
  }

  override labelTapped(): void {
    if (!this.flag('disabled')) this.choose(this.tag === 'radio' || !this.isChosen)
  }

  private choose(checked: boolean): void {
    const before = this.isChosen
    this.put(checked)
    const group = closestBuiltin(this.element, this.group)
    if (group instanceof GroupElement && before !== checked) group.memberChanged(this)
  }

  private draw(): void {
    this.control.checked = this.isChosen
    this.control.disabled = this.flag('disabled')
    this.element.style.setProperty('--host-colour', this.text('color'))
  }
}

export class RadioElement extends ChoiceElement {
  protected readonly group = 'radio-group'
}

export class CheckboxElement extends ChoiceElement {
  protected readonly group = 'checkbox-group'
}

abstract class GroupElement extends Builtin {
  protected abstract readonly single: boolean

  protected members(): ChoiceElement[] {
    return builtinsIn(this.element).filter((member) => member instanceof ChoiceElement)
  }

  protected chosen(): string[] {
    return this.members()
      .filter((member) => member.isChosen)
      .map((member) => member.text('value'))
  }

  memberChanged(changed: ChoiceElement): void {
    if (this.single) for (const member of this.members()) if (member !== changed) member.put(false)
    this.emit('change', { value: this.formValue() })
  }

  override formValue(): unknown {
    return this.single ? (this.chosen()[0] ?? '') : this.chosen()
  }
}

export class RadioGroupElement extends GroupElement {
  protected readonly single = true
}

export class CheckboxGroupElement extends GroupElement {
  protected readonly single = false
}

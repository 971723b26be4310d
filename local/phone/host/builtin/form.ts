import type { GeneralComponent } from '../types'
import { Builtin, builtinOf, builtinsIn } from './builtin'

type FieldOwner = Element & { __wxElement?: GeneralComponent }

/** Custom components with the `wx://form-field` behavior are fields too: they have a `name` and a `value`. */
function customField(node: FieldOwner): [string, unknown] | undefined {
  const component = node.__wxElement
  if (builtinOf(node) || !component || !('data' in component)) return undefined
  const data = component.data as Record<string, unknown>
  return typeof data.name === 'string' && data.name !== '' && 'value' in data ? [data.name, data.value] : undefined
}

/** `<form>`: gathers its fields by name. */
export class FormElement extends Builtin {
  submit(): void {
    const value: Record<string, unknown> = {}
    for (const node of this.element.querySelectorAll('*')) {
      const custom = customField(node)
      if (custom) value[custom[0]] = custom[1]
    }
    for (const field of builtinsIn(this.element)) {
      const fieldValue = field.formValue()
      if (fieldValue !== undefined && field.fieldName !== '') value[field.fieldName] = fieldValue
    }
    this.emit('submit', { value, formId: '' })
  }

  reset(): void {
    for (const field of builtinsIn(this.element)) field.resetField()
    this.emit('reset', {})
  }
}

/** `<label>`: a tap on it is a tap on its field (the first inside, or the one that `for` names). */
export class LabelElement extends Builtin {
  override attached(): void {
    this.element.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('input,textarea,wx-button,wx-switch')) return
      this.field()?.labelTapped()
    })
  }

  private field(): Builtin | undefined {
    const id = this.text('for')
    if (id === '') return builtinsIn(this.element).find(({ tag }) => ['input', 'textarea', 'radio', 'checkbox', 'switch'].includes(tag))
    const named = this.element.closest('.host-page')?.querySelector(`[id="${CSS.escape(id)}"]`)
    return named ? builtinOf(named) : undefined
  }
}

import { element } from '../dom'
import { highlighted } from './highlight'

/** A text field for JSON: what is typed is drawn in colour right under the transparent letters of a plain `<textarea>`. */
export class JsonEditor {
  readonly view = element('div', { class: 'editor' })
  private readonly paper = element('pre', { attributes: { 'aria-hidden': 'true' } })
  private readonly field = element('textarea', {
    attributes: {
      spellcheck: 'false',
      autocomplete: 'off',
      autocapitalize: 'off',
      wrap: 'soft',
      'aria-label': '要运行的事件（JSON）',
      'aria-describedby': 'editor-hint',
    },
  })

  /** `onRun` is called for Ctrl + Enter. The Tab key goes on to the next control, as everywhere. */
  constructor(options: { onRun(): void; onChange(text: string): void }) {
    this.view.append(this.paper, this.field)
    this.field.addEventListener('input', () => {
      this.paint()
      options.onChange(this.field.value)
    })
    this.field.addEventListener('scroll', () => this.paper.scrollTo(this.field.scrollLeft, this.field.scrollTop))
    this.field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      options.onRun()
    })
  }

  get text(): string {
    return this.field.value
  }

  set text(text: string) {
    this.field.value = text
    this.paint()
  }

  /** Whether the text could be read the last time. */
  set faulty(faulty: boolean) {
    this.field.setAttribute('aria-invalid', String(faulty))
  }

  focus(): void {
    this.field.focus()
  }

  private paint(): void {
    // The last line needs a letter to have a height.
    this.paper.replaceChildren(...highlighted(this.field.value), '\n')
    this.view.style.setProperty('--lines', String(Math.min(16, Math.max(5, this.field.value.split('\n').length))))
  }
}

import { element } from '../dom'
import type { Example } from './functions'

/** 换个例子: all actions of a function, with what each does; choosing one writes its example into the editor. */
export class ExampleList {
  readonly view = element('details', { class: 'examples' })
  private readonly list = element('div', { class: 'examples-list' })
  private readonly summary = element('summary', { text: '换个例子' })

  constructor(private readonly onChoose: (example: Example) => void) {
    this.view.append(this.summary, this.list)
    this.view.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !this.view.contains(relatedTarget)) this.view.open = false
    })
    this.view.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return
      this.view.open = false
      this.summary.focus()
    })
  }

  show(examples: readonly Example[]): void {
    this.view.classList.toggle('is-empty', examples.length === 0)
    this.list.replaceChildren(
      ...(examples.length === 0 ? [element('p', { class: 'card-note', text: '这个函数没有列出例子。' })] : []),
      ...examples.map((example) =>
        element(
          'button',
          {
            attributes: { type: 'button' },
            onClick: () => {
              this.view.open = false
              this.onChoose(example)
            },
          },
          element('code', { text: example.name }),
          element('span', { text: example.summary }),
        ),
      ),
    )
  }
}

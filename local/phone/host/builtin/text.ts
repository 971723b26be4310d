import { Builtin } from './builtin'

/** `<text>`: line breaks count; it can be made selectable or cut after some lines. */
export class TextElement extends Builtin {
  override attached(): void {
    for (const property of ['selectable', 'userSelect', 'space', 'maxLines', 'overflow']) this.changed(property)
  }

  override changed(property: string): void {
    if (property === 'selectable') this.reflect('selectable', 'selectable')
    else if (property === 'userSelect') this.reflect('userSelect', 'user-select')
    else if (property === 'space') this.element.style.whiteSpace = this.text('space') === '' ? '' : 'pre-wrap'
    else this.clamp()
  }

  private clamp(): void {
    const lines = this.number('maxLines')
    Object.assign(
      this.element.style,
      lines > 0
        ? { display: '-webkit-box', webkitLineClamp: String(lines), webkitBoxOrient: 'vertical', overflow: 'hidden' }
        : { webkitLineClamp: '' },
    )
  }
}

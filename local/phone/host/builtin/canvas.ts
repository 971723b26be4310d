import { element } from '../dom'
import { scriptCanvas } from '../canvas-node'
import { Builtin } from './builtin'

/** `<canvas type="2d">`: a real canvas. Its node, handed out by a selector query, has WeChat's extra functions. */
export class CanvasElement extends Builtin {
  readonly canvas = element('canvas')

  override attached(): void {
    if (this.text('type') !== '2d')
      throw new Error(
        '<canvas> without type="2d" is the old canvas, which WeChat no longer maintains; the browser host has the 2d one only',
      )
    this.element.append(this.canvas)
    // The drawing size starts as the size on screen, as in WeChat.
    const { clientWidth, clientHeight } = this.element
    if (clientWidth > 0) Object.assign(this.canvas, { width: clientWidth, height: clientHeight })
    // A drag on the canvas is drawing, not selecting or scrolling.
    this.canvas.addEventListener('mousedown', (event) => event.preventDefault())
  }

  override nodeForScript(): Promise<unknown> {
    return scriptCanvas(this.canvas, this.phone.files)
  }
}

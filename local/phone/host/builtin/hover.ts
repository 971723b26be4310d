/** `hover-class`: what is pressed looks pressed, after a moment, for a moment. */
import { Builtin } from './builtin'

export class HoverElement extends Builtin {
  private timers: number[] = []
  private pressed: string[] = []

  override attached(): void {
    const down = (event: Event): void => this.press(event)
    const up = (): void => this.letGo()
    for (const type of ['touchstart', 'mousedown']) this.element.addEventListener(type, down, { passive: true })
    for (const type of ['touchend', 'touchcancel', 'mouseup', 'mouseleave']) this.element.addEventListener(type, up, { passive: true })
  }

  override detached(): void {
    this.timers.forEach((timer) => clearTimeout(timer))
  }

  private press(event: Event): void {
    const names = this.text('hoverClass')
    const taken = (event as { hoverTaken?: boolean }).hoverTaken === true
    if (names === '' || names === 'none' || this.flag('disabled') || taken) return
    if (this.flag('hoverStopPropagation')) Object.assign(event, { hoverTaken: true })
    this.timers.push(
      window.setTimeout(() => {
        this.pressed = this.classesOfOwner(names)
        this.element.classList.add(...this.pressed)
      }, this.number('hoverStartTime')),
    )
  }

  private letGo(): void {
    if (this.timers.length === 0) return
    this.timers.push(
      window.setTimeout(() => {
        this.element.classList.remove(...this.pressed)
        this.timers.splice(0).forEach((timer) => clearTimeout(timer))
      }, this.number('hoverStayTime')),
    )
  }
}

/**
 * Touch and mouse → WeChat's events: touchstart, touchmove, touchend, touchcancel, tap, longpress. A mouse is a finger, as in WeChat's own simulator.
 * Coordinates are the page's (its web view begins below the navigation bar), as in WeChat.
 */
import { glassEasel } from 'glass-easel-miniprogram-adapter'

interface Point {
  clientX: number
  clientY: number
}

export interface WechatTouch extends Point {
  identifier: number
  pageX: number
  pageY: number
  force: number
  /** relative to the canvas, for touches that start on one */
  x?: number
  y?: number
}

interface Finger {
  target: Element
  start: Point
  last: Point
  moved: boolean
  longPressTimer: number
  longPressed: boolean
}

const TAP_DISTANCE = 10
const LONG_PRESS_MS = 350
const MOUSE = -1

/** The view in whose coordinates events are told, and how far it is scrolled. */
export interface GestureFrame {
  left: number
  top: number
  scrollLeft: number
  scrollTop: number
}

type Owner = Element & { __wxElement?: glassEasel.Element }

function ownerOf(node: EventTarget | null): Owner | null {
  let current = node instanceof Node ? node : null
  while (current) {
    if (current instanceof Element && (current as Owner).__wxElement) return current as Owner
    current = current.parentNode
  }
  return null
}

let tapping = false
let tapPermit = 0

/** Whether the code that runs now was called by a tap (or by what WeChat takes for one, see `permitTapOnly`). Some APIs demand that. */
export const isInsideTap = (): boolean => tapping || tapPermit > 0

/** WeChat lets a payment's callback do what else only a tap may: the permit holds until the callbacks of this turn have run. */
export function permitTapOnly(): void {
  tapPermit += 1
  setTimeout(() => {
    tapPermit -= 1
  }, 0)
}

export class Gestures {
  private readonly fingers = new Map<number, Finger>()
  private lastTouchAt = -Infinity

  constructor(private readonly frameOf: (target: Element) => GestureFrame) {
    const capture = { capture: true, passive: false }
    document.addEventListener('touchstart', (event) => this.touch(event), capture)
    document.addEventListener('touchmove', (event) => this.touch(event), capture)
    document.addEventListener('touchend', (event) => this.touch(event), capture)
    document.addEventListener('touchcancel', (event) => this.touch(event), capture)
    for (const type of ['mousedown', 'mousemove', 'mouseup'] as const)
      document.addEventListener(type, (event) => this.mouse(event), capture)
    // Assistive technology and keyboards press without a pointer.
    document.addEventListener('click', (event) => event.detail === 0 && event.isTrusted && this.pressWithoutPointer(event), {
      capture: true,
    })
    document.addEventListener('scroll', () => this.fingers.forEach((finger) => clearTimeout(finger.longPressTimer)), {
      capture: true,
      passive: true,
    })
  }

  private touch(event: TouchEvent): void {
    this.lastTouchAt = performance.now()
    for (const touch of event.changedTouches) {
      if (event.type === 'touchstart') this.down(touch.identifier, touch.target as Element, touch, event)
      else if (event.type === 'touchmove') this.move(touch.identifier, touch, event)
      else if (event.type === 'touchend') this.up(touch.identifier, touch, event)
      else this.cancel(touch.identifier, event)
    }
  }

  private mouse(event: MouseEvent): void {
    const echoOfTouch = performance.now() - this.lastTouchAt < 800
    if (echoOfTouch) return
    if (event.type === 'mousedown' && event.button === 0 && event.target instanceof Element) this.down(MOUSE, event.target, event, event)
    else if (event.type === 'mousemove') this.move(MOUSE, event, event)
    else if (event.type === 'mouseup' && event.button === 0) this.up(MOUSE, event, event)
  }

  private pressWithoutPointer(event: MouseEvent): void {
    if (event.target instanceof Element && !event.target.closest('input,textarea'))
      this.tap(event.target, { clientX: 0, clientY: 0 }, event)
  }

  private down(id: number, target: Element, point: Point, event: UIEvent): void {
    const { clientX, clientY } = point
    const finger: Finger = {
      target,
      start: { clientX, clientY },
      last: { clientX, clientY },
      moved: false,
      longPressed: false,
      longPressTimer: 0,
    }
    this.fingers.set(id, finger)
    finger.longPressTimer = window.setTimeout(() => {
      if (finger.moved || !this.fingers.has(id)) return
      finger.longPressed = this.dispatch('longpress', finger.target, this.detailAt(finger.target, finger.last), [id], event)
      this.dispatch('longtap', finger.target, this.detailAt(finger.target, finger.last), [id], event)
    }, LONG_PRESS_MS)
    this.dispatch('touchstart', target, {}, [id], event)
  }

  private move(id: number, point: Point, event: UIEvent): void {
    const finger = this.fingers.get(id)
    if (!finger || (finger.last.clientX === point.clientX && finger.last.clientY === point.clientY)) return
    finger.last = { clientX: point.clientX, clientY: point.clientY }
    if (Math.hypot(point.clientX - finger.start.clientX, point.clientY - finger.start.clientY) > TAP_DISTANCE) {
      finger.moved = true
      clearTimeout(finger.longPressTimer)
    }
    this.dispatch('touchmove', finger.target, {}, [id], event)
  }

  private up(id: number, point: Point, event: UIEvent): void {
    const finger = this.fingers.get(id)
    if (!finger) return
    clearTimeout(finger.longPressTimer)
    finger.last = { clientX: point.clientX, clientY: point.clientY }
    this.dispatch('touchend', finger.target, {}, [id], event)
    this.fingers.delete(id)
    if (!finger.moved && !finger.longPressed) this.tap(finger.target, finger.last, event)
  }

  private cancel(id: number, event: UIEvent): void {
    const finger = this.fingers.get(id)
    if (!finger) return
    clearTimeout(finger.longPressTimer)
    this.dispatch('touchcancel', finger.target, {}, [id], event)
    this.fingers.delete(id)
  }

  private tap(target: Element, point: Point, event: UIEvent): void {
    if (target.closest('wx-button[disabled]')) return
    tapping = true
    try {
      this.dispatch('tap', target, this.detailAt(target, point), [], event, [this.touchOf(0, target, point)])
    } finally {
      tapping = false
    }
  }

  private detailAt(target: Element, point: Point): { x: number; y: number } {
    const { pageX, pageY } = this.touchOf(0, target, point)
    return { x: pageX, y: pageY }
  }

  private touchOf(identifier: number, target: Element, point: Point): WechatTouch {
    const frame = this.frameOf(target)
    const clientX = point.clientX - frame.left
    const clientY = point.clientY - frame.top
    const touch: WechatTouch = {
      identifier: Math.max(0, identifier),
      clientX,
      clientY,
      pageX: clientX + frame.scrollLeft,
      pageY: clientY + frame.scrollTop,
      force: 1,
    }
    if (target instanceof HTMLCanvasElement) {
      const box = target.getBoundingClientRect()
      touch.x = point.clientX - box.left
      touch.y = point.clientY - box.top
    }
    return touch
  }

  /** @returns whether somebody listens to this type on the way up */
  private dispatch(type: string, target: Element, detail: object, changed: number[], original: UIEvent, given?: WechatTouch[]): boolean {
    const owner = ownerOf(target)
    if (!owner?.__wxElement) return false
    const touchOfFinger = (id: number): WechatTouch[] => {
      const finger = this.fingers.get(id)
      return finger ? [this.touchOf(id, target, finger.last)] : []
    }
    const changedTouches = given ?? changed.flatMap(touchOfFinger)
    const touches =
      type === 'touchend' || type === 'tap'
        ? [...this.fingers.keys()].filter((id) => !changed.includes(id)).flatMap(touchOfFinger)
        : [...this.fingers.keys()].flatMap(touchOfFinger)
    const event = new glassEasel.Event(type, detail, {
      bubbles: true,
      composed: true,
      capturePhase: true,
      originalEvent: original,
      extraFields: { touches, changedTouches },
    })
    glassEasel.Event.dispatchEvent(owner.__wxElement, event)
    // Only a caught touchmove has an effect of its own: it keeps the page from scrolling.
    if (type === 'touchmove' && event.defaultPrevented() && original.cancelable) original.preventDefault()
    return this.someoneListens(owner, type)
  }

  private someoneListens(from: Element, type: string): boolean {
    for (let node: Owner | null = from; node; node = ownerOf(node.parentNode)) {
      const target = (node.__wxElement as { _$eventTarget?: { listeners: Record<string, unknown> } } | undefined)?._$eventTarget
      if (target?.listeners[type]) return true
    }
    return false
  }
}

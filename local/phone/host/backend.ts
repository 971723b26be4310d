/** The DOM as glass-easel sees it: WeChat's tag names, its units, ids without prefixes, style sheets each once. Gestures are dispatched by `gestures.ts`. */
import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { BUILTINS } from './builtin/contract'
import { browserStyle } from './inline-style'
import { makePortalHost } from './portal'
import type { StyleSheets } from './styles'

type BackendElement = glassEasel.domlikeBackend.Element

/** Both are the same node; only the types of the two libraries differ. */
export const asBackend = (node: Node): BackendElement => node as unknown as BackendElement
export const asDom = (node: unknown): HTMLElement => node as HTMLElement

/** DOM events that mean the same in WeChat. All others (input, change, scroll …) are sent by the built-in components themselves. */
const NATIVE_EVENT = /^(transitionend|animation(start|iteration|end))$/
const nothing = (): void => undefined

function createElement(tag: string): BackendElement {
  const node = document.createElement(tag in BUILTINS || tag === 'page' ? `wx-${tag}` : tag)
  const setAttribute = node.setAttribute.bind(node)
  node.setAttribute = (name: string, value: string) => setAttribute(name, name === 'style' ? browserStyle(String(value)) : value)
  // glass-easel writes `prefix--id`; pages and their tests know the id alone.
  Object.defineProperty(node, 'id', {
    get: () => node.getAttribute('id') ?? '',
    set: (id: string) => setAttribute('id', String(id).replace(/^.*?--/, '')),
  })
  // Without a listener of its own, Chromium moves a touch to the nearest node that has one.
  node.addEventListener('click', nothing)
  if (tag === 'root-portal') makePortalHost(node)
  return asBackend(node)
}

export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  private sheets = 0
  /** The native events that each node already hears. */
  private readonly listened = new WeakMap<HTMLElement, Set<string>>()

  constructor(
    private readonly styleSheets: StyleSheets,
    private readonly viewport: () => { width: number; height: number; element: HTMLElement | null },
  ) {
    super()
    this.document = {
      createElement,
      createTextNode: (text: string) => asBackend(document.createTextNode(text)),
      createDocumentFragment: () => asBackend(document.createDocumentFragment()),
    }
  }

  override getWindowWidth(): number {
    return this.viewport().width
  }

  override getWindowHeight(): number {
    return this.viewport().height
  }

  override appendStyleSheetPath(path: string): number {
    this.styleSheets.append(path)
    return this.sheets++
  }

  override onEvent(): void {
    // Gestures come from gestures.ts, the rest from built-in components.
  }

  override setListenerStats(node: BackendElement, type: string): void {
    if (!node || !NATIVE_EVENT.test(type)) return
    const listening = asDom(node)
    const types = this.listened.get(listening) ?? new Set<string>()
    if (types.has(type)) return
    this.listened.set(listening, types.add(type))
    listening.addEventListener(type, (event) => {
      if (event.target !== listening) return
      const target = (listening as { __wxElement?: glassEasel.Element }).__wxElement
      if (target) glassEasel.Event.triggerEvent(target, type, {}, { bubbles: true, composed: true, capturePhase: true })
    })
  }

  override createIntersectionObserver(
    target: BackendElement,
    relative: BackendElement | null,
    margin: string,
    thresholds: number[],
    listener: (status: glassEasel.backend.IntersectionStatus) => void,
  ): glassEasel.backend.Observer {
    return super.createIntersectionObserver(
      target,
      relative ?? (this.viewport().element ? asBackend(this.viewport().element as HTMLElement) : null),
      margin,
      thresholds,
      listener,
    )
  }
}

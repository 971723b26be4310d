/** wx.createSelectorQuery and this.createSelectorQuery: sizes, scroll positions and nodes of what a page shows, in the page's own coordinates. */
import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { asDom } from '../backend'
import { builtinOf } from '../builtin/builtin'
import type { GeneralComponent } from '../types'

export interface Fields {
  id?: boolean
  dataset?: boolean
  mark?: boolean
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
  properties?: string[]
  computedStyle?: string[]
  context?: boolean
  node?: boolean
}

type Result = Record<string, unknown> | null
type Callback = (result: Result | Result[]) => void
interface Request {
  scope: GeneralComponent
  /** null = the viewport */
  selector: string | null
  all: boolean
  fields: Fields
  callback?: Callback
}

/** Where coordinates are counted from, and what scrolls. */
export interface QueryFrame {
  view: HTMLElement
  scroller: HTMLElement
}

export class SelectorQuery {
  private readonly requests: Request[] = []

  constructor(
    private scope: GeneralComponent,
    private readonly frameOf: (element: HTMLElement) => QueryFrame,
  ) {}

  in(component: { _$: GeneralComponent }): this {
    this.scope = component._$
    return this
  }

  select(selector: string): NodesRef {
    return this.ref(selector, false)
  }

  selectAll(selector: string): NodesRef {
    return this.ref(selector, true)
  }

  selectViewport(): NodesRef {
    return this.ref(null, false)
  }

  exec(callback?: (results: (Result | Result[])[]) => void): void {
    setTimeout(() => {
      void Promise.all(this.requests.map((request) => this.answer(request))).then((results) => {
        results.forEach((result, index) => this.requests[index]?.callback?.(result))
        callback?.(results)
      })
    }, 0)
  }

  private ref(selector: string | null, all: boolean): NodesRef {
    const { scope } = this
    return new NodesRef((fields, callback) => {
      this.requests.push({ scope, selector, all, fields, ...(callback ? { callback } : {}) })
      return this
    })
  }

  private async answer({ scope, selector, all, fields }: Request): Promise<Result | Result[]> {
    if (selector === null) return this.describeViewport(scope, fields)
    const root = scope.getShadowRoot()
    if (!root) return all ? [] : null
    const found = all ? root.querySelectorAll(selector) : [root.querySelector(selector)].filter((node) => node !== null)
    const described = await Promise.all(found.map((node) => this.describe(node, fields)))
    return all ? described : (described[0] ?? null)
  }

  private describeViewport(scope: GeneralComponent, fields: Fields): Result {
    const { view, scroller } = this.frameOf(asDom(scope.getBackendElement() ?? null))
    const result: Record<string, unknown> = {}
    if (fields.id) result.id = ''
    if (fields.dataset) result.dataset = {}
    if (fields.rect) Object.assign(result, { left: 0, top: 0, right: view.clientWidth, bottom: view.clientHeight })
    if (fields.size) Object.assign(result, { width: view.clientWidth, height: view.clientHeight })
    if (fields.scrollOffset) {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = scroller
      Object.assign(result, { scrollLeft, scrollTop, scrollWidth, scrollHeight })
    }
    return result
  }

  private async describe(node: glassEasel.Element, fields: Fields): Promise<Result> {
    const dom = asDom(node.getBackendElement())
    const result: Record<string, unknown> = {}
    if (fields.id) result.id = node.id
    if (fields.dataset) result.dataset = node.dataset
    if (fields.mark) result.mark = node.collectMarks()
    if (dom) {
      const box = dom.getBoundingClientRect()
      const origin = this.frameOf(dom).view.getBoundingClientRect()
      const left = box.left - origin.left
      const top = box.top - origin.top
      if (fields.rect) Object.assign(result, { left, top, right: left + box.width, bottom: top + box.height })
      if (fields.size) Object.assign(result, { width: box.width, height: box.height })
      if (fields.scrollOffset)
        Object.assign(result, {
          scrollLeft: dom.scrollLeft,
          scrollTop: dom.scrollTop,
          scrollWidth: dom.scrollWidth,
          scrollHeight: dom.scrollHeight,
        })
      const style = getComputedStyle(dom)
      for (const property of fields.computedStyle ?? [])
        result[property] = style.getPropertyValue(property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
      const builtin = builtinOf(dom)
      for (const property of fields.properties ?? []) result[property] = builtin?.property(property)
      if (fields.node) result.node = await builtin?.nodeForScript()
      if (fields.context) result.context = await builtin?.contextForScript()
    }
    return result
  }
}

type Add = (fields: Fields, callback?: Callback) => SelectorQuery

class NodesRef {
  constructor(private readonly add: Add) {}

  fields(fields: Fields, callback?: Callback): SelectorQuery {
    return this.add(fields, callback)
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.add({ id: true, dataset: true, rect: true, size: true }, callback)
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.add({ id: true, dataset: true, scrollOffset: true }, callback)
  }

  node(callback?: Callback): SelectorQuery {
    return this.add({ node: true }, callback)
  }

  context(callback?: Callback): SelectorQuery {
    return this.add({ context: true }, callback)
  }
}

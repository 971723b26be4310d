/** The base of every built-in component: its element, its properties, the events that it sends. */
import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { MissingInHost } from '../faults'
import type { Phone } from '../phone'
import type { GeneralComponent } from '../types'

export interface BuiltinContext {
  tag: string
  component: GeneralComponent
  element: HTMLElement
  phone: Phone
}

interface EventOptions {
  bubbles?: boolean
}

const builtins = new WeakMap<Element, Builtin>()

/** The built-in component whose element this is. */
export const builtinOf = (element: Element): Builtin | undefined => builtins.get(element)

/** All built-in components below an element, in document order. */
export const builtinsIn = (element: Element): Builtin[] =>
  [...element.querySelectorAll('*')].flatMap((child) => {
    const builtin = builtins.get(child)
    return builtin ? [builtin] : []
  })

/** The closest built-in of this tag around an element. */
export function closestBuiltin(element: Element, tag: string): Builtin | undefined {
  const found = element.parentElement?.closest(`wx-${tag}`)
  return found ? builtins.get(found) : undefined
}

export class Builtin {
  readonly tag: string
  readonly element: HTMLElement
  protected readonly component: GeneralComponent
  protected readonly phone: Phone

  constructor({ tag, component, element, phone }: BuiltinContext) {
    this.tag = tag
    this.component = component
    this.element = element
    this.phone = phone
    builtins.set(element, this)
  }

  /** The element that assistive technology meets: the control inside, for fields. Gets role, aria-label and their like. */
  get accessible(): HTMLElement {
    return this.element
  }

  /** The element is in the page; properties have their first values. */
  attached(): void {
    // Most components have nothing to prepare.
  }

  /** A property has a new value. Called after `attached` only. */
  changed(_property: string): void {
    // Most properties act when they are read.
  }

  detached(): void {
    // Most components hold nothing that must be let go.
  }

  /** The value under `name` in a form's submit event; undefined = not a field. */
  formValue(): unknown {
    return undefined
  }

  /** A form was reset. */
  resetField(): void {
    // Not a field.
  }

  /** What a label does to the field in or for it. */
  labelTapped(): void {
    // Not a field.
  }

  /** What `createSelectorQuery().fields({ node: true })` hands to the page. */
  nodeForScript(): Promise<unknown> {
    return Promise.reject(new MissingInHost(`<${this.tag}> as a node of a selector query`))
  }

  contextForScript(): Promise<unknown> {
    return Promise.reject(new MissingInHost(`<${this.tag}> as a context of a selector query`))
  }

  property(name: string): unknown {
    return (this.component.data as Record<string, unknown>)[name]
  }

  text(name: string): string {
    const value = this.property(name)
    return value === null || value === undefined ? '' : String(value)
  }

  number(name: string): number {
    const value = Number(this.property(name))
    return Number.isFinite(value) ? value : 0
  }

  flag(name: string): boolean {
    const value = this.property(name)
    return value === true || value === '' || (typeof value === 'string' && value !== 'false') || value === 1
  }

  get fieldName(): string {
    return this.text('name')
  }

  /** Changes properties of its own, as typing changes `value`. `model:` bindings follow. */
  protected set(values: Record<string, unknown>): void {
    this.component.setData(values)
  }

  protected emit(name: string, detail: unknown = {}, { bubbles = false }: EventOptions = {}): void {
    this.component.triggerEvent(name, detail, { bubbles, composed: bubbles })
  }

  protected onTap(listener: (event: glassEasel.ShadowedEvent<unknown>) => void): void {
    this.component.addListener('tap', (event) => listener(event as glassEasel.ShadowedEvent<unknown>))
  }

  /** Class names as the page that uses this component would have them in its style sheet. */
  protected classesOfOwner(names: string): string[] {
    const owner = this.component.ownerShadowRoot?.getHostNode()
    const list = names.split(/\s+/).filter((name) => name !== '')
    if (!owner) return list
    const { styleScope, extraStyleScope } = owner.getComponentOptions()
    const manager = owner.getComponentDefinition().behavior.ownerSpace.styleScopeManager
    const scopes = [styleScope, extraStyleScope].filter((scope) => scope !== undefined && scope !== null)
    const prefixes = new Set(scopes.map((scope) => manager.queryName(scope) ?? ''))
    return list.flatMap((name) => [...prefixes].map((prefix) => (prefix === '' ? name : `${prefix}--${name}`)))
  }

  /** Makes a property visible to style sheets as an attribute. */
  protected reflect(property: string, attribute: string): void {
    const value = this.property(property)
    if (value === true) this.element.setAttribute(attribute, '')
    else if (value === false || value === null || value === undefined || value === '') this.element.removeAttribute(attribute)
    else this.element.setAttribute(attribute, String(value))
  }
}

/** Makes glass-easel components of the built-in classes and hands them to every page. */
import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import type { glassEasel, types } from 'glass-easel-miniprogram-adapter'
import { asDom } from '../backend'
import type { Phone } from '../phone'
import type { GeneralComponent } from '../types'
import { Builtin } from './builtin'
import type { BuiltinContext } from './builtin'
import { ButtonElement } from './button'
import { CanvasElement } from './canvas'
import { CheckboxElement, CheckboxGroupElement, RadioElement, RadioGroupElement } from './choice'
import type { PropertyContract, PropertyKind } from './contract'
import { BUILTINS, COMMON_PROPERTIES } from './contract'
import { FormElement, LabelElement } from './form'
import { IconElement, ProgressElement, RichTextElement } from './display'
import { HoverElement } from './hover'
import { ImageElement } from './image'
import { InputElement } from './input'
import { MapElement } from './map'
import { VideoElement } from './media'
import { NavigatorElement } from './navigator'
import { NavigationBarElement, PageMetaElement } from './page-meta'
import { PickerElement } from './picker'
import { RootPortalElement } from './root-portal'
import { ScrollViewElement } from './scroll-view'
import { SliderElement } from './slider'
import { SwiperElement, SwiperItemElement } from './swiper'
import { SwitchElement } from './switch'
import { TextElement } from './text'
import { TextareaElement } from './textarea'

type Constructor = new (context: BuiltinContext) => Builtin
type Caller = { _$: GeneralComponent }

const CLASSES: Record<string, Constructor> = {
  view: HoverElement,
  text: TextElement,
  image: ImageElement,
  'cover-view': Builtin,
  'cover-image': ImageElement,
  button: ButtonElement,
  input: InputElement,
  textarea: TextareaElement,
  switch: SwitchElement,
  radio: RadioElement,
  'radio-group': RadioGroupElement,
  checkbox: CheckboxElement,
  'checkbox-group': CheckboxGroupElement,
  label: LabelElement,
  form: FormElement,
  picker: PickerElement,
  'scroll-view': ScrollViewElement,
  swiper: SwiperElement,
  'swiper-item': SwiperItemElement,
  navigator: NavigatorElement,
  canvas: CanvasElement,
  progress: ProgressElement,
  slider: SliderElement,
  icon: IconElement,
  'rich-text': RichTextElement,
  map: MapElement,
  video: VideoElement,
  'root-portal': RootPortalElement,
  'page-meta': PageMetaElement,
  'navigation-bar': NavigationBarElement,
}

const TYPES: Record<PropertyKind, unknown> = { string: String, number: Number, boolean: Boolean, array: Array, object: Object, any: null }

function propertyDefinition(contract: PropertyContract): { type: unknown; value?: unknown } {
  if (typeof contract === 'string') return contract === 'any' ? { type: null, value: null } : { type: TYPES[contract] }
  return { type: TYPES[contract.kind], value: contract.value }
}

/** ariaLabel → aria-label on the element; ariaRole → role. */
function reflectAria(element: HTMLElement, property: string, value: unknown): void {
  const attribute = property === 'ariaRole' ? 'role' : `aria-${property.slice(4).toLowerCase()}`
  if (value === '' || value === null || value === undefined) element.removeAttribute(attribute)
  else element.setAttribute(attribute, String(value))
}

function applyCommon(builtin: Builtin, property: string): void {
  if (property === 'hidden') builtin.element.toggleAttribute('hidden', builtin.flag('hidden'))
  else reflectAria(builtin.accessible, property, builtin.property(property))
}

function definition(tag: string, phone: Phone): types.GeneralComponentDefinition {
  const Class = CLASSES[tag]
  const contract = BUILTINS[tag]
  if (!Class || !contract) throw new Error(`the built-in component "${tag}" has no ${Class ? 'contract' : 'class'}`)
  const properties = { ...COMMON_PROPERTIES, ...contract.properties }
  const live = new WeakMap<GeneralComponent, Builtin>()
  const observer = (property: string) =>
    function changed(this: Caller): void {
      const builtin = live.get(this._$)
      if (!builtin) return
      if (property in COMMON_PROPERTIES) applyCommon(builtin, property)
      builtin.changed(property)
    }
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, propertyDefinition(property)]),
    ) as types.utils.PropertyList,
    observers: Object.fromEntries(Object.keys(properties).map((name) => [name, observer(name)])),
    lifetimes: {
      attached(this: Caller) {
        const element = this._$.getBackendElement()
        if (!element) return
        const builtin = new Class({ tag, component: this._$, element: asDom(element), phone })
        live.set(this._$, builtin)
        for (const property of Object.keys(COMMON_PROPERTIES))
          if (builtin.property(property) !== null && builtin.property(property) !== false) applyCommon(builtin, property)
        builtin.attached()
      },
      detached(this: Caller) {
        live.get(this._$)?.detached()
        live.delete(this._$)
      },
    },
  }
}

/** @returns tag → definition, for the space in which the app's own components live */
export function installBuiltins(space: CodeSpace, phone: Phone): Map<string, glassEasel.GeneralComponentDefinition> {
  const definitions = new Map<string, glassEasel.GeneralComponentDefinition>()
  for (const tag of Object.keys(BUILTINS)) {
    const path = `builtin/${tag}`
    space.addComponentStaticConfig(path, { component: true, styleIsolation: 'isolated' as types.StyleIsolation, usingComponents: {} })
    space.componentEnv(path, ({ Component }) => Component(definition(tag, phone)))
    const registered = space.getComponentSpace().getComponentByUrl(path, '')
    definitions.set(tag, registered as glassEasel.GeneralComponentDefinition)
  }
  return definitions
}

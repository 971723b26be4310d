/** Registers the app's components and pages with glass-easel, each when it is first needed, with the globals that its module expects. */
import type { AssociatedBackend, CodeSpace, ComponentEnv } from 'glass-easel-miniprogram-adapter'
import type { types } from 'glass-easel-miniprogram-adapter'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { PhoneBackend } from './backend'
import { installBuiltins } from './builtin/install'
import type { Phone } from './phone'
import { readyBehavior } from './ready-queue'
import type { StyleSheets } from './styles'
import { decideScope, registerStyles } from './styles'
import type { PhoneConfig } from './types'

type Definition = types.GeneralComponentDefinition
type AdapterBehavior = NonNullable<Definition['behaviors']>[number]

const WX_BEHAVIORS = ['wx://form-field', 'wx://form-field-group', 'wx://form-field-button', 'wx://component-export']

export class ComponentRegistry {
  readonly space: CodeSpace
  readonly backend: AssociatedBackend
  private readonly env = new MiniProgramEnv()
  private readonly registered = new Set<string>()
  private readonly wxBehaviors: Record<string, AdapterBehavior>

  constructor(
    private readonly config: PhoneConfig,
    private readonly styleSheets: StyleSheets,
    backend: PhoneBackend,
    phone: Phone,
  ) {
    const builtins = installBuiltins(this.env.getGlobalCodeSpace(), phone)
    this.space = this.env.createCodeSpace('', true)
    this.backend = this.env.associateBackend(backend)
    // The main space does not inherit the global space's components in this version.
    for (const [tag, definition] of builtins) this.space.getComponentSpace().setGlobalUsingComponent(tag, definition)
    this.space.setOverallBehavior(readyBehavior(this.space.getComponentSpace()))
    const field = { properties: { name: String, value: { type: null, value: null } } }
    this.wxBehaviors = Object.fromEntries(
      WX_BEHAVIORS.map((name) => [
        name,
        this.space
          .behavior()
          .definition(name === 'wx://form-field' ? field : {})
          .register() as AdapterBehavior,
      ]),
    )
    registerStyles(this.space, this.styleSheets, 'app', config.appStyle, '')
  }

  /** Registers a page or component and everything that it uses. @throws Error when its module fails */
  ensure(path: string): void {
    if (this.registered.has(path)) return
    this.registered.add(path)
    const module = this.config.components[path]
    if (!module) throw new Error(`component "${path}" was not built`)
    for (const target of Object.values(module.config.usingComponents)) this.ensure(target.slice(1))
    for (const generic of Object.values((module.config.componentGenerics ?? {}) as Record<string, { default?: string } | true>)) {
      if (generic !== true && generic.default) this.ensure(generic.default.slice(1))
    }
    const template = this.config.templates[path]
    if (template)
      this.space.addCompiledTemplate(path, { groupList: this.config.templates, content: template } as unknown as Parameters<
        CodeSpace['addCompiledTemplate']
      >[1])
    this.space.componentEnv(path, (env) => this.runModule(path, env))
  }

  private runModule(path: string, env: ComponentEnv): void {
    const module = this.config.components[path]
    let defined = false
    const define = (constructor: (definition: Definition) => void, definition: Definition): void => {
      defined = true
      this.applyOptions(path, definition)
      constructor(this.withBehaviors(definition))
    }
    const globals = window as unknown as Record<string, unknown>
    const outer = { Page: globals.Page, Component: globals.Component, Behavior: globals.Behavior }
    Object.assign(globals, {
      Page: (definition: Definition) => define(env.Page as (definition: Definition) => void, definition),
      Component: (definition: Definition) => define(env.Component as (definition: Definition) => void, definition),
      Behavior: (definition: Definition) => env.Behavior(this.withBehaviors(definition)),
    })
    try {
      module?.load()
      if (!defined) define(env.Component as (definition: Definition) => void, {})
    } finally {
      Object.assign(globals, outer)
    }
  }

  /** `options` in the script count like the same keys in the .json, which is all that the adapter reads. */
  private applyOptions(path: string, definition: Definition): void {
    const module = this.config.components[path]
    if (!module) return
    const options = (definition.options ?? {}) as { styleIsolation?: string; addGlobalClass?: boolean; pureDataPattern?: RegExp }
    const isComponent = module.config.component === true
    const { scope, styleIsolation } = decideScope(
      options.styleIsolation ?? module.config.styleIsolation,
      isComponent,
      options.addGlobalClass === true,
    )
    this.space.addComponentStaticConfig(path, { ...module.config, styleIsolation: styleIsolation as types.StyleIsolation })
    registerStyles(this.space, this.styleSheets, path, module.style, scope)
  }

  private withBehaviors(definition: Definition): Definition {
    if (!definition.behaviors) return definition
    const behaviors = (definition.behaviors as (AdapterBehavior | string)[]).map((behavior) => {
      if (typeof behavior !== 'string') return behavior
      const known = this.wxBehaviors[behavior]
      if (!known) throw new Error(`behavior "${behavior}" is not in the browser host`)
      return known
    })
    return { ...definition, behaviors }
  }
}

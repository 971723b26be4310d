/** Holds a template against what the host has: unknown tags, unknown attributes, events that nothing sends, values that the host does not know. */
import type { BuiltinContract } from '../host/builtin/contract'
import { BUILTINS, camelCase, COMMON_EVENTS, COMMON_PROPERTIES, TEMPLATE_TAGS } from '../host/builtin/contract'
import type { Diagnostics } from './diagnostics'
import { positionAt } from './diagnostics'
import type { TemplateAttribute, TemplateTag } from './template-tags'
import { scanTags } from './template-tags'

const EVENT = /^(?:capture-)?(?:bind|catch|mut-bind)(?::)?(.+)$/
const FREE_ATTRIBUTES = new Set(['id', 'class', 'style', 'slot'])
const FREE_PREFIXES = ['wx:', 'data-', 'mark:', 'generic:', 'class:', 'style:', 'change:', 'worklet:', 'let:']

export interface TemplateCheck {
  file: string
  template: string
  /** tags that the page or component declares */
  customTags: ReadonlySet<string>
  /** package templates: only unknown tags count, since packages offer more than any one platform has */
  tagsOnly: boolean
}

function attributeProblem(tag: TemplateTag, attribute: TemplateAttribute, contract: BuiltinContract): string | undefined {
  const { name, value } = attribute
  if (FREE_ATTRIBUTES.has(name) || FREE_PREFIXES.some((prefix) => name.startsWith(prefix))) return undefined
  const event = EVENT.exec(name)?.[1]
  if (event !== undefined) {
    if (contract.events === null || contract.events.includes(event) || COMMON_EVENTS.some((common) => common === event)) return undefined
    return `<${tag.name}> never sends the event "${event}" in the browser host`
  }
  const property = camelCase(name.replace(/^model:/, ''))
  if (!(property in contract.properties) && !(property in COMMON_PROPERTIES))
    return `<${tag.name}> has no attribute "${name}" in the browser host`
  const known = contract.values?.[property]
  if (known && value !== undefined && !value.includes('{{') && !known.includes(value))
    return `<${tag.name} ${name}="${value}"> is not known to the browser host`
  return undefined
}

export function checkTemplate({ file, template, customTags, tagsOnly }: TemplateCheck, diagnostics: Diagnostics): void {
  for (const tag of scanTags(template)) {
    if (customTags.has(tag.name) || TEMPLATE_TAGS.some((known) => known === tag.name)) continue
    const contract = BUILTINS[tag.name]
    if (!contract) {
      diagnostics.add(
        file,
        `<${tag.name}> is neither a built-in component of the browser host nor declared in usingComponents`,
        positionAt(template, tag.index),
      )
      continue
    }
    if (tagsOnly) continue
    for (const attribute of tag.attributes) {
      const problem = attributeProblem(tag, attribute, contract)
      if (problem) diagnostics.add(file, problem, positionAt(template, attribute.index))
    }
  }
}

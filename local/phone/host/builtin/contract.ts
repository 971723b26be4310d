/**
 * What the host has of WeChat's built-in components: their tags, properties and events. The build refuses a tag, attribute or event that is not here, so
 * that a page never relies on something that the host silently ignores; the runtime registers exactly these properties.
 */
import { FIELDS } from './contract-fields'
import type { BuiltinContract, PropertyContract } from './contract-types'
import { VIEWS } from './contract-views'

export type { BuiltinContract, PropertyContract, PropertyKind } from './contract-types'

const ARIA_NAMES = [
  'Role', 'Label', 'Hidden', 'Describedby', 'Labelledby', 'Roledescription', 'Valuemax', 'Valuemin', 'Valuenow', 'Valuetext', 'Current', 'Controls', 'Selected',
  'Disabled', 'Checked', 'Expanded', 'Live', 'Modal', 'Pressed', 'Busy', 'Haspopup', 'Level', 'Owns', 'Required', 'Invalid', 'Atomic',
] // prettier-ignore

/** Properties that every built-in has. */
export const COMMON_PROPERTIES: Record<string, PropertyContract> = {
  hidden: 'boolean',
  ...Object.fromEntries(ARIA_NAMES.map((name) => [`aria${name}`, 'any' as const])),
}

/** Events that come from touching anything, or from CSS. */
export const COMMON_EVENTS = [
  'tap', 'longpress', 'longtap', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'transitionend', 'animationstart', 'animationiteration', 'animationend',
] as const // prettier-ignore

export const BUILTINS: Record<string, BuiltinContract> = { ...VIEWS, ...FIELDS }

/** Tags of the template language itself. */
export const TEMPLATE_TAGS = ['block', 'template', 'import', 'include', 'slot', 'wxs'] as const

/** `hover-class` → `hoverClass`. */
export const camelCase = (attribute: string): string => attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

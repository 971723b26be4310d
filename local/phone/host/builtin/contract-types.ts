/** What a built-in component offers: its properties, its events, the values that are known. */
export type PropertyKind = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any'
/** A kind, or a kind with the value that WeChat starts from. */
export type PropertyContract = PropertyKind | { kind: PropertyKind; value: string | number | boolean | null }

export interface BuiltinContract {
  properties: Record<string, PropertyContract>
  /** events that the component itself sends; `null` = a container: events of other components may pass through it, so any name is fine */
  events: readonly string[] | null
  /** values of a property that the host knows, where the others would do nothing */
  values?: Record<string, readonly string[]>
}

/** Shorthands for the tables. */
export const number = (value: number): PropertyContract => ({ kind: 'number', value })
export const string = (value: string): PropertyContract => ({ kind: 'string', value })
export const yes: PropertyContract = { kind: 'boolean', value: true }

export const HOVER: Record<string, PropertyContract> = {
  hoverClass: string('none'),
  hoverStartTime: number(50),
  hoverStayTime: number(400),
  hoverStopPropagation: 'boolean',
}

/** A container: events of other components may pass through it. */
export const plain = (properties: Record<string, PropertyContract> = {}): BuiltinContract => ({ properties, events: null })
